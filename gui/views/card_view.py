"""A list of cards: the shape that facts, relations and annotations share."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from gui.delegates.card import CardDelegate
from gui.models.cards import Card, CardModel

_BATCH = 100  # cards measured at a time


class CardView(QListView):
    """Shows cards; Enter or a double click follows one, a sentence stands where there are none."""

    followed = Signal(str)
    """The target of a card that was activated."""

    def __init__(self, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = empty
        self.cards = CardModel(self)
        self.setModel(self.cards)
        self.setItemDelegate(CardDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # thousands of cards never halt it
        self.setBatchSize(_BATCH)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleDescription(empty)
        self.doubleClicked.connect(self._on_followed)

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards."""
        self.cards.show_cards(cards)
        self.viewport().update()

    def target(self) -> str:
        """Return the current card's target, or ""."""
        index = self.currentIndex()
        return self.cards.card(index.row()).target if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the current card on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_followed(self.currentIndex())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards, or what would be here."""
        super().paintEvent(event)
        if not self.cards.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            area: QRect = self.viewport().rect().adjusted(16, 16, -16, -16)
            painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._empty)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the cards anew where the width changed."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex)
    def _on_followed(self, index: QModelIndex) -> None:
        if index.isValid() and (target := self.cards.card(index.row()).target):
            self.followed.emit(target)
