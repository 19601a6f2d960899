"""The index as of one commit: all segments' columns side by side, for vector arithmetic.

A snapshot never changes, so any number of threads may search it while the next one is made.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.domain.keys import Kind
from core.search.facet_table import FacetTable, tabulate
from core.search.schema import NOTE, RECORD, NoteFacts, RecordFacts
from core.search.segment import PLACES, Floats, Ints, Postings, Segment
from core.search.words import Vocabulary

Mask = np.ndarray[Any, np.dtype[np.bool_]]

K1 = 1.2
B = {"text": 0.75, "title": 0.4}  # titles are short anyway: their length says less
_YEAR_OPEN, _YEAR_NONE = 9999, -1
KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Part:
    """One segment with the number of its first document and its deleted ones."""

    segment: Segment
    offset: int
    deleted: frozenset[int]


class Snapshot:
    """All that can be found as of one commit."""

    def __init__(self, parts: Sequence[Part], generation: int) -> None:
        self.parts = tuple(parts)
        self.generation = generation
        self.size = sum(part.segment.size for part in parts)
        places: Any = [part.segment.places for part in parts]
        self.places: Any = np.concatenate(places) if places else np.empty(0, PLACES)
        self.live: Mask = np.ones(self.size, bool)
        for part in parts:
            if part.deleted:
                self.live[np.array(sorted(part.deleted)) + part.offset] = False
        self.words = Vocabulary(part.segment.words for part in parts)
        self.records: list[RecordFacts] = []
        self.documents: list[int] = []  # of each record, its own document
        self.notes: dict[int, NoteFacts] = {}
        self._number_records()

    def _number_records(self) -> None:
        for part in self.parts:
            for number, facts in part.segment.records.items():
                self.records.append(facts)
                self.documents.append(part.offset + number)
            for number, note in part.segment.notes.items():
                self.notes[part.offset + number] = note
        is_record = self.places["part"] == RECORD
        self.record_of: Ints = np.cumsum(is_record) - 1 if self.size else np.empty(0, np.int64)
        self.ordinals = {
            facts.key: ordinal
            for ordinal, facts in enumerate(self.records)
            if self.live[self.documents[ordinal]]
        }
        for number, note in self.notes.items():
            ordinal = self.ordinals.get(note.record)
            self.record_of[number] = 0 if ordinal is None else ordinal
            self.live[number] &= ordinal is not None

    def prepare(self) -> "Snapshot":
        """Work out what each search needs, so that the next keystroke does not wait for it."""
        _ = (self.is_record, self.is_note, self.weights, self.kinds, self.years, self.names)
        _ = (self.facets, self._norms, self.words.relatives("prepared"))
        return self

    @cached_property
    def is_record(self) -> Mask:
        """Which documents are a record's own."""
        return self.places["part"] == RECORD

    @cached_property
    def is_note(self) -> Mask:
        """Which documents are notes."""
        return self.places["part"] == NOTE

    @cached_property
    def weights(self) -> Floats:
        """What each document's rank is multiplied by."""
        return self.places["weight"].astype(np.float32)

    @cached_property
    def kinds(self) -> Ints:
        """Of each record, the place of its kind in `KINDS`."""
        order = {kind.value: place for place, kind in enumerate(KINDS)}
        return np.array([order[facts.kind] for facts in self.records], np.int64)

    @cached_property
    def years(self) -> tuple[Ints, Ints]:
        """First and last year of each record; none is before all, open is after all."""
        low = [_YEAR_NONE if f.year is None else f.year for f in self.records]
        high = [
            _YEAR_NONE if f.year is None else _YEAR_OPEN if f.year_to is None else f.year_to
            for f in self.records
        ]
        return np.array(low, np.int64), np.array(high, np.int64)

    @cached_property
    def names(self) -> list[tuple[str, int]]:
        """All names of all records, folded and sorted, with the record's ordinal."""
        return sorted(
            (name, ordinal)
            for ordinal in self.ordinals.values()
            for name in self.records[ordinal].names
        )

    @cached_property
    def days(self) -> Ints:
        """First day of each record as yyyymmdd, -1 for none."""
        return np.array([facts.day for facts in self.records], np.int64)

    @cached_property
    def title_places(self) -> Ints:
        """Place of each record in the alphabetical order of folded titles."""
        order = sorted(range(len(self.records)), key=lambda n: (self.records[n].names[0], n))
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order))
        return places

    def named(self, text: str, *, begun: bool = False) -> list[int]:
        """Return the ordinals of records with a name equal to, or begun by, a folded text."""
        found: list[int] = []
        for name, ordinal in self.names[bisect_left(self.names, (text, -1)) :]:
            if not (name.startswith(text) if begun else name == text):
                break
            found.append(ordinal)
        return found

    @cached_property
    def facets(self) -> Mapping[str, Mapping[str, Ints]]:
        """The records' ordinals by theme, tag (of their notes too), participant, language."""
        found: dict[str, defaultdict[str, set[int]]] = {
            "theme": defaultdict(set),
            "tag": defaultdict(set),
            "participant": defaultdict(set),
            "language": defaultdict(set),
        }
        for ordinal in self.ordinals.values():
            facts = self.records[ordinal]
            for name, values in (
                ("theme", facts.themes),
                ("tag", facts.tags),
                ("participant", facts.participants),
                ("language", (facts.language,) if facts.language else ()),
            ):
                for value in values:
                    found[name][value].add(ordinal)
        for number, note in self.notes.items():
            for tag in note.tags if self.live[number] else ():
                found["tag"][tag].add(int(self.record_of[number]))
        return {
            name: {value: np.array(sorted(o), np.int64) for value, o in values.items()}
            for name, values in found.items()
        }

    @cached_property
    def facet_tables(self) -> Mapping[str, FacetTable]:
        """`facets` made for counting; a tag counts what is tagged below it too."""
        return {name: tabulate(name, self.facets[name], self.ordinals) for name in self.facets}

    @cached_property
    def _norms(self) -> Mapping[str, Floats]:
        """BM25's length term of each document, by field."""
        found: dict[str, Floats] = {}
        for field, b in B.items():
            lengths = [part.segment.lengths[field] for part in self.parts]
            together = np.concatenate(lengths) if lengths else np.empty(0, np.float32)
            mean = max(1.0, float(together.sum()) / max(1, np.count_nonzero(together)))
            found[field] = (K1 * ((1 - b) + b * together / mean)).astype(np.float32)
        return found

    def norms(self, field: str) -> Floats:
        """Return BM25's length term of each document."""
        return self._norms[field]

    def postings(self, field: str, word: str) -> Iterator[tuple[Postings, int]]:
        """Yield a word's postings in each segment that has it, with the segment's offset."""
        for part in self.parts:
            found = part.segment.postings(field, word)
            if len(found.documents):
                yield found, part.offset

    def documents_of_record(self, key: str) -> list[int]:
        """Return the numbers of a record's own document and its passages, not of its notes."""
        ordinal = self.ordinals.get(key)
        if ordinal is None:
            return []
        return np.flatnonzero((self.record_of == ordinal) & ~self.is_note).tolist()

    def documents_of_notes(self, annotations: frozenset[str]) -> list[int]:
        """Return the numbers of the notes' documents, of deleted ones too."""
        return [n for n, note in self.notes.items() if note.annotation in annotations]
