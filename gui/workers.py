"""Work off the window's thread: reads that replace one another, writes that queue."""

from collections import deque
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from core.errors import CancelledError
from core.tasks import CancelToken

T = TypeVar("T")
Failed = Callable[[Exception], None]


class _Job(QRunnable):
    """One call on a pool's thread; it knows only plain callables, no QObject to outlive."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call = call

    def run(self) -> None:
        """Make the call; it handles its own errors."""
        self._call()


class _Outbox:
    """Finished work on its way to the window's thread, in the order in which it ended."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._ready: deque[Callable[[], None]] = deque()

    def post(self, delivery: Callable[[], None]) -> None:
        """Leave a delivery; called on a pool's thread."""
        self._ready.append(delivery)
        self._wake()

    def deliver(self) -> None:
        """Make all deliveries that wait; called on the window's thread."""
        while self._ready:
            self._ready.popleft()()


class _Runner(QObject):
    """What both runners share: a pool, an outbox, and a door for errors nobody took."""

    unhandled = Signal(object)
    """An exception of a job that was submitted without ``failed``."""
    _ready = Signal()

    def __init__(self, parent: QObject | None, pool: QThreadPool | None, threads: int) -> None:
        super().__init__(parent)
        if pool is None:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(threads)
        self._pool = pool
        self._outbox = _Outbox(self._ready.emit)
        self._ready.connect(self._on_ready, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def _on_ready(self) -> None:
        self._outbox.deliver()

    def _report(self, error: Exception, failed: Failed | None) -> None:
        if failed is None:
            self.unhandled.emit(error)
        else:
            failed(error)


class LatestOnly(_Runner):
    """Runs reads of which only the newest counts; an older one's result is never delivered."""

    def __init__(self, parent: QObject | None = None, pool: QThreadPool | None = None) -> None:
        super().__init__(parent, pool, threads=2)
        self._ticket = 0
        self._token = CancelToken()
        self._closed = False

    def submit(
        self,
        job: Callable[[CancelToken], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Run ``job`` on a pool's thread, retiring what runs now.

        ``done`` or ``failed`` is called on the window's thread, unless a newer job came. A closed
        reader takes no more jobs: what is delivered while the window closes may still ask.
        """
        if self._closed:
            return
        self.cancel()
        ticket, token, outbox = self._ticket, self._token, self._outbox

        def run() -> None:
            try:
                result = job(token)
            except CancelledError:
                return
            except Exception as error:  # noqa: BLE001 - carried to the window's thread
                outbox.post(lambda problem=error: self._deliver_error(ticket, problem, failed))
            else:
                outbox.post(lambda: self._deliver(ticket, result, done))

        self._pool.start(_Job(run))

    def cancel(self) -> None:
        """Retire what runs now; its result is dropped."""
        self._token.cancel()
        self._token = CancelToken()
        self._ticket += 1

    def close(self) -> None:
        """Retire what runs, wait until the threads are idle, and take nothing more."""
        self._closed = True
        self.cancel()
        self._pool.clear()
        self._pool.waitForDone()

    def _deliver(self, ticket: int, result: T, done: Callable[[T], None]) -> None:
        if ticket == self._ticket:
            done(result)

    def _deliver_error(self, ticket: int, error: Exception, failed: Failed | None) -> None:
        if ticket == self._ticket:
            self._report(error, failed)


class WriteQueue(_Runner):
    """Runs writes one after the other in the order given; none is ever dropped."""

    idle = Signal()
    """Everything submitted so far has been written and delivered."""

    def __init__(self, parent: QObject | None = None, pool: QThreadPool | None = None) -> None:
        super().__init__(parent, pool, threads=1)
        self._pool.setMaxThreadCount(1)
        self._pending = 0

    @property
    def pending(self) -> int:
        """How many writes have not been delivered yet."""
        return self._pending

    def submit(
        self,
        job: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Run ``job`` after all earlier ones; ``done`` or ``failed`` on the window's thread."""
        self._pending += 1
        outbox = self._outbox

        def run() -> None:
            try:
                result = job()
            except Exception as error:  # noqa: BLE001 - carried to the window's thread
                outbox.post(lambda problem=error: self._deliver_error(problem, failed))
            else:
                outbox.post(lambda: self._deliver(result, done))

        self._pool.start(_Job(run))

    def drain(self) -> None:
        """Wait until everything is written, and deliver what came of it; for shutdown."""
        while self._pending:
            self._pool.waitForDone()
            self._outbox.deliver()

    def _deliver(self, result: T, done: Callable[[T], None] | None) -> None:
        self._pending -= 1
        if done is not None:
            done(result)
        self._note_idle()

    def _deliver_error(self, error: Exception, failed: Failed | None) -> None:
        self._pending -= 1
        self._report(error, failed)
        self._note_idle()

    def _note_idle(self) -> None:
        if not self._pending:
            self.idle.emit()


def close_readers(root: QObject) -> None:
    """Retire every `LatestOnly` below ``root`` and wait for its threads; for shutdown."""
    for reader in root.findChildren(LatestOnly):
        reader.close()
