"""The window's look and its open tabs, from one day to the next."""

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from core.domain.keys import RECORD_KINDS, Kind, is_key
from core.domain.records import Record
from gui.controllers.reference import ReferenceController
from gui.flows.as_of import AsOfFlow
from gui.flows.desk import Desk
from gui.window_state import load_state, save_state


class StateFlow(QObject):
    """The window's look and its open tabs, from one day to the next."""

    def __init__(
        self, desk: Desk, reference: ReferenceController, as_of: AsOfFlow, key: str | None
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._as_of = as_of
        self._state = load_state(desk.workspace.path)
        self._key = key
        state = self._state
        desk.window.restore_layout(state)
        desk.window.commands.library.setChecked(not desk.window.library.isHidden())
        desk.themes.choose(state.theme or None)
        for action in desk.window.commands.themes:
            action.setChecked(action.data() == (desk.themes.chosen or ""))
        desk.window.tabs.set_zoom_percent(state.zoom)
        if state.kind in RECORD_KINDS:
            desk.window.library.choose_kind(Kind(state.kind))
        as_of.restore(state.as_of)
        reference.restored.connect(self._on_restored)
        desk.window.closing.connect(self._on_closing)
        wanted = [tab for tab in state.tabs if is_key(tab)]
        if wanted:
            reference.restore(wanted)
        elif key is not None:
            desk.window.tabs.request(key)

    @Slot(object)
    def _on_restored(self, records: tuple[Record, ...]) -> None:
        tabs = self._desk.window.tabs
        for record in records:
            tabs.show_record(record)
        front = self._key or self._state.front
        was_open = {record.entry.key for record in records}
        if self._key or front in was_open:
            tabs.request(front)

    @Slot()
    def _on_closing(self) -> None:
        window = self._desk.window
        state = replace(
            window.layout_state(),
            tabs=window.tabs.keys(),
            front=window.tabs.key,
            zoom=window.tabs.zoom_percent,
            kind=window.library.kind.value,
            theme=self._desk.themes.chosen or "",
            as_of=self._as_of.date.edtf if self._as_of.date else "",
        )
        save_state(self._desk.workspace.path, state)
