"""Searches kept by name: what answers them now, and what of that is new."""

import uuid
from dataclasses import replace

from core.domain.changes import Changes
from core.domain.saved_searches import SavedSearch
from core.domain.search import SearchQuery
from core.errors import NotFoundError, UserError
from core.services.kept_names import clean_name
from core.services.search import Search
from core.storage.repositories.searches import Searches, narrowing_of, saved_search_from
from core.storage.tables import SavedSearchRow, SeenRow
from core.storage.unit_of_work import Database
from core.tasks import CancelToken, slow

_NOUN = "saved search"


class SavedSearches:
    """The analyst's saved searches, in an order of their own."""

    def __init__(self, database: Database, search: Search) -> None:
        self._database = database
        self._search = search

    def searches(self) -> tuple[SavedSearch, ...]:
        """Return the saved searches, uncounted."""
        with self._database.read() as session:
            return tuple(saved_search_from(row) for row in Searches(session).rows())

    @slow
    def counted(self, cancel: CancelToken | None = None) -> tuple[SavedSearch, ...]:
        """Return the saved searches with how much answers and how much of it is new.

        Raises `CancelledError` when ``cancel`` says so.
        """
        cancel = cancel or CancelToken()
        with self._database.read() as session:
            searches = Searches(session)
            found = [saved_search_from(row) for row in searches.rows()]
            seen = searches.seen()
        counted: list[SavedSearch] = []
        for search in found:
            cancel.check()
            answers = self._search.answering(search.query, cancel)
            new = answers - seen.get(search.id, frozenset())
            counted.append(replace(search, total=len(answers), new=len(new)))
        return tuple(counted)

    @slow
    def save(self, name: str, query: SearchQuery) -> tuple[SavedSearch, Changes]:
        """Keep a search by name, last in the order, as looked at now.

        Raises `UserError` for a bad name, or one that another search has.
        """
        if query.like is not None:
            passage = self._search.likeness(query.like)
            query = replace(query, like=replace(query.like, quotation=passage.quotation))
        elif not query.text.strip():
            raise UserError("The query is empty; type the words to look for before saving it.")
        query = replace(query, text=" ".join(query.text.split()), as_of=None)  # the window's own
        answers = self._search.answering(query)
        with self._database.write() as work:
            searches = Searches(work.session)
            rows = searches.rows()
            row = SavedSearchRow(
                id=str(uuid.uuid4()),
                name=clean_name(name, _NOUN, (other.name for other in rows)),
                text=query.text,
                narrowing=narrowing_of(query),
                position=max((row.position for row in rows), default=-1) + 1,
                created=work.now,
                modified=work.now,
            )
            work.session.add(row)
            searches.see(SeenRow(search_id=row.id, answers=sorted(answers), at=work.now))
            changes = work.commit(f"Save search “{row.name}”")
            return saved_search_from(row), changes

    def rename(self, search: str, name: str) -> Changes:
        """Give a search another name; raises `UserError` for a bad or taken one."""
        with self._database.write() as work:
            searches = Searches(work.session)
            row = _found(searches, search)
            old = row.name
            others = [other.name for other in searches.rows() if other.id != row.id]
            row.name, row.modified = clean_name(name, _NOUN, others), work.now
            return work.commit(f"Rename search “{old}” to “{row.name}”")

    def delete(self, search: str) -> Changes:
        """Delete a search; what it found stays where it is."""
        with self._database.write() as work:
            row = _found(Searches(work.session), search)
            name = row.name
            work.session.delete(row)
            return work.commit(f"Delete search “{name}”")

    def move(self, search: str, place: int) -> Changes:
        """Put a search at a place of the order, counted from 0."""
        with self._database.write() as work:
            searches = Searches(work.session)
            row = _found(searches, search)
            order = [other for other in searches.rows() if other.id != row.id]
            order.insert(max(0, place), row)
            for position, other in enumerate(order):
                if other.position != position:
                    other.position = position
            return work.commit(f"Move search “{row.name}”")

    @slow
    def look(self, search: str) -> None:
        """Note that all that answers now has been looked at; raises `NotFoundError`."""
        with self._database.read() as session:
            query = saved_search_from(_found(Searches(session), search)).query
        answers = self._search.answering(query)
        with self._database.write() as work:
            seen = SeenRow(search_id=search, answers=sorted(answers), at=work.now)
            Searches(work.session).see(seen)
            work.commit()


def _found(searches: Searches, search: str) -> SavedSearchRow:
    row = searches.row(search)
    if row is None:
        raise NotFoundError("This saved search is not there any more; undo may bring it back.")
    return row
