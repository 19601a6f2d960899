"""Places marked in a text: what a search or the find bar found, and the one that is current."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from core.domain.finding import Span
from gui.reader.lines import Lines
from gui.reader.offsets import OffsetMap


class Marks:
    """Marked places of one text in order, in code points; turned into positions when painted."""

    def __init__(self, spans: Sequence[Span] = (), current: int | None = None) -> None:
        self.spans = tuple(spans)
        self.current = current
        self.starts = tuple(start for start, _ in self.spans)

    def at(self, current: int) -> "Marks":
        """Return the same places with another one current."""
        marks = Marks()
        marks.spans, marks.starts, marks.current = self.spans, self.starts, current
        return marks

    def between(self, first: int, last: int) -> Iterator[tuple[Span, bool]]:
        """Yield each that touches a range of code points, and whether it is the current one."""
        at = max(0, bisect_left(self.starts, first) - 1)
        for number in range(at, bisect_left(self.starts, last + 1)):
            if self.spans[number][1] >= first:
                yield self.spans[number], number == self.current

    def following(self, offset: int) -> int | None:
        """Return the number of the first that does not begin before ``offset``."""
        at = bisect_left(self.starts, offset)
        return at if at < len(self.spans) else None

    def preceding(self, offset: int) -> int | None:
        """Return the number of the last that begins before ``offset``."""
        at = bisect_left(self.starts, offset) - 1
        return at if at >= 0 else None


def paint_marks(
    painter: QPainter,
    lines: Lines,
    marks: Marks,
    offsets: OffsetMap,
    between: tuple[int, int],
    colors: tuple[QColor, QColor],  # of all, of the current one
) -> None:
    """Paint the marks between two positions."""
    first, last = (offsets.to_text(position) for position in between)
    for span, is_current in marks.between(first, last):
        start, end = offsets.range_to_document(*span)
        for rect in lines.rects(start, end):
            painter.fillRect(rect, colors[is_current])
            if is_current:  # told apart by more than its colour
                painter.setPen(QPen(colors[1].darker(160), 1))
                painter.drawRect(_outline(rect))


def _outline(rect: QRectF) -> QRectF:
    return rect.adjusted(0.5, 0.5, -0.5, -0.5)
