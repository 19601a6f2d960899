"""Makes a segment's arrays of records and notes: words are numbered, then sorted all at once."""

# pyright: standard
from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from core.domain.search import IndexedNote, IndexedRecord
from core.precedence import SEARCHES
from core.search.columns import PLACES, TEXTS, Array, Columns, Postings, narrowed, rounded
from core.search.schema import GAP, PLACE, NoteFacts, RecordFacts, documents

_NUMBER_BITS = 32  # of the occurrence; the rest of the key is the word


class _Occurrences:
    """The words of one field as they come: runs of words at growing positions."""

    def __init__(self) -> None:
        self.words = array("i")
        self.documents = array("i")  # of each run, as are the next two
        self.firsts = array("i")  # position of its first word
        self.counts = array("i")


class Builder:
    """Takes up records and notes until it is asked for the arrays."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._fields = {field: _Occurrences() for field in TEXTS}
        self._places = bytearray()
        self._records: list[RecordFacts] = []
        self._notes: list[NoteFacts] = []

    @property
    def occurrences(self) -> int:
        """How many words were taken up: what the memory grows with."""
        return sum(len(found.words) for found in self._fields.values())

    @property
    def size(self) -> int:
        """How many documents were taken up."""
        return len(self._places) // PLACE.size

    def add(self, item: IndexedRecord | IndexedNote) -> None:
        """Take up a record with its passages, or a note."""
        number = self._numbers.__getitem__
        for document in documents(item):
            SEARCHES.give_way()
            this = self.size
            for field, found in self._fields.items():
                base = 0
                for words in document.get(field, ()):
                    found.words.extend(map(number, words))
                    found.documents.append(this)
                    found.firsts.append(base)
                    found.counts.append(len(words))
                    base += len(words) + GAP
            self._places += document["place"]
            if "facts" in document:
                if isinstance(item, IndexedNote):
                    self._notes.append(NoteFacts(*document["facts"]))
                else:
                    self._records.append(RecordFacts(*document["facts"]))

    def columns(self) -> Columns:
        """Sort all of it into a segment's arrays."""
        words = sorted(self._numbers)
        ranks = np.empty(len(words), np.int64)
        numbers = np.fromiter(map(self._numbers.__getitem__, words), np.int64, len(words))
        ranks[numbers] = np.arange(len(words))
        lengths = {f: _lengths(found, self.size) for f, found in self._fields.items()}
        return Columns(
            words=words,
            postings={f: _sorted(found, ranks) for f, found in self._fields.items()},
            places=np.frombuffer(bytes(self._places), PLACES),
            lengths={f: rounded(of) for f, of in lengths.items()},
            totals={f: int(of.sum()) for f, of in lengths.items()},
            records=self._records,
            notes=self._notes,
        )


def _numbers(values: "Sequence[int]") -> Array:
    return np.array(values, np.int64)


def _lengths(found: _Occurrences, size: int) -> Array:
    weights = np.bincount(_numbers(found.documents), _numbers(found.counts), size)
    return weights.astype(np.int64)


def _sorted(found: _Occurrences, ranks: Array) -> Postings:
    """Sort a field's occurrences by word; documents and positions grow already."""
    counts = _numbers(found.counts)
    words = ranks[np.frombuffer(found.words, np.int32)] if found.words else np.empty(0, np.int64)
    keys = (words << _NUMBER_BITS) | np.arange(len(words))
    keys.sort()
    order = keys & ((1 << _NUMBER_BITS) - 1)
    words = keys >> _NUMBER_BITS
    del keys
    documents = np.repeat(_numbers(found.documents), counts)[order]
    firsts = np.repeat(_numbers(found.firsts) - (np.cumsum(counts) - counts), counts)
    positions = firsts[order] + order
    new = np.ones(len(words), bool)
    new[1:] = (words[1:] != words[:-1]) | (documents[1:] != documents[:-1])
    at = np.flatnonzero(new)
    starts = np.searchsorted(words[at], np.arange(len(ranks) + 1))
    return Postings(
        starts=starts,
        documents=documents[at].astype(np.uint32),
        frequencies=narrowed(np.diff(at, append=len(words))),
        position_starts=np.append(at, len(words))[starts],
        positions=narrowed(positions),
    )
