"""The search index kept true to the database: opened, brought up to date, repaired, tidied.

The database queues in the same transaction what the index owes it; a row of the queue is dropped
only once the index's commit is on the disk. What is read for a commit is read with the index's
lock held, so that of two processes the later commit has the later text. An index that is missing,
stale or damaged is built anew beside the old one, from which searches are answered meanwhile.
"""

import logging
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.domain.search import IndexedNote, IndexedRecord, IndexState
from core.errors import CancelledError, UserError
from core.search.port import Change, IndexBusyError, IndexCounts, IndexDamagedError, SearchIndex
from core.storage.disk import said_of
from core.storage.repositories.index_feed import IndexFeed
from core.storage.unit_of_work import Database
from core.tasks import CancelToken, Progress, no_progress

_BATCH = 500  # queue rows taken up in one commit of the index
_PATIENCE_SECONDS, _PAUSE_SECONDS = 60, 0.1  # while another process builds the index
_LOOK_SECONDS = 0.02  # between two looks whether there is something to answer from
_log = logging.getLogger(__name__)


class IndexKeeper:
    """Holds the one open index; safe to use from any thread."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._index: SearchIndex | None = None
        self._opening = threading.Lock()
        self._writing = threading.RLock()
        self._sound = threading.Event()  # set while the index is known to be whole
        self._stopping = CancelToken()
        self._repairer: threading.Thread | None = None
        self._failure: Exception | None = None
        self._progress: tuple[int, int] | None = None  # of the build that runs
        self._is_busy = False  # another process wrote when we last wanted to

    def ready(self, cancel: CancelToken) -> SearchIndex:
        """Return the index to be searched; one that is not whole is repaired in the background.

        Waits only while there is nothing at all to answer from. Raises `CancelledError`, and what
        made the repair fail.
        """
        index = self.opened()
        if not self._sound.is_set():
            self._repair_in_background()
            while index.counts().records == 0 and not self._sound.wait(_LOOK_SECONDS):
                cancel.check()
                if self._failure is not None:
                    raise self._failure
        return self.opened()

    def opened(self) -> SearchIndex:
        """Return the index as it is, opened if it was not; an empty one if it can't be read."""
        index = self._index
        if index is not None:
            return index
        # Whoosh and NumPy take a tenth of a second to import; the window must not wait for them.
        from core.search.whoosh_index import create_index, open_index

        with self._opening, self._on_disk():
            if self._index is None:
                index = open_index(self._folder)
                if index is None:
                    _log.info("there is no search index that can be read; it is built anew")
                    index = create_index(self._folder)
                if self._is_whole(index):
                    self._sound.set()
                self._index = index
            return self._index

    def catch_up(self, progress: Progress) -> int:
        """Take up all that is queued by now, repairing the index first if need be.

        Returns how much. What is queued meanwhile is left for the next time: taken up at once, each
        file that comes in would be a commit of its own.
        """
        done = 0
        with self._writing, self._on_disk():
            if not self._is_sound():
                self.rebuild(progress)
            with self._database.read() as session:
                last = IndexFeed(session).last()
            while taken := self._take_up(last):
                done += taken
            if not self._is_busy and not self._is_whole(self.opened()):
                _log.warning("the search index does not fit the database; it is built anew")
                self.rebuild(progress)
        return done

    def rebuild(self, progress: Progress) -> None:
        """Build the index anew and swap it in when it is complete. Raises `IndexBusyError`."""
        with self._writing, self._on_disk():
            self._sound.clear()
            patience = time.monotonic() + _PATIENCE_SECONDS
            while not self._sound.is_set():
                try:
                    self._fill(self.opened(), progress)
                    self._sound.set()
                except IndexBusyError:  # another process builds it at this moment
                    if time.monotonic() > patience:
                        raise
                    self._stopping.check()
                    time.sleep(_PAUSE_SECONDS)
                    if self._is_whole(self.opened()):
                        self._sound.set()

    def tidy(self) -> bool:
        """Check what was not checked yet, and merge small segments; for when nothing waits.

        Returns whether there was something to do.
        """
        index = self.opened()
        with self._on_disk():
            if not index.verify():
                _log.warning("the search index is damaged; it is built anew")
                self.rebuild(no_progress)
                return True
            return index.tidy()

    def state(self) -> IndexState:
        """Tell how the index stands, without opening it."""
        with self._database.read() as session:
            waiting = IndexFeed(session).waiting()
        running = self._progress
        if running is not None:
            done, total = running
            index = self._index
            what = "repairing" if index and index.counts().records else "building"
            return IndexState(what, waiting, 100 * done // max(1, total))
        if self._index is not None and not self._sound.is_set():
            return IndexState("repairing", waiting, 0)
        if self._is_busy and waiting:
            return IndexState("busy", waiting)
        return IndexState("waiting" if waiting else "current", waiting)

    def counts(self) -> tuple[IndexCounts, tuple[int, int]]:
        """Return what the index holds, and (records, annotations) as the database has them."""
        index = self.opened()
        with self._database.read() as session:
            return index.counts(), IndexFeed(session).counts()

    def close(self) -> None:
        """Stop a repair that runs, and close the index."""
        self._stopping.cancel()
        if self._repairer is not None:
            self._repairer.join()
        with self._writing, self._opening:
            if self._index is not None:
                self._index.close()
                self._index = None

    @contextmanager
    def _on_disk(self) -> Generator[None]:
        """Say in a sentence that there is no room, or that nothing may be written."""
        try:
            yield
        except OSError as error:
            raise said_of(error, self._folder.parent) from error

    def _is_sound(self) -> bool:
        self.opened()
        return self._sound.is_set()

    def _is_whole(self, index: SearchIndex) -> bool:
        """Tell whether the index can be that of this database: complete, and as many records."""
        if not index.is_complete():
            return False
        with self._database.read() as session:
            feed = IndexFeed(session)
            records, notes = feed.counts()
            held = index.counts()
            return feed.waiting() > 0 or (held.records == records and held.notes == notes)

    def _repair_in_background(self) -> None:
        with self._opening:
            if self._repairer is not None and self._repairer.is_alive():
                return
            self._failure = None
            self._repairer = threading.Thread(target=self._repair, name="index repair")
            self._repairer.start()

    def _repair(self) -> None:
        try:
            self.catch_up(no_progress)
        except CancelledError:
            _log.info("the repair of the search index was stopped; the next start takes it up")
        except UserError as error:
            _log.info("the search index was not repaired: %s", error)
            self._failure = error
        except Exception as error:  # noqa: BLE001  (raised again for whoever waits for the index)
            _log.warning("the search index could not be repaired", exc_info=True)
            self._failure = error

    def _fill(self, index: SearchIndex, progress: Progress) -> None:
        last = 0

        def items() -> Iterator[IndexedRecord | IndexedNote]:
            nonlocal last
            with self._database.read() as session:  # begun only once the index is locked
                feed = IndexFeed(session)
                last = feed.last()
                yield from feed.records()
                yield from feed.notes()

        def told(done: int, total: int, what: str) -> None:
            self._stopping.check()
            self._progress = done, total
            progress(done, total, what)

        with self._database.read() as session:
            total = sum(IndexFeed(session).counts())
        self._progress = 0, total
        try:
            index.rebuild(items(), told, total)
        finally:
            self._progress = None
        self._forget(last)

    def _take_up(self, last: int) -> int:
        """Take up the oldest of what was queued up to a row of the queue; returns how much."""
        queued: list[int] = []

        def read() -> Change:
            with self._database.read() as session:
                feed = IndexFeed(session)
                queue = feed.queue(_BATCH, last)
                queued.extend(row.id for row in queue)
                keys = {row.key for row in queue if row.what == "record"}
                ids = {row.key for row in queue if row.what == "annotation"}
                moved = feed.notes_on(keys)  # on a record or not, as the record is there or not
                keys, ids = keys | moved, ids | moved
                records = list(feed.records(sorted(keys)) if keys else ())
                notes = list(feed.notes(sorted(ids)))
            return Change(
                (*records, *notes),
                gone_records=keys - {record.key for record in records},
                gone_notes=ids - {note.annotation for note in notes},
            )

        with self._database.read() as session:
            if not IndexFeed(session).queue(1, last):
                self._is_busy = False
                return 0
        try:
            self.opened().update(read)
        except IndexBusyError:
            self._is_busy = True
            return 0
        except (FileNotFoundError, IndexDamagedError):  # it went, or broke, while we ran
            self._reopen()
            self.rebuild(no_progress)
            return 0
        self._is_busy = False
        self._forget(queued[-1] if queued else 0)
        return len(queued)

    def _reopen(self) -> None:
        with self._opening:
            if self._index is not None:
                self._index.close()
            self._index = None
            self._sound.clear()

    def _forget(self, last: int) -> None:
        with self._database.write() as work:
            IndexFeed(work.session).forget(last)
            work.commit()
