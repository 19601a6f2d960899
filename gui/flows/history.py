"""Undo and redo: one step by the menu, many by the panel of steps."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from core.domain.changes import HistoryState
from gui.controllers.history import HistoryController
from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is first looked at
    from gui.views.history import HistoryPanel

DOCK = "historyDock"


class HistoryFlow(QObject):
    """Undo and redo, each action named by the step that it would take."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._history = HistoryController(
            desk.workspace.history, desk.writes, desk.events, desk.messages, self
        )
        desk.window.commands.undo.triggered.connect(self._on_undo)
        desk.window.commands.redo.triggered.connect(self._history.redo)
        self._history.state_changed.connect(self._on_state_changed)
        self._panel: HistoryPanel | None = None
        desk.window.commands.history.triggered.connect(self._on_wanted)
        desk.window.dock(DOCK).when_filled(self._on_made)
        self._history.refresh()

    def _on_made(self, panel: QWidget) -> None:
        self._panel = made = cast("HistoryPanel", panel)
        made.steps_wanted.connect(self._history.read_steps)
        made.undo_requested.connect(self._on_undo_to)
        made.redo_requested.connect(self._history.redo_to)
        self._history.steps_read.connect(made.show_steps)
        made.refresh()

    @Slot()
    def _on_wanted(self) -> None:
        self._desk.window.raise_panel(DOCK)
        if self._panel is not None:
            self._panel.view.setFocus()

    @Slot(int)
    def _on_undo_to(self, step: int) -> None:
        self._desk.window.note.save()
        self._history.undo_to(step)

    @Slot()
    def _on_undo(self) -> None:
        self._desk.window.note.save()  # so that what is being typed is the step taken back
        self._history.undo()

    @Slot(object)
    def _on_state_changed(self, state: HistoryState) -> None:
        if self._panel is not None:
            self._panel.refresh()
        undo, redo = self._desk.window.commands.undo, self._desk.window.commands.redo
        undo.setEnabled(state.undo is not None)
        redo.setEnabled(state.redo is not None)
        undo.setText(self.tr("&Undo: {0}").format(state.undo) if state.undo else self.tr("&Undo"))
        redo.setText(self.tr("&Redo: {0}").format(state.redo) if state.redo else self.tr("&Redo"))
