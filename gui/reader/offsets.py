"""The one place where canonical offsets and Qt's document positions are turned into each other.

Canonical offsets count Unicode code points of a record's text. A ``QTextDocument`` counts UTF-16
units and also holds characters that are not in the text: source numbers, bullets, marks.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_ASTRAL = re.compile("[\U00010000-\U0010ffff]+")
_QT_TAKES_AS_BREAKS: dict[int, str] = dict.fromkeys((0x0, 0xD, 0x2029, 0xFDD0, 0xFDD1), "\ufffd")


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units ``text`` takes."""
    return len(text) + sum(len(run) for run in _ASTRAL.findall(text))


def as_inserted(text: str) -> str:
    """Return ``text`` with each character that Qt would turn into a break replaced, one for one."""
    return text if text.isprintable() else text.translate(_QT_TAKES_AS_BREAKS)


@dataclass(frozen=True, slots=True)
class Inset:
    """Characters in the document that are not in the text, standing before ``offset``."""

    offset: int
    units: int  # UTF-16


class OffsetMap:
    """Maps code points of a text to positions of its document and back.

    Both sides are cut into segments in which one code point takes the same number of units
    everywhere, so that either way is a bisection.
    """

    __slots__ = ("_document_starts", "_text_starts", "_units", "document_length", "text_length")

    def __init__(self, content: str, insets: Iterable[Inset] = ()) -> None:
        self._text_starts = [0]
        self._document_starts = [0]
        self._units = [1]
        self.text_length = len(content)
        for offset, gap, units in _cuts(content, insets):
            self._cut(offset, gap, units)
        self.document_length = self.to_document(len(content))

    def _cut(self, offset: int, gap: int, units: int | None) -> None:
        position = self._document_starts[-1] + (offset - self._text_starts[-1]) * self._units[-1]
        self._text_starts.append(offset)
        self._document_starts.append(position + gap)
        self._units.append(self._units[-1] if units is None else units)

    def to_document(self, offset: int) -> int:
        """Return the position before code point ``offset``, after any inset that stands there."""
        at = bisect_right(self._text_starts, offset) - 1
        return self._position(at, offset)

    def to_document_end(self, offset: int) -> int:
        """Return the position where a range that ends at ``offset`` ends, before any inset."""
        at = max(0, bisect_left(self._text_starts, offset) - 1)
        return self._position(at, offset)

    def range_to_document(self, start: int, end: int) -> tuple[int, int]:
        """Return the positions of a range of code points, without the insets at its edges."""
        first = self.to_document(start)
        return first, max(first, self.to_document_end(end))

    def to_text(self, position: int) -> int:
        """Return the code point at ``position``; inside an inset, the one that follows it."""
        at = max(0, bisect_right(self._document_starts, position) - 1)
        offset = self._text_starts[at] + (position - self._document_starts[at]) // self._units[at]
        limit = self._text_starts[at + 1] if at + 1 < len(self._text_starts) else self.text_length
        return min(offset, limit)

    def _position(self, segment: int, offset: int) -> int:
        within = offset - self._text_starts[segment]
        return self._document_starts[segment] + within * self._units[segment]


def _cuts(content: str, insets: Iterable[Inset]) -> Iterator[tuple[int, int, int | None]]:
    """Yield (offset, gap, units or None for unchanged) in text order, gaps before unit changes."""
    cuts: list[tuple[int, int, int, int | None]] = [
        (inset.offset, 0, inset.units, None) for inset in insets
    ]
    has_pairs = len(content.encode("utf-16-le", "surrogatepass")) > 2 * len(content)
    for run in _ASTRAL.finditer(content) if has_pairs else ():
        cuts.append((run.start(), 2, 0, 2))
        cuts.append((run.end(), -1, 0, 1))
    for offset, _, gap, units in sorted(cuts, key=lambda cut: cut[:2]):
        yield offset, gap, units
