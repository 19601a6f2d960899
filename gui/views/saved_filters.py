"""The saved filters of annotations, each with what passes it now."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget

from core.domain.browsing import SavedFilter

_FILTER = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6  # without scrolling


class SavedFiltersList(QListWidget):
    """Enter or a click shows one, F2 renames, Delete deletes."""

    chosen = Signal(object)
    """The `SavedFilter` to show."""
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("savedFilters")
        self.setAccessibleName(self.tr("Saved filters"))
        self.setAccessibleDescription(self.tr("Enter shows one, F2 renames, Delete deletes."))
        self.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self._on_item_clicked)
        self.itemChanged.connect(self._on_item_changed)
        self.show_filters(())

    def show_filters(self, filters: Sequence[SavedFilter]) -> None:
        """List these."""
        row = self.currentRow()
        with QSignalBlocker(self):
            self.clear()
            for saved in filters:
                item = QListWidgetItem(self)
                item.setData(_FILTER, saved)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self._name(item, saved)
            self.setCurrentRow(min(row, self.count() - 1))
        self.setVisible(bool(filters))
        self.setFixedHeight(min(_MOST_ROWS, len(filters)) * (self.fontMetrics().height() + 6) + 4)

    def filters(self) -> tuple[SavedFilter, ...]:
        """Return what is listed."""
        return tuple(self.item(row).data(_FILTER) for row in range(self.count()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show or delete the current one; the rest is the list's."""
        item = self.currentItem()
        is_editing = self.state() is QListWidget.State.EditingState
        if item is None or is_editing:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(item.data(_FILTER))
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit(item.data(_FILTER).id)
        elif event.key() == Qt.Key.Key_F2:
            self._on_rename()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the keys do."""
        if self.currentItem() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, slot in (
            (self.tr("Rename"), self._on_rename),
            (self.tr("Delete"), self._on_delete),
        ):
            action = QAction(words, menu)
            action.triggered.connect(slot)
            menu.addAction(action)
        menu.popup(event.globalPos())

    def _name(self, item: QListWidgetItem, saved: SavedFilter) -> None:
        counted = "…" if saved.total is None else f"{saved.total:,}"
        item.setText(f"{saved.name}  {counted}")
        item.setToolTip(saved.name)

    @Slot()
    def _on_rename(self) -> None:
        item = self.currentItem()
        if item is not None:
            with QSignalBlocker(self):
                item.setText(item.data(_FILTER).name)  # its number is not for editing
            self.editItem(item)

    @Slot()
    def _on_delete(self) -> None:
        item = self.currentItem()
        if item is not None:
            self.delete_requested.emit(item.data(_FILTER).id)

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_FILTER))

    @Slot(QListWidgetItem)
    def _on_item_changed(self, item: QListWidgetItem) -> None:
        saved, name = item.data(_FILTER), item.text().strip()
        with QSignalBlocker(self):
            self._name(item, saved)  # the new name shows once it is written
        if name and name != saved.name:
            self.rename_requested.emit(saved.id, name)
