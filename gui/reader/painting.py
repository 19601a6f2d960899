"""What is painted behind the reader's text: table shades, highlights, marks, the flash."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextTable,
)

from gui.reader.blocks import SHADED
from gui.reader.highlights import Highlights, paint_handles, paint_highlights
from gui.reader.lines import Lines
from gui.reader.marks import Marks, paint_marks
from gui.reader.offsets import OffsetMap
from gui.reader.render import Page
from gui.reader.style import ReadingStyle
from gui.theme import DARK, LIGHT, load_theme

_WASH = 0.8  # so that highlights beneath still show


@dataclass(frozen=True)
class MarkColors:
    """What marks are painted in: areas, and their strong edges."""

    hit: QColor
    hit_edge: QColor
    found: QColor
    found_edge: QColor
    current: QColor


@cache
def mark_colors(name: str) -> MarkColors:
    """Return the colours of marks in a theme."""
    theme = load_theme(name)
    roles = ("mark", "mark_edge", "found", "found_edge", "current")
    colors = [theme.color(role) for role in roles]
    for area in (colors[0], colors[2], colors[4]):
        area.setAlphaF(_WASH)
    return MarkColors(*colors)


class Backdrop:
    """Paints only what stands between two positions; holds positions, never the text."""

    def __init__(self) -> None:
        self.highlights = Highlights((), OffsetMap(""))
        self.hits = Marks()
        self.found = Marks()
        self.colors = mark_colors(LIGHT)
        self._offsets = OffsetMap("")
        self.flash: tuple[int, int] | None = None
        self.current = ""
        self.pointed = ""  # stands out instead of it
        self.column = 0.0
        self._shade = QColor()
        self._accent = QColor()
        self._is_dark = False
        self._margin = 0.0

    def dress(self, style: ReadingStyle, page: Page, palette: QPalette) -> None:
        """Take colours and measures for a newly rendered page."""
        self.column = style.column
        self._shade = style.shade
        self._accent = palette.highlight().color()
        self._is_dark = palette.base().color().lightnessF() < 0.5
        self._margin = page.document.documentMargin()
        self._offsets = page.offsets
        self.colors = mark_colors(DARK if self._is_dark else LIGHT)
        self.flash = None

    def paint(
        self,
        painter: QPainter,
        document: QTextDocument,
        lines: Lines,
        span: tuple[int, int],
    ) -> None:
        """Paint behind the positions of ``span``, whose lines are given."""
        first, last = span
        self._paint_shades(painter, document, first, last)
        visible = self.highlights.between(first, last)
        chosen = self.pointed or self.current
        paint_highlights(painter, lines, visible, span, chosen, is_dark=self._is_dark)
        colors = self.colors
        for marks, color in ((self.hits, colors.hit), (self.found, colors.found)):
            both = (color, colors.current)
            paint_marks(painter, lines, marks, self._offsets, span, both)
        if self.flash:
            glow = QColor(self._accent)
            glow.setAlphaF(0.25)
            for rect in lines.rects(*self.flash):
                painter.fillRect(rect.adjusted(-2, 0, 2, 0), glow)
        for item in visible:
            if item.annotation == self.current:
                paint_handles(painter, lines, item)

    def _paint_shades(
        self, painter: QPainter, document: QTextDocument, first: int, last: int
    ) -> None:
        block = document.findBlock(first)
        width = document.textWidth() - 2 * self._margin
        painted: QRectF | None = None
        while block.isValid() and block.position() <= last:
            table = QTextCursor(block).currentTable() if _is_shaded(block) else None
            if table is not None:
                row = _row_rect(document, table, block)
                area = QRectF(self._margin - 6, row.top(), width + 12, row.height())
                if area != painted:  # once a row, not once a cell
                    painter.fillRect(area, self._shade)
                    painted = area
            block = block.next()


def _is_shaded(block: QTextBlock) -> bool:
    return bool(block.blockFormat().property(SHADED))


def _row_rect(document: QTextDocument, table: QTextTable, block: QTextBlock) -> QRectF:
    """Return the area of the row of a table in which a block stands."""
    layout, row = document.documentLayout(), table.cellAt(block.position()).row()
    area = QRectF()
    for column in range(table.columns()):
        cell = table.cellAt(row, column).firstCursorPosition().block()
        area = area.united(layout.blockBoundingRect(cell))
    padding = table.format().cellPadding()
    return area.adjusted(0, -padding, 0, padding)
