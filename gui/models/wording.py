"""Two wordings side by side, with the words that differ marked."""

import re
from difflib import SequenceMatcher
from html import escape

MOST_WORDS = 2000  # compared word by word; longer ones are shown whole
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def marked(was: str, now: str, most: int = MOST_WORDS) -> tuple[str, str]:
    """Return both as rich text: struck out what only one says, underlined what only the other."""
    first, second = _WORDS.findall(was), _WORDS.findall(now)
    if max(len(first), len(second)) > most:
        return escape(was), escape(now)
    left: list[str] = []
    right: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        ours, theirs = escape("".join(second[c:d])), escape("".join(first[a:b]))
        same = what == "equal"
        left.append(theirs if same or not theirs else f"<s>{theirs}</s>")
        right.append(ours if same or not ours else f"<b><u>{ours}</u></b>")
    return "".join(left).replace("\n", "<br>"), "".join(right).replace("\n", "<br>")
