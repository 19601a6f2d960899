"""One table of a record: narrowed, sorted, and handed on as text."""

import html
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from core.domain.tables import Cell, TextTable, folded

Index = QModelIndex | QPersistentModelIndex
Row = tuple[Cell, ...]


class TableModel(QAbstractTableModel):
    """Rows of cells; sorts by any column, keeps the text's order where none is chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = TextTable("", (), ())
        self._rows: list[Row] = []
        self._words: list[str] = []
        self._sorted_by: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)

    @property
    def table(self) -> TextTable:
        """The table as the text has it."""
        return self._table

    def show(self, table: TextTable) -> None:
        """Show a table, whole and in its own order."""
        self.beginResetModel()
        self._table = table
        self._sorted_by = (-1, Qt.SortOrder.AscendingOrder)
        self._arrange()
        self.endResetModel()

    def narrow(self, words: str) -> None:
        """Show only the rows in which every word stands somewhere."""
        self.beginResetModel()
        self._words = folded(words).split()
        self._arrange()
        self.endResetModel()

    def cell(self, index: Index) -> Cell:
        """Return the cell at an index."""
        return self._rows[index.row()][index.column()]

    def words(self) -> tuple[tuple[str, ...], ...]:
        """Return what is shown, row by row, as plain words."""
        return tuple(tuple(cell.words for cell in row) for row in self._rows)

    def as_text(self, rows: Sequence[int]) -> str:
        """Return rows with their head, tabs between cells, as spreadsheets take them."""
        lines = [self._table.columns, *self._picked(rows)]
        return "\n".join("\t".join(line) for line in lines)

    def as_html(self, rows: Sequence[int]) -> str:
        """Return rows with their head as a table for word processors."""

        def line(cells: Sequence[str], tag: str) -> str:
            return "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells)

        lines = [line(self._table.columns, "th"), *(line(row, "td") for row in self._picked(rows))]
        return "<table>" + "".join(f"<tr>{cells}</tr>" for cells in lines) + "</table>"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many columns the table has."""
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell.words
        if role == Qt.ItemDataRole.ForegroundRole and cell.target:
            return QGuiApplication.palette().link().color()
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the columns' names; rows have none."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._table.columns[section] if section < len(self._table.columns) else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; empty cells come last either way, -1 is the text's own order."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(index.column(), self._rows[index.row()]) for index in before]
        self._sorted_by = (column, order)
        self._arrange()
        places = {id(row): at for at, row in enumerate(self._rows)}
        after = [self.index(places[id(row)], at) for at, row in kept]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        rows = [row for row in self._table.rows if self._passes(row)]
        column, order = self._sorted_by
        if 0 <= column < len(self._table.columns):
            filled = [row for row in rows if row[column].words]
            empty = [row for row in rows if not row[column].words]
            filled.sort(
                key=lambda row: row[column].sort_key(),
                reverse=order == Qt.SortOrder.DescendingOrder,
            )
            rows = filled + empty
        self._rows = rows

    def _passes(self, row: Row) -> bool:
        if not self._words:
            return True
        whole = folded(" ".join(cell.words for cell in row))
        return all(word in whole for word in self._words)

    def _picked(self, rows: Sequence[int]) -> list[tuple[str, ...]]:
        shown = self.words()
        return [shown[row] for row in rows]
