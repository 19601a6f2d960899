"""All annotations to look through: narrowed and grouped at once, filters kept by name."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.browsing import AnnotationListing, BrowsingChoices, Group, Grouping, SavedFilter
from core.domain.changes import Changes
from core.errors import NotFoundError
from core.services.kept_names import clean_name
from core.services.reference import find_record
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.filters import Filters, plain_filter, saved_filter_from
from core.storage.repositories.records import Records
from core.storage.tables import SavedFilterRow
from core.storage.unit_of_work import Database
from core.tasks import slow

if TYPE_CHECKING:  # NumPy is not loaded before somebody looks through annotations
    from core.storage.repositories.annotation_columns import AnnotationColumns

_EVERYTHING = AnnotationFilter()
_MOST_ROWS = 500
_NOUN = "saved filter"


class Browsing:
    """The annotations of the whole workspace as a list that one narrows."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._columns: AnnotationColumns | None = None
        self._read_at: tuple[object, ...] = ()

    @slow
    def listing(
        self, wanted: AnnotationFilter = _EVERYTHING, grouping: Grouping = Grouping.NONE
    ) -> AnnotationListing:
        """Return ids of the annotations that pass, in the order of their groups.

        A tag that is not there any more has no annotations; a record that is not there raises
        `NotFoundError`.
        """
        with self._database.read() as session:
            return self._current(session).listing(_resolved(session, wanted), grouping)

    @slow
    def rows(self, ids: Sequence[str]) -> tuple[Annotation, ...]:
        """Return some hundreds of annotations in the order asked for, without those now gone."""
        if len(ids) > _MOST_ROWS:
            raise ValueError(f"{len(ids)} rows at once; at most {_MOST_ROWS}")
        if not ids:
            return ()
        with self._database.read() as session:
            wanted = AnnotationFilter(ids=frozenset(ids))
            found = {one.id: one for one in AnnotationStore(session).find(wanted)}
        return tuple(found[one] for one in ids if one in found)

    @slow
    def choices(self) -> BrowsingChoices:
        """Return the records, analysts and tags that annotations can be narrowed to."""
        with self._database.read() as session:
            return self._current(session).choices()

    @slow
    def tags_of(self, ids: Sequence[str]) -> tuple[Group, ...]:
        """Return the tags that some of these annotations carry, and how many of them do."""
        with self._database.read() as session:
            return self._current(session).tags_on(frozenset(ids))

    @slow
    def filters(self) -> tuple[SavedFilter, ...]:
        """Return the saved filters in their order, each with what passes it now."""
        with self._database.read() as session:
            rows = Filters(session).rows()
            columns = self._current(session) if rows else None
            found: list[SavedFilter] = []
            for saved in map(saved_filter_from, rows):
                assert columns is not None
                found.append(replace(saved, total=int(columns.passing(saved.wanted).sum())))
            return tuple(found)

    @slow
    def save(
        self, name: str, wanted: AnnotationFilter, grouping: Grouping = Grouping.NONE
    ) -> Changes:
        """Keep a filter by name, last in the order; raises `UserError` for a bad or taken name."""
        with self._database.write() as work:
            rows = Filters(work.session).rows()
            row = SavedFilterRow(
                id=str(uuid.uuid4()),
                name=clean_name(name, _NOUN, (other.name for other in rows)),
                wanted=plain_filter(_resolved(work.session, wanted)),
                grouping=grouping.value,
                position=max((other.position for other in rows), default=-1) + 1,
                created=work.now,
                modified=work.now,
            )
            work.session.add(row)
            return work.commit(f"Save filter “{row.name}”")

    @slow
    def rename(self, saved: str, name: str) -> Changes:
        """Give a saved filter another name; raises `UserError` for a bad or taken one."""
        with self._database.write() as work:
            filters = Filters(work.session)
            row = _found(filters, saved)
            old, others = row.name, [one.name for one in filters.rows() if one.id != row.id]
            row.name, row.modified = clean_name(name, _NOUN, others), work.now
            return work.commit(f"Rename filter “{old}” to “{row.name}”")

    @slow
    def delete(self, saved: str) -> Changes:
        """Delete a saved filter; the annotations stay as they are."""
        with self._database.write() as work:
            row = _found(Filters(work.session), saved)
            name = row.name
            work.session.delete(row)
            return work.commit(f"Delete filter “{name}”")

    def _current(self, session: Session) -> AnnotationColumns:
        """Return the columns as the database now has them, read anew only after a change."""
        from core.storage.repositories.annotation_columns import fingerprint, read_columns

        now = fingerprint(session)
        with self._lock:
            if self._columns is None or now != self._read_at:
                self._columns = read_columns(session, self._columns)
                self._read_at = now
            return self._columns


def _resolved(session: Session, wanted: AnnotationFilter) -> AnnotationFilter:
    """Return the filter with the record's key as it is now."""
    if wanted.record is None:
        return wanted
    records = Records(session)
    return replace(wanted, record=records.entry(find_record(records, wanted.record)).key)


def _found(filters: Filters, saved: str) -> SavedFilterRow:
    row = filters.row(saved)
    if row is None:
        raise NotFoundError("This saved filter is not there any more; undo may bring it back.")
    return row
