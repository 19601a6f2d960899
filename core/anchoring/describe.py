"""Make a quote selector for a passage of a text."""

from core.anchoring.match_quote import occurrences
from core.domain.annotations import TextQuoteSelector

CONTEXT = 32
"""Characters of context on each side, where they are enough to tell the passage apart."""

MAX_CONTEXT = 1024
"""Most characters of context on each side."""


def describe(content: str, start: int, end: int) -> TextQuoteSelector:
    """Return the quotation with enough of its surroundings to find it again.

    Raises `ValueError` when the positions are not a passage of ``content``.
    """
    if not 0 <= start < end <= len(content):
        raise ValueError(f"{start}-{end} is no passage of a text of {len(content)} characters")
    exact = content[start:end]
    length = CONTEXT
    while True:
        prefix, suffix = content[max(0, start - length) : start], content[end : end + length]
        if length >= MAX_CONTEXT or _stands_once(content, prefix + exact + suffix):
            return TextQuoteSelector(exact, prefix, suffix)
        length *= 2


def _stands_once(content: str, wanted: str) -> bool:
    places = occurrences(content, wanted)
    next(places)
    return next(places, None) is None
