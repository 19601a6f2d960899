"""Two readers at once over the queue of a run, and the index kept up meanwhile."""

import queue
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import chain, repeat

from core.domain.imports import ImportResult
from core.errors import CancelledError, UserError
from core.services.intake import Intake, Waiting, Wish
from core.services.search import Search
from core.storage.repositories.imports import Imports
from core.storage.tables import ImportFileRow
from core.storage.unit_of_work import Database
from core.tasks import CancelToken

READERS = 2
_TAKEN_AT_ONCE = 8
_MOST_ATTEMPTS = 3
# Seconds between goes of the index: each writes a segment that searches then have to open. What
# came first is found soon, and what follows does not slow the searches.
_INDEX_SECONDS = (1.0, 2.0, 3.0, 5.0)
_SWITCH_SECONDS = 0.0001  # for which a thread that computes may keep others from their turn


class Workers:
    """Works a run off."""

    def __init__(
        self,
        database: Database,
        intake: Intake,
        search: Search,
        wish: Wish,
        cancel: CancelToken,
    ) -> None:
        self._database = database
        self._intake = intake
        self._wish = wish
        self._cancel = cancel
        self._taking = threading.Lock()
        self._taken: list[Waiting] = []
        self._results: queue.SimpleQueue[ImportResult | None] = queue.SimpleQueue()
        self._stop = CancelToken()  # when a reader fails for all
        self._failure: Exception | None = None
        self._indexer = _Indexer(search)

    def run(self, told: Callable[[ImportResult], None]) -> None:
        """Import until nothing waits, or it is cancelled; raises what stopped it for all."""
        self._cancel.when_cancelled(self._stop.cancel)
        with _short_turns():
            self._run(told)
        if self._failure is not None:
            raise self._failure

    def _run(self, told: Callable[[ImportResult], None]) -> None:
        readers = [threading.Thread(target=self._work, name=f"import {n}") for n in range(READERS)]
        for reader in readers:
            reader.start()
        self._indexer.start()
        try:
            left = len(readers)
            while left:
                result = self._results.get()
                if result is None:
                    left -= 1
                else:
                    told(result)
        finally:
            self._stop.cancel()
            for reader in readers:
                reader.join()
            self._give_back()
            self._indexer.finish()

    def _work(self) -> None:
        try:
            while (file := self._next()) is not None:
                self._take_in(file)
        except CancelledError:
            pass  # the file that was being read waits again
        except Exception as error:  # noqa: BLE001 - raised again in the thread that waits
            self._failure = self._failure or error
            self._stop.cancel()
        finally:
            self._results.put(None)

    def _take_in(self, file: Waiting) -> None:
        try:
            result = self._intake.take_in(file, self._wish, self._stop)
        except (CancelledError, UserError):
            with self._taking:
                self._taken.append(file)
            raise
        self._indexer.nudge()
        self._results.put(result)

    def _next(self) -> Waiting | None:
        """Return the next file, None when all are taken or it is to stop."""
        with self._taking:
            while not self._stop.cancelled:
                if not self._taken:
                    self._taken = self._take()
                if not self._taken:
                    return None
                return self._taken.pop(0)
        return None

    def _take(self) -> list[Waiting]:
        tired: list[Waiting] = []
        with self._database.write() as work:
            rows = Imports(work.session).take(self._wish.run, _TAKEN_AT_ONCE)
            taken: list[Waiting] = []
            for row in rows:
                (tired if row.attempts > _MOST_ATTEMPTS else taken).append(_waiting(row))
            work.commit()
        for file in tired:
            words = "Reading it ended the program several times; it is left out."
            self._results.put(self._intake.refuse(file, words))
        return taken or (self._take() if tired else [])

    def _give_back(self) -> None:
        if self._taken:
            with self._database.write() as work:
                Imports(work.session).give_back([file.id for file in self._taken])
                work.commit()


class _Indexer:
    """Brings the search index up to date each time that something came in."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._wake = threading.Event()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._work, name="import index")

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        self._wake.set()

    def finish(self) -> None:
        self._done.set()
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        pauses = chain(_INDEX_SECONDS, repeat(_INDEX_SECONDS[-1]))
        while not self._done.is_set():
            self._wake.wait()
            self._wake.clear()
            self._search.catch_up()
            self._done.wait(next(pauses))
        self._search.catch_up()


@contextmanager
def _short_turns() -> Generator[None]:
    """Have threads take turns more often than is usual: searches go on beside the readers."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(min(usual, _SWITCH_SECONDS))
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _waiting(row: ImportFileRow) -> Waiting:
    return Waiting(row.id, row.path, row.given)
