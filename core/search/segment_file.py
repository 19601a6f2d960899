"""One segment as one file: arrays one after another, a table of contents at the end.

The file is mapped into memory and its arrays are read where they lie, so that opening it takes as
long however large it is. Each array carries a checksum; `verify` compares them all.
"""

# pyright: standard
import mmap
import os
import zlib
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO

import msgspec
import numpy as np

from core.search.columns import PLACES, TEXTS, Array, Columns, Postings
from core.search.schema import NoteFacts, RecordFacts
from core.search.stems import stems_of
from core.struct_types import make_ready

EXTENSION = ".arrays"
_MAGIC = b"NATLSEG1"
_END = Struct("<QI8s")  # where the table begins, its checksum, magic
_ALIGNED = 16
_POSTINGS = ("starts", "documents", "frequencies", "position_starts", "positions")
_AT_ONCE = 1 << 22  # bytes, while a checksum is taken


class DamagedSegmentError(Exception):
    """The file is cut short, changed, or not a segment."""


class _Entry(msgspec.Struct, array_like=True, frozen=True):
    dtype: str
    offset: int
    count: int
    checksum: int


class _Table(msgspec.Struct, array_like=True, frozen=True):
    arrays: dict[str, _Entry]
    totals: dict[str, int]


make_ready(_Table)


class SegmentFile:
    """A segment's file, open to be read: `Columns`, and the families of its words."""

    def __init__(self, path: Path) -> None:
        """Map the file; raises `DamagedSegmentError`, OSError."""
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < len(_MAGIC) + _END.size:
                raise DamagedSegmentError(f"{path.name} is cut short")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._table = self._read_table(path, size)
        self.columns = Columns(
            words=self._bytes("words").decode().split("\n") if self._count("words") else [],
            postings={
                field: Postings(*(self._array(f"{field}.{part}") for part in _POSTINGS))
                for field in TEXTS
            },
            places=self._array("places", PLACES),
            lengths={field: self._array(f"{field}.lengths") for field in TEXTS},
            totals=self._table.totals,
            records=msgspec.msgpack.decode(self._bytes("records"), type=list[RecordFacts]),
            notes=msgspec.msgpack.decode(self._bytes("notes"), type=list[NoteFacts]),
        )
        self.families = Families(
            self.columns.words, self._array("stems"), self._array("stem_words")
        )

    def _read_table(self, path: Path, size: int) -> _Table:
        begin, checksum, magic = _END.unpack_from(self._map, size - _END.size)
        if magic != _MAGIC or not len(_MAGIC) <= begin <= size - _END.size:
            raise DamagedSegmentError(f"{path.name} has no end")
        table = self._map[begin : size - _END.size]
        if zlib.crc32(table) != checksum:
            raise DamagedSegmentError(f"{path.name} has a wrong table of contents")
        return msgspec.msgpack.decode(table, type=_Table)

    def _count(self, name: str) -> int:
        return self._table.arrays[name].count

    def _array(self, name: str, dtype: "np.dtype[Any] | None" = None) -> Array:
        entry = self._table.arrays[name]
        return np.frombuffer(self._map, dtype or entry.dtype, entry.count, entry.offset)

    def _bytes(self, name: str) -> bytes:
        entry = self._table.arrays[name]
        return self._map[entry.offset : entry.offset + entry.count]

    def verify(self) -> bool:
        """Read all of it and tell whether every checksum is right."""
        for entry in self._table.arrays.values():
            size = (
                entry.count * np.dtype(PLACES if entry.dtype == "places" else entry.dtype).itemsize
            )
            checksum = 0
            for at in range(entry.offset, entry.offset + size, _AT_ONCE):
                upto = min(at + _AT_ONCE, entry.offset + size)
                checksum = zlib.crc32(self._map[at:upto], checksum)
            if checksum != entry.checksum:
                return False
        return True


class Families:
    """The words that share a stem, found by the stem's checksum."""

    def __init__(self, words: list[str], stems: Array, numbers: Array) -> None:
        self._words = words
        self._stems = stems  # checksums, sorted
        self._numbers = numbers  # of the words that have them

    def get(self, stem: str, default: list[str] | tuple[()] = ()) -> list[str] | tuple[()]:
        """Return the words with a stem."""
        wanted = zlib.crc32(stem.encode())
        begin, end = np.searchsorted(self._stems, [wanted, wanted + 1])
        found = [self._words[number] for number in self._numbers[begin:end].tolist()]
        stems = stems_of(found)  # two stems may have one checksum
        return [word for word, its in zip(found, stems, strict=True) if its == stem] or default

    @classmethod
    def made(cls, words: list[str]) -> "Families":
        """Take the stem of each word."""
        sums = np.array([zlib.crc32(stem.encode()) for stem in stems_of(words)], np.int64)
        order = np.argsort(sums, kind="stable")
        return cls(words, sums[order], order.astype(np.int32))

    def arrays(self) -> dict[str, Array]:
        """Return what is kept of it, by the name in the file."""
        return {"stems": self._stems, "stem_words": self._numbers}


def write_segment(path: Path, columns: Columns) -> None:
    """Write a segment's file and see it onto the disk."""
    packed = msgspec.msgpack.encode
    arrays: dict[str, Array] = {
        "words": np.frombuffer("\n".join(columns.words).encode(), np.uint8),
        "records": np.frombuffer(packed(columns.records), np.uint8),
        "notes": np.frombuffer(packed(columns.notes), np.uint8),
        "places": columns.places,
        **Families.made(columns.words).arrays(),
    }
    for field in TEXTS:
        arrays[f"{field}.lengths"] = columns.lengths[field]
        for part in _POSTINGS:
            arrays[f"{field}.{part}"] = getattr(columns.postings[field], part)
    with path.open("wb") as file:
        file.write(_MAGIC)
        entries = {name: _append(file, array) for name, array in arrays.items()}
        begin = file.tell()
        table = msgspec.msgpack.encode(_Table(entries, dict(columns.totals)))
        file.write(table + _END.pack(begin, zlib.crc32(table), _MAGIC))
        file.flush()
        os.fsync(file.fileno())


def _append(file: BinaryIO, array: Array) -> _Entry:
    file.write(bytes(-file.tell() % _ALIGNED))
    offset = file.tell()
    view = np.ascontiguousarray(array).tobytes()
    file.write(view)
    dtype = "places" if array.dtype == PLACES else array.dtype.str
    return _Entry(dtype, offset, len(array), zlib.crc32(view))
