"""The values of one facet with their counts, to be ticked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from gui.models.library import fold

Index = QModelIndex | QPersistentModelIndex


class FacetRole(IntEnum):
    """What the model knows beyond what is shown."""

    VALUE = Qt.ItemDataRole.UserRole
    COUNT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class FacetValue:
    """A value as it is called, and how many records answer with it."""

    value: str
    name: str
    count: int


class FacetValues(QAbstractListModel):
    """Chosen values first, then by count; a word narrows the list, not the choice."""

    chosen_changed = Signal(object)
    """Tuple of the chosen values, after a tick."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[FacetValue, ...] = ()
        self._rows: list[FacetValue] = []
        self._chosen: tuple[str, ...] = ()
        self._words = ""

    def show(
        self, counts: Mapping[str, int], chosen: Sequence[str], name: Callable[[str], str]
    ) -> None:
        """Show these counts; what is chosen stays in the list though nothing has it."""
        first = [FacetValue(value, name(value), counts.get(value, 0)) for value in chosen]
        rest = [FacetValue(v, name(v), n) for v, n in counts.items() if v not in chosen]
        values = (*first, *rest)
        if values == self._all and tuple(chosen) == self._chosen:
            return
        self._all, self._chosen = values, tuple(chosen)
        self._fill()

    def narrow(self, words: str) -> None:
        """List only values whose name has these words."""
        self._words = words
        self._fill()

    def _fill(self) -> None:
        words = fold(self._words).split()
        self.beginResetModel()
        self._rows = [v for v in self._all if all(word in fold(v.name) for word in words)]
        self.endResetModel()

    @property
    def size(self) -> int:
        """How many values there are, listed or not."""
        return len(self._all)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The chosen values."""
        return self._chosen

    def row_of(self, value: str) -> int:
        """Return the row of a value, -1 when it is not listed."""
        return next((row for row, one in enumerate(self._rows) if one.value == value), -1)

    def toggle(self, index: Index) -> None:
        """Choose a value, or no longer."""
        if not index.isValid():
            return
        value = self._rows[index.row()].value
        if value in self._chosen:
            self._chosen = tuple(v for v in self._chosen if v != value)
        else:
            self._chosen = (*self._chosen, value)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.chosen_changed.emit(self._chosen)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many values are listed."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Values can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        is_chosen = row.value in self._chosen
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        return {
            Qt.ItemDataRole.DisplayRole: row.name,
            Qt.ItemDataRole.ToolTipRole: f"{row.name}  ({row.count})",
            Qt.ItemDataRole.AccessibleTextRole: f"{row.name}, {row.count}",
            FacetRole.VALUE: row.value,
            FacetRole.COUNT: row.count,
        }.get(role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick by the view's own means."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.toggle(index)
        return True
