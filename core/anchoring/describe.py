"""Make a quote selector for a passage of a text."""

from core.anchoring.match_quote import CONTEXT, MAX_CONTEXT, occurrences
from core.domain.annotations import TextQuoteSelector


def describe(content: str, start: int, end: int) -> TextQuoteSelector:
    """Return the quotation with enough of its surroundings to find it again.

    Each side is at least `CONTEXT` characters long, and up to `MAX_CONTEXT` where the quotation
    with that side alone stands elsewhere too: so one side may be lost, and the other still tells
    the passage from its like. Raises `ValueError` when the positions are not a passage.
    """
    if not 0 <= start < end <= len(content):
        raise ValueError(f"{start}-{end} is no passage of a text of {len(content)} characters")
    exact = content[start:end]
    return TextQuoteSelector(exact, _before(content, start, exact), _after(content, end, exact))


def _before(content: str, start: int, exact: str) -> str:
    length = CONTEXT
    while True:
        prefix = content[max(0, start - length) : start]
        if not _may_grow(length, prefix) or _stands_once(content, prefix + exact):
            return prefix
        length *= 2


def _after(content: str, end: int, exact: str) -> str:
    length = CONTEXT
    while True:
        suffix = content[end : end + length]
        if not _may_grow(length, suffix) or _stands_once(content, exact + suffix):
            return suffix
        length *= 2


def _may_grow(length: int, context: str) -> bool:
    return length < MAX_CONTEXT and len(context) == length


def _stands_once(content: str, wanted: str) -> bool:
    places = occurrences(content, wanted)
    next(places)
    return next(places, None) is None
