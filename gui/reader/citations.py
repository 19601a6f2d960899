"""The small marks that a page shows beside its text: source numbers, bullets, hollow marks."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.text import Passage, PassageKind, Span, SpanKind, Text

HOLLOW = "○"
BULLET = "•"
_THIN = "\u202f"


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters drawn before ``offset`` that are no part of the text.

    ``source`` is the key that a number stands for, ``locator`` the place in it; ``cited`` marks
    what follows a statement.
    """

    offset: int
    characters: str
    cited: bool = False
    source: str | None = None
    verified: bool = True
    locator: str | None = None


def marks_of(
    text: Text,
    numbers: dict[str, int],
    names: Mapping[int, str] | None = None,
    asides: Mapping[int, str] | None = None,
) -> list[Mark]:
    """Return every mark of the page in the order in which they stand.

    ``names`` are what cells that stand below one another are called, by offset; ``asides`` words
    that follow a statement, by the offset of its end.
    """
    cites = sorted(
        (span for span in text.spans if span.kind is SpanKind.CITE), key=lambda span: span.end
    )
    marks: list[Mark] = []
    for span in cites:
        follows = bool(marks) and marks[-1].offset == span.end
        marks.append(_citation(span, numbers, follows=follows))
    marks += [Mark(offset, f"\u00a0({words})") for offset, words in (asides or {}).items()]
    marks += [Mark(offset, f"{name}:\u00a0") for offset, name in (names or {}).items()]
    listed = 0
    for passage in text.passages:
        if passage.kind is PassageKind.REFERENCE:
            listed += 1
        if mark := _lead(passage, listed):
            marks.append(mark)
    marks.sort(key=lambda mark: mark.offset)
    return marks


def _citation(span: Span, numbers: dict[str, int], *, follows: bool) -> Mark:
    """Return the mark of one source; ``follows`` tells that another stands right before it."""
    number = str(numbers[span.target]) if span.target else ""
    hollow = "" if span.verified and number else HOLLOW
    between = "," if follows else _THIN
    verified = bool(span.verified)
    return Mark(span.end, between + number + hollow, True, span.target, verified, span.locator)


def _lead(passage: Passage, listed: int) -> Mark | None:
    if passage.kind is PassageKind.LIST_ITEM:
        return Mark(passage.start, f"{BULLET}\t")
    if passage.kind is PassageKind.REFERENCE:
        return Mark(passage.start, f"{listed}\t")
    return None
