"""Paints a hit: title, kind and year, and two lines of its passage with the hit marked."""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.domain.search import SearchHit
from gui.models.search_hits import HitRole
from gui.theme import Theme
from gui.views.kinds import kind_name

_GRID = 8
_LINES = 2
_DOT = 8
_STRIPE = 3
_MOST_ABOUT = 0.45  # of the row's width
_READING_WIDTH = 120  # average characters; longer lines tire the eye
Index = QModelIndex | QPersistentModelIndex


class SnippetDelegate(QStyledItemDelegate):
    """Rows of three lines; ``dimmed`` rows belong to an answer that is being replaced."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.dimmed = False

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for the title and two lines."""
        line = option.fontMetrics.lineSpacing()
        return QSize(10 * line, line * (1 + _LINES) + 3 * _GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        hit: SearchHit = index.data(HitRole.HIT)
        painter.save()
        if self.dimmed:
            painter.setOpacity(0.5)
        self._paint_background(painter, option)
        area = option.rect.adjusted(2 * _GRID, _GRID, -2 * _GRID, -_GRID)
        widest = _READING_WIDTH * option.fontMetrics.averageCharWidth()
        area.setWidth(min(area.width(), widest))
        left_to_right = option.direction != Qt.LayoutDirection.RightToLeft
        if not left_to_right:
            area.moveRight(option.rect.right() - 2 * _GRID)
        top = QRect(area.left(), area.top(), area.width(), option.fontMetrics.lineSpacing())
        self._paint_title(painter, option, top, hit)
        body = area.adjusted(2 * _GRID, top.height() + _GRID // 2, 0, 0)
        if hit.annotation is not None:
            self._paint_note_stripe(painter, body, left_to_right=left_to_right)
        text, marks = index.data(HitRole.SNIPPET)
        self._paint_snippet(painter, option, body, text, marks)
        painter.restore()

    def _paint_background(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, self._theme.color("hover"))
        painter.setPen(self._theme.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_note_stripe(self, painter: QPainter, body: QRect, *, left_to_right: bool) -> None:
        """A note is the analyst's own word: a stripe beside it tells it from the texts."""
        stripe = QRect(body.left() - _GRID, body.top(), _STRIPE, body.height())
        if not left_to_right:
            stripe.moveLeft(body.right() + _GRID)
        painter.fillRect(stripe, self._theme.color("accent"))

    def _text_color(self, option: QStyleOptionViewItem) -> QColor:
        selected = option.state & QStyle.StateFlag.State_Selected
        return self._theme.color("on_selection" if selected else "text")

    def _paint_title(
        self, painter: QPainter, option: QStyleOptionViewItem, row: QRect, hit: SearchHit
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.kind(hit.kind))
        if hit.annotation is not None:  # a ring: not the record itself
            painter.setPen(QPen(self._theme.kind(hit.kind), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = row.center().y() - _DOT / 2 + 1
        painter.drawEllipse(QRectF(row.left(), middle, _DOT, _DOT))
        metrics = option.fontMetrics
        about = metrics.elidedText(
            self._about(hit), Qt.TextElideMode.ElideRight, int(row.width() * _MOST_ABOUT)
        )
        width = metrics.horizontalAdvance(about)
        painter.setFont(option.font)
        selected = option.state & QStyle.StateFlag.State_Selected
        painter.setPen(self._theme.color("on_selection" if selected else "muted"))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, about)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        title = row.adjusted(2 * _GRID, 0, -width - 2 * _GRID, 0)
        elided = QFontMetrics(bold).elidedText(
            hit.title, Qt.TextElideMode.ElideRight, title.width()
        )
        painter.setFont(bold)
        painter.setPen(self._text_color(option))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, elided)

    def _about(self, hit: SearchHit) -> str:
        parts = [kind_name(hit.kind)]
        if hit.annotation is not None:
            parts.insert(0, self.tr("your note"))
        if hit.label:
            parts.append(hit.label)
        if hit.year is not None:
            parts.append(str(hit.year))
        if hit.more:
            parts.append(self.tr("+{0} more").format(hit.more))
        return " · ".join(parts)

    def _paint_snippet(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        area: QRect,
        text: str,
        marks: tuple[tuple[int, int], ...],
    ) -> None:
        layout = QTextLayout(text, option.font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeading))
        layout.setFormats(self._mark_formats(text, marks))
        layout.beginLayout()
        height = 0.0
        for number in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            last = number == _LINES - 1
            # The last line takes all that is left and is cut off at its end.
            line.setLineWidth(area.width() if not last else max(area.width(), 1))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        painter.setPen(self._text_color(option))
        painter.setClipRect(area)
        layout.draw(painter, QPointF(area.topLeft()))
        painter.setClipping(False)

    def _mark_formats(
        self, text: str, marks: tuple[tuple[int, int], ...]
    ) -> list[QTextLayout.FormatRange]:
        marked = QTextCharFormat()
        marked.setBackground(self._theme.color("mark"))
        marked.setForeground(self._theme.color("on_mark"))
        formats: list[QTextLayout.FormatRange] = []
        for start, end in marks:
            piece = QTextLayout.FormatRange()
            # Qt's layout counts UTF-16 units.
            piece.start = len(text[:start].encode("utf-16-le")) // 2
            piece.length = len(text[start:end].encode("utf-16-le")) // 2
            piece.format = marked
            formats.append(piece)
        return formats
