"""The analyst's documents as rows: narrowed by words, collection and status, and sorted."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.domain.documents import DocumentCard, ReadingStatus
from gui.models.library import fold

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What a row shows."""

    TITLE = 0
    DATE = 1
    STATUS = 2
    COLLECTIONS = 3
    TAGS = 4
    ANNOTATIONS = 5
    FORMAT = 6
    IMPORTED = 7


_NUMBERS = (Column.ANNOTATIONS,)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; None means all."""

    words: str = ""
    collection: str | None = None
    status: ReadingStatus | None = None


class DocumentsModel(QAbstractTableModel):
    """Cards of documents."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cards: tuple[DocumentCard, ...] = ()
        self._rows: list[DocumentCard] = []
        self._wanted = Wanted()
        self._sorted_by = (Column.TITLE, Qt.SortOrder.AscendingOrder)

    def show(self, cards: Sequence[DocumentCard]) -> None:
        """Show these documents instead of those before."""
        self.beginResetModel()
        self._cards = tuple(cards)
        self._arrange()
        self.endResetModel()

    def narrow(self, wanted: Wanted) -> None:
        """Show only what passes."""
        self.beginResetModel()
        self._wanted = wanted
        self._arrange()
        self.endResetModel()

    def card(self, row: int) -> DocumentCard:
        """Return the document in a row."""
        return self._rows[row]

    def row_of(self, key: str) -> int:
        """Return the row of a document, -1 when it is not shown."""
        return next((row for row, card in enumerate(self._rows) if card.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many documents are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many things a row shows."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        card, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(card, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            if column is Column.TITLE:
                parts = (card.title, "; ".join(card.metadata.authors), card.metadata.symbol)
                return "\n".join(part for part in parts if part)
            return self._words(card, column) or None
        if role == Qt.ItemDataRole.TextAlignmentRole and column in _NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _words(self, card: DocumentCard, column: Column) -> str:
        if column is Column.STATUS:
            return self.status(card.status)
        return {
            Column.TITLE: card.title,
            Column.DATE: card.metadata.date or "",
            Column.COLLECTIONS: ", ".join(card.collections),
            Column.TAGS: ", ".join(card.tags),
            Column.ANNOTATIONS: f"{card.annotations:,}" if card.annotations else "",
            Column.FORMAT: card.edition.format,
            Column.IMPORTED: card.edition.imported.astimezone().strftime("%Y-%m-%d"),
        }[column]

    def status(self, status: ReadingStatus) -> str:
        """Return the word for how far one is."""
        return {
            ReadingStatus.UNREAD: self.tr("Unread"),
            ReadingStatus.READING: self.tr("Reading"),
            ReadingStatus.READ: self.tr("Read"),
        }[status]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the columns' names."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        names = (
            self.tr("Title"),
            self.tr("Date"),
            self.tr("Status"),
            self.tr("Collections"),
            self.tr("Tags"),
            self.tr("Notes"),
            self.tr("Format"),
            self.tr("Imported"),
        )
        return names[section] if section < len(names) else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what says nothing there comes last either way."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(self._rows[index.row()].key, index.column()) for index in before]
        self._sorted_by = (Column(column), order)
        self._arrange()
        rows = {card.key: row for row, card in enumerate(self._rows)}
        self.changePersistentIndexList(before, [self.index(rows[key], at) for key, at in kept])
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        words = fold(self._wanted.words).split()
        rows = [card for card in self._cards if self._passes(card, words)]
        column, order = self._sorted_by
        if column is Column.ANNOTATIONS:
            rows.sort(key=lambda card: card.annotations)
        elif column is Column.STATUS:
            rows.sort(key=lambda card: list(ReadingStatus).index(card.status))
        else:
            rows.sort(key=lambda card: fold(self._words(card, column)))
        if order == Qt.SortOrder.DescendingOrder:
            rows.reverse()
        rows.sort(key=lambda card: not self._words(card, column))
        self._rows = rows

    def _passes(self, card: DocumentCard, words: Sequence[str]) -> bool:
        wanted = self._wanted
        if wanted.collection is not None and wanted.collection not in card.collections:
            return False
        if wanted.status is not None and wanted.status is not card.status:
            return False
        said = card.metadata
        named = (card.title, *said.authors, said.symbol, said.publisher, *card.tags)
        folded = fold(" ".join(filter(None, named)))
        return all(word in folded for word in words)
