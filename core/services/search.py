"""Full-text search over records and notes, and the index kept true to the database."""

import time
from pathlib import Path

from sqlalchemy.orm import Session

from core.domain.search import IndexState, SearchHit, SearchPage, SearchQuery
from core.errors import UserError
from core.search.port import Answer, IndexCounts, IndexHit
from core.services.indexing import IndexKeeper
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.index_feed import IndexFeed
from core.storage.repositories.records import Records
from core.storage.unit_of_work import Database
from core.tasks import CancelToken, Progress, no_progress, slow


class Search:
    """Search, and what keeps its index up to date; safe to use from any thread."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._keeper = IndexKeeper(database, folder)

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
        answer = self._keeper.ready(cancel).search(query, cancel)
        cancel.check()
        with self._database.read() as session:
            hits = tuple(_hits(session, answer))
        return SearchPage(
            query=query.text,
            total=answer.total,
            hits=hits,
            seconds=time.perf_counter() - began,
            suggestion=answer.suggestion,
            hint=answer.hint,
            facets=answer.facets,
            terms=answer.terms,
        )

    @slow
    def catch_up(self, progress: Progress = no_progress) -> int:
        """Bring the index up to date; returns how much was taken up.

        What another process's writer holds up stays queued for it or for the next call.
        """
        return self._keeper.catch_up(progress)

    def waiting(self) -> int:
        """Return how much the index still owes the database."""
        with self._database.read() as session:
            return IndexFeed(session).waiting()

    @slow
    def state(self) -> IndexState:
        """Return how the index stands: current, waiting, being built or repaired."""
        return self._keeper.state()

    def rebuild(self, progress: Progress = no_progress) -> None:
        """Build the index anew from the database, and swap it in when it is complete."""
        self._keeper.rebuild(progress)

    @slow
    def tidy(self) -> bool:
        """Check the index and merge what is small; for idle moments. True if it did something."""
        return self._keeper.tidy()

    def counts(self) -> tuple[IndexCounts, tuple[int, int]]:
        """Return what the index holds, and (records, annotations) as the database has them."""
        return self._keeper.counts()

    def close(self) -> None:
        """Close the index."""
        self._keeper.close()


def _hits(session: Session, answer: Answer) -> list[SearchHit]:
    pages = Records(session).pages([hit.record for hit in answer.hits])
    found: list[SearchHit] = []
    for hit in answer.hits:
        if hit.record not in pages:
            continue  # gone since the index saw it; the queue will take it out
        title, summary, content = pages[hit.record]
        text, label = _shown(session, hit, content, summary)
        found.append(
            SearchHit(
                record=hit.record,
                kind=hit.kind,
                title=title,
                passage=hit.passage,
                start=hit.start,
                end=hit.end,
                score=hit.score,
                snippet=answer.marker.snippet(text),
                year=hit.year,
                annotation=hit.annotation,
                label=label,
                more=hit.more,
            )
        )
    return found


def _shown(session: Session, hit: IndexHit, content: str, summary: str) -> tuple[str, str | None]:
    """Return the text that a snippet is taken from, and the label of its place."""
    if hit.annotation is not None:
        row = AnnotationStore(session).row(hit.annotation)
        if row is not None:
            return (row.note or row.exact), row.label
    if hit.passage in (None, 0):
        return summary, None
    return content[hit.start : hit.end].replace("\t", " – "), None
