"""Keywords in context: a table of every occurrence, to sort, copy, export and open."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.concordance import ConcordancePage, ContextSort
from gui import clipboard
from gui.models.concordance import (
    HIT,
    LABEL,
    LEFT,
    RECORD,
    RIGHT,
    SORTS,
    YEAR,
    ConcordanceModel,
    LineRole,
)
from gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_SHARES = {LEFT: 0.28, HIT: 0.16, RIGHT: 0.28, RECORD: 0.16}


class _ContextDelegate(QStyledItemDelegate):
    """The words before a hit are cut off at their beginning, and the hit has its colour."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Set what differs from column to column."""
        super().initStyleOption(option, index)
        if index.column() == LEFT:
            option.textElideMode = Qt.TextElideMode.ElideLeft  # type: ignore[attr-defined]
        elif index.column() == HIT:
            self._color(option, self.theme.color("link"))
        elif index.column() in {RECORD, YEAR, LABEL}:
            self._color(option, self.theme.color("muted"))

    def _color(self, option: QStyleOptionViewItem, color: QColor) -> None:
        option.palette.setColor(QPalette.ColorRole.Text, color)  # type: ignore[attr-defined]


class _Lines(QTableView):
    """Enter opens, Ctrl+C copies the selected lines, Esc leaves, Up from the first goes up."""

    opened = Signal(QModelIndex)
    escaped = Signal()
    left_upwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle what leads out of the table; the table does the rest."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.opened.emit(index)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Up and index.row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the selected lines, as tab-separated text and as an HTML table."""
        model, rows = self.model(), self.selectionModel().selectedRows()
        if isinstance(model, ConcordanceModel) and rows:
            numbers = sorted(index.row() for index in rows)
            clipboard.copy(model.as_text(numbers), model.as_html(numbers))


class ConcordanceView(QWidget):
    """The table, what it holds in words, and the way to a file."""

    line_opened = Signal(object)
    """The `ConcordanceLine` that the user wants to read."""
    sort_chosen = Signal(object)
    export_wanted = Signal(str)
    """Path of the CSV file to write."""
    left = Signal()
    field_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("concordanceView")
        self.model = ConcordanceModel(self)
        self.table = _Lines(self)
        self.export = QToolButton(self)
        self._count = QLabel(self)
        self._delegate = _ContextDelegate(theme, self)
        self._sort = ContextSort.PLACE
        self._set_up_table()
        self._lay_out()

    @property
    def sort(self) -> ContextSort:
        """The order of the lines."""
        return self._sort

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._delegate.theme = theme
        self.table.viewport().update()

    @Slot(object)
    def show_page(self, page: ConcordancePage) -> None:
        """Show a new answer from its first line."""
        self.model.show(page)
        self.table.scrollToTop()
        if page.lines:
            self.table.setCurrentIndex(self.model.index(0, HIT))
        self._say(page)

    @Slot(object)
    def extend(self, page: ConcordancePage) -> None:
        """Add the next page of the same answer."""
        self.model.append(page)
        self._say(page)

    def clear(self) -> None:
        """Show nothing."""
        self.model.show(None)
        self._count.setText("")
        self.export.setEnabled(False)

    def enter(self) -> None:
        """Put the keyboard on the lines."""
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def open_current(self) -> None:
        """Open the passage of the current line, if there is one."""
        if self.table.currentIndex().isValid():
            self._on_opened(self.table.currentIndex())

    def _set_up_table(self) -> None:
        table = self.table
        table.setObjectName("concordanceTable")
        table.setAccessibleName(self.tr("Keywords in context"))
        table.setAccessibleDescription(
            self.tr("Enter opens a passage, Ctrl+C copies lines, Escape goes back.")
        )
        table.setModel(self.model)
        table.setItemDelegate(self._delegate)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.sectionClicked.connect(self._on_section_clicked)
        table.doubleClicked.connect(self._on_opened)
        table.opened.connect(self._on_opened)
        table.escaped.connect(self.left)
        table.left_upwards.connect(self.field_wanted)

    def _lay_out(self) -> None:
        self._count.setProperty("role", "hint")
        self._count.setWordWrap(True)
        self.export.setText(self.tr("Export CSV…"))
        self.export.setAccessibleName(self.tr("Export all lines as CSV"))
        self.export.setEnabled(False)
        self.export.clicked.connect(self._on_export)
        below = QHBoxLayout()
        below.setContentsMargins(16, 4, 16, 4)
        below.addWidget(self._count, 1)
        below.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out between the columns."""
        super().resizeEvent(event)
        metrics, header = self.table.fontMetrics(), self.table.horizontalHeader()
        header.resizeSection(YEAR, metrics.horizontalAdvance("2015") + 24)
        table = self.table
        table.verticalHeader().setDefaultSectionSize(metrics.lineSpacing() + 8)
        room = table.viewport().width() - header.sectionSize(YEAR)
        for column, share in _SHARES.items():
            header.resizeSection(column, int(room * share))

    def _say(self, page: ConcordancePage) -> None:
        shown = self.model.rowCount()
        self.export.setEnabled(shown > 0)
        if page.cut and page.total is not None:
            words = self.tr("More than {0} occurrences; the first of them are listed.")
            self._count.setText(words.format(page.total))
        elif page.total is None:
            words = self.tr("{0} occurrences so far, in {1} passages; more as you scroll.")
            self._count.setText(words.format(shown, page.passages))
        else:
            words = self.tr("{0} occurrences in {1} passages.")
            self._count.setText(words.format(page.total, page.passages))

    @Slot(int)
    def _on_section_clicked(self, column: int) -> None:
        if column not in SORTS:
            return
        self._sort = SORTS[column]
        header = self.table.horizontalHeader()
        header.setSortIndicator(column, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorShown(self._sort is not ContextSort.PLACE)
        self.sort_chosen.emit(self._sort)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.line_opened.emit(index.data(LineRole.LINE))

    @Slot()
    def _on_export(self) -> None:
        title = self.tr("Export keywords in context")
        chosen, _ = QFileDialog.getSaveFileName(self, title, "in-context.csv", "CSV (*.csv)")
        if chosen:
            self.export_wanted.emit(chosen)
