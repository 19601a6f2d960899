"""What merging a file would do, a row an item: what needs a decision first."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from core.domain.merging import Decisions, MergeItem, MergeKind, MergeStatus, Rule

Index = QModelIndex | QPersistentModelIndex
ORDER = (MergeStatus.CONFLICTING, MergeStatus.UNANCHORED, MergeStatus.NEW, MergeStatus.SAME)


class Column(IntEnum):
    """What a row shows."""

    STATUS = 0
    KIND = 1
    WHERE = 2
    REMARK = 3
    WORDS = 4


class MergeItemsModel(QAbstractTableModel):
    """The items of a plan, conflicts first; all, or those of one status."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[MergeItem] = []
        self._shown: list[MergeItem] = []
        self._only: MergeStatus | None = None
        self._decisions = Decisions()

    def show(self, items: Sequence[MergeItem]) -> None:
        """Show these instead of those before."""
        self.beginResetModel()
        self._items = sorted(items, key=lambda item: ORDER.index(item.status))
        self._shown, self._only = self._items, None
        self._decisions = Decisions()
        self.endResetModel()

    def narrow(self, only: MergeStatus | None) -> None:
        """Show only what stands so; None shows all."""
        self.beginResetModel()
        self._only = only
        self._shown = [i for i in self._items if only is None or i.status is only]
        self.endResetModel()

    def settle(self, decisions: Decisions) -> None:
        """Say at each conflict how it is settled."""
        self._decisions = decisions
        if self._shown:
            last = self.index(len(self._shown) - 1, Column.REMARK)
            self.dataChanged.emit(self.index(0, Column.REMARK), last)

    def item(self, row: int) -> MergeItem:
        """Return the item in a row."""
        return self._shown[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many items are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many things a row shows."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        item = self._shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = self._words(item, Column(index.column()))
            return words or (None if role == Qt.ItemDataRole.ToolTipRole else "")
        return None

    def _words(self, item: MergeItem, column: Column) -> str:
        if column is Column.STATUS:
            return self.status(item.status)
        if column is Column.KIND:
            return self.kind(item.kind)
        if column is Column.WHERE:
            return item.title
        if column is Column.WORDS:
            return " ".join(item.words.split())
        if item.status is MergeStatus.CONFLICTING:
            return self.rule(self._decisions.of(item.id))
        return item.reason

    def status(self, status: MergeStatus) -> str:
        """Return the word for a status."""
        return {
            MergeStatus.NEW: self.tr("New"),
            MergeStatus.SAME: self.tr("Same"),
            MergeStatus.CONFLICTING: self.tr("Conflict"),
            MergeStatus.UNANCHORED: self.tr("Unanchored"),
        }[status]

    def kind(self, kind: MergeKind) -> str:
        """Return the word for what an item is."""
        return {
            MergeKind.DOCUMENT: self.tr("Text"),
            MergeKind.TAG: self.tr("Tag"),
            MergeKind.ANNOTATION: self.tr("Passage"),
            MergeKind.NOTE: self.tr("Note"),
            MergeKind.WORK: self.tr("Work"),
        }[kind]

    def rule(self, rule: Rule | None) -> str:
        """Return the words for how a conflict is settled."""
        return {
            None: self.tr("Decide later, keep mine so far"),
            Rule.MINE: self.tr("Keep mine"),
            Rule.THEIRS: self.tr("Take theirs"),
            Rule.NEWER: self.tr("Take the newer one"),
            Rule.BOTH: self.tr("Keep both"),
        }[rule]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the columns' names."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        names = (
            self.tr("State"),
            self.tr("What"),
            self.tr("Record or tag"),
            self.tr("Remark or decision"),
            self.tr("Words"),
        )
        return names[section] if section < len(names) else None
