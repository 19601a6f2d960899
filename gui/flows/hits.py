"""F3: from hit to hit in the open text, and from record to record of the results."""

from PySide6.QtCore import QModelIndex, QObject, Slot

from core.domain.finding import Span
from core.domain.search import SearchHit
from gui.controllers.occurrences import OccurrencesController
from gui.controllers.search import SearchController
from gui.flows.desk import Desk
from gui.flows.finding import FindFlow
from gui.reader.marks import Marks


class HitsFlow(QObject):
    """What the search found, marked in what is opened; F3 goes on, Shift+F3 back."""

    def __init__(self, desk: Desk, search: SearchController, finding: FindFlow) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._search = search
        self._finding = finding
        self._places = OccurrencesController(desk.workspace.search, self)
        self._opened: SearchHit | None = None  # the newest, until its text is marked
        self._from_end = False  # the record was entered backwards: at its last hit
        self._row_wanted = False  # the next record is yet to be listed
        self._places.found.connect(self._on_found)
        self._places.failed.connect(desk.messages.problem)
        window = desk.window
        window.results.hit_opened.connect(self._on_hit_opened)
        window.results.model.rowsInserted.connect(self._on_listed)
        window.commands.next_hit.triggered.connect(self._on_next)
        window.commands.previous_hit.triggered.connect(self._on_previous)
        desk.events.search_marks_changed.connect(self._on_marks_changed)
        desk.events.record_shown.connect(self._on_record_shown)

    # What is marked

    @Slot(object)
    def _on_marks_changed(self, terms: tuple[str, ...]) -> None:
        self._places.look_for(self._search.text, terms)
        for reader in self._desk.window.tabs.readers().values():
            reader.set_hits(Marks())
        self._read()

    @Slot(str)
    def _on_record_shown(self, _key: str) -> None:
        reader = self._desk.window.tabs.reader
        if reader is None or reader.hits.spans:
            self._say()
        else:
            self._read()

    def _read(self) -> None:
        record = self._desk.window.tabs.record
        if record is not None and self._places.asks:
            self._places.read(record.entry.key, record.text.content)

    @Slot(object)
    def _on_hit_opened(self, hit: SearchHit) -> None:
        self._opened = hit
        if hit.record == self._desk.window.tabs.key:
            self._read()

    @Slot(str, object)
    def _on_found(self, key: str, spans: tuple[Span, ...]) -> None:
        reader = self._desk.window.tabs.readers().get(key)
        if reader is None:
            return
        marks = Marks(spans)
        hit, self._opened = self._opened, None
        if hit is not None and hit.record == key and spans:
            first = len(spans) - 1 if self._from_end else _first_in(marks, hit)
            marks.current = first
        self._from_end = False
        reader.set_hits(marks)
        if marks.current is not None:
            reader.reveal(*spans[marks.current])
        self._say()

    # Steps

    @Slot()
    def _on_next(self) -> None:
        self._step(1)

    @Slot()
    def _on_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if self._finding.is_open:
            self._finding.step(by)
            return
        reader = self._desk.window.tabs.reader
        if reader is not None and not self._desk.window.searching:
            marks = reader.hits
            at = marks.current
            if at is not None:
                at += by
            else:
                found = marks.following if by > 0 else marks.preceding
                at = found(reader.caret())
            if at is not None and 0 <= at < len(marks.spans):
                reader.set_hits(Marks(marks.spans, at))
                reader.reveal(*marks.spans[at])
                self._say()
                return
        self._step_record(by)

    def _step_record(self, by: int) -> None:
        results = self._desk.window.results
        at, listed = results.position()
        if by > 0 and at == listed < results.model.total:
            self._row_wanted = True
            results.model.fetchMore(QModelIndex())  # unless the list has asked already
            return
        if not 0 < at + by <= listed:
            if listed:
                end = self.tr("the last") if by > 0 else self.tr("the first")
                self._show(self.tr("This is {0} hit of all records.").format(end))
            return
        self._from_end = by < 0
        results.step(by)

    @Slot()
    def _on_listed(self) -> None:
        if self._row_wanted:
            self._row_wanted = False
            self._step_record(1)

    # What is said

    def _say(self) -> None:
        window = self._desk.window
        reader = window.tabs.reader
        total, at = window.results.model.total, window.results.position()[0]
        if reader is None or not self._places.asks or not total:
            return
        marks = reader.hits
        said: list[str] = []
        if marks.current is not None:
            said.append(self.tr("Hit {0} of {1}").format(marks.current + 1, len(marks.spans)))
        elif marks.spans:
            said.append(self.tr("{0} hits here").format(len(marks.spans)))
        if at and window.results.model.hit(at - 1).record == window.tabs.key:
            said.append(self.tr("record {0} of {1}").format(at, total))
        if said:
            self._show(self.tr("{0}   F3 next").format(", ".join(said)))

    def _show(self, words: str) -> None:
        self._desk.window.hits_status.setText(words)


def _first_in(marks: Marks, hit: SearchHit) -> int:
    """Return the first hit that stands in the passage that answered, or else the very first."""
    at = marks.following(hit.start)
    inside = at is not None and marks.spans[at][0] < max(hit.end, hit.start + 1)
    return at if at is not None and inside else 0
