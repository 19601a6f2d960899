"""Make a quote selector for a passage of a text."""

from collections.abc import Callable
from itertools import islice

from core.anchoring.folding import Folded, folded
from core.anchoring.grams import read_through
from core.anchoring.match_quote import CONTEXT, MAX_CONTEXT
from core.domain.annotations import TextQuoteSelector


def describe(content: str, start: int, end: int) -> TextQuoteSelector:
    """Return the quotation with enough of its surroundings to find it again.

    Each side is at least `CONTEXT` characters long, and up to `MAX_CONTEXT` where the quotation
    with that side alone stands elsewhere too, were it set in another way (`Folded`):
    so one side may be lost, and the other still tells the passage from its like. Raises
    `ValueError` when the positions are not a passage.
    """
    if not 0 <= start < end <= len(content):
        raise ValueError(f"{start}-{end} is no passage of a text of {len(content)} characters")
    form = folded(content)
    prefix = _grow(
        lambda n: content[max(0, start - n) : start], lambda n: _once(form, start - n, end)
    )
    suffix = _grow(lambda n: content[end : end + n], lambda n: _once(form, start, end + n))
    return TextQuoteSelector(content[start:end], prefix, suffix)


def _grow(side: Callable[[int], str], stands_once: Callable[[int], bool]) -> str:
    """Return the shortest side that tells the passage apart, or as much as there may be."""
    length = CONTEXT
    while length < MAX_CONTEXT and len(side(length)) == length and not stands_once(length):
        length *= 2
    return side(length)


def _once(form: Folded, start: int, end: int) -> bool:
    wanted = form.text[form.at(start) : form.at(end)]
    return bool(wanted) and len(list(islice(read_through(form.text, wanted), 2))) == 1
