"""The results: filters at the side, hits or keywords in context, and what the search says."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.domain.narrowing import all_chosen
from core.domain.search import FacetCounts, SearchPage, SearchQuery
from gui.delegates.snippet import SnippetDelegate
from gui.models.search_hits import SearchHitModel
from gui.theme import Theme
from gui.views.advice import Advice, why_nothing
from gui.views.choices import ChoicesStrip
from gui.views.concordance import ConcordanceView
from gui.views.facets import FacetsView, facet_name, value_name
from gui.views.hits import HitsView
from gui.views.results_header import ResultsHeader

_ROOMY = 90  # average characters: from here on there is room for filters beside the hits
_QUOTED = 160  # characters of the passage that the results resemble
_NAMED = 60  # of them in the name of a saved search


class ResultsView(QWidget):
    """The newest answer."""

    hit_opened = Signal(object)
    """The `SearchHit` that the user wants to read."""
    likeness_wanted = Signal(object)
    """The `SearchHit` that the user wants the like of."""
    suggestion_taken = Signal(str)
    left = Signal()
    """Esc: back to where one was."""
    field_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.model = SearchHitModel(self)
        self._delegate = SnippetDelegate(theme, self)
        self.header = ResultsHeader(self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self.facets = FacetsView(theme, self._split)
        self._column = QWidget(self._split)
        self._likeness = QLabel(self._column)
        self.likeness = ""
        """The passage that the results resemble, in a few words."""
        self.choices = ChoicesStrip(self._column)
        self.advice = Advice(self._column)
        self._bodies = QStackedWidget(self._column)
        self._hits = HitsView(self._bodies)
        self.concordance = ConcordanceView(theme, self._bodies)
        self._query = SearchQuery("")
        self._is_narrow = False
        self._terms: tuple[str, ...] = ()
        self._hits.setModel(self.model)
        self._hits.setItemDelegate(self._delegate)
        self._lay_out()
        self._connect()

    @property
    def terms(self) -> tuple[str, ...]:
        """Surface forms to mark in a text that is opened from here."""
        return self._terms

    @property
    def in_context(self) -> bool:
        """Whether keywords in context are shown instead of the list of hits."""
        return self._bodies.currentWidget() is self.concordance

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._delegate.set_theme(theme)
        self.facets.set_theme(theme)
        self.concordance.set_theme(theme)
        self._hits.viewport().update()

    # What is shown

    @Slot(object)
    def show_page(self, page: SearchPage) -> None:
        """Show a new answer from its first hit."""
        self._terms = page.terms
        self.model.show(page)
        self._hits.scrollToTop()
        if page.hits:
            self._hits.setCurrentIndex(self.model.index(0))
        self._show_likeness(page)
        words = self._in_words(page)
        self.header.summary.setText(words)
        self.header.summary.setToolTip(words)
        self.advice.show_page(page, self._query)
        self._bodies.setVisible(bool(page.hits))

    @Slot(object)
    def show_query(self, query: SearchQuery) -> None:
        """Show what narrows and orders the answers from now on."""
        self._query = query
        self.header.show_query(query)
        self._show_choices()

    @Slot(object, object)
    def show_counts(self, facets: FacetCounts, query: SearchQuery) -> None:
        """Show what the answer can be narrowed by."""
        self.facets.show_counts(facets, query)
        self._show_choices()

    @Slot(object)
    def extend(self, page: SearchPage) -> None:
        """Add the next page of the same answer."""
        self.model.append(page.hits)

    @Slot(str)
    def refuse(self, sentence: str) -> None:
        """Say why there is no answer; what was shown stays."""
        self.advice.say(sentence)

    @Slot(bool)
    def set_pending(self, pending: bool) -> None:
        """Dim the hits while a newer answer is on its way."""
        if self._delegate.dimmed != pending:
            self._delegate.dimmed = pending
            self._hits.viewport().update()

    @Slot(bool)
    def show_context(self, wanted: bool) -> None:
        """Show keywords in context, or the list of hits."""
        self._bodies.setCurrentWidget(self.concordance if wanted else self._hits)
        self.header.context.setChecked(wanted)

    # The keyboard

    @Slot()
    def enter(self) -> None:
        """Put the keyboard on the hits."""
        if self.in_context:
            self.concordance.enter()
        elif self.model.rowCount():
            if not self._hits.currentIndex().isValid():
                self._hits.setCurrentIndex(self.model.index(0))
            self._hits.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def open_current(self) -> None:
        """Open the current hit, if there is one."""
        if self.in_context:
            self.concordance.open_current()
        elif self._hits.currentIndex().isValid():
            self._on_opened(self._hits.currentIndex())

    def step(self, by: int) -> None:
        """Open the hit ``by`` rows further on (F3) or back."""
        row = self._hits.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self._hits.setCurrentIndex(self.model.index(row))
            self._on_opened(self._hits.currentIndex())

    def position(self) -> tuple[int, int]:
        """Return the current hit's number, from 1, and how many are listed."""
        return self._hits.currentIndex().row() + 1, self.model.rowCount()

    def _connect(self) -> None:
        hits = self._hits
        hits.clicked.connect(self._on_opened)
        hits.opened.connect(self._on_opened)
        hits.likeness_wanted.connect(self._on_likeness_wanted)
        hits.escaped.connect(self.left)
        hits.left_upwards.connect(self.field_wanted)
        hits.left_sideways.connect(self._on_filters_wanted)
        self.concordance.left.connect(self.left)
        self.concordance.field_wanted.connect(self.field_wanted)
        self.facets.left.connect(self.enter)
        self.advice.query_taken.connect(self.suggestion_taken)
        self.header.filters_toggled.connect(self.facets.setVisible)

    def _lay_out(self) -> None:
        self._bodies.addWidget(self._hits)
        self._bodies.addWidget(self.concordance)
        self._likeness.setWordWrap(True)
        self._likeness.setObjectName("likeness")
        self._likeness.setContentsMargins(16, 0, 16, 8)
        self._likeness.setTextFormat(Qt.TextFormat.PlainText)
        self._likeness.hide()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._likeness, self.choices, self.advice):
            column.addWidget(widget)
        column.addWidget(self._bodies, 1)
        column.addStretch()
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.facets)
        self._split.addWidget(self._column)
        self._split.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._split, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the filters away where they would leave too little room for the hits."""
        super().resizeEvent(event)
        is_narrow = self.width() < _ROOMY * self.fontMetrics().averageCharWidth()
        self.facets.setMaximumWidth(max(self.facets.minimumSizeHint().width(), self.width() // 2))
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.header.filters.setChecked(not is_narrow)

    def _show_choices(self) -> None:
        titles = self.facets.titles
        self.choices.show_choices(
            [
                ((facet, value), f"{facet_name(facet)}: {value_name(facet, value, titles)}")
                for facet, value in all_chosen(self._query)
            ]
        )

    def _show_likeness(self, page: SearchPage) -> None:
        likeness = page.similar_to
        self._likeness.setVisible(likeness is not None)
        if likeness is not None:
            quoted = " ".join(likeness.quotation.split())
            self.likeness = self.tr("Like: {0}").format(_cut(quoted, _NAMED))
            words = self.tr("Like “{quote}” in {title}, by the words {words}.")
            shown = ", ".join(likeness.words[:8])
            self._likeness.setText(
                words.format(quote=_cut(quoted, _QUOTED), title=likeness.title, words=shown)
            )

    def _in_words(self, page: SearchPage) -> str:
        if page.similar_to is not None:
            return self.tr("{0} records have passages like it.").format(page.total)
        if not page.hits:
            return why_nothing(page, self._query)
        if page.total == 1:
            return self.tr("One record answers.")
        return self.tr("{0} records answer.").format(page.total)

    @Slot()
    def _on_filters_wanted(self) -> None:
        self.header.filters.setChecked(True)
        self.facets.focus_first()

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.hit_opened.emit(self.model.hit(index.row()))

    @Slot(QModelIndex)
    def _on_likeness_wanted(self, index: QModelIndex) -> None:
        self.likeness_wanted.emit(self.model.hit(index.row()))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
