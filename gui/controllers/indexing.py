"""Brings the search index up to date in the background, and tells how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.workers import LatestOnly, WriteQueue

if TYPE_CHECKING:  # importing it takes the database with it: not before the window is shown
    from core.domain.search import IndexState
    from core.services.search import Search


_IDLE_MILLISECONDS = 5000  # without a write, before small segments are merged
_LOOK_MILLISECONDS = 500  # between two looks how far it is, while something is being done
_AGAIN_MILLISECONDS = 2000  # until what another process held up is tried again


class IndexingController(QObject):
    """Catches up once at a time; what comes meanwhile is one further time. Tidies when idle."""

    waiting_changed = Signal(int)
    """How much the index still owes the database."""
    stands = Signal(object)
    """How the index stands, an `IndexState`."""
    caught_up = Signal(int)
    """How much was taken up; after a repair, too."""
    failed = Signal(object)

    def __init__(self, search: Search, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._queue = WriteQueue(self)
        self._reader = LatestOnly(self)
        self._was_built = False  # since something was last caught up
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MILLISECONDS)
        self._idle.timeout.connect(self._tidy)
        self._looks = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._looks.timeout.connect(self._look)
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MILLISECONDS)
        self._again.timeout.connect(self.catch_up)

    @Slot()
    def catch_up(self) -> None:
        """Start catching up, unless a start is waiting already."""
        self._idle.stop()
        self._again.stop()
        if self._queue.pending < 2:
            self.waiting_changed.emit(1)
            self._looks.start()
            self._queue.submit(self._caught_up, self._on_done, self._on_failed)

    def close(self) -> None:
        """Wait until what was started is done."""
        self._stop()
        self._queue.drain()
        self._stop()

    def _stop(self) -> None:
        for timer in (self._idle, self._looks, self._again):
            timer.stop()
        self._reader.cancel()

    def _caught_up(self) -> tuple[int, IndexState]:
        return self._search.catch_up(), self._search.state()

    @Slot()
    def _tidy(self) -> None:
        self._looks.start()
        self._queue.submit(self._tidied, self._on_done, self._on_failed)

    def _tidied(self) -> tuple[int, IndexState]:
        self._search.tidy()
        return 0, self._search.state()

    @Slot()
    def _look(self) -> None:
        self._reader.submit(lambda _: self._search.state(), self._on_looked, self.failed.emit)

    def _on_looked(self, state: IndexState) -> None:
        self._was_built |= state.what in ("building", "repairing")
        self.stands.emit(state)

    def _on_done(self, done: tuple[int, IndexState]) -> None:
        taken, state = done
        if self._queue.pending == 0:
            self._looks.stop()
            self._reader.cancel()
            self.waiting_changed.emit(state.waiting)
            self.stands.emit(state)
            if state.what == "current":
                self._idle.start()
            else:  # another process writes, or something came in between
                self._again.start()
        if taken or self._was_built:
            self._was_built = False
            self.caught_up.emit(taken)

    def _on_failed(self, error: Exception) -> None:
        self._looks.stop()
        self._reader.cancel()
        self.failed.emit(error)
