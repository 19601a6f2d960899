"""The tree of the codebook, complete by keyboard, and the menu of what can be done in it."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTreeView, QWidget

from gui.models.codebook_tree import TagRole, topmost

_SWATCH = 12
_STEPS = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "out",
    Qt.Key.Key_Right: "in",
}


class CodebookView(QTreeView):
    """F2 renames, Delete deletes, Enter lists passages, Alt+Shift+arrows move, Ctrl+X and Ctrl+V
    too; a drag moves, with Ctrl it merges."""

    delete_requested = Signal(str)
    followed = Signal(str)
    merge_requested = Signal(object)
    """Paths to be merged into one that is to be chosen."""
    history_requested = Signal(str)
    note_requested = Signal(str)
    """A note is to be written on this tag."""
    split_requested = Signal(str)
    dated_requested = Signal()
    """The codebook as of a date."""
    auto_tag_requested = Signal(str)
    """All hits of the search in force are to get this tag."""
    sort_requested = Signal(object, bool)
    """``(path above or None, by use)``."""
    step_requested = Signal(str, str)
    """``(path, up | down | in | out)``."""
    pasted = Signal(object, object)
    """``(paths that were cut, path above or None)``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cut: tuple[str, ...] = ()
        self._with_both = {Qt.Key.Key_M: self._on_merge, Qt.Key.Key_L: self._on_split}
        self.closed: set[str] = set()
        """Ids of the tags that are folded away by hand."""
        self.setObjectName("codebookView")
        self.setAccessibleName(self.tr("Codebook"))
        self.setAccessibleDescription(
            self.tr(
                "The tags. F2 renames, Delete deletes, Enter lists the tagged passages, "
                "Alt+Shift and an arrow key moves, Ctrl+X and Ctrl+V move to another place."
            )
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(_SWATCH, _SWATCH))
        self.setEditTriggers(QTreeView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.doubleClicked.connect(self._on_double_clicked)
        self.collapsed.connect(self._on_collapsed)
        self.expanded.connect(self._on_expanded)
        self.menu = QMenu(self)
        self._fill_menu()

    def _fill_menu(self) -> None:
        one, many, always = [], [], []
        self._add(one, self.tr("List its passages"), "Return", self._on_follow)
        self._add(one, self.tr("Rename"), "F2", self._on_rename)
        self._add(one, self.tr("Write a note on the tag"), "", self._on_note)
        self._add(one, self.tr("Tag all hits of the search…"), "", self._on_auto_tag)
        self.menu.addSeparator()
        self._add(many, self.tr("Merge into another…"), "Ctrl+Shift+M", self._on_merge)
        self._add(one, self.tr("Split…"), "Ctrl+Shift+L", self._on_split)
        self._add(one, self.tr("Delete…"), "Del", self._on_delete)
        self.menu.addSeparator()
        self._add(one, self.tr("Cut"), "Ctrl+X", self._on_cut)
        self._add(one, self.tr("Paste below this tag"), "Ctrl+V", self._on_paste)
        self._add(always, self.tr("Paste at the top"), "", self._on_paste_top)
        self._add(one, self.tr("Sort its tags by name"), "", self._on_sort_below)
        self._add(always, self.tr("Sort the top by name"), "", self._on_sort_name)
        self._add(always, self.tr("Sort the top by use"), "", self._on_sort_use)
        self.menu.addSeparator()
        self._add(one, self.tr("History of the tag"), "", self._on_history)
        self._add(always, self.tr("Codebook as of a date…"), "", self._on_dated)
        self._of_one = (*one, *many)
        self.menu.aboutToShow.connect(self._on_menu)

    def _add(self, group: list[QAction], text: str, keys: str, slot: object) -> None:
        action = QAction(text, self.menu)
        if keys:  # shown only: the view takes the keys itself, while it has the focus
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.menu.addAction(action)
        group.append(action)

    @Slot()
    def _on_menu(self) -> None:
        for action in self._of_one:
            action.setEnabled(bool(self.path()))

    def path(self) -> str:
        """Return the current tag's path, or ""."""
        index = self.currentIndex().siblingAtColumn(0)
        return index.data(TagRole.PATH) or ""

    def paths(self) -> list[str]:
        """Return the paths of what is selected, without those below another; else the current."""
        chosen = [index.data(TagRole.PATH) for index in self.selectionModel().selectedRows()]
        return topmost(chosen) or ([self.path()] if self.path() else [])

    # Keys and the mouse

    def event(self, event: QEvent) -> bool:
        """Claim the keys that the window has other uses for while the tree has the focus."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ours = (QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste)
            if self._step(event) or any(event.matches(key) for key in ours):
                event.accept()
                return True
        return super().event(event)

    def _step(self, event: QKeyEvent) -> str:
        both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return _STEPS.get(Qt.Key(event.key()), "") if held == both else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, cut, paste, delete, merge or follow the current tag."""
        if self.state() is QTreeView.State.EditingState:
            super().keyPressEvent(event)
            return
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if step := self._step(event):
            self.step_requested.emit(self.path(), step)
        elif event.matches(QKeySequence.StandardKey.Cut):
            self._on_cut()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._on_paste()
        elif event.modifiers() == both and event.key() in self._with_both:
            self._with_both[Qt.Key(event.key())]()
        elif event.key() == Qt.Key.Key_Delete:
            self._on_delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_follow()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            at = self.viewport().mapToGlobal(corner + QPoint(8, 0))
        self.menu.popup(at)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the drop to the model, and let no view take rows away: the model is told later."""
        super().dropEvent(event)
        event.setDropAction(Qt.DropAction.IgnoreAction)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.followed.emit(index.siblingAtColumn(0).data(TagRole.PATH))

    @Slot(QModelIndex)
    def _on_collapsed(self, index: QModelIndex) -> None:
        self.closed.add(index.data(TagRole.ID))

    @Slot(QModelIndex)
    def _on_expanded(self, index: QModelIndex) -> None:
        self.closed.discard(index.data(TagRole.ID))

    # The menu

    @Slot()
    def _on_follow(self) -> None:
        self.followed.emit(self.path())

    @Slot()
    def _on_rename(self) -> None:
        if self.path():
            self.edit(self.currentIndex().siblingAtColumn(0))

    @Slot()
    def _on_note(self) -> None:
        self.note_requested.emit(self.path())

    @Slot()
    def _on_auto_tag(self) -> None:
        self.auto_tag_requested.emit(self.path())

    @Slot()
    def _on_split(self) -> None:
        if self.path():
            self.split_requested.emit(self.path())

    @Slot()
    def _on_dated(self) -> None:
        self.dated_requested.emit()

    @Slot()
    def _on_merge(self) -> None:
        if self.paths():
            self.merge_requested.emit(tuple(self.paths()))

    @Slot()
    def _on_delete(self) -> None:
        if self.path():
            self.delete_requested.emit(self.path())

    @Slot()
    def _on_cut(self) -> None:
        self._cut = tuple(self.paths())

    @Slot()
    def _on_paste(self) -> None:
        self._paste(self.path() or None)

    @Slot()
    def _on_paste_top(self) -> None:
        self._paste(None)

    def _paste(self, above: str | None) -> None:
        if self._cut:
            self.pasted.emit(self._cut, above)
            self._cut = ()

    @Slot()
    def _on_sort_below(self) -> None:
        self.sort_requested.emit(self.path(), False)

    @Slot()
    def _on_sort_name(self) -> None:
        self.sort_requested.emit(None, False)

    @Slot()
    def _on_sort_use(self) -> None:
        self.sort_requested.emit(None, True)

    @Slot()
    def _on_history(self) -> None:
        self.history_requested.emit(self.path())
