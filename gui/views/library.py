"""The library: kinds with counts, and the entries of the chosen kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedLayout,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core.domain.keys import RECORD_KINDS, Kind
from core.domain.records import RecordEntry
from gui.icons import dot, magnifier
from gui.library_cache import KeptLibrary
from gui.models.library import (
    TITLE,
    YEAR,
    LibraryFilter,
    LibraryModel,
    LibraryRole,
    count,
    narrow,
)
from gui.theme import Theme
from gui.views.kinds import kind_plural
from gui.views.library_filters import LibraryFilters
from gui.views.saved_searches import SavedSearchesView

if TYPE_CHECKING:  # each class of values takes a millisecond of the start
    from core.domain.as_of import AsOf
    from core.domain.saved_searches import SavedSearch

_LEAST_KINDS = 4  # rows shown however little room there is


class _Entries(QTreeView):
    """A flat list that opens with Enter as well as with the mouse."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current entry on Enter; leave the rest to the list."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class LibraryView(QWidget):
    """Browse by kind; narrow by words, theme, type and year."""

    entry_opened = Signal(str)
    """Key of the entry that the user wants to read."""
    kind_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kept = self._shown = KeptLibrary()
        self._model = LibraryModel(self)
        self._kinds = QListWidget()
        self._filters = LibraryFilters()
        self._entries = _Entries()
        self.saved = SavedSearchesView()
        self._kind = Kind.NORM
        self._as_of: AsOf | None = None
        self._empty = QLabel()
        self._set_up_kinds()
        self._set_up_entries()
        self._lay_out()
        self.set_theme(theme)

    @property
    def kind(self) -> Kind:
        """The chosen kind."""
        return self._kind

    def choose_kind(self, kind: Kind) -> None:
        """Show the entries of a kind."""
        self._kinds.setCurrentRow(RECORD_KINDS.index(kind))

    def show_library(self, library: KeptLibrary) -> None:
        """Take the whole library."""
        self.kept = library
        self._list()

    def set_as_of(self, as_of: AsOf | None) -> None:
        """List what existed by a date; what had ended by then is faint."""
        if as_of == self._as_of:
            return
        self._as_of = as_of
        self._model.set_as_of(as_of)
        self._list()

    def _list(self) -> None:
        self._shown = self.kept
        if self._as_of is not None:
            from core.domain.as_of import Standing, of_entry

            entries = [
                entry
                for entry in self.kept.entries
                if of_entry(entry, self._as_of) is not Standing.LATER
            ]
            self._shown = KeptLibrary(entries, self.kept.fingerprint)
        for row, kind in enumerate(RECORD_KINDS):
            item = self._kinds.item(row)
            number = self._shown.count(kind)
            item.setText(f"{kind_plural(kind)}  {number}")
        self._on_kind_changed()

    @Slot(object)
    def show_searches(self, searches: Sequence[SavedSearch]) -> None:
        """List the saved searches, and say how many there are and how much of them is new."""
        current = self.saved.current()
        self.saved.searches.show(searches)
        row = self.saved.searches.row_of(current.id) if current else -1
        if row >= 0:
            self.saved.setCurrentIndex(self.saved.searches.index(row, 0))
        new = sum(search.new or 0 for search in searches)
        words = self.tr("Saved searches  {0} · {1} new") if new else self.tr("Saved searches  {0}")
        self._kinds.item(len(RECORD_KINDS)).setText(words.format(len(searches), new))
        if self._lists_searches:
            self._show_saved()

    @property
    def _lists_searches(self) -> bool:
        return self._kinds.currentRow() == len(RECORD_KINDS)

    def _show_saved(self) -> None:
        if self.saved.searches.rowCount():
            self._stack.setCurrentWidget(self.saved)
            return
        self._empty.setText(
            self.tr(
                "Searches that you save are listed here, with what is new in each. Search for "
                "something and press Ctrl+Shift+S."
            )
        )
        self._stack.setCurrentWidget(self._empty)

    def set_theme(self, theme: Theme) -> None:
        """Paint the dots in the theme's colours."""
        dots = {kind: dot(theme.kind(kind)) for kind in Kind}
        self._model.set_dots(dots)
        for row, kind in enumerate(RECORD_KINDS):
            self._kinds.item(row).setIcon(dots[kind])
        self._kinds.item(len(RECORD_KINDS)).setIcon(magnifier(theme.color("muted")))

    @Slot(str)
    def reveal(self, key: str) -> None:
        """Make the record of ``key`` the current row, if it is among those shown."""
        row = self._model.row_of(key)
        if row is not None:
            self._entries.setCurrentIndex(self._model.index(row, TITLE))

    def _set_up_kinds(self) -> None:
        kinds = self._kinds
        kinds.setObjectName("libraryKinds")
        kinds.setAccessibleName(self.tr("Kinds of record"))
        kinds.setAccessibleDescription(self.tr("Choose what the list below shows."))
        kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in RECORD_KINDS:
            item = QListWidgetItem(kind_plural(kind))
            item.setData(Qt.ItemDataRole.UserRole, kind.value)
            kinds.addItem(item)
        kinds.addItem(QListWidgetItem(self.tr("Saved searches")))
        kinds.setCurrentRow(0)
        kinds.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        kinds.currentRowChanged.connect(self._on_kind_changed)

    def _set_up_entries(self) -> None:
        view = self._entries
        view.setObjectName("libraryView")
        view.setAccessibleName(self.tr("Library"))
        view.setAccessibleDescription(
            self.tr("Records of the chosen kind. Type to jump to a title, Enter opens it.")
        )
        view.setModel(self._model)
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setSortingEnabled(True)
        view.sortByColumn(TITLE, Qt.SortOrder.AscendingOrder)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(YEAR, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(YEAR, view.fontMetrics().horizontalAdvance("2015 00") + 16)
        view.opened.connect(self._on_opened)
        view.clicked.connect(self._on_opened)

    def _lay_out(self) -> None:
        self._filters.changed.connect(self._on_filter_changed)
        self._empty.setProperty("role", "empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._empty.setContentsMargins(16, 24, 16, 16)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._entries)
        self._stack.addWidget(self.saved)
        self._stack.addWidget(self._empty)
        top = QVBoxLayout()
        top.setContentsMargins(8, 8, 8, 8)
        top.setSpacing(8)
        top.addWidget(self._filters)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._kinds)
        layout.addLayout(top)
        layout.addLayout(self._stack, 1)
        self._fit_kinds()

    def _fit_kinds(self) -> None:
        rows = self._kinds.count()
        height = max(self._kinds.sizeHintForRow(0), self.fontMetrics().height() + 4)
        self._kinds.setMinimumHeight(height * min(rows, _LEAST_KINDS) + 4)
        self._kinds.setMaximumHeight(height * rows + 4)

    def showEvent(self, event: object) -> None:
        """Give the kinds exactly the room they need, in the font that is now known."""
        self._fit_kinds()
        super().showEvent(event)  # type: ignore[arg-type]

    def _of_kind(self) -> Sequence[RecordEntry]:
        return self._shown.of(self.kind)

    @Slot()
    def _on_kind_changed(self) -> None:
        self._filters.setVisible(not self._lists_searches)
        if self._lists_searches:
            self._show_saved()
            return
        self._kind = Kind(self._kinds.currentItem().data(Qt.ItemDataRole.UserRole))
        self._filters.offer(count(self._of_kind()))
        self._on_filter_changed()
        self.kind_chosen.emit(self.kind.value)

    @Slot()
    def _on_filter_changed(self) -> None:
        if self._lists_searches:
            return
        wanted = self._filters.wanted()
        shown = narrow(self._of_kind(), wanted)
        key, top = self.current_key(), self._entries.verticalScrollBar().value()
        self._model.show(shown)
        if key is not None:
            self.reveal(key)
            self._entries.verticalScrollBar().setValue(top)
        if shown:
            self._stack.setCurrentWidget(self._entries)
        else:
            self._empty.setText(self._why_empty(wanted))
            self._stack.setCurrentWidget(self._empty)

    def current_key(self) -> str | None:
        """Return the key of the entry that the keyboard is on."""
        index = self._entries.currentIndex()
        return index.data(LibraryRole.KEY) if index.isValid() else None

    def _why_empty(self, wanted: LibraryFilter) -> str:
        if self._of_kind() and wanted != LibraryFilter():
            return self.tr("Nothing of this kind fits. Clear the words or the filters above.")
        if self.kept.fingerprint is None:
            return self.tr("The library is being opened…")
        if self._as_of is not None and self.kept.count(self.kind):
            words = self.tr("Nothing of this kind existed by {date}. Clear the date above.")
            return words.format(date=self._as_of.words)
        if self.kind is Kind.DOCUMENT:
            return self.tr(
                "Documents that you import are listed here. Press Ctrl+I, or drag files or "
                "folders onto the window."
            )
        return self.tr("There are no records of this kind in this workspace.")

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.entry_opened.emit(index.data(LibraryRole.KEY))
