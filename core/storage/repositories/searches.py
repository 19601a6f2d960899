"""Saved and recent searches: rows to values and back."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.domain.keys import Kind
from core.domain.saved_searches import SavedSearch
from core.domain.search import Likeness, SearchQuery, Sort
from core.storage.tables import RecentSearchRow, SavedSearchRow, SeenRow


class Searches:
    """The workspace's searches, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self) -> list[SavedSearchRow]:
        """Return the saved searches in the analyst's order."""
        order = (SavedSearchRow.position, SavedSearchRow.created)
        return list(self._session.scalars(select(SavedSearchRow).order_by(*order)))

    def row(self, search: str) -> SavedSearchRow | None:
        """Return one saved search."""
        return self._session.get(SavedSearchRow, search)

    def seen(self) -> dict[str, frozenset[str]]:
        """Return what answered each saved search when it was last looked at."""
        return {row.search_id: frozenset(row.answers) for row in self._session.scalars(_ALL_SEEN)}

    def see(self, row: SeenRow) -> None:
        """Keep what answers a saved search now."""
        self._session.merge(row)

    def recent(self, limit: int) -> tuple[str, ...]:
        """Return the latest queries, newest first."""
        query = select(RecentSearchRow.text).order_by(RecentSearchRow.at.desc()).limit(limit)
        return tuple(self._session.scalars(query))

    def remember(self, row: RecentSearchRow, most: int) -> None:
        """Keep a query as the newest, and no more than ``most``."""
        self._session.merge(row)
        self._session.flush()
        kept = select(RecentSearchRow.folded).order_by(RecentSearchRow.at.desc()).limit(most)
        self._session.execute(
            delete(RecentSearchRow).where(RecentSearchRow.folded.not_in(kept.scalar_subquery()))
        )

    def forget(self, folded: str | None) -> None:
        """Drop one query, or with None all."""
        query = delete(RecentSearchRow)
        self._session.execute(
            query if folded is None else query.where(RecentSearchRow.folded == folded)
        )


_ALL_SEEN = select(SeenRow)


def saved_search_from(row: SavedSearchRow) -> SavedSearch:
    """Return the value of a row."""
    return SavedSearch(row.id, row.name, _query_from(row.text, row.narrowing))


def narrowing_of(query: SearchQuery) -> dict[str, Any]:
    """Return what narrows and orders a query, but for its text, as plain JSON values."""
    found: dict[str, Any] = {
        "kinds": sorted(query.kinds),
        "within": sorted(query.within),
        "tags": list(query.tags),
        "themes": list(query.themes),
        "participants": list(query.participants),
        "records": list(query.records),
        "languages": list(query.languages),
        "year_from": query.year_from,
        "year_to": query.year_to,
        "sort": query.sort.value,
        "like": None if query.like is None else asdict(query.like),
    }
    return {name: value for name, value in found.items() if value not in ([], None)}


def _query_from(text: str, narrowing: dict[str, Any]) -> SearchQuery:
    """Read it back; a kind or an order of a newer version is left out."""

    def words(name: str) -> tuple[str, ...]:
        return tuple(map(str, narrowing.get(name, ())))

    sort, like = narrowing.get("sort"), narrowing.get("like")
    return SearchQuery(
        text,
        kinds=frozenset(Kind(kind) for kind in words("kinds") if kind in set(Kind)),
        within=frozenset(words("within")),
        tags=words("tags"),
        themes=words("themes"),
        participants=words("participants"),
        records=words("records"),
        languages=words("languages"),
        year_from=narrowing.get("year_from"),
        year_to=narrowing.get("year_to"),
        sort=Sort(sort) if sort in set(Sort) else Sort.RANK,
        like=Likeness(**like) if like else None,
    )
