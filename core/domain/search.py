"""Queries, hits and pages of hits."""

from dataclasses import dataclass, field
from typing import Literal

from core.domain.keys import Kind


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked for. ``text`` is in the query language; the rest narrows it."""

    text: str
    kinds: frozenset[Kind] = frozenset()
    tags: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()  # record keys that must be named or tied
    year_from: int | None = None
    year_to: int | None = None
    within: frozenset[str] = frozenset()  # of reference, documents, notes; empty: all
    limit: int = 20
    offset: int = 0
    facets: bool = False


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A passage, a record's title, or a note that answers.

    ``start``/``end`` are offsets of the passage in its record's canonical text. ``snippet`` is
    HTML-escaped with hits in ``<mark>``. ``passage`` is the passage's number, None for a note.
    ``more`` counts further hits in the same record that this one stands for.
    """

    record: str
    kind: Kind
    title: str
    passage: int | None
    start: int
    end: int
    score: float
    snippet: str
    year: int | None = None
    annotation: str | None = None
    label: str | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. ``total`` counts records that answer; ``hint`` says why a query
    was taken as plain words or found nothing; ``suggestion`` is a better-spelt query."""

    query: str
    total: int
    hits: tuple[SearchHit, ...]
    seconds: float
    suggestion: str | None = None
    hint: str | None = None
    facets: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    terms: tuple[str, ...] = ()  # surface forms to mark in an opened text


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """One passage as it goes into the index; ``weight`` below 1 for lists of names."""

    n: int
    start: int
    end: int
    text: str
    heading: bool = False
    label: str | None = None


@dataclass(frozen=True, slots=True)
class IndexedRecord:
    """Everything of a record that the index holds."""

    key: str
    kind: Kind
    title: str
    names: tuple[str, ...]
    year: int | None
    year_to: int | None
    themes: tuple[str, ...]
    tags: tuple[str, ...]  # tags of its annotations
    participants: tuple[str, ...]  # keys of participants tied to it
    passages: tuple[IndexedPassage, ...]


@dataclass(frozen=True, slots=True)
class IndexedNote:
    """An annotation's note with its quotation, as it goes into the index."""

    annotation: str
    record: str
    kind: Kind
    title: str
    start: int
    end: int
    note: str
    quotation: str
    tags: tuple[str, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the search index stands. ``waiting`` counts what it owes the database.

    ``what`` is current; waiting (for its turn); busy (another process writes); building (there is
    nothing to answer from yet); or repairing (searches are answered from what is there). The last
    two have a ``percent``.
    """

    what: Literal["current", "waiting", "busy", "building", "repairing"]
    waiting: int = 0
    percent: int | None = None
