"""Brings the search index up to date in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.workers import WriteQueue

if TYPE_CHECKING:  # importing it takes the database with it: not before the window is shown
    from core.services.search import Search


_IDLE_MILLISECONDS = 5000  # without a write, before small segments are merged


class IndexingController(QObject):
    """Catches up once at a time; what comes meanwhile is one further time. Tidies when idle."""

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
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MILLISECONDS)
        self._idle.timeout.connect(self._tidy)

    @Slot()
    def catch_up(self) -> None:
        """Start catching up, unless a start is waiting already."""
        self._idle.stop()
        if self._queue.pending < 2:
            self.waiting_changed.emit(1)
            self._queue.submit(
                partial(self._search.catch_up, self.progressed.emit),
                self._on_done,
                self.failed.emit,
            )

    def close(self) -> None:
        """Wait until what was started is done."""
        self._idle.stop()
        self._queue.drain()

    @Slot()
    def _tidy(self) -> None:
        self._queue.submit(self._search.tidy, _ignore, self.failed.emit)

    def _on_done(self, taken: int) -> None:
        if self._queue.pending == 0:
            self.waiting_changed.emit(0)
            self._idle.start()
        if taken:
            self.caught_up.emit(taken)


def _ignore(_did_something: bool) -> None:
    """Nobody waits to hear of tidying."""
