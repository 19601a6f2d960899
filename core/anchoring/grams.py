"""Where stretches of letters stand in a text, looked up in an index made once.

A text of a million letters is read through once for each length of gram, not once for each
stretch that is looked for; only the first few are looked for without an index.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

LENGTHS = (12, 6, 3)
_PATIENCE = 30  # how often a text is read through before an index is made
_FACTOR = 0x9E3779B97F4A7C15  # odd, with its bits well mixed
_POWERS = [np.uint64(pow(_FACTOR, n, 1 << 64)) for n in range(max(LENGTHS))]


class Grams:
    """The places of stretches in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._asked = 0
        self._tables: dict[int, tuple[NDArray[np.uint64], NDArray[np.intp]]] = {}

    def occurrences(self, wanted: str) -> Iterator[int]:
        """Yield where ``wanted`` (not empty) starts, in order; overlapping ones too."""
        length = next((n for n in LENGTHS if n <= len(wanted)), 0)
        self._asked += 1
        if not length or (self._asked <= _PATIENCE and length not in self._tables):
            return read_through(self.text, wanted)
        return self._indexed(wanted, length)

    def only(self, wanted: str) -> int | None:
        """Return where a stretch stands, if it does so exactly once."""
        places = list(islice(self.occurrences(wanted), 2)) if wanted else []
        return places[0] if len(places) == 1 else None

    def places(self, wanted: str, length: int, offsets: Sequence[int]) -> list[NDArray[np.intp]]:
        """Return where the grams of ``wanted`` at some offsets stand, each in no order.

        ``length`` is one of `LENGTHS`. A few places may only hash alike.
        """
        if length > len(self.text):
            return [np.zeros(0, dtype=np.intp) for _ in offsets]
        hashes, order = self.table(length)
        asked = _hashes(wanted, length)[list(offsets)]
        first = np.searchsorted(hashes, asked).tolist()
        last = np.searchsorted(hashes, asked, "right").tolist()
        return [order[start:end] for start, end in zip(first, last, strict=True)]

    def table(self, length: int) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
        """Return the hashes of all grams of a length, in order, and where each stands."""
        if length not in self._tables:
            hashes = _hashes(self.text, length)
            order = np.argsort(hashes)
            self._tables[length] = hashes[order], order
        return self._tables[length]

    def _indexed(self, wanted: str, length: int) -> Iterator[int]:
        last = len(wanted) - length
        offsets = sorted({0, last // 2, last})
        found = zip(offsets, self.places(wanted, length, offsets), strict=True)
        at, places = min(found, key=lambda item: len(item[1]))
        starts = np.sort(places) - at
        return (
            int(start) for start in starts if start >= 0 and self.text.startswith(wanted, start)
        )


def read_through(text: str, wanted: str) -> Iterator[int]:
    """Yield where ``wanted`` starts in ``text``, overlapping ones too; for a look or two."""
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _hashes(text: str, length: int) -> NDArray[np.uint64]:
    """Return the hash of every gram of a text, in order."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = codes.astype(np.uint64)
    count = max(0, len(codes) - length + 1)
    hashes = np.zeros(count, dtype=np.uint64)
    for n in range(length):
        hashes += codes[n : n + count] * _POWERS[n]
    return hashes
