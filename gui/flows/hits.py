"""F3: from hit to hit in the open text, and from record to record of the results."""

from PySide6.QtCore import QModelIndex, QObject, Slot

from core.domain.finding import Span
from core.domain.keys import Kind
from core.domain.search import SearchHit, SearchPage
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
        self._record, self._row = "", -1  # the record last opened from the results, and its row
        self._at_note = False  # the last one opened is a note: no page that one could go on in
        self._row_wanted: int | None = None  # to be opened as soon as it is listed
        self._places.found.connect(self._on_found)
        self._places.failed.connect(desk.messages.problem)
        window = desk.window
        search.answered.connect(self._on_answered)
        window.results.hit_opened.connect(self._on_hit_opened)
        window.results.model.rowsInserted.connect(self._on_listed)
        window.commands.next_hit.triggered.connect(self._on_next)
        window.commands.previous_hit.triggered.connect(self._on_previous)
        desk.events.search_marks_changed.connect(self._on_marks_changed)
        desk.events.record_shown.connect(self._on_record_shown)

    # What is marked

    @Slot(object)
    def _on_marks_changed(self, terms: tuple[str, ...]) -> None:
        self._opened = None
        self._places.look_for(self._search.text, terms)
        for reader in self._desk.window.tabs.readers().values():
            reader.set_hits(Marks())
        self._read()

    @Slot(str)
    def _on_record_shown(self, key: str) -> None:
        if self._opened is not None and self._opened.record != key:
            self._opened = None  # somebody went elsewhere meanwhile
        self._at_note = False
        reader = self._desk.window.tabs.reader
        if reader is None or reader.hits.spans:
            self._say()
        else:
            self._read()

    def _read(self) -> None:
        record = self._desk.window.tabs.record
        if record is not None and self._places.asks:
            self._places.read(record.entry.key, record.text.content)
        else:
            self._say()

    @Slot(object)
    def _on_hit_opened(self, hit: SearchHit) -> None:
        self._at_note = hit.kind is Kind.NOTE
        self._opened = hit if self._places.asks and not self._at_note else None
        self._record, self._row = hit.record, self._desk.window.results.position()[0] - 1
        if self._at_note:
            self._say()
        elif hit.record == self._desk.window.tabs.key:
            self._read()

    @Slot(str, object)
    def _on_found(self, key: str, spans: tuple[Span, ...]) -> None:
        reader = self._desk.window.tabs.readers().get(key)
        if reader is None:
            return
        marks = Marks(spans)
        hit = self._opened
        if hit is not None and hit.record == key:  # not that of the record one comes from
            if spans:
                marks.current = len(spans) - 1 if self._from_end else _first_in(marks, hit)
            self._opened, self._from_end = None, False
        elif hit is None and reader.caret() in marks.starts:  # a line in context was opened
            marks.current = marks.starts.index(reader.caret())
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
        if self._opened is not None:
            return  # the record that this would go on from is not there yet
        reader = self._desk.window.tabs.reader
        if reader is not None and not self._desk.window.searching and not self._at_note:
            marks = reader.hits
            at = marks.current
            if at is not None:
                at += by
            else:
                found = marks.following if by > 0 else marks.preceding
                at = found(reader.caret())
            if at is not None and 0 <= at < len(marks.spans):
                reader.set_hits(marks.at(at))
                reader.reveal(*marks.spans[at])
                self._say()
                return
        self._step_record(by)

    def _step_record(self, by: int) -> None:
        """Open the record of the results that is ``by`` rows after the one in front.

        That one, or else the last one opened from there, is known by its key: a newer answer to
        the same query may list it elsewhere.
        """
        row = None if self._at_note else self._row_of(self._desk.window.tabs.key)
        if row is None:
            row = self._row_of(self._record)
        if self._desk.window.searching:
            row = self._desk.window.results.position()[0] - 1
        self._from_end = by < 0
        self._open_row((self._row if row is None else row) + by)

    def _open_row(self, row: int) -> None:
        results = self._desk.window.results
        at, listed = results.position()
        self._row_wanted = None
        if 0 <= row < listed:
            results.step(row - (at - 1))
        elif listed <= row < results.model.total:
            self._row_wanted = row
            results.model.fetchMore(QModelIndex())  # unless the list has asked already
        elif listed:
            self._from_end = False
            last = self.tr("This was the last hit of the last record.")
            first = self.tr("This was the first hit of the first record.")
            self._show(last if row > 0 else first)

    @Slot()
    def _on_listed(self) -> None:
        if self._row_wanted is not None:
            self._open_row(self._row_wanted)

    def _row_of(self, key: str) -> int | None:
        model = self._desk.window.results.model
        return next((n for n in range(model.rowCount()) if model.hit(n).record == key), None)

    # What is said

    @Slot(object)
    def _on_answered(self, _page: SearchPage) -> None:
        self._row_wanted = None
        if not self._desk.window.searching:  # the same query again: one reads on
            self._say()

    def _say(self) -> None:
        window = self._desk.window
        reader, total = window.tabs.reader, window.results.model.total
        if not total or not (self._places.asks or self._search.text):
            return
        if reader is None and not self._at_note:
            return
        marks = Marks() if reader is None or self._at_note else reader.hits
        said: list[str] = []
        if marks.current is not None:
            said.append(self.tr("Hit {0} of {1}").format(marks.current + 1, len(marks.spans)))
        elif marks.spans:
            said.append(self.tr("{0} hits here").format(len(marks.spans)))
        row = None if self._at_note else self._row_of(window.tabs.key)
        if row is None and (self._at_note or window.tabs.key == self._record):
            row = self._row
        if row is not None:
            said.append(self.tr("record {0} of {1}").format(row + 1, total))
        if said:
            words = ", ".join(said)
            self._show(self.tr("{0}   F3 next").format(words[:1].upper() + words[1:]))

    def _show(self, words: str) -> None:
        self._desk.window.hits_status.setText(words)


def _first_in(marks: Marks, hit: SearchHit) -> int:
    """Return the first hit that stands in the passage that answered, or else the very first."""
    at = marks.following(hit.start)
    inside = at is not None and marks.spans[at][0] < max(hit.end, hit.start + 1)
    return at if at is not None and inside else 0
