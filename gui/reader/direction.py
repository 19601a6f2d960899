"""Which way a text runs."""

import unicodedata


def is_right_to_left(text: str) -> bool:
    """Tell whether the first strongly directed character runs right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
