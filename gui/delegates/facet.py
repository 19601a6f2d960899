"""Paints a facet's value: a box to tick, its name, its count at the right."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.models.facet_values import FacetRole
from gui.theme import Theme

_GRID = 8
Index = QModelIndex | QPersistentModelIndex


class FacetDelegate(QStyledItemDelegate):
    """One line a value; the row with the keyboard on it is outlined."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for one line."""
        line = option.fontMetrics.lineSpacing()
        return QSize(6 * line, line + _GRID // 2 + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, self._theme.color("hover"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(self._theme.color("accent"))
            painter.drawRoundedRect(option.rect.adjusted(0, 0, -1, -1), 3, 3)
        row = option.rect.adjusted(_GRID, 0, -_GRID, 0)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        side = max(11, round(option.fontMetrics.height() * 0.72))
        box = QRect(row.left(), row.center().y() - side // 2, side, side)
        rest = row.adjusted(side + _GRID, 0, 0, 0)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            box.moveRight(row.right())
            rest = row.adjusted(0, 0, -side - _GRID, 0)
        self._paint_box(painter, box, ticked=ticked)
        self._paint_words(painter, option, rest, index)
        painter.restore()

    def _paint_box(self, painter: QPainter, box: QRect, *, ticked: bool) -> None:
        painter.setPen(QPen(self._theme.color("accent" if ticked else "muted"), 1))
        painter.setBrush(self._theme.color("accent" if ticked else "raised"))
        painter.drawRoundedRect(box, 2, 2)
        if ticked:
            painter.setPen(QPen(self._theme.color("on_accent"), max(1.5, box.width() / 8)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            points = ((0.22, 0.55), (0.42, 0.75), (0.8, 0.28))
            corners = [
                QPointF(box.left() + x * box.width(), box.top() + y * box.height())
                for x, y in points
            ]
            painter.drawPolyline(QPolygonF(corners))

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, row: QRect, index: Index
    ) -> None:
        count = f"{index.data(FacetRole.COUNT):,}".replace(",", "\u202f")
        metrics = option.fontMetrics
        trailing = Qt.AlignmentFlag.AlignRight
        leading = Qt.AlignmentFlag.AlignLeft
        width = metrics.horizontalAdvance(count) + _GRID
        name = row.adjusted(0, 0, -width, 0)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            trailing, leading = leading, trailing
            name = row.adjusted(width, 0, 0, 0)
        painter.setPen(self._theme.color("muted"))
        painter.drawText(row, trailing | Qt.AlignmentFlag.AlignVCenter, count)
        painter.setPen(self._theme.color("text"))
        words = metrics.elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, name.width()
        )
        painter.drawText(name, leading | Qt.AlignmentFlag.AlignVCenter, words)
