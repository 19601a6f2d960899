"""A segment's content as arrays: words, postings, places, lengths, facts; and their merging.

Postings lie word after word, in the order of the sorted words: which documents hold the word, how
often, and at which positions. ``starts[w]`` is where word ``w`` begins among the documents,
``position_starts[w]`` where it begins among the positions.
"""

# pyright: standard
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from whoosh.util.numeric import byte_to_length

from core.search.schema import NOTE, RECORD, NoteFacts, RecordFacts

T = TypeVar("T")
Array = np.ndarray[Any, np.dtype[Any]]

TEXTS = ("text", "title")  # the fields that hold words
LENGTHS = np.array([byte_to_length(b) for b in range(256)], dtype=np.int64)
PLACES = np.dtype(
    [("part", "u1"), ("n", "<i4"), ("start", "<i4"), ("end", "<i4"), ("weight", "<f4")]
)


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Where the words of one field stand."""

    starts: Array  # int64, one more than there are words
    documents: Array  # uint32
    frequencies: Array  # unsigned, the narrowest that holds them
    position_starts: Array  # int64, one more than there are words
    positions: Array  # uint16 or uint32

    def of(self, word: int) -> tuple[Array, Array]:
        """Return the documents of a word, ascending, and how often it stands in each."""
        run = slice(self.starts[word], self.starts[word + 1])
        return self.documents[run], self.frequencies[run]

    def positions_of(self, word: int) -> Array:
        """Return the positions of a word in all its documents, one after another."""
        return self.positions[self.position_starts[word] : self.position_starts[word + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One segment. The facts of records and of notes are in the order of their documents."""

    words: list[str]  # sorted, of all fields
    postings: Mapping[str, Postings]
    places: Array  # of PLACES, one a document
    lengths: Mapping[str, Array]  # uint8 as Whoosh rounds them, one a document
    totals: Mapping[str, int]  # all words of a field, unrounded
    records: Sequence[RecordFacts]
    notes: Sequence[NoteFacts]

    def documents_of(self, part: int) -> list[int]:
        """Return the documents that are such a part, ascending."""
        return np.flatnonzero(self.places["part"] == part).tolist()

    @property
    def size(self) -> int:
        """How many documents there are."""
        return len(self.places)


def narrowed(numbers: Array) -> Array:
    """Return the numbers in the narrowest unsigned type that holds them."""
    most = int(numbers.max()) if len(numbers) else 0
    return numbers.astype(np.uint8 if most < 256 else np.uint16 if most < 65536 else np.uint32)


def rounded(lengths: Array) -> Array:
    """Return lengths as the bytes in which Whoosh keeps them."""
    return np.searchsorted(LENGTHS, np.minimum(lengths, LENGTHS[-1]), "left").astype(np.uint8)


def spread(starts: Array, counts: Array) -> Array:
    """Return ``start, start + 1, …`` for each start, ``count`` numbers each, in one array."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - counts), counts)


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One segment to be merged and which of its documents live on."""

    columns: Columns
    live: Array  # bool

    def living(self, part: int, facts: Sequence[T]) -> list[T]:
        """Return the facts of the documents that live on."""
        lives = self.live[self.columns.documents_of(part)].tolist()
        return [fact for fact, alive in zip(facts, lives, strict=True) if alive]


def merged(sources: Sequence[Source]) -> Columns:
    """Put the living documents of several segments into one, in their order."""
    words = sorted({word for source in sources for word in source.columns.words})
    number = {word: place for place, word in enumerate(words)}
    renamed = [
        np.fromiter((number[w] for w in s.columns.words), np.int64, len(s.columns.words))
        for s in sources
    ]
    kept = [source.columns.places[source.live] for source in sources]
    bases = np.concatenate(([0], np.cumsum([len(places) for places in kept]))).tolist()
    fields = {field: _merged_field(sources, field, renamed, bases, len(words)) for field in TEXTS}
    used = np.zeros(len(words), bool)
    for postings in fields.values():
        used |= np.diff(postings.starts) > 0
    return Columns(
        words=[word for word, is_used in zip(words, used.tolist(), strict=True) if is_used],
        postings={field: _without_empty(postings, used) for field, postings in fields.items()},
        places=np.concatenate(kept) if kept else np.empty(0, PLACES),
        lengths={f: np.concatenate([s.columns.lengths[f][s.live] for s in sources]) for f in TEXTS},
        totals={f: sum(_total(s, f) for s in sources) for f in TEXTS},
        records=[f for s in sources for f in s.living(RECORD, s.columns.records)],
        notes=[f for s in sources for f in s.living(NOTE, s.columns.notes)],
    )


def _total(source: Source, field: str) -> int:
    """Return a field's words in the living documents: exact as long as none is deleted."""
    if source.live.all():
        return source.columns.totals[field]
    postings = source.columns.postings[field]
    return int(postings.frequencies[source.live[postings.documents]].sum(dtype=np.int64))


def _without_empty(postings: Postings, used: Array) -> Postings:
    keep = np.append(used, True)
    return Postings(
        postings.starts[keep],
        postings.documents,
        postings.frequencies,
        postings.position_starts[keep],
        postings.positions,
    )


def _merged_field(
    sources: Sequence[Source], field: str, renamed: Sequence[Array], bases: Sequence[int], size: int
) -> Postings:
    """Scatter each source's postings to where its share of each word begins in the whole."""
    shares = [_living(s, field, base) for s, base in zip(sources, bases, strict=False)]
    counts, occurrences = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for share, names in zip(shares, renamed, strict=True):
        counts[names] += np.diff(share.starts)
        occurrences[names] += np.diff(share.position_starts)
    starts = np.concatenate(([0], np.cumsum(counts)))
    position_starts = np.concatenate(([0], np.cumsum(occurrences)))
    documents = np.empty(starts[-1], np.uint32)
    frequencies = np.empty(starts[-1], _widest([s.frequencies for s in shares]))
    positions = np.empty(position_starts[-1], _widest([s.positions for s in shares]))
    at, position_at = starts[:-1].copy(), position_starts[:-1].copy()
    for share, names in zip(shares, renamed, strict=True):
        own = np.diff(share.starts)
        places = spread(at[names], own)
        documents[places], frequencies[places] = share.documents, share.frequencies
        at[names] += own
        own = np.diff(share.position_starts)
        positions[spread(position_at[names], own)] = share.positions
        position_at[names] += own
    return Postings(starts, documents, frequencies, position_starts, positions)


def _widest(arrays: Sequence[Array]) -> "np.dtype[Any]":
    return max((array.dtype for array in arrays), key=lambda t: t.itemsize, default=np.dtype("u1"))


def _living(source: Source, field: str, base: int) -> Postings:
    """Return a source's postings without the deleted documents, the others numbered anew."""
    postings = source.columns.postings[field]
    fresh = (np.cumsum(source.live) - 1 + base).astype(np.uint32)
    if source.live.all():
        return Postings(
            postings.starts,
            fresh[postings.documents] if len(fresh) else postings.documents,
            postings.frequencies,
            postings.position_starts,
            postings.positions,
        )
    keep = source.live[postings.documents]
    counted = np.concatenate(([0], np.cumsum(keep)))
    keep_positions = np.repeat(keep, postings.frequencies)
    counted_positions = np.concatenate(([0], np.cumsum(keep_positions)))
    return Postings(
        counted[postings.starts],
        fresh[postings.documents[keep]],
        postings.frequencies[keep],
        counted_positions[postings.position_starts],
        postings.positions[keep_positions],
    )
