"""Groups of synonyms, read through one session."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.domain.synonyms import SynonymGroup
from core.storage.tables import SynonymRow

Stamp = tuple[int, datetime | None]


class Synonyms:
    """The workspace's synonyms."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def groups(self) -> tuple[SynonymGroup, ...]:
        """Return all groups, the analyst's first, each by its first form."""
        rows = self._session.scalars(select(SynonymRow))
        ordered = sorted(rows, key=lambda row: (not row.own, row.forms[0].casefold(), row.id))
        return tuple(synonyms_from(row) for row in ordered)

    def row(self, group: str) -> SynonymRow | None:
        """Return a group's row."""
        return self._session.get(SynonymRow, group)

    def stamp(self) -> Stamp:
        """Return what changes whenever a group does."""
        query = select(func.count(), func.max(SynonymRow.modified)).select_from(SynonymRow)
        return self._session.execute(query).tuples().one()


def synonyms_from(row: SynonymRow) -> SynonymGroup:
    """Return a row's group."""
    return SynonymGroup(row.id, tuple(row.forms), row.note, row.own)
