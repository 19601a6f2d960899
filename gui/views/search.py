"""The list of hits, with what narrows and explains it."""

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.keys import Kind
from core.domain.search import SearchPage
from gui.delegates.snippet import SnippetDelegate
from gui.models.search_hits import SearchHitModel
from gui.theme import Theme
from gui.views.kinds import kind_plural


class _Hits(QListView):
    """The list of hits; Enter opens, Esc leaves, Up from the first goes to the box."""

    opened = Signal(QModelIndex)
    escaped = Signal()
    left_upwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Enter, Esc and Up at the top; the list does the rest."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.opened.emit(index)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Up and index.row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)


class _Strip(QScrollArea):
    """A row as high as it needs to be; what has no room sideways is scrolled to."""

    def __init__(self, row: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = row
        self.setWidget(row)

    def sizeHint(self) -> QSize:
        """Return the row's own height."""
        return QSize(0, self._row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the row's own height; it may be narrow."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Follow the row when what it holds changes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class ResultsView(QWidget):
    """The newest answer: kinds to narrow by, hints, hits."""

    hit_opened = Signal(object)
    """The `SearchHit` that the user wants to read."""
    kinds_chosen = Signal(object)
    """Frozen set of kinds; empty is all."""
    suggestion_taken = Signal(str)
    left = Signal()
    """Esc: back to where one was."""
    field_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.model = SearchHitModel(self)
        self._delegate = SnippetDelegate(theme, self)
        self._hits = _Hits()
        self._chips: dict[Kind, QToolButton] = {}
        self._summary = QLabel()
        self._hint = QLabel()
        self._suggestion = QToolButton()
        self._terms: tuple[str, ...] = ()
        self._set_up_hits()
        self._lay_out()

    @property
    def terms(self) -> tuple[str, ...]:
        """Surface forms to mark in a text that is opened from here."""
        return self._terms

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._delegate.set_theme(theme)
        self._hits.viewport().update()

    @Slot(object)
    def show_page(self, page: SearchPage) -> None:
        """Show a new answer from its first hit."""
        self._terms = page.terms
        self.model.show(page)
        self._hits.scrollToTop()
        if page.hits:
            self._hits.setCurrentIndex(self.model.index(0))
        self._summary.setText(self._in_words(page))
        self._hint.setText(page.hint or "")
        self._hint.setVisible(bool(page.hint))
        self._suggestion.setVisible(bool(page.suggestion))
        self._suggestion.setText(self.tr("Did you mean “{0}”?").format(page.suggestion))
        self._suggestion.setProperty("query", page.suggestion)
        self._count_chips(page.facets.get("kind", {}))

    @Slot(object)
    def extend(self, page: SearchPage) -> None:
        """Add the next page of the same answer."""
        self.model.append(page.hits)

    @Slot(str)
    def refuse(self, sentence: str) -> None:
        """Say why there is no answer; what was shown stays."""
        self._hint.setText(sentence)
        self._hint.show()

    @Slot(bool)
    def set_pending(self, pending: bool) -> None:
        """Dim the hits while a newer answer is on its way."""
        if self._delegate.dimmed != pending:
            self._delegate.dimmed = pending
            self._hits.viewport().update()

    @Slot()
    def enter(self) -> None:
        """Put the keyboard on the hits."""
        if self.model.rowCount():
            if not self._hits.currentIndex().isValid():
                self._hits.setCurrentIndex(self.model.index(0))
            self._hits.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def open_current(self) -> None:
        """Open the current hit, if there is one."""
        if self._hits.currentIndex().isValid():
            self._on_opened(self._hits.currentIndex())

    def step(self, by: int) -> None:
        """Open the hit ``by`` rows further on (F3) or back."""
        row = self._hits.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self._hits.setCurrentIndex(self.model.index(row))
            self.open_current()

    def position(self) -> tuple[int, int]:
        """Return the current hit's number, from 1, and how many are listed."""
        return self._hits.currentIndex().row() + 1, self.model.rowCount()

    def _set_up_hits(self) -> None:
        hits = self._hits
        hits.setObjectName("resultsView")
        hits.setAccessibleName(self.tr("Search results"))
        hits.setAccessibleDescription(self.tr("Enter opens a hit, Escape goes back."))
        hits.setModel(self.model)
        hits.setItemDelegate(self._delegate)
        hits.setUniformItemSizes(True)
        hits.setMouseTracking(True)
        hits.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hits.clicked.connect(self._on_opened)
        hits.opened.connect(self._on_opened)
        hits.escaped.connect(self.left)
        hits.left_upwards.connect(self.field_wanted)

    def _lay_out(self) -> None:
        row = QWidget()
        chips = QHBoxLayout(row)
        chips.setContentsMargins(16, 8, 16, 0)
        chips.setSpacing(8)
        for kind in Kind:
            chip = QToolButton()
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setAccessibleName(self.tr("Only {0}").format(kind_plural(kind)))
            chip.toggled.connect(self._on_chip_toggled)
            chip.hide()
            self._chips[kind] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        strip = _Strip(row)
        for label in (self._summary, self._hint):
            label.setProperty("role", "hint")
            label.setWordWrap(True)
        self._suggestion.clicked.connect(self._on_suggestion_clicked)
        self._suggestion.hide()
        self._hint.hide()
        words = QHBoxLayout()
        words.setContentsMargins(16, 8, 16, 8)
        words.addWidget(self._summary, 1)
        words.addWidget(self._suggestion)
        self._hint.setContentsMargins(16, 0, 16, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addLayout(words)
        layout.addWidget(self._hint)
        layout.addWidget(self._hits, 1)

    def _in_words(self, page: SearchPage) -> str:
        if not page.hits:
            words = self.tr("Nothing found for “{0}”.").format(page.query)
            if page.hint:
                return words  # the hint says what to do
            return f"{words} {self.tr('Fewer words, or the beginning of one, find more.')}"
        if page.total == 1:
            return self.tr("One record answers.")
        return self.tr("{0} records answer, best first.").format(page.total)

    def _count_chips(self, counts: dict[str, int]) -> None:
        for kind, chip in self._chips.items():
            number = counts.get(kind.value, 0)
            chip.setText(f"{kind_plural(kind)}  {number}" if number else kind_plural(kind))
            chip.setVisible(bool(number) or chip.isChecked())

    @Slot()
    def _on_chip_toggled(self) -> None:
        chosen = frozenset(kind for kind, chip in self._chips.items() if chip.isChecked())
        self.kinds_chosen.emit(chosen)

    @Slot()
    def _on_suggestion_clicked(self) -> None:
        self.suggestion_taken.emit(str(self._suggestion.property("query")))

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.hit_opened.emit(self.model.hit(index.row()))
