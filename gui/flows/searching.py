"""Search box to results to reader, and back."""

from PySide6.QtCore import QObject, Slot

from core.domain.search import SearchHit, SearchPage
from gui.controllers.search import SearchController
from gui.flows.desk import Desk
from gui.flows.opening import open_found


class SearchFlow(QObject):
    """Search box to results to reader, and back with Esc."""

    def __init__(self, desk: Desk, search: SearchController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._search = search
        self._wanted = False  # typed, and not left since: only then an answer shows itself
        window, results = desk.window, desk.window.results
        window.field.textChanged.connect(self._on_text_changed)
        window.field.returnPressed.connect(self._on_return_pressed)
        window.field.down_pressed.connect(self._on_down_pressed)
        window.field.escaped.connect(self._on_left)
        search.answered.connect(self._on_answered)
        search.extended.connect(results.extend)
        search.pending.connect(results.set_pending)
        search.refused.connect(results.refuse)
        search.cleared.connect(self._on_cleared)
        search.failed.connect(desk.messages.problem)
        results.model.more_wanted.connect(search.more)
        results.suggestion_taken.connect(window.field.setText)
        results.left.connect(self._on_left)
        results.field_wanted.connect(self._on_search_wanted)
        results.hit_opened.connect(self._on_hit_opened)
        window.commands.search.triggered.connect(self._on_search_wanted)

    @Slot()
    def want(self) -> None:
        """Let the next answer show itself, as if it had been typed for."""
        self._wanted = True

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._wanted = True
        self._search.edit(text)

    @Slot()
    def _on_search_wanted(self) -> None:
        field = self._desk.window.field
        field.setFocus()
        field.selectAll()

    @Slot(object)
    def _on_answered(self, page: SearchPage) -> None:
        window = self._desk.window
        window.results.show_page(page)
        if self._wanted:
            window.show_results()
        words = self.tr("1 record found") if page.total == 1 else self.tr("{n} records found")
        window.hits_status.setText(words.format(n=page.total))

    @Slot()
    def _on_cleared(self) -> None:
        self._desk.window.show_reading()
        self._desk.window.hits_status.setText("")
        self._desk.events.search_marks_changed.emit(())

    @Slot()
    def _on_return_pressed(self) -> None:
        if self._desk.window.searching:
            self._desk.window.results.open_current()
        elif self._search.asks:
            self._desk.window.show_results()

    @Slot()
    def _on_down_pressed(self) -> None:
        if self._search.asks and self._desk.window.results.model.rowCount():
            self._desk.window.show_results()
            self._desk.window.results.enter()

    @Slot()
    def _on_left(self) -> None:
        self._wanted = False
        window = self._desk.window
        window.show_reading()
        (window.tabs.reader or window.library).setFocus()

    @Slot(object)
    def _on_hit_opened(self, hit: SearchHit) -> None:
        self._wanted = False
        open_found(self._desk, hit.record, (hit.start, hit.end), hit.annotation)
