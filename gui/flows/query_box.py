"""The query box: completions below it, its parts as chips, records opened by name."""

from PySide6.QtCore import QObject, QPoint, Slot

from core.domain.query_parts import QueryPart
from core.services.query_text import explain, without
from gui.controllers.completion import CompletionController, NamesController
from gui.flows.desk import Desk
from gui.views.completion_popup import CompletionPopup
from gui.views.quick_open import QuickOpen

_EXPLAINED = 4_000  # characters of a query; more is pasted by mistake


class QueryBoxFlow(QObject):
    """Box to completions and chips, and back into the text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        window = desk.window
        self._completions = CompletionController(
            desk.workspace.search, desk.workspace.reference, self
        )
        self._completions.completed.connect(window.field.show_completions)
        self._completions.failed.connect(desk.messages.problem)
        window.field.use_popup(CompletionPopup(window))
        window.field.completions_wanted.connect(self._on_completions_wanted)
        window.field.record_chosen.connect(self._on_record_chosen)
        window.field.textChanged.connect(self._on_text_changed)
        window.chips.part_removed.connect(self._on_part_removed)
        window.chips.part_edited.connect(self._on_part_edited)
        window.commands.complete.triggered.connect(self._on_complete)
        QuickOpenFlow(desk)

    @Slot(str, int)
    def _on_completions_wanted(self, text: str, cursor: int) -> None:
        # A query with a field or a quotation is no name of a record.
        is_name = self._desk.window.field.asked and not set(text) & set(':"()')
        self._completions.ask(text, cursor, records=is_name)

    @Slot()
    def _on_complete(self) -> None:
        self._desk.window.field.setFocus()
        self._desk.window.field.ask()

    @Slot(str)
    def _on_record_chosen(self, key: str) -> None:
        self._desk.events.record_requested.emit(key, None)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        parts = explain(text[:_EXPLAINED]) if text.strip() else ()
        self._desk.window.chips.show_parts(parts)

    @Slot(object)
    def _on_part_removed(self, part: QueryPart) -> None:
        window = self._desk.window
        window.field.setText(without(window.field.text(), part))
        if not window.chips.isVisible():
            window.field.setFocus()

    @Slot(object)
    def _on_part_edited(self, part: QueryPart) -> None:
        self._desk.window.field.select_part(part.start, part.end)


class QuickOpenFlow(QObject):
    """Ctrl+O: a record by its name."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._names = NamesController(desk.workspace.reference, self)
        self._names.failed.connect(desk.messages.problem)
        desk.window.commands.open_record.triggered.connect(self._on_wanted)

    @Slot()
    def _on_wanted(self) -> None:
        window = self._desk.window
        box = QuickOpen(window)
        box.typed.connect(self._names.ask)
        self._names.found.connect(box.show_entries)
        box.opened.connect(self._on_opened)
        top = window.mapToGlobal(QPoint(window.width() // 2, 80))
        box.move(top.x() - box.width() // 2, top.y())
        box.open()
        box.field.setFocus()

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self._desk.events.record_requested.emit(key, None)
