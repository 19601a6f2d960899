"""What became of the files of an import, a row each."""

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum
from os.path import basename

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.domain.imports import ImportResult, ImportStatus

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What a row shows."""

    STATUS = 0
    FILE = 1
    DOCUMENT = 2
    REMARK = 3


class ImportResultsModel(QAbstractTableModel):
    """Results in the order in which they came; all, or those of one status."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: list[ImportResult] = []
        self._shown: list[ImportResult] = []
        self._only: ImportStatus | None = None
        self.counts: Counter[ImportStatus] = Counter()

    def add(self, results: Iterable[ImportResult]) -> None:
        """Add what came."""
        new = list(results)
        self._results += new
        self.counts.update(result.status for result in new)
        shown = [result for result in new if self._passes(result)]
        if shown:
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(shown) - 1)
            self._shown += shown
            self.endInsertRows()

    def narrow(self, only: ImportStatus | None) -> None:
        """Show only what ended so; None shows all."""
        self.beginResetModel()
        self._only = only
        self._shown = [result for result in self._results if self._passes(result)]
        self.endResetModel()

    def clear(self) -> None:
        """Forget everything."""
        self.beginResetModel()
        self._results, self._shown = [], []
        self.counts.clear()
        self.endResetModel()

    def result(self, row: int) -> ImportResult:
        """Return the result in a row."""
        return self._shown[row]

    def _passes(self, result: ImportResult) -> bool:
        return self._only is None or result.status is self._only

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many results are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many things a row shows."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        result = self._shown[index.row()]
        words = self._words(result, Column(index.column()))
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return result.path if index.column() == Column.FILE else words or None
        return None

    def _words(self, result: ImportResult, column: Column) -> str:
        if column is Column.STATUS:
            return self.status(result.status)
        if column is Column.FILE:
            return basename(result.path.replace("\\", "/")) or result.path
        if column is Column.DOCUMENT:
            return result.title or ""
        return result.reason or ""

    def status(self, status: ImportStatus) -> str:
        """Return the word for a status."""
        return {
            ImportStatus.IMPORTED: self.tr("Imported"),
            ImportStatus.UPDATED: self.tr("Updated"),
            ImportStatus.DUPLICATE: self.tr("Duplicate"),
            ImportStatus.REFUSED: self.tr("Refused"),
        }[status]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the columns' names."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        names = (self.tr("Result"), self.tr("File"), self.tr("Document"), self.tr("Remark"))
        return names[section] if section < len(names) else None
