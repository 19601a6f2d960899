"""Passages to choose from: each with a box, its words, what stands around them, and where."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LEFT, WORDS, RIGHT, RECORD, PLACE = range(5)
_SHOWN = 200  # characters of a cell


class ChoiceRole(IntEnum):
    """Roles beyond Qt's."""

    KEY = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class PassageChoice:
    """One passage; ``key`` is what the caller knows it by. ``remark`` says why it is not chosen."""

    key: Hashable
    words: str
    left: str = ""
    right: str = ""
    record: str = ""
    place: str = ""
    remark: str = ""
    chosen: bool = True


class PassageChoices(QAbstractTableModel):
    """A table of passages of which any number is chosen."""

    changed = Signal()
    """Other passages are chosen."""

    # A view that is taken apart may ask its model after the model's own values are gone.
    _rows: list[PassageChoice] = []  # noqa: RUF012

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = []
        self._chosen: list[bool] = []

    def show(self, rows: Sequence[PassageChoice]) -> None:
        """Show these instead of those before."""
        self.beginResetModel()
        self._rows = list(rows)
        self._chosen = [row.chosen for row in rows]
        self.endResetModel()
        self.changed.emit()

    def chosen(self) -> list[Hashable]:
        """Return the keys of what is chosen."""
        pairs = zip(self._rows, self._chosen, strict=True)
        return [row.key for row, chosen in pairs if chosen]

    def choose(self, rows: Iterable[int], *, chosen: bool) -> None:
        """Choose these rows, or leave them."""
        at = list(rows)
        for row in at:
            self._chosen[row] = chosen
        if at:
            self.dataChanged.emit(self.index(min(at), LEFT), self.index(max(at), LEFT))
            self.changed.emit()

    def turn(self, rows: Sequence[int]) -> None:
        """Choose these rows, or leave them where the first one is chosen."""
        if rows:
            self.choose(rows, chosen=not self._chosen[rows[0]])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of passages."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else PLACE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the columns' names."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (self.tr("Before"), self.tr("Words"), self.tr("After"))
        return (*names, self.tr("Record"), self.tr("Place"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return (row.left, row.words, row.right, row.record, row.place)[column][:_SHOWN]
        if role == Qt.ItemDataRole.CheckStateRole and column == LEFT:
            chosen = self._chosen[index.row()]
            return Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
        if role == ChoiceRole.KEY:
            return row.key
        return self._more(row, column, role)

    def _more(self, row: PassageChoice, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and column == LEFT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        whole = f"{row.left} {row.words} {row.right}".strip()
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (whole, row.record, row.remark)))
        if role == Qt.ItemDataRole.AccessibleTextRole and column == LEFT:
            return ". ".join(filter(None, (whole, row.record, row.remark)))
        if role == Qt.ItemDataRole.FontRole and column == WORDS:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Choose a passage or leave it."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != LEFT:
            return False
        self.choose([index.row()], chosen=Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let each passage be ticked."""
        flags = super().flags(index)
        if index.isValid() and index.column() == LEFT:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags
