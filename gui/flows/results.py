"""What is done with an answer: narrowed, ordered, shown in context, asked for the like of."""

from PySide6.QtCore import QObject, Slot

from core.domain.concordance import ConcordanceLine, ContextSort
from core.domain.search import SearchHit, SearchPage
from gui.controllers.concordance import ConcordanceController
from gui.controllers.search import SearchController
from gui.flows.desk import Desk
from gui.flows.opening import open_found
from gui.flows.searching import SearchFlow


class ResultsFlow(QObject):
    """Choices of the results to the search, and its counts back to them."""

    def __init__(self, desk: Desk, search: SearchController, searching: SearchFlow) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._search = search
        self._searching = searching
        results = desk.window.results
        results.facets.chosen_changed.connect(search.choose)
        results.choices.dropped.connect(search.drop)
        results.choices.all_dropped.connect(search.widen)
        results.advice.widening_wanted.connect(search.widen)
        results.header.scope_chosen.connect(search.stay_within)
        results.header.sort_chosen.connect(search.order)
        search.narrowed.connect(results.show_query)
        search.counted.connect(results.show_counts)
        ContextFlow(desk, search)
        self._listen()

    def _listen(self) -> None:
        window = self._desk.window
        window.results.likeness_wanted.connect(self._on_hit_likeness)
        window.tabs.likeness_requested.connect(self._on_likeness)
        window.commands.resemble.triggered.connect(self._on_likeness)

    @Slot(object)
    def _on_hit_likeness(self, hit: SearchHit) -> None:
        self._resemble(hit.record, hit.start, hit.end)

    @Slot()
    def _on_likeness(self) -> None:
        """Ask for the like of the selection, or of the passage at the caret."""
        tabs = self._desk.window.tabs
        reader, record = tabs.reader, tabs.record
        if reader is None or record is None:
            self._desk.messages.info(self.tr("Open a record first, and choose a passage in it."))
            return
        around = record.text.passage_at(reader.caret())
        self._resemble(record.entry.key, *(reader.selection() or (around.start, around.end)))

    def _resemble(self, record: str, start: int, end: int) -> None:
        window = self._desk.window
        window.field.clear()
        self._searching.want()
        window.results.show_context(False)
        self._search.resemble(record, start, end)
        window.show_results()
        window.results.enter()


class ContextFlow(QObject):
    """Keywords in context, kept to what is asked for while they are shown."""

    def __init__(self, desk: Desk, search: SearchController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._search = search
        self._lines = ConcordanceController(desk.workspace.search, self)
        view = desk.window.results.concordance
        view.line_opened.connect(self._on_line_opened)
        view.sort_chosen.connect(self._on_sort_chosen)
        view.export_wanted.connect(self._lines.export)
        view.left.connect(desk.window.results.left)
        view.model.more_wanted.connect(self._lines.more)
        self._lines.answered.connect(view.show_page)
        self._lines.extended.connect(view.extend)
        self._lines.exported.connect(self._on_exported)
        self._lines.failed.connect(desk.messages.problem)
        search.answered.connect(self._on_answered)
        desk.window.results.header.context.toggled.connect(self._on_toggled)
        desk.window.commands.context.triggered.connect(self._on_wanted)

    @Slot(bool)
    def _on_toggled(self, wanted: bool) -> None:
        results = self._desk.window.results
        results.show_context(wanted)
        if wanted:
            self._ask()
        else:
            self._lines.cancel()

    @Slot()
    def _on_wanted(self) -> None:
        window = self._desk.window
        if not self._search.text:
            window.field.setFocus()
            self._desk.messages.info(self.tr("Type the words to see in context first."))
            return
        header = window.results.header.context
        header.setChecked(not (header.isChecked() and window.searching))
        window.show_results()
        window.results.enter()

    @Slot(object)
    def _on_answered(self, page: SearchPage) -> None:
        results = self._desk.window.results
        results.header.context.setEnabled(page.similar_to is None)
        if results.in_context:
            self._ask()

    def _ask(self) -> None:
        view = self._desk.window.results.concordance
        if self._search.text:
            self._lines.ask(self._search.query, view.sort)
        else:
            view.clear()

    @Slot(object)
    def _on_sort_chosen(self, sort: ContextSort) -> None:
        self._lines.ask(self._search.query, sort)

    @Slot(object)
    def _on_line_opened(self, line: ConcordanceLine) -> None:
        open_found(self._desk, line.record, (line.start, line.end), line.annotation)

    @Slot(str, int)
    def _on_exported(self, path: str, lines: int) -> None:
        self._desk.messages.info(
            self.tr("Exported {n} occurrences to {path}.").format(n=lines, path=path)
        )
