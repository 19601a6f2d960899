"""Where the lines of what is visible stand: measured once a painting, asked for many times."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextLine


@dataclass(slots=True)
class _Line:
    """One line: its positions, its place in document pixels, and where its letters stand."""

    start: int
    end: int
    block: int  # the position at which its block begins
    line: QTextLine
    origin: float
    top: float
    height: float
    edges: dict[int, float] = field(default_factory=dict[int, float])

    def x(self, position: int) -> float:
        found = self.edges.get(position)
        if found is None:
            found = self.edges[position] = self.origin + _x_of(self.line, position - self.block)
        return found


class Lines:
    """The lines between two positions of a document, for as long as its layout stays."""

    def __init__(self, document: QTextDocument, first: int, last: int) -> None:
        self._lines: list[_Line] = []
        block = document.findBlock(first)
        while block.isValid() and block.position() <= last:
            self._lines.extend(_lines_of(document, block))
            block = block.next()
        self._starts = [line.start for line in self._lines]
        self._ends = [line.end for line in self._lines]

    def rects(self, start: int, end: int) -> Iterator[QRectF]:
        """Yield a rectangle per line that a range of positions covers, in document pixels."""
        for line in self._covering(start, end):
            edges = sorted((line.x(max(start, line.start)), line.x(min(end, line.end))))
            yield QRectF(edges[0], line.top, edges[1] - edges[0], line.height)

    def extent(self, start: int, end: int) -> tuple[float, float] | None:
        """Return where a range begins and ends, in document pixels from the top."""
        lines = self._covering(start, end)
        return (lines[0].top, lines[-1].top + lines[-1].height) if lines else None

    def edge(self, position: int) -> QRectF | None:
        """Return the line's height at a position, without width; None where it is not seen."""
        at = bisect_right(self._starts, position) - 1
        if at < 0 or position > self._ends[at]:
            return None
        line = self._lines[at]
        return QRectF(line.x(position), line.top, 0.0, line.height)

    def _covering(self, start: int, end: int) -> list[_Line]:
        first, stop = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return self._lines[first:stop]


def line_rects(document: QTextDocument, start: int, end: int) -> Iterator[QRectF]:
    """Yield a rectangle per line that a range of positions covers, in document pixels."""
    if start < end:
        yield from Lines(document, start, end - 1).rects(start, end)


def _lines_of(document: QTextDocument, block: QTextBlock) -> Iterator[_Line]:
    bounds = document.documentLayout().blockBoundingRect(block)  # has it laid out, too
    layout = block.layout()
    origin, at = layout.position(), block.position()
    if QTextCursor(block).currentTable():  # lines know their place in the cell alone
        origin = bounds.topLeft() - layout.boundingRect().topLeft()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        start = at + line.textStart()
        end = start + line.textLength()
        top = origin.y() + line.y()
        yield _Line(start, end, at, line, origin.x(), top, line.height())


def _x_of(line: QTextLine, position: int) -> float:
    found = line.cursorToX(position)
    # PySide also hands back the position that Qt settled on.
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]
