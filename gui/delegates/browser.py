"""Paints the rows of the browser of annotations: headings across the table, lines, cards."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from core.domain.annotations import Annotation
from core.domain.browsing import Group
from gui.models.annotations import shorten
from gui.models.browser import BrowserModel, BrowserRole
from gui.reader.direction import is_right_to_left

_PAD, _STRIPE, _GAP = 8, 4, 2
_LINES = 3  # of a quotation on a card
_LONGEST = 600  # characters of it that are laid out

Index = QModelIndex | QPersistentModelIndex


class BrowserDelegate(QStyledItemDelegate):
    """Cards take the whole row; a heading is painted through all columns."""

    as_cards = False

    def row_height(self, metrics: QFontMetrics) -> int:
        """Return how high a row is."""
        if not self.as_cards:
            return metrics.height() + 10
        return metrics.lineSpacing() * (_LINES + 2) + 2 * _GAP + 2 * _PAD

    @staticmethod
    def heading_height(metrics: QFontMetrics) -> int:
        """Return how high a heading is."""
        return metrics.height() + 16

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        group = index.data(BrowserRole.GROUP)
        if isinstance(group, Group):
            self._paint_heading(painter, option, index, group)
            return
        annotation = index.data(BrowserRole.ANNOTATION)
        if self.as_cards and isinstance(annotation, Annotation):
            self._paint_card(painter, option, index, annotation)
        else:
            super().paint(painter, option, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Let the colour of a line be a small dot's size."""
        super().initStyleOption(option, index)
        side = option.fontMetrics.height() // 2  # type: ignore[attr-defined]
        option.decorationSize.setWidth(side)  # type: ignore[attr-defined]
        option.decorationSize.setHeight(side)  # type: ignore[attr-defined]

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, group: Group
    ) -> None:
        """Each cell paints its part of the line, so that one repainted alone stays right."""
        view, model = option.widget, index.model()
        if not isinstance(view, QTableView) or not isinstance(model, BrowserModel):
            return
        painter.save()
        painter.setClipRect(option.rect)
        row = QRect(0, option.rect.top(), view.viewport().width(), option.rect.height())
        painter.fillRect(option.rect, option.palette.alternateBase())
        if view.currentIndex().row() == index.row() and view.hasFocus():
            painter.fillRect(QRect(0, row.top(), 2, row.height()), option.palette.accent())
        left = row.left() + _PAD
        if group.color:
            stripe = QRect(left, row.top() + 6, _STRIPE, row.height() - 12)
            painter.fillRect(stripe, QColor(group.color))
            left += _STRIPE + _PAD
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(option.palette.text().color())
        sign = "▸" if model.is_closed(group) else "▾"
        words = f"{sign} {model.group_words(group)}   {group.count:,}"
        area = QRect(left, row.top(), row.right() - left - _PAD, row.height())
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()

    def _paint_card(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, one: Annotation
    ) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(option.rect)
        if selected:
            painter.fillRect(option.rect, option.palette.highlight())
        stripe = option.rect.adjusted(2, 4, 0, -4)
        stripe.setWidth(_STRIPE)
        painter.fillRect(stripe, QColor(index.data(BrowserRole.STRIPE)))
        area = option.rect.adjusted(_PAD + _STRIPE, _PAD, -_PAD, -_PAD)
        strong = option.palette.highlightedText() if selected else option.palette.text()
        quiet = QColor(strong.color())
        quiet.setAlphaF(1.0 if selected else 0.72)
        line = option.fontMetrics.lineSpacing()
        painter.setFont(option.font)
        painter.setPen(quiet)
        model = index.model()
        _line(painter, area, 0, _head(one, model), line)
        _line(painter, area, area.height() - line, _foot(one), line)
        painter.setPen(strong.color())
        middle = QRect(area.left(), area.top() + line + _GAP, area.width(), line * _LINES)
        _quotation(painter, middle, f"“{one.target.quote.exact[:_LONGEST]}”", option.font)
        painter.restore()


def _head(one: Annotation, model: object) -> str:
    place = " · ".join(part for part in (one.title, one.label) if part)
    made = one.created.astimezone().strftime("%Y-%m-%d")
    parts = [place, one.analyst, made]
    if isinstance(model, BrowserModel) and one.verdict.state != "anchored":
        parts.append(model.state(one.verdict.state))
    return " · ".join(parts)


def _foot(one: Annotation) -> str:
    return " — ".join(part for part in (", ".join(one.tags), shorten(one.note)) if part)


def _line(painter: QPainter, area: QRect, top: int, words: str, height: int) -> None:
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    at = QRect(area.left(), area.top() + top, area.width(), height)
    painter.drawText(at, int(Qt.AlignmentFlag.AlignVCenter), shown)


def _quotation(painter: QPainter, area: QRect, words: str, font: QFont) -> None:
    """Paint as many lines as there is room for; the last ends in an ellipsis where more follows."""
    words = " ".join(words.split())
    layout = QTextLayout(words, font)
    option = QTextOption()
    right = is_right_to_left(words)
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
    )
    align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    layout.setTextOption(option)
    height = painter.fontMetrics().lineSpacing()
    layout.beginLayout()
    for number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        start, length = line.textStart(), line.textLength()
        is_last = number == _LINES - 1
        shown = words[start:] if is_last else words[start : start + length]
        shown = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, area.width())
        at = QRect(area.left(), area.top() + number * height, area.width(), height)
        painter.drawText(at, int(align | Qt.AlignmentFlag.AlignAbsolute), shown)
    layout.endLayout()
