"""Annotations as painted: highlights behind the text and stripes in the margin."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextLine,
)
from PySide6.QtWidgets import QWidget

from core.domain.annotations import Annotation
from gui.reader.offsets import OffsetMap

LANE_WIDTH, STRIPE_WIDTH = 7, 4
MOST_LANES = 4
_PLAIN = "#8a8f98"  # an annotation without a tag


@dataclass(frozen=True, slots=True)
class Highlight:
    """An annotation's place in the document (positions) and how it is told from others."""

    annotation: str
    start: int
    end: int
    lane: int
    color: QColor


def assign_lanes(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Give each span, in order of start, the first lane that is free where it begins."""
    free_from: list[int] = []
    lanes: list[int] = []
    for start, end in spans:
        lane = next((at for at, free in enumerate(free_from) if free <= start), len(free_from))
        if lane == len(free_from):
            free_from.append(end)
        else:
            free_from[lane] = end
        lanes.append(lane)
    return lanes


class Highlights:
    """The placed annotations of one document, in order, found by what is visible."""

    def __init__(self, annotations: Sequence[Annotation], offsets: OffsetMap) -> None:
        placed = sorted(
            (a for a in annotations if a.verdict.state != "orphaned" and a.end > a.start),
            key=lambda a: (a.start, -a.end),
        )
        lanes = assign_lanes([(a.start, a.end) for a in placed])
        self._items = [
            Highlight(
                a.id,
                *offsets.range_to_document(
                    min(a.start, offsets.text_length), min(a.end, offsets.text_length)
                ),
                min(lane, MOST_LANES - 1),
                QColor(a.color or _PLAIN),
            )
            for a, lane in zip(placed, lanes, strict=True)
        ]
        self._starts = [item.start for item in self._items]
        self.lanes = min(MOST_LANES, max(lanes, default=-1) + 1)

    def __iter__(self) -> Iterator[Highlight]:
        """Yield all, in order."""
        return iter(self._items)

    def between(self, first: int, last: int) -> list[Highlight]:
        """Return those that show between two positions, in order."""
        stop = bisect_left(self._starts, last + 1)
        return [item for item in self._items[:stop] if item.end >= first]

    def at(self, position: int) -> list[Highlight]:
        """Return those that cover a position, the shortest first."""
        covering = [h for h in self.between(position, position) if h.start <= position < h.end]
        return sorted(covering, key=lambda h: h.end - h.start)

    def find(self, annotation: str) -> Highlight | None:
        """Return the one of this annotation, or None where it has no place."""
        return next((item for item in self._items if item.annotation == annotation), None)


def line_rects(document: QTextDocument, start: int, end: int) -> Iterator[QRectF]:
    """Yield a rectangle per line that a range of positions covers, in document pixels."""
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        yield from _block_rects(document, block, start, end)
        block = block.next()


def _block_rects(
    document: QTextDocument, block: QTextBlock, start: int, end: int
) -> Iterator[QRectF]:
    bounds = document.documentLayout().blockBoundingRect(block)  # has it laid out, too
    layout = block.layout()
    origin = layout.position()
    if QTextCursor(block).currentTable():  # lines know their place in the cell alone
        origin = bounds.topLeft() - layout.boundingRect().topLeft()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first = max(start - block.position(), line.textStart())
        last = min(end - block.position(), line.textStart() + line.textLength())
        if first < last:
            edges = sorted((_x_of(line, first), _x_of(line, last)))
            top = origin.y() + line.y()
            left = origin.x() + edges[0]
            yield QRectF(left, top, edges[1] - edges[0], line.height())


def _x_of(line: QTextLine, position: int) -> float:
    found = line.cursorToX(position)
    # PySide also hands back the position that Qt settled on.
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]


def paint_highlights(
    painter: QPainter,
    document: QTextDocument,
    visible: Sequence[Highlight],
    between: tuple[int, int],
    current: str,
    is_dark: bool,
) -> None:
    """Paint each highlight's wash, and an underline per lane so that overlaps stay apart."""
    for item in visible:
        is_current = item.annotation == current
        wash = QColor(item.color)
        wash.setAlphaF((0.40 if is_current else 0.26) + (0.06 if is_dark else 0.0))
        line = QColor(item.color)
        line.setAlphaF(1.0 if is_current else 0.75)
        start, end = max(item.start, between[0]), min(item.end, between[1] + 1)
        for rect in line_rects(document, start, end):
            painter.fillRect(rect, wash)
            thickness = 2.0 if is_current else 1.4
            bottom = rect.bottom() - thickness - item.lane * 2.6
            painter.fillRect(QRectF(rect.left(), bottom, rect.width(), thickness), line)


class StripeGutter(QWidget):
    """The margin left of the text: one stripe per annotation, in lanes where they overlap."""

    annotation_clicked = Signal(str)

    def __init__(
        self, parent: QWidget, visible: Callable[[], list[tuple[Highlight, float, float]]]
    ) -> None:
        super().__init__(parent)
        self._visible = visible
        self.current = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Annotation stripes"))

    def sizeHint(self) -> QSize:
        """Return the width that all lanes take."""
        return QSize(MOST_LANES * LANE_WIDTH, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stripes of what is visible."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for highlight, top, bottom in self._visible():
            widened = 1 if highlight.annotation == self.current else 0
            painter.setBrush(highlight.color)
            left = self._left(highlight.lane) - widened
            width = STRIPE_WIDTH + 2 * widened
            painter.drawRoundedRect(QRectF(left, top, width, max(4.0, bottom - top)), 2, 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select the annotation whose stripe was clicked."""
        point: QPoint = event.position().toPoint()
        for highlight, top, bottom in self._visible():
            left = self._left(highlight.lane)
            if top <= point.y() <= bottom and left - 2 <= point.x() <= left + LANE_WIDTH:
                self.annotation_clicked.emit(highlight.annotation)
                return

    def _left(self, lane: int) -> float:
        return self.width() - (lane + 1) * LANE_WIDTH
