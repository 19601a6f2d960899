"""Keywords in context: every occurrence of what was found, with the words around it."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.keys import Kind


class ContextSort(StrEnum):
    """What the lines of a concordance are ordered by."""

    PLACE = "place"  # as the search ranks the records, then by place in the text
    LEFT = "left"  # by the word before, then the one before that
    RIGHT = "right"
    RECORD = "record"  # by title
    YEAR = "year"  # records without a year come last


@dataclass(frozen=True, slots=True)
class ConcordanceLine:
    """One occurrence; ``start``/``end`` are the hit's place in the record's canonical text.

    In a note (``annotation`` is set) they are the place of the passage that it stands on.
    """

    record: str
    kind: Kind
    title: str
    start: int
    end: int
    left: str
    hit: str
    right: str
    year: int | None = None
    label: str | None = None
    passage: int | None = None
    annotation: str | None = None


@dataclass(frozen=True, slots=True)
class ConcordancePage:
    """Lines from ``offset`` on. ``total`` is None while not all were gathered; ``cut`` says that
    gathering stopped at the most there may be. ``passages`` counts those that answer."""

    query: str
    offset: int
    lines: tuple[ConcordanceLine, ...]
    total: int | None
    passages: int
    seconds: float = 0.0
    cut: bool = False
    hint: str | None = None
