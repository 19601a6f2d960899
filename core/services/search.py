"""Full-text search over records and notes, and the index kept true to the database."""

import logging
import threading
import time
from dataclasses import replace
from itertools import chain
from pathlib import Path

from core.domain.concordance import ConcordancePage, ContextSort
from core.domain.search import FacetCounts, SearchPage, SearchQuery, SimilarTo
from core.errors import UserError
from core.exporting.concordance import render_csv
from core.search.port import IndexBusyError, IndexCounts, SearchIndex
from core.services.answers import page_of
from core.services.concordance import MOST_LINES, Gathering
from core.services.export import write_whole
from core.services.reference import find_record
from core.storage.repositories.index_feed import IndexFeed
from core.storage.repositories.records import Records
from core.storage.unit_of_work import Database
from core.tasks import CancelToken, Progress, no_progress, slow

_BATCH = 500  # queue rows taken up in one commit of the index
_PATIENCE_SECONDS, _PAUSE_SECONDS = 60, 0.1  # while another process builds the index
_log = logging.getLogger(__name__)


class Search:
    """Search, and what keeps its index up to date; safe to use from any thread."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self._index: SearchIndex | None = None
        self._opening = threading.Lock()
        self._writing = threading.Lock()
        self._gathering: tuple[SearchQuery, Gathering] | None = None  # of the last concordance

    @slow
    def search(self, query: SearchQuery, cancel: CancelToken | None = None) -> SearchPage:
        """Answer a query, best first, one hit a record.

        Raises:
            UserError: for an empty query that narrows nothing; any other text is answered.
            CancelledError: when ``cancel`` says so.
        """
        if not query.text.strip():
            raise UserError("The query is empty; type the words to look for.")
        cancel = cancel or CancelToken()
        began = time.perf_counter()
        answer = self._open().search(query, cancel)
        cancel.check()
        with self._database.read() as session:
            page = page_of(session, query.text, answer)
        return replace(page, seconds=time.perf_counter() - began)

    @slow
    def facets(self, query: SearchQuery, cancel: CancelToken | None = None) -> FacetCounts:
        """Count what a query's answer can be narrowed by; ``CancelledError`` as `search`."""
        cancel = cancel or CancelToken()
        counts = self._open().count(query, cancel)
        cancel.check()
        keys = [*counts.get("record", ()), *counts.get("participant", ())]
        with self._database.read() as session:
            return FacetCounts(counts, Records(session).titles(keys))

    @slow
    def concordance(
        self,
        query: SearchQuery,
        sort: ContextSort = ContextSort.PLACE,
        *,
        offset: int = 0,
        limit: int = 200,
        cancel: CancelToken | None = None,
    ) -> ConcordancePage:
        """Return occurrences of what a query finds, in their context, from ``offset`` on.

        Texts are read as far as needed: by place only to the end of the page, else all. A page
        from 0 on looks anew, a later one goes on in what was looked up then.

        Raises:
            UserError: for an empty query.
            CancelledError: when ``cancel`` says so.
        """
        if not query.text.strip():
            raise UserError("The query is empty; type the words to look for.")
        cancel = cancel or CancelToken()
        began = time.perf_counter()
        key = replace(query, offset=0, limit=0, facets=False)
        last, gathering = self._gathering or (None, None)
        if gathering is None or last != key or offset == 0:
            places = self._open().places(query, cancel)
            gathering = Gathering(self._database, places)
            self._gathering = (key, gathering)
        lines = gathering.lines(sort, offset + limit, cancel)[offset:]
        return ConcordancePage(
            query=query.text,
            offset=offset,
            lines=tuple(lines),
            total=gathering.total,
            passages=len(gathering.places.places),
            seconds=time.perf_counter() - began,
            cut=gathering.cut,
            hint=gathering.places.hint,
        )

    @slow
    def export_concordance(
        self, query: SearchQuery, sort: ContextSort, path: Path, cancel: CancelToken | None = None
    ) -> int:
        """Write all lines to a CSV file, whole or not at all; returns how many.

        Raises `UserError` for an empty query or a place that can't be written.
        """
        page = self.concordance(query, sort, limit=MOST_LINES, cancel=cancel)
        write_whole(path, render_csv(page.lines))
        return len(page.lines)

    @slow
    def similar(
        self,
        record: str,
        start: int,
        end: int,
        query: SearchQuery | None = None,
        cancel: CancelToken | None = None,
    ) -> SearchPage:
        """Return passages of other records that share the telling words of a passage.

        ``query`` narrows, orders and pages; its text is not asked for.

        Raises:
            NotFoundError: for an unknown record.
            UserError: for a passage outside the text, or without any telling word.
            CancelledError: when ``cancel`` says so.
        """
        query, cancel = query or SearchQuery(""), cancel or CancelToken()
        began = time.perf_counter()
        likeness = self._likeness(record, start, end)
        answer = self._open().similar(likeness.quotation, likeness.record, query, cancel)
        if not answer.terms:
            raise UserError(
                "This passage has no words that other passages share; select a longer one."
            )
        cancel.check()
        with self._database.read() as session:
            page = page_of(session, "", answer)
        likeness = replace(likeness, words=answer.terms)
        return replace(page, similar_to=likeness, seconds=time.perf_counter() - began)

    def _likeness(self, record: str, start: int, end: int) -> SimilarTo:
        with self._database.read() as session:
            records = Records(session)
            found = find_record(records, record)
            entry, (content, _) = records.entry(found), records.content(found)
        if not 0 <= start < end <= len(content):
            raise UserError(f"{entry.key} has no passage from {start} to {end}; select one in it.")
        return SimilarTo(entry.key, entry.title, start, end, content[start:end])

    def answering(self, query: SearchQuery, cancel: CancelToken | None = None) -> frozenset[str]:
        """Return the keys of all records, and ids of all annotations, that answer."""
        return self._open().answering(query, cancel or CancelToken())

    @slow
    def catch_up(self, progress: Progress = no_progress) -> int:
        """Bring the index up to date; returns how much was taken up.

        What another process's writer holds up stays queued for it or for the next call.
        """
        index = self._open(progress)
        done = 0
        with self._writing:
            while taken := self._take_up(index):
                done += taken
        return done

    def waiting(self) -> int:
        """Return how much the index still owes the database."""
        with self._database.read() as session:
            return IndexFeed(session).waiting()

    def rebuild(self, progress: Progress = no_progress) -> None:
        """Build the index anew from the database, and swap it in when it is complete."""
        with self._opening, self._writing:
            if self._index is None:
                self._index = self._build(progress)
            else:
                self._fill(self._index, progress)

    def counts(self) -> tuple[IndexCounts, tuple[int, int]]:
        """Return what the index holds, and (records, annotations) as the database has them."""
        index = self._open()
        with self._database.read() as session:
            return index.counts(), IndexFeed(session).counts()

    def close(self) -> None:
        """Close the index."""
        with self._opening, self._writing:
            if self._index is not None:
                self._index.close()
                self._index = None

    def _open(self, progress: Progress = no_progress) -> SearchIndex:
        if self._index is not None:
            return self._index
        # Whoosh and NumPy take a tenth of a second to import; the window must not wait for them.
        from core.search.whoosh_index import open_index

        with self._opening:
            patience = time.monotonic() + _PATIENCE_SECONDS
            while self._index is None:
                index = open_index(self._folder)
                if index is not None and self._fits(index):
                    self._index = index
                    break
                if index is not None:
                    index.close()
                try:
                    self._index = self._build(progress)
                except IndexBusyError:  # another process builds it at this moment
                    if time.monotonic() > patience:
                        raise
                    time.sleep(_PAUSE_SECONDS)
            return self._index

    def _build(self, progress: Progress) -> SearchIndex:
        from core.search.whoosh_index import create_index

        _log.info("the search index is built anew")
        index = create_index(self._folder)
        self._fill(index, progress)
        return index

    def _fits(self, index: SearchIndex) -> bool:
        """Tell whether the index can be that of this database: as many records, work aside."""
        with self._database.read() as session:
            feed = IndexFeed(session)
            records, notes = feed.counts()
            held = index.counts()
            return feed.waiting() > 0 or (held.records == records and held.notes == notes)

    def _fill(self, index: SearchIndex, progress: Progress) -> None:
        with self._database.read() as session:
            feed = IndexFeed(session)
            last = feed.last()
            index.rebuild(chain(feed.records(), feed.notes()), progress, sum(feed.counts()))
        with self._database.write() as work:
            IndexFeed(work.session).forget(last)
            work.commit()

    def _take_up(self, index: SearchIndex) -> int:
        with self._database.read() as session:
            feed = IndexFeed(session)
            queue = feed.queue(_BATCH)
            if not queue:
                return 0
            keys = {row.key for row in queue if row.what == "record"}
            ids = {row.key for row in queue if row.what == "annotation"}
            records = list(feed.records(sorted(keys)) if keys else ())
            notes = list(feed.notes(sorted(ids)))
        try:
            index.apply(
                [*records, *notes],
                gone_records=keys - {record.key for record in records},
                gone_notes=ids - {note.annotation for note in notes},
            )
        except IndexBusyError:
            return 0
        except FileNotFoundError:  # the folder went while the program ran
            self._index = self._build(no_progress)
            return 0
        with self._database.write() as work:
            IndexFeed(work.session).forget(queue[-1].id)
            work.commit()
        return len(queue)
