"""The panel of a record's tables: votes, parties, members; sorted, narrowed, copied, saved."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStackedLayout,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.as_of import AsOf, ties_by_end
from core.domain.as_of_text import table_as_of
from core.domain.keys import Kind
from core.domain.records import Record
from core.domain.tables import TextTable, tables_of
from gui import clipboard
from gui.models.table import TableModel

_WIDEST_COLUMN = 280


class _Table(QTableView):
    """A table that is followed with Enter and copied with Ctrl+C."""

    followed = Signal(QModelIndex)
    copy_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Follow the current cell on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.followed.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the selected rows; the window's action for copying calls it."""
        self.copy_requested.emit()


class TablesPanel(QWidget):
    """The tables of the record in front."""

    followed = Signal(str)
    """A record key, or an address, that a cell leads to."""
    place_wanted = Signal(int, int)
    """Where a cell without a link stands in the text."""
    save_requested = Signal(object, object, object)
    """``(path, columns, rows)`` of a table to be written as CSV."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: Record | None = None
        self._as_of: AsOf | None = None
        self._tables: tuple[TextTable, ...] = ()
        self._whole: tuple[TextTable, ...] = ()  # the same without a date
        self._key = ""
        self._choice = QComboBox()
        self._words = QLineEdit()
        self._count = QLabel()
        self._copy = QToolButton()
        self._save = QToolButton()
        self._empty = QLabel()
        self.model = TableModel(self)
        self.view = _Table()
        self._set_up_view()
        self._set_up_controls()
        self._lay_out()
        self.show_record(None)

    def show_record(self, record: Record | None) -> None:
        """Show the tables of a record, or none."""
        self._record = record
        self._key = record.entry.key if record else ""
        self._whole = self._tables = tables_of(record.text) if record else ()
        if record is not None and self._as_of is not None and record.entry.kind != Kind.DOCUMENT:
            ties = ties_by_end(record, self._as_of)
            self._tables = tuple(table_as_of(t, ties, self._as_of) for t in self._whole)
        self._choice.blockSignals(True)
        self._choice.clear()
        self._choice.addItems([table.title for table in self._tables])
        self._choice.blockSignals(False)
        self._choice.setVisible(len(self._tables) > 1)
        self._words.clear()
        self._on_table_chosen(0 if self._tables else -1)

    def set_as_of(self, as_of: AsOf | None) -> None:
        """Show the rows that were so by a date, None for today, of the table that is shown."""
        self._as_of = as_of
        at, words = self._choice.currentIndex(), self._words.text()
        self.show_record(self._record)
        if at > 0:
            self._choice.setCurrentIndex(at)
        self._words.setText(words)

    def _set_up_view(self) -> None:
        view = self.view
        view.setObjectName("tableView")
        view.setAccessibleName(self.tr("Table"))
        view.setAccessibleDescription(
            self.tr("Enter follows a cell, Ctrl+C copies the selected rows.")
        )
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setAlternatingRowColors(True)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        header = view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMaximumSectionSize(_WIDEST_COLUMN * 3)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.setSortingEnabled(True)
        view.doubleClicked.connect(self._on_followed)
        view.followed.connect(self._on_followed)
        view.copy_requested.connect(self.copy)

    def _set_up_controls(self) -> None:
        self._choice.setObjectName("tableChoice")
        self._choice.setAccessibleName(self.tr("Table to show"))
        self._choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._choice.setMinimumContentsLength(12)
        self._choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._choice.currentIndexChanged.connect(self._on_table_chosen)
        self._words.setObjectName("tableWords")
        self._words.setPlaceholderText(self.tr("Narrow the rows…"))
        self._words.setAccessibleName(self.tr("Narrow the rows"))
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self._on_words_changed)
        self._count.setProperty("role", "hint")
        self._copy.setText(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copies the selected rows, or all that are shown"))
        self._copy.clicked.connect(self.copy)
        self._save.setText(self.tr("Save as CSV…"))
        self._save.clicked.connect(self._on_save)
        self._empty.setText(self.tr("This record has no tables."))
        self._empty.setProperty("role", "empty")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._count, 1)
        row.addWidget(self._copy)
        row.addWidget(self._save)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(8)
        inside.addWidget(self._choice)
        inside.addWidget(self._words)
        inside.addWidget(self.view, 1)
        inside.addLayout(row)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(content)

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows, or all that are shown, as text and as a table."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        chosen = rows or list(range(self.model.rowCount()))
        clipboard.copy(self.model.as_text(chosen), self.model.as_html(chosen))

    @Slot(int)
    def _on_table_chosen(self, at: int) -> None:
        has_table = 0 <= at < len(self._tables)
        self._stack.setCurrentIndex(1 if has_table else 0)
        if not has_table:
            return
        header = self.view.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.show(self._tables[at])
        self.view.resizeColumnsToContents()
        for column in range(self.model.columnCount()):
            if header.sectionSize(column) > _WIDEST_COLUMN:
                header.resizeSection(column, _WIDEST_COLUMN)
        self._tell()

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        self.model.narrow(words)
        self._tell()

    def _tell(self) -> None:
        shown, every = self.model.rowCount(), len(self._whole[self._choice.currentIndex()].rows)
        words = self.tr("%n row(s)", "", every)
        if shown != every:
            words = self.tr("{0} of {1} rows").format(shown, every)
        if self._as_of is not None:
            words = self.tr("{0}, as of {1}").format(words, self._as_of.words)
        self._count.setText(words)

    @Slot(QModelIndex)
    def _on_followed(self, index: QModelIndex) -> None:
        cell = self.model.cell(index)
        if cell.target:
            self.followed.emit(cell.target)
        else:
            self.place_wanted.emit(cell.start, max(cell.end, cell.start + 1))

    @Slot()
    def _on_save(self) -> None:
        if self._stack.currentIndex() == 0:
            return
        name = f"{self._key.partition(':')[2]}.csv"
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the table"), name, self.tr("Tables (*.csv)")
        )
        if path:
            self.save_requested.emit(Path(path), self.model.table.columns, self.model.words())
