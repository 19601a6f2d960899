"""Imports off the window's thread: one at a time, told of as it goes, stopped when asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.domain.imports import ImportOptions, ImportResult, ImportRun
from core.tasks import CancelToken
from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.importing import Importing

_READ_MS = 1000  # between looks at what came in
Find = Callable[[], str]


class ImportController(QObject):
    """Runs imports one after the other; what is stopped stays in its queue."""

    begun = Signal()
    progressed = Signal(int, int, str)
    """``(done, total, path)`` after each file."""
    arrived = Signal(object)
    """Tuple of the `ImportResult`s that came since."""
    ended = Signal(object)
    """The `ImportRun` as it stands now that nothing is imported any more."""
    failed = Signal(object)
    """What kept an import from starting or going on."""
    unfinished_read = Signal(object)
    """Tuple of the `ImportRun`s that were cut short."""
    _named = Signal(str)

    def __init__(self, importing: Importing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._importing = importing
        self._work = LatestOnly(self)
        self._reads = LatestOnly(self)
        self._looks = LatestOnly(self)
        self._waiting: deque[Find] = deque()
        self._token: CancelToken | None = None
        self._run = ""
        self._seen = 0
        self._is_reading = False
        self._timer = QTimer(self, interval=_READ_MS)
        self._timer.timeout.connect(self._read)
        self._named.connect(self._on_named)

    @property
    def is_running(self) -> bool:
        """Whether something is being imported."""
        return self._token is not None

    def start(self, paths: Sequence[str], options: ImportOptions) -> None:
        """Import files and folders, after what is being imported now."""
        self._enter(partial(self._importing.start, list(paths), options))

    def go_on(self, run: str) -> None:
        """Go on with an import that was cut short."""
        self._enter(lambda: run)

    def leave(self, run: str) -> None:
        """Leave what waits in an import, for good."""

        def job(_token: CancelToken) -> tuple[ImportRun, ...]:
            self._importing.end(run)
            return self._importing.unfinished()

        self._looks.submit(job, self.unfinished_read.emit, self.failed.emit)

    def look(self) -> None:
        """Read which imports were cut short."""
        self._looks.submit(
            lambda _token: self._importing.unfinished(),
            self.unfinished_read.emit,
            self.failed.emit,
        )

    @Slot()
    def stop(self) -> None:
        """Stop after the files that are being read now; nothing further is begun."""
        self._waiting.clear()
        if self._token is not None:
            self._token.cancel()

    def _enter(self, find: Find) -> None:
        self._waiting.append(find)
        if not self.is_running:
            self._begin()

    def _begin(self) -> None:
        find = self._waiting.popleft()
        cancel = self._token = CancelToken()
        self._run, self._seen = "", 0

        def job(token: CancelToken) -> ImportRun:
            token.when_cancelled(cancel.cancel)
            run = find()
            self._named.emit(run)
            return self._importing.work(run, self.progressed.emit, cancel)

        self._work.submit(job, self._on_worked, self._on_failed)
        self.begun.emit()

    @Slot(str)
    def _on_named(self, run: str) -> None:
        self._run = run
        self._timer.start()

    @Slot()
    def _read(self) -> None:
        if self._run and not self._is_reading:
            self._is_reading = True
            self._submit_read(self._on_read)

    def _submit_read(self, done: Callable[[tuple[ImportResult, ...]], None]) -> None:
        read = partial(self._importing.results, self._run, self._seen)
        self._reads.submit(lambda _token: read(), done, self._on_failed)

    def _on_read(self, results: tuple[ImportResult, ...]) -> None:
        self._is_reading = False
        if results:
            self._seen = results[-1].n
            self.arrived.emit(results)

    def _on_worked(self, state: ImportRun) -> None:
        self._timer.stop()

        def done(results: tuple[ImportResult, ...]) -> None:
            self._on_read(results)
            self._finish(state)

        self._submit_read(done)

    def _finish(self, state: ImportRun) -> None:
        self._token = None
        if self._waiting:
            self._begin()
        else:
            self.ended.emit(state)

    def _on_failed(self, error: Exception) -> None:
        self._timer.stop()
        self._is_reading = False
        self._token = None
        self.failed.emit(error)
        if self._waiting:
            self._begin()
