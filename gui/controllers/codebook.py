"""Writes the codebook: tags added, renamed, recoloured, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.domain.changes import Changes
from gui.events import AppEvents
from gui.messages import Messages
from gui.workers import WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.codebook import Codebook


class CodebookController(QObject):
    """Turns wishes of the codebook's panel into writes."""

    def __init__(
        self,
        codebook: Codebook,
        writes: WriteQueue,
        events: AppEvents,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._codebook = codebook
        self._writes = writes
        self._events = events
        self._messages = messages

    @Slot(str)
    def add(self, path: str) -> None:
        """Add a tag, and those above it that are missing."""
        self._submit(lambda: self._codebook.add(path)[1])

    @Slot(str, str)
    def rename(self, path: str, new_path: str) -> None:
        """Rename a tag, with those below it."""
        self._submit(lambda: self._codebook.rename(path, new_path))

    @Slot(str, str)
    def recolor(self, path: str, color: str) -> None:
        """Give a tag another colour."""
        self._submit(lambda: self._codebook.recolor(path, color))

    @Slot(str)
    def delete(self, path: str) -> None:
        """Delete a tag and those below; annotations stay."""
        self._submit(lambda: self._codebook.delete(path))

    def _submit(self, write: Callable[[], Changes]) -> None:
        self._writes.submit(write, self._on_written, self._messages.problem)

    def _on_written(self, changes: Changes) -> None:
        self._events.changed.emit(changes, self)
