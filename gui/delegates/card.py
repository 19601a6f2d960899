"""Paints cards: a colour stripe, a small line, the body, small lines below."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.models.cards import Card, CardRole
from gui.reader.direction import is_right_to_left

_PAD, _STRIPE, _GAP = 8, 4, 3
_WRAP = int(Qt.TextFlag.TextWordWrap)
_TALLEST = 4000
_MOST_KEPT = 50_000  # heights


class CardDelegate(QStyledItemDelegate):
    """Wraps every line to the view's width; direction follows the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[Card, int] = {}
        self._measured_for = (0, "")

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height that the card takes at the view's width."""
        card: Card = index.data(CardRole.CARD)
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        fonts = option.font.key()
        if (width, fonts) != self._measured_for or len(self._heights) > _MOST_KEPT:
            self._heights.clear()
            self._measured_for = (width, fonts)
        height = self._heights.get(card)
        if height is None:
            height = self._heights[card] = self._measure(option, card, width)
        return QSize(width, height)

    def _measure(self, option: QStyleOptionViewItem, card: Card, width: int) -> int:
        parts = _parts(card, option.font)
        inner = max(40, width - 2 * _PAD - _STRIPE)
        heights = [_height(text, font, inner) for text, font in parts]
        return sum(heights) + _GAP * (len(heights) - 1) + 2 * _PAD

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the card."""
        card: Card = index.data(CardRole.CARD)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, option.palette.highlight())
        elif option.state & QStyle.StateFlag.State_MouseOver and not card.is_heading:
            hover = QColor(option.palette.highlight().color())
            hover.setAlphaF(0.08)
            painter.fillRect(option.rect, hover)
        if card.stripe:
            stripe = QRect(option.rect.topLeft() + QPoint(2, 4), QSize(_STRIPE, 0))
            stripe.setHeight(option.rect.height() - 8)
            painter.fillRect(stripe, QColor(card.stripe))
        self._paint_parts(painter, option, card, selected)
        painter.restore()

    def _paint_parts(
        self, painter: QPainter, option: QStyleOptionViewItem, card: Card, selected: bool
    ) -> None:
        strong, quiet = _colours(option.palette, selected)
        left = option.rect.left() + _PAD + _STRIPE
        width = max(40, option.rect.width() - 2 * _PAD - _STRIPE)
        top = option.rect.top() + _PAD
        for text, font in _parts(card, option.font):
            is_body = text == card.body
            painter.setFont(font)
            is_strong = is_body and not card.is_heading and not card.is_muted
            painter.setPen(strong if is_strong else quiet)
            area = QRect(left, top, width, _height(text, font, width))
            align = (
                Qt.AlignmentFlag.AlignRight
                if is_right_to_left(text)
                else Qt.AlignmentFlag.AlignLeft
            )
            painter.drawText(area, _WRAP | int(align | Qt.AlignmentFlag.AlignAbsolute), text)
            top += area.height() + _GAP


def _parts(card: Card, font: QFont) -> list[tuple[str, QFont]]:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    body = QFont(font)
    if card.is_heading:
        body.setWeight(QFont.Weight.DemiBold)
        return [(f"{card.body}  {card.foot}", body)]
    parts = [(card.head, small), (card.body, body), (card.foot, small)]
    return [(text, face) for text, face in parts if text]


def _height(text: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, _TALLEST), _WRAP, text).height()


def _colours(palette: QPalette, selected: bool) -> tuple[QColor, QColor]:
    if selected:
        strong = palette.highlightedText().color()
        return strong, strong
    quiet = QColor(palette.text().color())
    quiet.setAlphaF(0.72)
    return palette.text().color(), quiet
