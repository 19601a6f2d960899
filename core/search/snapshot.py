"""The index as of one commit: all segments' columns side by side, for vector arithmetic.

A snapshot never changes, so any number of threads may search it while the next one is made.
"""

import threading
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.domain.keys import Kind
from core.domain.search import FACETS
from core.search.columns import PLACES
from core.search.facet_table import FacetTable, tabulate
from core.search.schema import NOTE, PASSAGE, RECORD, NoteFacts, RecordFacts
from core.search.segment import HELD, KINDS, Floats, Ints, Segment
from core.search.thesaurus import Thesaurus, named
from core.search.words import Vocabulary

__all__ = ["K1", "KINDS", "B", "Mask", "Part", "Snapshot"]

Mask = np.ndarray[Any, np.dtype[np.bool_]]

K1 = 1.2
B = {"text": 0.75, "title": 0.4}  # titles are short anyway: their length says less
_MEMORY = 64_000_000  # bytes for words' answers
_FEWEST_KEPT, _MOST_KEPT = 4, 200


@dataclass(frozen=True, slots=True)
class Part:
    """One segment with the number of its first document and its deleted ones."""

    segment: Segment
    offset: int
    deleted: frozenset[int]

    @property
    def living(self) -> Mask:
        """Which of its documents are not deleted."""
        found = np.ones(self.segment.size, bool)
        if self.deleted:
            found[np.fromiter(self.deleted, np.int64, len(self.deleted))] = False
        return found


class Kept:
    """The last few things worked out over a snapshot, within a limit of memory."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Any:  # noqa: ANN401  (whatever was put there)
        """Return what was kept under a key, None for nothing."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: Hashable, found: object) -> None:
        """Keep something, at the expense of what was longest not asked for."""
        with self._lock:
            self._found[key] = found
            while len(self._found) > self._most:
                self._found.popitem(last=False)


class Snapshot:
    """All that can be found as of one commit.

    What a segment can work out for itself lies with the segment; here it is only put side by side,
    so that a commit costs little however large the index is. ``missing`` counts the segments that
    could not be read.
    """

    def __init__(self, parts: Sequence[Part], generation: int, missing: int = 0) -> None:
        self.parts = tuple(parts)
        self.generation = generation
        self.missing = missing
        self.size = sum(part.segment.size for part in parts)
        self.places: Any = _joined([part.segment.columns.places for part in parts], PLACES)
        self.live: Mask = _joined([part.living for part in parts], bool)
        # A word's answer takes 6 bytes a document: mask, direct, score.
        self.kept = Kept(max(_FEWEST_KEPT, min(_MOST_KEPT, _MEMORY // (6 * self.size + 1))))
        self.words = Vocabulary(part.segment.words for part in parts)
        self.records: Sequence[RecordFacts] = [
            facts for part in parts for facts in part.segment.columns.records
        ]
        self._first_ordinals = np.cumsum([0, *(len(p.segment.keys) for p in parts)]).tolist()
        self.documents: Ints = _joined(  # of each record, its own document
            [part.segment.record_documents + part.offset for part in parts], np.int64
        )
        self.notes: dict[int, NoteFacts] = {}
        self.synonyms: tuple[Thesaurus, ...] = ()  # the better first
        self._number_records()

    def _number_records(self) -> None:
        is_record = self.places["part"] == RECORD
        self.record_of: Ints = np.cumsum(is_record) - 1
        lives = self.live[self.documents].tolist()
        keys = [key for part in self.parts for key in part.segment.keys]
        self.ordinals = {key: ordinal for ordinal, key in enumerate(keys) if lives[ordinal]}
        for part in self.parts:
            places = (part.segment.note_documents + part.offset).tolist()
            self.notes |= zip(places, part.segment.columns.notes, strict=True)
        for number, note in self.notes.items():
            ordinal = self.ordinals.get(note.record)
            self.record_of[number] = 0 if ordinal is None else ordinal
            self.live[number] &= ordinal is not None

    def prepare(self) -> "Snapshot":
        """Work out what each search needs, so that the next keystroke does not wait for it.

        For what follows another snapshot; the first one is better opened fast.
        """
        _ = (self.is_record, self.is_note, self.weights, self.kinds, self.years, self.facets)
        _ = (self.extents, self.norms("text"), self.norms("title"), self.named_alike)
        _ = self.words.relatives("prepared")
        return self

    @cached_property
    def note_numbers(self) -> Ints:
        """Which documents are notes, as numbers."""
        return np.fromiter(self.notes, np.int64, len(self.notes))

    @cached_property
    def extents(self) -> Ints:
        """Of each record's own document, how many it and its passages are; of others nothing."""
        own = np.flatnonzero(self.places["part"] != PASSAGE)
        found = np.zeros(self.size, np.int64)
        found[own] = np.diff(own, append=self.size)
        return found

    @cached_property
    def is_record(self) -> Mask:
        """Which documents are a record's own."""
        return self.places["part"] == RECORD

    @cached_property
    def is_note(self) -> Mask:
        """Which documents are notes."""
        return self.places["part"] == NOTE

    @cached_property
    def in_notes(self) -> Mask:
        """Which documents are notes, or passages of notes that stand on no record."""
        return self.is_note | (self.kinds == KINDS.index(Kind.NOTE))[self.record_of]

    @cached_property
    def weights(self) -> Floats:
        """What each document's rank is multiplied by."""
        return self.places["weight"].astype(np.float32)

    @cached_property
    def kinds(self) -> Ints:
        """Of each record, the place of its kind in `KINDS`."""
        return _joined([part.segment.kinds for part in self.parts], np.int64)

    @cached_property
    def years(self) -> tuple[Ints, Ints]:
        """First and last year of each record; none is before all, open is after all."""
        return (
            _joined([part.segment.years[0] for part in self.parts], np.int64),
            _joined([part.segment.years[1] for part in self.parts], np.int64),
        )

    @cached_property
    def earliest(self) -> Ints:
        """First day of each record, as an ordinal, as of which it is shown; 0 for always."""
        return _joined([part.segment.earliest for part in self.parts], np.int64)

    @cached_property
    def days(self) -> Ints:
        """First day of each record as yyyymmdd, -1 for none."""
        return _joined([part.segment.days for part in self.parts], np.int64)

    @cached_property
    def title_places(self) -> Ints:
        """Place of each record in the alphabetical order of folded titles."""
        order = sorted(range(len(self.records)), key=lambda n: (self.records[n].names[0], n))
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order))
        return places

    def records_of(self, documents: Mask) -> Ints:
        """Return the ordinals of the records of some documents, ascending, each once."""
        found = np.zeros(len(self.records), bool)
        found[self.record_of[documents]] = True
        return np.flatnonzero(found)

    def named(self, text: str, *, begun: bool = False) -> list[int]:
        """Return the ordinals of records with a name equal to, or begun by, a folded text."""
        found: list[int] = []
        for part, first in zip(self.parts, self._first_ordinals, strict=False):
            names = part.segment.names
            for place in range(bisect_left(names, (text, -1)), len(names)):
                name, ordinal = names[place]
                if not (name.startswith(text) if begun else name == text):
                    break
                if self.live[self.documents[first + ordinal]]:
                    found.append(first + ordinal)
        return found

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, Ints]]:
        """The records' ordinals by theme, tag (of their notes too), participant and the rest.

        Ordinals of deleted records are among them; `live` tells.
        """
        found: dict[str, defaultdict[str, list[Ints]]] = {name: defaultdict(list) for name in HELD}
        for part, first in zip(self.parts, self._first_ordinals, strict=False):
            for name, values in part.segment.facets.items():
                for value, ordinals in values.items():
                    found[name][value].append(ordinals + first)
        for number, note in self.notes.items():
            for tag in note.tags if self.live[number] else ():
                found["tag"][tag].append(self.record_of[number : number + 1])
        return {
            name: {
                value: ordinals[0] if len(ordinals) == 1 else np.unique(np.concatenate(ordinals))
                for value, ordinals in values.items()
            }
            for name, values in found.items()
        }

    @cached_property
    def facet_tables(self) -> Mapping[str, FacetTable]:
        """`facets` made for counting; a tag counts what is tagged below it too."""
        shown = [name for name in FACETS if name in self.facets]
        return {name: tabulate(name, self.facets[name], self.ordinals) for name in shown}

    @cached_property
    def named_alike(self) -> Thesaurus:
        """What the names of one record have to do with each other."""
        return named(self.records[ordinal] for ordinal in self.ordinals.values())

    def norms(self, field: str) -> Floats:
        """Return BM25's length term of each document.

        Texts are compared with Whoosh's mean, over all documents; titles with the mean of those
        documents that have one, which are few.
        """
        return self._text_norms if field == "text" else self._title_norms

    @cached_property
    def _text_norms(self) -> Floats:
        total = sum(part.segment.columns.totals["text"] for part in self.parts)
        return self._norms("text", total / (self.size or 1) or 1)

    @cached_property
    def _title_norms(self) -> Floats:
        lengths = [part.segment.lengths["title"] for part in self.parts]
        held = sum(np.count_nonzero(of) for of in lengths)
        total = sum(float(of.sum(dtype=np.float64)) for of in lengths)
        return self._norms("title", max(1.0, total / max(1, held)))

    def _norms(self, field: str, mean: float) -> Floats:
        lengths = _joined([part.segment.lengths[field] for part in self.parts], np.float32)
        return K1 * ((1 - B[field]) + (B[field] / mean) * lengths)

    def postings(self, field: str, word: str) -> Iterator[tuple[Ints, Floats]]:
        """Yield the documents of a word and how often it stands in each, segment by segment."""
        for part in self.parts:
            found = part.segment.postings(field, word)
            if found is not None:
                documents = found[0].astype(np.int64)
                documents += part.offset
                yield documents, found[1].astype(np.float32)

    def occurrences(self, field: str, words: Collection[str], among: Ints) -> Iterator[Ints]:
        """Yield ``document << 32 | position`` of where any of the words stands, in several runs.

        ``among``, ascending, are the documents that matter.
        """
        for part in self.parts:
            begin, end = among.searchsorted([part.offset, part.offset + part.segment.size])
            if begin < end:
                wanted = among[begin:end] - part.offset
                for found in part.segment.occurrences(field, words, wanted):
                    yield found + (part.offset << 32)

    def documents_of_record(self, key: str) -> list[int]:
        """Return the numbers of a record's own document and its passages, not of its notes."""
        ordinal = self.ordinals.get(key)
        if ordinal is None:
            return []
        begin = end = int(self.documents[ordinal])
        parts = self.places["part"]
        while (end := end + 1) < self.size and parts[end] == PASSAGE:
            pass
        return list(range(begin, end))

    def documents_of_notes(self, annotations: frozenset[str]) -> list[int]:
        """Return the numbers of the notes' documents, of deleted ones too."""
        return [n for n, note in self.notes.items() if note.annotation in annotations]


def _joined(arrays: Sequence[Any], dtype: Any) -> Any:  # noqa: ANN401  (an array of any kind)
    """Put arrays one after another; the one there is, as it is."""
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.empty(0, dtype)
