"""One segment as searches read it: its columns, words, and what it holds of each record.

A segment never changes once written; deletions live in the list of segments. So what is worked
out here is worked out once, however many commits follow.
"""

# pyright: standard
import logging
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.fields import Schema
from whoosh.filedb.filestore import Storage
from whoosh.reading import SegmentReader

from core.domain.keys import Kind
from core.domain.search import ATTRIBUTES
from core.search.codec import ArraySegment, open_file
from core.search.columns import LENGTHS, TEXTS, Array, Columns, spread
from core.search.foreign import read_columns
from core.search.schema import NOTE, RECORD
from core.search.segment_file import Families, SegmentFile
from core.search.words import WordList

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float32]]

KINDS = tuple(Kind)
HELD = ("theme", "tag", "participant", "language", *ATTRIBUTES)
"""What records are found by besides words, kind and year."""
YEAR_OPEN, YEAR_NONE = 9999, -1
_FEW = 4096  # documents: looking them up at once is cheaper than word by word
_KIND_NUMBERS = {kind.value: place for place, kind in enumerate(KINDS)}
_log = logging.getLogger(__name__)


class Segment:
    """One segment's columns, words, records and notes; ordinals are its own."""

    def __init__(self, name: str, columns: Columns, families: Families) -> None:
        self.id = name
        self.columns = columns
        self.size = columns.size
        self.file: SegmentFile | None = None
        counts = [np.diff(columns.postings[field].starts) for field in TEXTS]
        self.words = WordList(columns.words, np.sum(counts, axis=0), families)
        self.lengths: dict[str, Floats] = {
            field: LENGTHS.astype(np.float32)[columns.lengths[field]] for field in TEXTS
        }
        self.record_documents = np.array(columns.documents_of(RECORD), np.int64)
        self.note_documents = np.array(columns.documents_of(NOTE), np.int64)
        records = columns.records
        self.keys = [facts.key for facts in records]
        self.kinds = np.array([_KIND_NUMBERS[facts.kind] for facts in records], np.int64)
        low = [YEAR_NONE if f.year is None else f.year for f in records]
        high = [
            YEAR_NONE if f.year is None else YEAR_OPEN if f.year_to is None else f.year_to
            for f in records
        ]
        self.years: tuple[Ints, Ints] = np.array(low, np.int64), np.array(high, np.int64)
        self.names = sorted((name, n) for n, facts in enumerate(records) for name in facts.names)
        self.days: Ints = np.array([facts.day for facts in records], np.int64)
        self.earliest: Ints = np.array([facts.earliest for facts in records], np.int64)

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, Ints]]:
        """The ordinals of records by each value that they are found by."""
        found: dict[str, defaultdict[str, list[int]]] = {name: defaultdict(list) for name in HELD}
        for ordinal, facts in enumerate(self.columns.records):
            for name, values in (
                ("theme", facts.themes),
                ("tag", facts.tags),
                ("participant", facts.participants),
                ("language", (facts.language,) if facts.language else ()),
                *facts.attributes,
            ):
                for value in dict.fromkeys(values):
                    found[name][value].append(ordinal)
        return {
            name: {value: np.array(ordinals, np.int64) for value, ordinals in values.items()}
            for name, values in found.items()
        }

    def number(self, word: str) -> int | None:
        """Return a word's number, None if the segment does not have it."""
        words = self.columns.words
        place = bisect_left(words, word)
        return place if place < len(words) and words[place] == word else None

    def postings(self, field: str, word: str) -> tuple[Array, Array] | None:
        """Return the documents of a word and how often it stands in each; None for nowhere."""
        number = self.number(word)
        if number is None:
            return None
        documents, frequencies = self.columns.postings[field].of(number)
        return (documents, frequencies) if len(documents) else None

    def occurrences(self, field: str, words: Iterable[str], among: Ints) -> Iterator[Ints]:
        """Yield ``document << 32 | position`` of where the words stand, run by run ascending.

        ``among``, ascending, are the documents that matter. Rare words are looked up together.
        """
        postings = self.columns.postings[field]
        numbers = [n for n in map(self.number, words) if n is not None]
        held = [(*postings.of(number), postings.positions_of(number)) for number in numbers]
        if sum(len(documents) for documents, _, _ in held) <= _FEW and len(held) > 1:
            held = [_together(held)]
        narrow = among.astype(np.uint32)
        for documents, frequencies, positions in held:
            if len(documents):
                places = _places_of_common(documents, narrow)
                ends = np.cumsum(frequencies, dtype=np.int64)
                counts = frequencies[places].astype(np.int64)
                kept = positions[spread(ends[places] - counts, counts)]
                yield np.repeat(documents[places].astype(np.int64) << 32, counts) | kept


def _together(held: Sequence[tuple[Array, Array, Array]]) -> tuple[Array, Array, Array]:
    """Put the postings of several words one after another."""
    documents, frequencies, positions = (
        np.concatenate(arrays) for arrays in zip(*held, strict=True)
    )
    return documents, frequencies, positions


def _places_of_common(documents: Array, among: Array) -> Ints:
    """Return the places in ``documents`` of those also in ``among``, which ascend.

    Many ``documents`` are those of one word and ascend too: the fewer are looked up in the more.
    """
    if len(among) < len(documents) and len(documents) > _FEW:
        places = np.searchsorted(documents, among)
        return places[documents[np.minimum(places, len(documents) - 1)] == among]
    if not len(among):
        return np.empty(0, np.int64)
    found = np.searchsorted(among, documents)
    return np.flatnonzero(among[np.minimum(found, len(among) - 1)] == documents)


def open_segment(storage: Storage, schema: Schema, entry: Any) -> Segment:  # noqa: ANN401
    """Open a segment of the list; one that is no file of arrays through Whoosh's own reader."""
    name: str = entry.segment_id()
    if isinstance(entry, ArraySegment):
        file = open_file(storage, entry)
        segment = Segment(name, file.columns, file.families)
        segment.file = file
        return segment
    _log.info("segment %s is not of arrays; it is read by Whoosh itself", name)
    reader = SegmentReader(storage, schema, entry)
    try:
        columns = read_columns(reader)
    finally:
        reader.close()
    return Segment(name, columns, Families.made(columns.words))
