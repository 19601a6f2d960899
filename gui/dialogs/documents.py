"""The analyst's documents in one list: narrowed, sorted, changed many at once; and the trash."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.domain.documents import DocumentCard, ReadingStatus
from gui.controllers.documents import Held
from gui.models.documents import Column, DocumentsModel, Wanted

_TRASH = "\0trash"  # no collection can be called so


class _Table(QTableView):
    """A table with a key for deleting."""

    deletion_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the Delete key; leave the rest to the table."""
        if event.key() == Qt.Key.Key_Delete:
            self.deletion_wanted.emit()
        else:
            super().keyPressEvent(event)


class DocumentsDialog(QDialog):
    """Stands beside the window; tells what is wished for the chosen documents."""

    read_requested = Signal(str)
    details_requested = Signal(str)
    details_of_many_requested = Signal(object)
    """`DocumentCard`s."""
    original_requested = Signal(str)
    import_requested = Signal()
    status_wanted = Signal(object, object)
    """``(keys, ReadingStatus)``."""
    collecting_wanted = Signal(str, object)
    uncollecting_wanted = Signal(str, object)
    tagging_wanted = Signal(str, object)
    untagging_wanted = Signal(str, object)
    deletion_wanted = Signal(object)
    restoring_wanted = Signal(object)
    emptying_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held: Held | None = None
        self.model = DocumentsModel(self)
        self.words = QLineEdit(self)
        self.shelf = QComboBox(self)
        self.status = QComboBox(self)
        self.table = _Table(self)
        self.count = QLabel(self)
        self._empty = QLabel(self)
        self.read = QPushButton(self.tr("&Read"), self)
        self.details = QPushButton(self.tr("Deta&ils…"), self)
        self.original = QPushButton(self.tr("&Original"), self)
        self.mark = QPushButton(self.tr("&Mark as"), self)
        self.collect = QPushButton(self.tr("&Collections"), self)
        self.tag = QPushButton(self.tr("Ta&gs"), self)
        self.delete = QPushButton(self.tr("&Delete"), self)
        self.restore = QPushButton(self.tr("Re&store"), self)
        self.empty = QPushButton(self.tr("&Empty the trash…"), self)
        self.bring = QPushButton(self.tr("&Import…"), self)
        self._name_parts()
        self._set_up_table()
        self._set_up_menus()
        self._lay_out()
        self._connect()
        self._show_state()

    # What there is

    def show_held(self, held: Held) -> None:
        """Show what is there now; what was chosen stays chosen."""
        keys, current = self.keys(), self._current()
        self._held = held
        self._offer_shelves(held)
        self._list()
        for key in keys:
            row = self.model.row_of(key)
            if row >= 0:
                self.table.selectionModel().select(
                    self.model.index(row, 0),
                    self.table.selectionModel().SelectionFlag.Select
                    | self.table.selectionModel().SelectionFlag.Rows,
                )
        if current and (row := self.model.row_of(current)) >= 0:
            self.table.selectionModel().setCurrentIndex(
                self.model.index(row, 0), self.table.selectionModel().SelectionFlag.NoUpdate
            )
        self._show_state()

    @property
    def in_trash(self) -> bool:
        """Whether the trash is looked at."""
        return self.shelf.currentData() == _TRASH

    def keys(self) -> list[str]:
        """Return the keys of the chosen documents."""
        return [card.key for card in self._cards()]

    def _cards(self) -> list[DocumentCard]:
        rows = self.table.selectionModel().selectedRows()
        return [self.model.card(index.row()) for index in rows]

    def _current(self) -> str | None:
        index = self.table.currentIndex()
        return self.model.card(index.row()).key if index.isValid() else None

    def _offer_shelves(self, held: Held) -> None:
        kept = self.shelf.currentData()
        self.shelf.clear()
        self.shelf.addItem(self.tr("All documents  {0}").format(len(held.cards)), None)
        for collection in held.collections:
            self.shelf.addItem(f"{collection.name}  {collection.count}", collection.name)
        self.shelf.addItem(self.tr("Trash  {0}").format(len(held.trash)), _TRASH)
        self.shelf.setCurrentIndex(max(0, self.shelf.findData(kept)) if kept else 0)

    @Slot()
    def _list(self) -> None:
        if self._held is None:
            return
        self.model.show(self._held.trash if self.in_trash else self._held.cards)
        status = self.status.currentData()  # Qt gives the word back, not the status
        self.model.narrow(
            Wanted(
                self.words.text(),
                None if self.in_trash else self.shelf.currentData(),
                ReadingStatus(status) if status else None,
            )
        )
        self._show_state()

    # How it looks

    def _name_parts(self) -> None:
        self.setObjectName("documentsDialog")
        self.setWindowTitle(self.tr("Documents"))
        self.setAccessibleName(self.tr("Documents"))
        self.setAccessibleDescription(
            self.tr("Your documents: choose some, and read, mark, collect, tag or delete them.")
        )
        self.words.setObjectName("documentsWords")
        self.words.setPlaceholderText(self.tr("Narrow by title, author, symbol, tag…"))
        self.words.setAccessibleName(self.tr("Narrow by words"))
        self.words.setClearButtonEnabled(True)
        self.shelf.setObjectName("documentsShelf")
        self.shelf.setAccessibleName(self.tr("Collection"))
        self.shelf.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.shelf.addItem(self.tr("All documents"), None)
        self.status.setAccessibleName(self.tr("Reading status"))
        self.status.addItem(self.tr("Any status"), None)
        for status in ReadingStatus:
            self.status.addItem(self.model.status(status), status)
        self._empty.setProperty("role", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)

    def _set_up_table(self) -> None:
        table = self.table
        table.setObjectName("documentsTable")
        table.setAccessibleName(self.tr("Documents"))
        table.setAccessibleDescription(self.tr("Enter reads one, Delete moves it to the trash."))
        table.setModel(self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setSortingEnabled(True)
        table.sortByColumn(Column.TITLE, Qt.SortOrder.AscendingOrder)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        width = self.fontMetrics().averageCharWidth()
        widths = {Column.DATE: 13, Column.STATUS: 11, Column.COLLECTIONS: 20, Column.TAGS: 20}
        widths |= {Column.ANNOTATIONS: 9, Column.FORMAT: 11, Column.IMPORTED: 14}
        for column, letters in widths.items():
            header.resizeSection(column, width * letters)
        header.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)

    def _set_up_menus(self) -> None:
        marks = QMenu(self)
        for status in ReadingStatus:
            action = QAction(self.model.status(status), marks)
            action.setData(status)
            marks.addAction(action)
        marks.triggered.connect(self._on_marked)
        self.mark.setMenu(marks)
        for button, fill, chosen in (
            (self.collect, self._fill_collections, self._on_collection),
            (self.tag, self._fill_tags, self._on_tag),
        ):
            menu = QMenu(self)
            menu.aboutToShow.connect(fill)
            menu.triggered.connect(chosen)
            button.setMenu(menu)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.shelf)
        top.addWidget(self.status)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        buttons = QHBoxLayout()
        for button in self._buttons():
            button.setAutoDefault(False)  # Enter is for the row that the keyboard is on
            buttons.addWidget(button)
        buttons.insertStretch(buttons.count() - 1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.count)
        layout.addLayout(buttons)
        self.resize(1040, 600)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.read,
            self.details,
            self.original,
            self.mark,
            self.collect,
            self.tag,
            self.delete,
            self.restore,
            self.empty,
            self.bring,
        )

    def _connect(self) -> None:
        self.words.textChanged.connect(self._list)
        self.shelf.activated.connect(self._list)
        self.status.activated.connect(self._list)
        self.table.activated.connect(self._on_activated)
        self.table.selectionModel().selectionChanged.connect(self._show_state)
        self.read.clicked.connect(self._on_activated)
        self.details.clicked.connect(self._on_details)
        self.original.clicked.connect(lambda: self.original_requested.emit(self.keys()[0]))
        self.delete.clicked.connect(self._on_delete)
        self.restore.clicked.connect(lambda: self.restoring_wanted.emit(self.keys()))
        self.empty.clicked.connect(self._on_empty)
        self.bring.clicked.connect(self.import_requested)
        self.table.deletion_wanted.connect(self._on_delete)

    @Slot()
    def _show_state(self) -> None:
        chosen, trash = len(self.table.selectionModel().selectedRows()), self.in_trash
        for button in (self.read, self.original):
            button.setEnabled(chosen == 1)
            button.setVisible(not trash)
        for button in (self.details, self.mark, self.collect, self.tag, self.delete):
            button.setEnabled(chosen > 0)
            button.setVisible(not trash)
        self.restore.setVisible(trash)
        self.restore.setEnabled(chosen > 0)
        self.empty.setVisible(trash)
        self.empty.setEnabled(self._held is not None and bool(self._held.trash))
        shown = self.model.rowCount()
        words = self.tr("{n} documents, {chosen} chosen") if chosen else self.tr("{n} documents")
        self.count.setText(words.format(n=f"{shown:,}", chosen=f"{chosen:,}"))
        self._empty.setText(self._why_empty())
        self._stack.setCurrentWidget(self.table if shown else self._empty)

    def _why_empty(self) -> str:
        if self._held is None:
            return self.tr("The documents are being read…")
        if self.in_trash and not self._held.trash:
            return self.tr("The trash is empty.")
        if not self.in_trash and not self._held.cards:
            return self.tr("There is no document yet. Import some, or drag them onto the window.")
        return self.tr("Nothing fits. Clear the words, or choose another collection or status.")

    # What is wished

    @Slot()
    def _on_activated(self, _index: QModelIndex | None = None) -> None:
        keys = self.keys()
        if len(keys) == 1 and not self.in_trash:
            self.read_requested.emit(keys[0])

    @Slot()
    def _on_details(self) -> None:
        cards = self._cards()
        if len(cards) == 1:
            self.details_requested.emit(cards[0].key)
        elif cards:
            self.details_of_many_requested.emit(cards)

    @Slot(QAction)
    def _on_marked(self, action: QAction) -> None:
        self.status_wanted.emit(self.keys(), ReadingStatus(action.data()))

    @Slot()
    def _fill_collections(self) -> None:
        names = [c.name for c in self._held.collections] if self._held else []
        all_in = _common([card.collections for card in self._cards()])
        self._fill(self.collect.menu(), names, all_in, self.tr("New collection…"))

    @Slot()
    def _fill_tags(self) -> None:
        cards = self._held.cards if self._held else ()
        names = sorted({tag for card in cards for tag in card.tags})
        all_in = _common([card.tags for card in self._cards()])
        self._fill(self.tag.menu(), names, all_in, self.tr("Another tag…"))

    def _fill(self, menu: QMenu, names: list[str], common: set[str], new: str) -> None:
        menu.clear()
        for name in names:
            action = QAction(name.replace("&", "&&"), menu, checkable=True)
            action.setData(name)
            action.setChecked(name in common)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(QAction(new, menu))

    @Slot(QAction)
    def _on_collection(self, action: QAction) -> None:
        name = action.data() or self._ask(self.tr("New collection"), self.tr("Its name:"))
        if name:
            taken_out = action.data() and not action.isChecked()
            wanted = self.uncollecting_wanted if taken_out else self.collecting_wanted
            wanted.emit(name, self.keys())

    @Slot(QAction)
    def _on_tag(self, action: QAction) -> None:
        path = action.data() or self._ask(
            self.tr("Tag documents"), self.tr("The tag, with slashes between its levels:")
        )
        if path:
            taken_off = action.data() and not action.isChecked()
            (self.untagging_wanted if taken_off else self.tagging_wanted).emit(path, self.keys())

    def _ask(self, title: str, label: str) -> str:
        text, agreed = QInputDialog.getText(self, title, label)
        return text.strip() if agreed else ""

    @Slot()
    def _on_delete(self) -> None:
        keys = self.keys()
        if keys and not self.in_trash:
            self.deletion_wanted.emit(keys)

    @Slot()
    def _on_empty(self) -> None:
        question = QMessageBox(self)
        question.setObjectName("emptyTrashQuestion")
        question.setWindowTitle(self.tr("Empty the trash"))
        number = len(self._held.trash) if self._held else 0
        question.setText(self.tr("Delete {0} documents for good?").format(number))
        question.setInformativeText(
            self.tr("Their originals and annotations go with them. This can't be undone.")
        )
        empty = question.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        empty.clicked.connect(self.emptying_wanted)
        question.open()


def _common(groups: list[tuple[str, ...]]) -> set[str]:
    return set[str].intersection(*map(set, groups)) if groups else set()
