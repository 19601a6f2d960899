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

    ``source`` is the key that a number stands for; ``cited`` marks what follows a statement.
    """

    offset: int
    characters: str
    cited: bool = False
    source: str | None = None
    verified: bool = True


def is_address(target: str) -> bool:
    """Tell whether a link leads out of the workspace, onto the web."""
    return target.startswith(("http://", "https://"))


def number_sources(text: Text) -> dict[str, int]:
    """Number the page's sources as its list of them does, then in the order of being cited."""
    numbers: dict[str, int] = {}
    listed = [p for p in text.passages if p.kind is PassageKind.REFERENCE]
    if listed:
        first = listed[0].start
        for span in text.spans:
            target = span.target
            is_link = span.start >= first and span.kind is SpanKind.LINK
            if is_link and target and not is_address(target):
                numbers.setdefault(target, len(numbers) + 1)
    for span in text.spans:
        if span.kind is SpanKind.CITE and span.target:
            numbers.setdefault(span.target, len(numbers) + 1)
    return numbers


def marks_of(
    text: Text, numbers: dict[str, int], names: Mapping[int, str] | None = None
) -> list[Mark]:
    """Return every mark of the page in the order in which they stand.

    ``names`` are what cells that stand below one another are called, by offset.
    """
    marks = [mark for span in text.spans if (mark := _citation(span, numbers))]
    marks += [Mark(offset, f"{name}:\u00a0") for offset, name in (names or {}).items()]
    listed = 0
    for passage in text.passages:
        if passage.kind is PassageKind.REFERENCE:
            listed += 1
        if mark := _lead(passage, listed):
            marks.append(mark)
    marks.sort(key=lambda mark: mark.offset)
    return marks


def _citation(span: Span, numbers: dict[str, int]) -> Mark | None:
    if span.kind is not SpanKind.CITE:
        return None
    number = str(numbers[span.target]) if span.target else ""
    hollow = "" if span.verified and number else HOLLOW
    return Mark(span.end, _THIN + number + hollow, True, span.target, bool(span.verified))


def _lead(passage: Passage, listed: int) -> Mark | None:
    if passage.kind is PassageKind.LIST_ITEM:
        return Mark(passage.start, f"{BULLET}\t")
    if passage.kind is PassageKind.REFERENCE:
        return Mark(passage.start, f"{listed}\t")
    return None
