"""All annotations in a window of its own: narrowed, grouped, changed many at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.domain.annotations import AnnotationFilter
from core.domain.browsing import Grouping, SavedFilter
from gui.controllers.browser import Seen
from gui.views.analysts_button import AnalystsButton
from gui.views.browser_filters import BrowserFilters
from gui.views.browser_table import BrowserTable
from gui.views.saved_filters import SavedFiltersList

_SETTLE_MS = 80


class BrowserDialog(QDialog):
    """Stands beside the window; tells what is wanted, and what is wished for the chosen ones."""

    wanted_changed = Signal()
    retagging_wanted = Signal(object)
    """Ids of the chosen annotations."""
    deletion_wanted = Signal(object)
    save_requested = Signal(str)
    """The name of a filter: what is wanted is to be kept by it."""
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Seen | None = None
        self.words = QLineEdit(self)
        self.grouping = QComboBox(self)
        self.cards = QPushButton(self.tr("Car&ds"), self)
        self.analysts = AnalystsButton(self)
        self.filters = BrowserFilters(self)
        self.saved = SavedFiltersList(self)
        self.save = QPushButton(self.tr("&Save this filter…"), self)
        self.table = BrowserTable(self)
        self.count = QLabel(self)
        self.read = QPushButton(self.tr("Rea&d"), self)
        self.tags = QPushButton(self.tr("&Tags…"), self)
        self.delete = QPushButton(self.tr("De&lete"), self)
        self._empty = QLabel(self)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._name_parts()
        self._lay_out()
        self._connect()
        self._show_state()

    # What is wanted

    @property
    def wanted(self) -> AnnotationFilter:
        """Which annotations are to be listed."""
        return replace(self.filters.wanted, text=self.words.text().strip())

    @property
    def grouped_by(self) -> Grouping:
        """What they are to be listed under."""
        return Grouping(self.grouping.currentData())

    @Slot(object)
    def show_saved(self, saved: SavedFilter) -> None:
        """Want what a saved filter names."""
        self.filters.show_filter(saved.wanted)
        self.words.setText(saved.wanted.text)
        self.grouping.setCurrentIndex(self.grouping.findData(saved.grouping.value))
        self._settle.stop()
        self.wanted_changed.emit()

    # What there is

    @Slot(object)
    def show_seen(self, seen: Seen) -> None:
        """Show what was read; what was chosen stays chosen."""
        self._seen = seen
        self.filters.offer(seen.choices)
        self.saved.show_filters(seen.filters)
        self.table.show_listing(seen.listing, seen.grouping)
        self._show_state()

    # How it looks

    def _name_parts(self) -> None:
        self.setObjectName("browserDialog")
        self.setWindowTitle(self.tr("All annotations"))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(
            self.tr("Every annotation of the workspace: narrow them, read, retag or delete some.")
        )
        self.words.setObjectName("browserWords")
        self.words.setPlaceholderText(self.tr("Words of the passage or the note…"))
        self.words.setAccessibleName(self.tr("Narrow by words"))
        self.words.setClearButtonEnabled(True)
        for grouping, name in (
            (Grouping.NONE, self.tr("Not grouped")),
            (Grouping.RECORD, self.tr("By record")),
            (Grouping.TAG, self.tr("By tag")),
            (Grouping.DAY, self.tr("By day")),
        ):
            self.grouping.addItem(name, grouping.value)
        self.grouping.setAccessibleName(self.tr("Group the annotations"))
        self.cards.setCheckable(True)
        self.cards.setToolTip(self.tr("Show whole cards instead of lines"))
        self.count.setProperty("role", "hint")
        self.count.setWordWrap(True)
        self._empty.setProperty("role", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)

    def _lay_out(self) -> None:
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._side())
        self._split.addWidget(self._list())
        self._split.setStretchFactor(1, 1)
        letters = self.fontMetrics().averageCharWidth()
        self._split.setSizes([letters * 28, 800])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self._split)
        self.resize(1120, 680)

    def _side(self) -> QWidget:
        inner = QWidget(self)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        heading = QLabel(self.tr("Saved filters"), inner)
        heading.setProperty("role", "title")
        self.save.setAutoDefault(False)
        column.addWidget(heading)
        column.addWidget(self.saved)
        column.addWidget(self.save)
        column.addSpacing(8)
        column.addWidget(self.filters)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("browserSide")
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(inner.minimumSizeHint().width() + 20)
        return area

    def _list(self) -> QWidget:
        side = QWidget(self)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.grouping)
        top.addWidget(self.cards)
        top.addWidget(self.analysts)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        below = QHBoxLayout()
        below.addWidget(self.count, 1)
        for button in (self.read, self.tags, self.delete):
            below.addWidget(button)
        for button in (self.cards, self.read, self.tags, self.delete):
            button.setAutoDefault(False)  # Enter is for the row that the keyboard is on
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._stack, 1)
        column.addLayout(below)
        return side

    def _connect(self) -> None:
        self._settle.timeout.connect(self.wanted_changed)
        self.words.textChanged.connect(self._on_words)
        self.filters.changed.connect(self.wanted_changed)
        self.grouping.activated.connect(self._on_grouping)
        self.cards.toggled.connect(self.table.show_as_cards)
        self.saved.chosen.connect(self.show_saved)
        self.save.clicked.connect(self._on_save)
        self.table.chosen_changed.connect(self._show_state)
        self.table.deletion_wanted.connect(self._on_delete)
        self.read.clicked.connect(self._on_read)
        self.tags.clicked.connect(self._on_tags)
        self.delete.clicked.connect(self._on_delete)
        keys = QKeySequence.StandardKey
        for key, wish in (
            (keys.Undo, self.undo_requested),
            (QKeySequence("Ctrl+Shift+Z"), self.redo_requested),
            (QKeySequence("Ctrl+T"), self.tags.click),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(wish)
        QShortcut(QKeySequence(keys.Find), self).activated.connect(self.words.setFocus)

    @Slot()
    def _show_state(self) -> None:
        seen = self._seen
        chosen = len(self.table.chosen())
        for button in (self.tags, self.delete):
            button.setEnabled(chosen > 0)
        self.read.setEnabled(bool(self.table.current()))
        self.save.setEnabled(self.wanted != AnnotationFilter())
        self._empty.setText(self._why_empty())
        shows = seen is not None and bool(seen.listing.ids)
        self._stack.setCurrentWidget(self.table if shows else self._empty)
        if seen is None:
            return
        words = self.tr("{n} of {all} annotations")
        if chosen:
            words = self.tr("{n} of {all} annotations, {chosen} chosen")
        total, every = f"{seen.listing.total:,}", f"{seen.listing.every:,}"
        self.count.setText(words.format(n=total, all=every, chosen=f"{chosen:,}"))

    def _why_empty(self) -> str:
        if self._seen is None:
            return self.tr("The annotations are being read…")
        if not self._seen.listing.every:
            return self.tr(
                "Nothing is annotated yet. Select a passage in a text and press Ctrl+T to tag it."
            )
        return self.tr("No annotation fits. Clear the filter, or take some words away.")

    # What is wished

    @Slot(str)
    def _on_words(self, _words: str) -> None:
        self._settle.start()

    @Slot(int)
    def _on_grouping(self, _row: int) -> None:
        self.wanted_changed.emit()

    @Slot()
    def _on_save(self) -> None:
        title, label = self.tr("Save this filter"), self.tr("Its name:")
        name, agreed = QInputDialog.getText(self, title, label)
        if agreed and name.strip():
            self.save_requested.emit(name)

    @Slot()
    def _on_read(self) -> None:
        if current := self.table.current():
            self.table.read_requested.emit(current)

    @Slot()
    def _on_tags(self) -> None:
        if chosen := self.table.chosen():
            self.retagging_wanted.emit(chosen)

    @Slot()
    def _on_delete(self) -> None:
        if chosen := self.table.chosen():
            self.deletion_wanted.emit(chosen)
