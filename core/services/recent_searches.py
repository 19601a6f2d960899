"""The latest queries, so that none has to be typed twice."""

import unicodedata

from core.storage.repositories.searches import Searches
from core.storage.tables import RecentSearchRow
from core.storage.unit_of_work import Database

MOST = 200
_LONGEST = 1000  # characters; what is longer was pasted and is not asked again


class RecentSearches:
    """The queries of this workspace, each once, newest first.

    They are a convenience, no work of the analyst's: no step of the history holds them, so that
    what is cleared is gone.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def texts(self, limit: int = MOST) -> tuple[str, ...]:
        """Return the latest queries."""
        with self._database.read() as session:
            return Searches(session).recent(limit)

    def remember(self, text: str) -> None:
        """Keep a query as the newest; one that differs in case or spaces alone is the same."""
        text = " ".join(text.split())
        if not text or len(text) > _LONGEST:
            return
        with self._database.write() as work:
            row = RecentSearchRow(folded=_fold(text), text=text, at=work.now)
            Searches(work.session).remember(row, MOST)
            work.commit()

    def forget(self, text: str) -> None:
        """Drop one query."""
        with self._database.write() as work:
            Searches(work.session).forget(_fold(text))
            work.commit()

    def clear(self) -> None:
        """Drop all queries."""
        with self._database.write() as work:
            Searches(work.session).forget(None)
            work.commit()


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(text.split())).casefold()
