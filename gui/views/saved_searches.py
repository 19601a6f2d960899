"""The saved searches in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QMenu, QTreeView, QWidget

from gui.models.saved_searches import COUNT, NAME, SavedSearchModel, SavedSearchRole

if TYPE_CHECKING:  # each class of values takes a millisecond of the start
    from core.domain.saved_searches import SavedSearch


class SavedSearchesView(QTreeView):
    """Enter asks, F2 renames, Delete deletes, Alt+Up and Alt+Down move."""

    run_requested = Signal(object)
    """The `SavedSearch` to ask again."""
    delete_requested = Signal(str)
    move_requested = Signal(str, int)
    """``(id, place counted from 0)``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.searches = SavedSearchModel(self)
        self.setObjectName("savedSearchesView")
        self.setAccessibleName(self.tr("Saved searches"))
        self.setAccessibleDescription(
            self.tr("Enter asks one again, F2 renames, Delete deletes, Alt with arrows moves.")
        )
        self.setModel(self.searches)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QTreeView.EditTrigger.EditKeyPressed)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(COUNT, QHeaderView.ResizeMode.ResizeToContents)
        self.clicked.connect(self._on_clicked)

    def current(self) -> SavedSearch | None:
        """Return the current search."""
        return self.currentIndex().data(SavedSearchRole.SEARCH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask, delete or move; the rest is the list's."""
        current, key = self.current(), event.key()
        is_editing = self.state() is QTreeView.State.EditingState
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if current is None or is_editing:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.run_requested.emit(current)
        elif key == Qt.Key.Key_Delete:
            self.delete_requested.emit(current.id)
        elif alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._move(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the keys do."""
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            self.setCurrentIndex(self.indexAt(event.pos()))
        if self.current() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, slot in (
            (self.tr("Ask again"), self._on_run),
            (self.tr("Rename"), self._on_rename),
            (self.tr("Move up"), self._on_up),
            (self.tr("Move down"), self._on_down),
            (self.tr("Delete"), self._on_delete),
        ):
            action = QAction(words, menu)
            action.triggered.connect(slot)
            menu.addAction(action)
        menu.popup(event.globalPos())

    def _move(self, by: int) -> None:
        current, place = self.current(), self.currentIndex().row() + by
        if current is not None and 0 <= place < self.searches.rowCount():
            self.move_requested.emit(current.id, place)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.run_requested.emit(index.data(SavedSearchRole.SEARCH))

    @Slot()
    def _on_run(self) -> None:
        self.run_requested.emit(self.current())

    @Slot()
    def _on_rename(self) -> None:
        self.edit(self.currentIndex().siblingAtColumn(NAME))

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    @Slot()
    def _on_delete(self) -> None:
        current = self.current()
        if current is not None:
            self.delete_requested.emit(current.id)
