"""What the rest of the house may ask of a search index, whatever stands behind it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.domain.keys import Kind
from core.domain.query_parts import Completions, SearchField
from core.domain.search import Counts, IndexedNote, IndexedRecord, NothingFound, SearchQuery
from core.errors import UserError
from core.search.snippet import Marker
from core.tasks import CancelToken, Progress


class IndexBusyError(UserError):
    """Another process is writing to the index; what waits for it can wait for that one."""

    exit_code = 3


class IndexDamagedError(Exception):
    """A part of the index can't be read: it has to be built anew."""


@dataclass(frozen=True, slots=True)
class IndexHit:
    """A record that answers, by the passage or note of it that answers best.

    ``start``/``end`` are offsets in the record's canonical text. ``annotation`` is set for a
    note. ``passage`` is None for a note and for a record without any passage. ``more`` counts
    the other passages and notes of the record that answer too.
    """

    record: str
    kind: Kind
    passage: int | None
    annotation: str | None
    start: int
    end: int
    score: float
    more: int = 0
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of hits, best first; ``total`` counts all records that answer.

    ``facets`` always has "kind", the others when asked for, each counted as if nothing were
    chosen of it. ``terms`` are the folded word forms that answered, ``marker`` marks them.
    """

    hits: tuple[IndexHit, ...] = ()
    total: int = 0
    facets: dict[str, Counts] = field(default_factory=dict[str, Counts])
    suggestion: str | None = None
    hint: str | None = None
    marker: Marker = field(default_factory=Marker)
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A passage or note that answers, by its place in the record's canonical text."""

    record: str
    passage: int | None
    annotation: str | None
    start: int
    end: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """The places that answer, in order, and what finds the occurrences in their texts.

    ``total`` counts those too that were left out because nobody reads so many.
    """

    places: tuple[Place, ...] = ()
    total: int = 0
    marker: Marker = field(default_factory=Marker)
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class IndexCounts:
    """How many records and notes the index holds; compared with the database's."""

    records: int
    notes: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit replaces and removes, by key."""

    changed: tuple[IndexedRecord | IndexedNote, ...] = ()
    gone_records: Collection[str] = ()
    gone_notes: Collection[str] = ()


class SearchIndex(Protocol):
    """A disposable index over the database's text; any thread may call any method."""

    def search(self, query: SearchQuery, cancel: CancelToken) -> Answer:
        """Answer a query; never raises for its text. Raises `CancelledError`."""
        ...

    def use_synonyms(self, groups: Sequence[Sequence[str]]) -> None:
        """Let these words and names stand for each other from the next search on."""
        ...

    def fields(self) -> tuple[SearchField, ...]:
        """Return the fields of the query language with the values that they have here."""
        ...

    def complete(self, text: str, cursor: int, limit: int) -> Completions:
        """Return what may be typed at a place of a query."""
        ...

    def why_nothing(self, query: SearchQuery, cancel: CancelToken) -> NothingFound:
        """Tell why nothing answers, and what to loosen. Raises `CancelledError`."""
        ...

    def count(self, query: SearchQuery, cancel: CancelToken) -> dict[str, Counts]:
        """Count what a query can be narrowed by, in every facet. Raises `CancelledError`."""
        ...

    def answering(self, query: SearchQuery, cancel: CancelToken) -> frozenset[str]:
        """Return the keys of all records, and ids of all annotations, that answer."""
        ...

    def places(self, query: SearchQuery, cancel: CancelToken) -> Places:
        """Return all passages and notes that answer. Raises `CancelledError`."""
        ...

    def similar(
        self, text: str, apart_from: str, query: SearchQuery, cancel: CancelToken
    ) -> Answer:
        """Return what shares the telling words of a text, but for one record's; the query's text
        is not asked for, only what narrows, orders and pages it. Raises `CancelledError`."""
        ...

    def resembling(
        self, text: str, apart_from: str, query: SearchQuery, cancel: CancelToken
    ) -> frozenset[str]:
        """Return the keys of all records, and ids of all annotations, that `similar` finds."""
        ...

    def apply(
        self,
        changed: Iterable[IndexedRecord | IndexedNote],
        gone_records: Iterable[str],
        gone_notes: Iterable[str],
    ) -> None:
        """Replace and remove by key in one commit. Raises `IndexBusyError`."""
        ...

    def update(self, read: Callable[[], Change]) -> None:
        """Do the same with what ``read`` gives; it is called once no other can write.

        Raises `IndexBusyError`, `IndexDamagedError`.
        """
        ...

    def rebuild(
        self, items: Iterable[IndexedRecord | IndexedNote], progress: Progress, total: int
    ) -> None:
        """Build all anew beside the index and swap it in when complete; searches go on."""
        ...

    def is_complete(self) -> bool:
        """Tell whether it was ever built to the end, and all of it can be read."""
        ...

    def verify(self) -> bool:
        """Compare the checksums that were not compared yet; False if one is wrong."""
        ...

    def tidy(self) -> bool:
        """Merge small segments, for idle moments; False if there was nothing to merge."""
        ...

    def counts(self) -> IndexCounts:
        """Count the records and notes that can be found."""
        ...

    def close(self) -> None:
        """Let go of all files; the index answers nothing afterwards."""
        ...
