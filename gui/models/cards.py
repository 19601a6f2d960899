"""Cards: the rows of the panels beside the reader, as plain values behind one list model."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class CardRole(IntEnum):
    """Roles beyond Qt's."""

    CARD = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Card:
    """One row: a small line above, the body, a small line below.

    ``target`` is what activating it leads to (a record's key or an annotation's id); headings
    have none and can't be selected.
    """

    body: str
    head: str = ""
    foot: str = ""
    target: str = ""
    stripe: str | None = None  # "#rrggbb"
    is_heading: bool = False
    is_muted: bool = False

    @property
    def spoken(self) -> str:
        """The whole card for a screen reader."""
        return ". ".join(part for part in (self.head, self.body, self.foot) if part)


class CardModel(QAbstractListModel):
    """A list of cards; a card that stays keeps its index, so that selections survive."""

    # A view that is taken apart may ask its model after the model's own values are gone.
    _cards: list[Card] = []  # noqa: RUF012

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards = []

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards, touching only the rows between the parts that stay the same."""
        new = list(cards)
        head = 0
        while head < min(len(new), len(self._cards)) and _same(new[head], self._cards[head]):
            head += 1
        tail = 0
        most = min(len(new), len(self._cards)) - head
        while tail < most and _same(new[-1 - tail], self._cards[-1 - tail]):
            tail += 1
        self._replace(head, len(self._cards) - tail, new[head : len(new) - tail])

    def _replace(self, first: int, stop: int, new: list[Card]) -> None:
        kept = min(stop - first, len(new))
        self._cards[first : first + kept] = new[:kept]
        if kept:
            self.dataChanged.emit(self.index(first), self.index(first + kept - 1))
        first += kept
        if stop > first:
            self.beginRemoveRows(QModelIndex(), first, stop - 1)
            del self._cards[first:stop]
            self.endRemoveRows()
        elif new[kept:]:
            self.beginInsertRows(QModelIndex(), first, first + len(new) - kept - 1)
            self._cards[first:first] = new[kept:]
            self.endInsertRows()

    def card(self, row: int) -> Card:
        """Return the card in a row."""
        return self._cards[row]

    def find(self, target: str) -> QModelIndex:
        """Return the index of the card that leads to ``target``, invalid where none does."""
        for row, card in enumerate(self._cards):
            if card.target == target and target:
                return self.index(row)
        return QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of cards."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the card, its body, or its words for a screen reader."""
        if not index.isValid():
            return None
        card = self._cards[index.row()]
        if role == CardRole.CARD:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.body
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.spoken
        if role == Qt.ItemDataRole.ToolTipRole and card.foot:
            return card.foot
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything but headings be selected."""
        if index.isValid() and self._cards[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


def _same(one: Card, other: Card) -> bool:
    return one is other or one == other  # the former is told at once, of thousands
