"""The panel of tags: a tree with colours and counts."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QColorDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core.domain.codebook import SEPARATOR, Tag
from gui.models.codebook_tree import CodebookTree, TagRole


class CodebookView(QTreeView):
    """The tree; F2 renames, Delete deletes, Enter shows the tag's passages."""

    delete_requested = Signal(str)
    followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("codebookView")
        self.setAccessibleName(self.tr("Codebook"))
        self.setAccessibleDescription(
            self.tr("The tags. F2 renames, Delete deletes, Enter lists the tagged passages.")
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QTreeView.EditTrigger.EditKeyPressed)

    def path(self) -> str:
        """Return the current tag's path, or ""."""
        index = self.currentIndex().siblingAtColumn(0)
        return index.data(TagRole.PATH) or ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete or follow the current tag."""
        is_editing = self.state() is QTreeView.State.EditingState
        if event.key() == Qt.Key.Key_Delete and self.path():
            self.delete_requested.emit(self.path())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not is_editing:
            self.followed.emit(self.path())
        else:
            super().keyPressEvent(event)


class CodebookPanel(QWidget):
    """The tree with a filter above and its actions below; changes are wishes, told by signals."""

    add_requested = Signal(str)
    rename_requested = Signal(str, str)
    recolor_requested = Signal(str, str)
    delete_requested = Signal(str)
    tag_followed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = CodebookTree(self)
        self._filtered = QSortFilterProxyModel(self)
        self.view = CodebookView(self)
        self.filter = QLineEdit(self)
        self._lay_out()
        self.tree.rename_requested.connect(self.rename_requested)
        self.view.delete_requested.connect(self.delete_requested)
        self.view.followed.connect(self.tag_followed)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.returnPressed.connect(self._on_add)

    def _lay_out(self) -> None:
        self._filtered.setSourceModel(self.tree)
        self._filtered.setRecursiveFilteringEnabled(True)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view.setModel(self._filtered)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.filter.setPlaceholderText(self.tr("Filter, or a new tag and Enter"))
        self.filter.setAccessibleName(self.tr("Filter tags or name a new one"))
        self.filter.setClearButtonEnabled(True)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 4, 8, 4)
        for text, slot in (
            (self.tr("Add"), self._on_add),
            (self.tr("Rename"), self._on_rename),
            (self.tr("Colour…"), self._on_recolor),
            (self.tr("Delete"), self._on_delete),
        ):
            button = QToolButton(self)
            button.setText(text)
            button.setAutoRaise(True)
            button.clicked.connect(slot)
            buttons.addWidget(button)
        buttons.addStretch()
        above = QHBoxLayout()
        above.setContentsMargins(8, 4, 8, 4)
        above.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.view)
        layout.addLayout(buttons)

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show the codebook, keeping what is current and what is open."""
        path = self.view.path()
        self.tree.show_tags(tags)
        self.view.expandAll()
        current = self._filtered.mapFromSource(self.tree.find(path))
        if current.isValid():
            self.view.setCurrentIndex(current)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.tag_followed.emit(index.siblingAtColumn(0).data(TagRole.PATH))

    @Slot(str)
    def _on_filter_changed(self, text: str) -> None:
        self._filtered.setFilterFixedString(text.rpartition(SEPARATOR)[2].strip())
        self.view.expandAll()

    @Slot()
    def _on_add(self) -> None:
        wanted = self.filter.text().strip()
        if wanted:
            self.filter.clear()
            self.add_requested.emit(wanted)
        else:
            self.filter.setFocus()

    @Slot()
    def _on_rename(self) -> None:
        index = self.view.currentIndex().siblingAtColumn(0)
        if index.isValid():
            self.view.edit(index)

    @Slot()
    def _on_recolor(self) -> None:
        index = self.view.currentIndex().siblingAtColumn(0)
        if not index.isValid():
            return
        path = index.data(TagRole.PATH)
        title = self.tr("Colour of “{tag}”").format(tag=path)
        chosen = QColorDialog.getColor(QColor(index.data(TagRole.COLOR)), self, title)
        if chosen.isValid():
            self.recolor_requested.emit(path, chosen.name())

    @Slot()
    def _on_delete(self) -> None:
        if self.view.path():
            self.delete_requested.emit(self.view.path())
