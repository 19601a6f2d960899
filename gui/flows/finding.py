"""Ctrl+F: the find bar, what it marks in the reader, and the steps between the places."""

from PySide6.QtCore import QObject, Slot

from core.domain.finding import Found
from gui.controllers.finding import FindController
from gui.flows.desk import Desk
from gui.reader.marks import Marks

_LONGEST_SELECTION = 100  # characters of a selection that are taken for what is to be found


class FindFlow(QObject):
    """Find bar to reader; after another record is opened the same words are found in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._tabs = desk.window.tabs
        self._bar = desk.window.tabs.find_bar
        self._controller = FindController(self)
        self._found = Found()
        self._marks = Marks()  # the places found, with the current one
        self._origin = 0  # code point from which on the first place is taken
        self._answered = True
        self._step = 0  # wanted as soon as the answer is there
        self._controller.found.connect(self._on_found)
        self._controller.failed.connect(desk.messages.problem)
        desk.window.commands.find.triggered.connect(self._on_wanted)
        desk.events.record_shown.connect(self._on_record_shown)
        self._bar.changed.connect(self._on_changed)
        self._bar.next_wanted.connect(self._on_next)
        self._bar.previous_wanted.connect(self._on_previous)
        self._bar.closed.connect(self._on_closed)

    @property
    def is_open(self) -> bool:
        """Whether words are being found in the open record."""
        return self._bar.isVisible() and bool(self._bar.field.text().strip())

    def step(self, by: int) -> None:
        """Go ``by`` places on, round the ends of the text."""
        if not self._answered:
            self._step = by
            return
        total = len(self._found.spans)
        if not total:
            return
        at = self._marks.current + by if self._marks.current is not None else 0
        self._go_to(at % total)
        if not 0 <= at < total:
            self._bar.say_wrapped(forward=by > 0)

    @Slot()
    def _on_wanted(self) -> None:
        reader, record = self._tabs.reader, self._tabs.record
        if reader is None or record is None:
            return
        selected = reader.selection()
        text = record.text.content[slice(*selected)] if selected else ""
        is_short = 0 < len(text) <= _LONGEST_SELECTION and "\n" not in text
        self._origin = selected[0] if selected else reader.caret()
        self._bar.open_with(text if is_short else "")
        self._tabs.place_find_bar()
        self._ask()

    @Slot()
    def _on_changed(self) -> None:
        if self._marks.current is not None:
            self._origin = self._marks.starts[self._marks.current]
        self._ask()

    def _ask(self) -> None:
        record = self._tabs.record
        if record is None or not self._bar.isVisible():
            return
        self._answered = False
        self._controller.find(
            record.entry.key,
            record.text.content,
            self._bar.field.text(),
            case=self._bar.case.isChecked(),
            whole_words=self._bar.whole_words.isChecked(),
        )

    @Slot(str, object)
    def _on_found(self, key: str, found: Found) -> None:
        self._answered = True
        if key != self._tabs.key:
            return
        self._found, self._marks = found, Marks(found.spans)
        step, self._step = self._step, 0
        if not found.spans:
            self._show()
            return
        self._go_to(self._marks.following(self._origin) or 0)
        if step:
            self.step(step)

    def _go_to(self, number: int) -> None:
        self._marks = self._marks.at(number)
        self._show()
        if self._tabs.reader is not None:
            self._tabs.reader.reveal(*self._found.spans[number])

    def _show(self) -> None:
        self._bar.show_found(self._found, self._marks.current)
        if self._tabs.reader is not None:
            self._tabs.reader.set_found(self._marks)

    @Slot(str)
    def _on_record_shown(self, key: str) -> None:
        if not self._bar.isVisible():
            return
        if not key:
            self._on_closed()
            return
        self._found, self._marks = Found(), Marks()
        self._origin = self._tabs.reader.caret() if self._tabs.reader else 0
        self._ask()

    @Slot()
    def _on_next(self) -> None:
        self.step(1)

    @Slot()
    def _on_previous(self) -> None:
        self.step(-1)

    @Slot()
    def _on_closed(self) -> None:
        """Close, with the place that one came to selected."""
        self._controller.cancel()
        self._answered, self._step = True, 0
        self._bar.hide()
        self._tabs.place_find_bar()
        for reader in self._tabs.readers().values():
            reader.set_found(Marks())
        reader = self._tabs.reader
        if reader is not None:
            if self._marks.current is not None:
                reader.select_passage(*self._marks.spans[self._marks.current])
            reader.setFocus()
        self._found, self._marks = Found(), Marks()
