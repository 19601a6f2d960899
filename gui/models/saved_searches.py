"""The saved searches as rows: name, and how much answers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

if TYPE_CHECKING:  # each class of values takes a millisecond of the start
    from core.domain.saved_searches import SavedSearch


Index = QModelIndex | QPersistentModelIndex
NAME, COUNT = 0, 1


class SavedSearchRole(IntEnum):
    """What the model knows beyond what is shown."""

    SEARCH = Qt.ItemDataRole.UserRole


class SavedSearchModel(QAbstractTableModel):
    """In the analyst's order; a search with something new is bold."""

    rename_requested = Signal(str, str)
    """``(id, name)``: a name was edited in place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._searches: tuple[SavedSearch, ...] = ()

    def show(self, searches: Sequence[SavedSearch]) -> None:
        """Show these searches; where only names or counts differ, rows stay."""
        searches = tuple(searches)
        if [s.id for s in searches] == [s.id for s in self._searches]:
            for row, search in enumerate(searches):
                self._update(row, search)
            return
        self.beginResetModel()
        self._searches = searches
        self.endResetModel()

    def _update(self, row: int, search: SavedSearch) -> None:
        if self._searches[row] != search:
            self._searches = (*self._searches[:row], search, *self._searches[row + 1 :])
            self.dataChanged.emit(self.index(row, NAME), self.index(row, COUNT))

    @property
    def searches(self) -> tuple[SavedSearch, ...]:
        """What is shown."""
        return self._searches

    def row_of(self, search: str) -> int:
        """Return the row of a search, -1 when it is not there."""
        return next((row for row, one in enumerate(self._searches) if one.id == search), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many searches there are."""
        return 0 if parent.isValid() else len(self._searches)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return two: name and count."""
        return 0 if parent.isValid() else 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be edited."""
        flags = super().flags(index)
        editable = index.isValid() and index.column() == NAME
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        search = self._searches[index.row()]
        if role == SavedSearchRole.SEARCH:
            return search
        if role == Qt.ItemDataRole.FontRole and search.new:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        values = self._name_data(search) if index.column() == NAME else self._count_data(search)
        return values.get(role)

    def _name_data(self, search: SavedSearch) -> dict[int, object]:
        return {
            Qt.ItemDataRole.DisplayRole: search.name,
            Qt.ItemDataRole.EditRole: search.name,
            Qt.ItemDataRole.ToolTipRole: f"{search.name}\n{search.query.text}",
            Qt.ItemDataRole.AccessibleTextRole: f"{search.name}. {self._count(search)}",
        }

    def _count_data(self, search: SavedSearch) -> dict[int, object]:
        trailing = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return {
            Qt.ItemDataRole.DisplayRole: self._count(search),
            Qt.ItemDataRole.TextAlignmentRole: trailing,
        }

    def _count(self, search: SavedSearch) -> str:
        if search.total is None:
            return "…"
        if search.new:
            return self.tr("{0} new · {1}").format(search.new, search.total)
        return str(search.total)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; it shows once it is written."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        search, name = self._searches[index.row()], str(value).strip()
        if not name or name == search.name:
            return False
        self.rename_requested.emit(search.id, name)
        return True
