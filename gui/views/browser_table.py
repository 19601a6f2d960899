"""The table of all annotations: reads what is looked at, and knows what is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from core.domain.browsing import AnnotationListing, Grouping
from gui.delegates.browser import BrowserDelegate
from gui.models.browser import BrowserModel, Column

_AHEAD = 60  # rows that are read above and below those that show
_MOST_READ = 400  # at once
_MOST_KEPT = 5000  # chosen annotations that stay chosen when the list changes
_SETTLE_MS = 20
_SHARES = {Column.PASSAGE: 0.4, Column.TAGS: 0.19, Column.NOTE: 0.19, Column.RECORD: 0.22}
_LETTERS = {Column.ANALYST: 13, Column.MADE: 13, Column.STATE: 11}
_NEEDS = {Column.STATE: 96, Column.MADE: 84, Column.NOTE: 72, Column.ANALYST: 60}
"""Letters that the table is wide at least where a column shows."""


class BrowserTable(QTableView):
    """Enter reads a passage, Delete deletes, Left and Right close and open a group."""

    rows_wanted = Signal(object)
    """Ids of annotations that show and have not been read."""
    read_requested = Signal(str)
    deletion_wanted = Signal()
    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.browser = BrowserModel(self)
        self._delegate = BrowserDelegate(self)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._want_rows)
        self._set_up()
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.activated.connect(self._on_activated)

    def _set_up(self) -> None:
        self.setObjectName("browserTable")
        self.setAccessibleName(self.tr("Annotations"))
        self.setAccessibleDescription(
            self.tr("Enter goes to the passage, Delete deletes, Left and Right fold a group.")
        )
        self.setModel(self.browser)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._set_heights()

    # What is shown

    def show_listing(self, listing: AnnotationListing, grouping: Grouping) -> None:
        """Show a listing; what was chosen and current stays so where it is still there."""
        chosen, current = self.chosen(), self.current()
        if self.browser.show(listing, grouping):
            self._set_heights()
            self._choose(chosen if len(chosen) <= _MOST_KEPT else [], current)
        self._settle.start()

    def _choose(self, ids: Sequence[str], current: str) -> None:
        rows = self.browser.rows_of([*ids, current])
        selection, last = QItemSelection(), len(Column) - 1
        for row in rows:
            if self.browser.id_at(row) == current:
                index = self.browser.index(row, 0)
                flag = QItemSelectionModel.SelectionFlag.NoUpdate
                self.selectionModel().setCurrentIndex(index, flag)
                self.scrollTo(index)
        kept = set(ids)
        for row in rows:
            if self.browser.id_at(row) in kept:
                selection.select(self.browser.index(row, 0), self.browser.index(row, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)
        self.chosen_changed.emit()

    def show_as_cards(self, as_cards: bool) -> None:
        """Show cards, or lines with columns."""
        current = self.currentIndex()
        self._delegate.as_cards = as_cards
        for column in Column:
            self.setColumnHidden(column, as_cards and column is not Column.PASSAGE)
        self.horizontalHeader().setVisible(not as_cards)
        self._share_room()
        self._set_heights()
        if current.isValid():
            self.scrollTo(current)
        self._settle.start()

    def _set_heights(self) -> None:
        header, metrics = self.verticalHeader(), self.fontMetrics()
        header.setDefaultSectionSize(self._delegate.row_height(metrics))
        high = self._delegate.heading_height(metrics)
        for row in self.browser.heads():
            header.resizeSection(row, high)

    def _share_room(self) -> None:
        header, room = self.horizontalHeader(), self.viewport().width()
        if self._delegate.as_cards:
            header.resizeSection(Column.PASSAGE, room)
            return
        letter = self.fontMetrics().averageCharWidth()
        for column, needed in _NEEDS.items():
            self.setColumnHidden(column, room < needed * letter)
        for column, letters in _LETTERS.items():
            header.resizeSection(column, letter * letters)
            room -= 0 if self.isColumnHidden(column) else letter * letters
        shown = {c: share for c, share in _SHARES.items() if not self.isColumnHidden(c)}
        for column, share in shown.items():
            header.resizeSection(column, int(room * share / sum(shown.values())))

    # What is chosen

    def chosen(self) -> list[str]:
        """Return the chosen annotations, each once, in their order."""
        found: list[str] = []
        for part in sorted(self.selectionModel().selection().toList(), key=lambda part: part.top()):
            found += self.browser.ids_in(part.top(), part.bottom())
        return list(dict.fromkeys(found))

    def current(self) -> str:
        """Return the annotation that the keyboard is on, or ""."""
        index = self.currentIndex()
        return self.browser.id_at(index.row()) if index.isValid() else ""

    # What is done here

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle what the table itself does not."""
        key, row = event.key(), self.currentIndex().row()
        group = self.browser.group_at(row) if row >= 0 else None
        if key == Qt.Key.Key_Delete:
            self.deletion_wanted.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_activated(self.currentIndex())
        elif group is not None and key in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space}:
            closes = key == Qt.Key.Key_Left
            if key == Qt.Key.Key_Space or closes != self.browser.is_closed(group):
                self._toggle(row)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold a group whose heading is clicked."""
        row = self.rowAt(event.position().toPoint().y())
        if row >= 0 and self.browser.group_at(row) is not None:
            self._toggle(row)
            return
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out between the columns, and read what came into view."""
        super().resizeEvent(event)
        self._share_room()
        self._settle.start()

    def _toggle(self, row: int) -> None:
        self.browser.toggle(row)
        self._set_heights()
        self._settle.start()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if one := self.browser.id_at(index.row()):
            self.read_requested.emit(one)
        else:
            self._toggle(index.row())

    @Slot(QItemSelection, QItemSelection)
    def _on_selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        self.chosen_changed.emit()

    @Slot(int)
    def _on_scrolled(self, _at: int) -> None:
        self._settle.start()

    @Slot()
    def _want_rows(self) -> None:
        if not self.isVisible():
            return
        first = self.indexAt(QPoint(0, 0)).row()
        last = self.rowAt(self.viewport().height() - 1)
        last = last if last >= 0 else self.browser.rowCount() - 1
        missing = self.browser.unread(max(0, first) - _AHEAD, last + _AHEAD)
        if missing:
            self.rows_wanted.emit(tuple(missing[:_MOST_READ]))
