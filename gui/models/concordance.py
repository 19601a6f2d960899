"""Occurrences in their context, as the rows of a table that fills as it is scrolled."""

import html
from collections.abc import Callable, Iterable
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

from core.domain.concordance import ConcordanceLine, ConcordancePage, ContextSort

Index = QModelIndex | QPersistentModelIndex
LEFT, HIT, RIGHT, RECORD, YEAR, LABEL = range(6)

SORTS = {
    LEFT: ContextSort.LEFT,
    HIT: ContextSort.PLACE,
    RIGHT: ContextSort.RIGHT,
    RECORD: ContextSort.RECORD,
    YEAR: ContextSort.YEAR,
}
_CELLS: dict[int, Callable[[ConcordanceLine], str]] = {
    LEFT: lambda line: line.left,
    HIT: lambda line: line.hit,
    RIGHT: lambda line: line.right,
    RECORD: lambda line: line.title,
    YEAR: lambda line: "" if line.year is None else str(line.year),
    LABEL: lambda line: line.label or "",
}


class LineRole(IntEnum):
    """What the model knows beyond what is shown."""

    LINE = Qt.ItemDataRole.UserRole


class ConcordanceModel(QAbstractTableModel):
    """Lines in the order asked for; asks for more when the view comes to the end."""

    more_wanted = Signal(int)
    """How many lines are shown already."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[ConcordanceLine] = []
        self._complete = True
        self._asked = 0

    def show(self, page: ConcordancePage | None) -> None:
        """Show a first page instead of what was shown; None shows nothing."""
        self.beginResetModel()
        self._lines = [] if page is None else list(page.lines)
        self._asked = 0
        self._note_end(page)
        self.endResetModel()

    def append(self, page: ConcordancePage) -> None:
        """Add the next page's lines."""
        if page.offset != len(self._lines):
            return  # of an answer that was replaced meanwhile
        if page.lines:
            first = len(self._lines)
            self.beginInsertRows(QModelIndex(), first, first + len(page.lines) - 1)
            self._lines.extend(page.lines)
            self.endInsertRows()
        self._note_end(page)

    def _note_end(self, page: ConcordancePage | None) -> None:
        known = page is None or (page.total is not None and len(self._lines) >= page.total)
        self._complete = known or not (page and page.lines)

    def line(self, row: int) -> ConcordanceLine:
        """Return the line of a row."""
        return self._lines[row]

    def as_text(self, rows: Iterable[int]) -> str:
        """Return rows as lines of cells with tabs between them."""
        return "\n".join("\t".join(cells) for cells in self._cells(rows))

    def as_html(self, rows: Iterable[int]) -> str:
        """Return rows as an HTML table."""
        body = "".join(
            f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"
            for cells in self._cells(rows)
        )
        return f"<table>{body}</table>"

    def _cells(self, rows: Iterable[int]) -> Iterable[list[str]]:
        for row in rows:
            line = self._lines[row]
            yield [" ".join(cell(line).split()) for cell in _CELLS.values()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many lines are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_CELLS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _CELLS[column](line)
        if role == LineRole.LINE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.left} {line.hit} {line.right}\n{line.title}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole and column == HIT:
            return f"{line.left} {line.hit} {line.right}. {line.title}"
        return self._look(column, role)

    def _look(self, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            trailing = column in {LEFT, YEAR}
            across = Qt.AlignmentFlag.AlignRight if trailing else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and column == HIT:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the columns' names."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            trailing = section in {LEFT, YEAR}
            across = Qt.AlignmentFlag.AlignRight if trailing else Qt.AlignmentFlag.AlignLeft
            return across | Qt.AlignmentFlag.AlignVCenter
        return None

    def _heads(self) -> tuple[str, ...]:
        return (
            self.tr("Before"),
            self.tr("Hit"),
            self.tr("After"),
            self.tr("Record"),
            self.tr("Year"),
            self.tr("Place"),
        )

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there may be lines beyond those shown that were not asked for yet."""
        if parent.isValid():
            return False
        return not self._complete and self._asked < len(self._lines)

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it comes through `append`."""
        if self.canFetchMore(parent):
            self._asked = len(self._lines)
            self.more_wanted.emit(len(self._lines))
