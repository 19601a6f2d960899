"""Reads one segment of the index block by block into NumPy arrays, and keeps what it read.

A segment never changes once written; deletions live in the list of segments. Whoosh is frozen at
2.7.4, so its private attributes that are read here (a leaf matcher's blocks, the lengths column)
stay as they are.
"""

# pyright: standard
# (Whoosh carries no types; what it gives is narrowed here and goes no further.)
import threading
from collections import OrderedDict
from struct import Struct
from typing import Any

import numpy as np
from whoosh.codec import whoosh3
from whoosh.reading import SegmentReader
from whoosh.util.numeric import byte_to_length

from core.search.schema import NOTE, PLACE, RECORD, NoteFacts, RecordFacts
from core.search.words import WordList

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float32]]

_LENGTHS = np.array([byte_to_length(b) for b in range(256)], dtype=np.float32)
PLACES = np.dtype(
    [("part", "u1"), ("n", "<i4"), ("start", "<i4"), ("end", "<i4"), ("weight", "<f4")]
)
_DOCUMENTS_OF = Struct("!I").unpack_from  # in a term's record, after a flag and a weight
_MOST_POSTINGS = 4_000_000  # kept in memory, about 100 MB at worst


class Postings:
    """Where one word stands in one segment: documents, how often, and at which positions."""

    __slots__ = ("_keys", "_values", "documents", "frequencies")

    def __init__(self, documents: Ints, frequencies: Floats, values: list[bytes]) -> None:
        self.documents = documents
        self.frequencies = frequencies
        self._values = values
        self._keys: Ints | None = None

    def keys(self) -> Ints:
        """Return ``document << 32 | position`` for each occurrence, in order."""
        keys = self._keys
        if keys is None:
            positions = np.frombuffer(b"".join(self._values), dtype=np.uint32).astype(np.int64)
            counts = self.frequencies.astype(np.int64)
            keys = self._keys = np.repeat(self.documents << 32, counts) | positions
        return keys


_NOWHERE = Postings(np.empty(0, np.int64), np.empty(0, np.float32), [])


class Segment:
    """One segment's columns, words and postings."""

    def __init__(self, reader: SegmentReader) -> None:
        self.id: str = reader.segment().segment_id()
        self.size: int = reader.doc_count_all()
        self._reader = reader
        self._lock = threading.Lock()  # Whoosh's files have one place each
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._cost = 0
        self.places = self._column("place")
        self.lengths: dict[str, Floats] = {f: self._lengths(f) for f in ("text", "title")}
        self.terms: dict[str, dict[str, int]] = {f: self._terms(f) for f in ("text", "title")}
        self.words = WordList(self.terms["text"], self.terms["title"])
        self.records, self.notes = self._facts()

    def _column(self, field: str) -> "np.ndarray[Any, Any]":
        column: Any = self._reader.column_reader(field, translate=False)
        data = column._dbfile.get(column._basepos, column._count * PLACE.size)  # noqa: SLF001
        return np.frombuffer(data, dtype=PLACES)

    def _lengths(self, field: str) -> Floats:
        found = np.zeros(self.size, np.float32)
        lengths: Any = whoosh3.LENGTHS_COLUMN
        name: str = whoosh3._lenfield(field)  # noqa: SLF001
        column = self._reader._perdoc._cached_reader(name, lengths)  # noqa: SLF001
        if column is not None:
            data = column._dbfile.get(column._basepos, column._count)  # noqa: SLF001
            found[: column._count] = _LENGTHS[np.frombuffer(data, np.uint8)]  # noqa: SLF001
        return found

    def _terms(self, field: str) -> dict[str, int]:
        """Read each word of a field with the number of documents that hold it."""
        reader = self._reader._terms  # noqa: SLF001
        number = reader._fieldmap.get(field)  # noqa: SLF001
        if number is None:
            return {}
        start = number.to_bytes(2, "big")
        found: dict[str, int] = {}
        for key, value in reader._tindex.items_from(start):  # noqa: SLF001
            if key[:2] != start:
                break
            found[key[2:].decode()] = _DOCUMENTS_OF(value, 5)[0]
        return found

    def _facts(self) -> tuple[dict[int, RecordFacts], dict[int, NoteFacts]]:
        records: dict[int, RecordFacts] = {}
        notes: dict[int, NoteFacts] = {}
        part = self.places["part"]
        for number in np.flatnonzero((part == RECORD) | (part == NOTE)).tolist():
            facts = self._reader.stored_fields(number)["facts"]
            if part[number] == RECORD:
                records[number] = RecordFacts(*facts)
            else:
                notes[number] = NoteFacts(*facts)
        return records, notes

    def postings(self, field: str, word: str) -> Postings:
        """Return where a word stands; nowhere if the segment does not have it."""
        if word not in self.terms[field]:
            return _NOWHERE
        with self._lock:
            found = self._kept.get((field, word))
            if found is not None:
                self._kept.move_to_end((field, word))
                return found
            found = self._read(field, word)
            self._kept[field, word] = found
            self._cost += len(found.documents)
            while self._cost > _MOST_POSTINGS:
                _, oldest = self._kept.popitem(last=False)
                self._cost -= len(oldest.documents)
            return found

    def _read(self, field: str, word: str) -> Postings:
        info = self._reader.term_info(field, word)
        if info.is_inlined():
            ids, weights, values = info.inlined_postings()
            return Postings(np.array(ids, np.int64), np.array(weights, np.float32), list(values))
        matcher: Any = self._reader._terms.matcher(  # noqa: SLF001
            field, word.encode(), self._reader.schema[field].format
        )
        documents: list[Ints] = []
        frequencies: list[Floats] = []
        values = []
        while not matcher._atend:  # noqa: SLF001
            matcher._read_data()  # noqa: SLF001
            ids, weights, texts = matcher._data  # noqa: SLF001
            documents.append(np.cumsum(np.array(ids, np.int64)))
            one = 1.0 if weights is None else weights
            frequencies.append(np.broadcast_to(np.array(one, np.float32), len(ids)))
            values += texts
            matcher._next_block()  # noqa: SLF001
        return Postings(np.concatenate(documents), np.concatenate(frequencies), values)
