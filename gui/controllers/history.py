"""Undo and redo, with the names of the steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.changes import Changes
from gui.events import AppEvents
from gui.messages import Messages
from gui.workers import WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.history import History


class HistoryController(QObject):
    """Takes steps back and again, after whatever is still being written."""

    state_changed = Signal(object)
    """The `HistoryState` after each write."""
    steps_read = Signal(object, int)
    """``(steps, before)``: what `read_steps` asked for."""

    def __init__(
        self,
        history: History,
        writes: WriteQueue,
        events: AppEvents,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._writes = writes
        self._events = events
        self._messages = messages
        events.changed.connect(self._on_changed)

    @Slot()
    def undo(self) -> None:
        """Take the last step back."""
        self._submit(self._history.undo, self.tr("Undone: {step}"))

    @Slot()
    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._submit(self._history.redo, self.tr("Done again: {step}"))

    @Slot()
    def refresh(self) -> None:
        """Read the names of the steps anew."""
        self._writes.submit(self._history.state, self.state_changed.emit, self._messages.problem)

    @Slot(int, int)
    def read_steps(self, limit: int, before: int) -> None:
        """Read steps, newest first, older than ``before``, with 0 the newest; tells `steps_read`.

        After whatever is being written, so that what is listed is what is stored.
        """
        self._writes.submit(
            partial(self._history.steps, limit, before or None),
            lambda steps: self.steps_read.emit(steps, before),
            self._messages.problem,
        )

    @Slot(int)
    def undo_to(self, step: int) -> None:
        """Take back every step down to this one, and this one too."""
        self._submit(
            partial(self._history.undo_to, step), self.tr("Undone, back to before: {step}")
        )

    @Slot(int)
    def redo_to(self, step: int) -> None:
        """Do every undone step again up to this one, and this one too."""
        self._submit(partial(self._history.redo_to, step), self.tr("Done again, up to: {step}"))

    def _submit(self, step: Callable[[], Changes], words: str) -> None:
        def done(changes: Changes) -> None:
            self._events.changed.emit(changes, self)
            if changes.step:
                self._messages.info(words.format(step=changes.step))

        self._writes.submit(step, done, self._messages.problem)

    @Slot(object, object)
    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self.refresh()
