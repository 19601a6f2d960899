"""Queries, hits and pages of hits."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from core.domain.keys import Kind

ATTRIBUTES = ("party", "stated-in", "source", "type", "status", "region", "verified", "mark")
"""What a record is narrowed by besides kind, year, theme, tag and participant. Of ``party`` the
values are the other ends of its party-to ties; ``mark`` is ``seed`` or nothing."""

FACETS = ("kind", "theme", "year", "participant", "record", "tag", "language")
"""What an answer can be narrowed by, in the order in which it is shown."""

Counts = dict[str, int]
"""How many records answer, by a facet's value; most frequent first, years in their order."""


class Sort(StrEnum):
    """The order of an answer; records without a date come last."""

    RANK = "rank"
    DATE = "date"  # newest first
    OLDEST = "oldest"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A passage whose like is asked for. ``quotation`` is what stood there when it was chosen:
    it finds the passage again where the record's text has changed, and stands for it if it is
    gone. Empty: what stands there now."""

    record: str
    start: int
    end: int
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is asked for. ``text`` is in the query language; the rest narrows it.

    With ``like`` it is passages like that one, and the text is not asked for. Several values of
    one facet are alternatives; the facets among themselves must all fit.
    """

    text: str
    kinds: frozenset[Kind] = frozenset()
    tags: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()  # record keys, any of which must be named or tied
    records: tuple[str, ...] = ()  # keys of the records to stay within
    languages: tuple[str, ...] = ()  # ISO 639 codes
    year_from: int | None = None
    year_to: int | None = None
    within: frozenset[str] = frozenset()  # of reference, documents, notes; empty: all
    limit: int = 20
    offset: int = 0
    facets: bool = False
    sort: Sort = Sort.RANK
    as_of: str | None = None  # EDTF day, month or year: only what existed by the end of it
    like: Likeness | None = None


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
class SimilarTo:
    """The passage that an answer resembles, and its most telling words, best first."""

    record: str
    title: str
    start: int
    end: int
    quotation: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """One page of an answer. ``total`` counts records that answer; ``hint`` says why a query
    was taken as plain words or found nothing; ``suggestion`` is a better-spelt query;
    ``loosened`` are queries that ask for less, each with how many records answer it."""

    query: str
    total: int
    hits: tuple[SearchHit, ...]
    seconds: float
    suggestion: str | None = None
    hint: str | None = None
    facets: dict[str, Counts] = field(default_factory=dict[str, Counts])
    terms: tuple[str, ...] = ()  # surface forms to mark in an opened text
    loosened: tuple[tuple[str, int], ...] = ()
    similar_to: SimilarTo | None = None


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Counts of every facet, each as if nothing were chosen of it; ``titles`` names keys."""

    counts: dict[str, Counts] = field(default_factory=dict[str, Counts])
    titles: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Loosened:
    """A query without one of its parts or filters: what was left out, as shown, and how many
    records the rest finds."""

    without: str
    query: SearchQuery
    count: int = 0


@dataclass(frozen=True, slots=True)
class NothingFound:
    """Why nothing was found, in a sentence, and looser queries that find something, most first."""

    hint: str
    loosened: tuple[Loosened, ...] = ()


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
    # What else narrows a search: names of `ATTRIBUTES` with their values, keys for records.
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    language: str = ""  # ISO 639 code; "" where it can't be told
    date: str | None = None  # EDTF


@dataclass(frozen=True, slots=True)
class IndexedNote:
    """An annotation's note with its quotation, as it goes into the index; ``definitions`` are
    what its tags mean."""

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
    definitions: tuple[str, ...] = ()


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
