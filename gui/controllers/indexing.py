"""Brings the search index up to date in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from gui.workers import WriteQueue

if TYPE_CHECKING:  # importing it takes the database with it: not before the window is shown
    from core.services.search import Search


class IndexingController(QObject):
    """Catches up once at a time; what comes meanwhile is one further time."""

    waiting_changed = Signal(int)
    """How much the index still owes the database."""
    caught_up = Signal(int)
    """How much was taken up."""
    progressed = Signal(int, int, str)
    """``(done, total, what)`` while the index is built anew."""
    failed = Signal(object)

    def __init__(self, search: Search, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._queue = WriteQueue(self)

    @Slot()
    def catch_up(self) -> None:
        """Start catching up, unless a start is waiting already."""
        if self._queue.pending < 2:
            self.waiting_changed.emit(1)
            self._queue.submit(
                partial(self._search.catch_up, self.progressed.emit),
                self._on_done,
                self.failed.emit,
            )

    def close(self) -> None:
        """Wait until what was started is done."""
        self._queue.drain()

    def _on_done(self, taken: int) -> None:
        if self._queue.pending == 0:
            self.waiting_changed.emit(0)
        if taken:
            self.caught_up.emit(taken)
