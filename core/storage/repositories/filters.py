"""Saved filters of annotations: rows to values and back."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.annotations import AnnotationFilter
from core.domain.browsing import Grouping, SavedFilter
from core.domain.keys import Kind
from core.storage.tables import SavedFilterRow


class Filters:
    """The workspace's saved filters, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def rows(self) -> list[SavedFilterRow]:
        """Return them in the analyst's order."""
        order = (SavedFilterRow.position, SavedFilterRow.created)
        return list(self._session.scalars(select(SavedFilterRow).order_by(*order)))

    def row(self, saved: str) -> SavedFilterRow | None:
        """Return one."""
        return self._session.get(SavedFilterRow, saved)


def saved_filter_from(row: SavedFilterRow) -> SavedFilter:
    """Return the value of a row; a kind or grouping of a newer version is left out."""
    wanted = row.wanted
    grouping = Grouping(row.grouping) if row.grouping in set(Grouping) else Grouping.NONE
    return SavedFilter(
        row.id,
        row.name,
        AnnotationFilter(
            record=wanted.get("record"),
            tag=wanted.get("tag"),
            analyst=wanted.get("analyst"),
            states=frozenset(wanted.get("states", ())),
            text=wanted.get("text", ""),
            kinds=frozenset(Kind(kind) for kind in wanted.get("kinds", ()) if kind in set(Kind)),
            since=_moment(wanted.get("since")),
            until=_moment(wanted.get("until")),
            exact_tag=bool(wanted.get("exact_tag", False)),
            collection=wanted.get("collection"),
        ),
        grouping,
    )


def plain_filter(wanted: AnnotationFilter) -> dict[str, Any]:
    """Return a filter as plain JSON values; ``ids`` are of the moment and not kept."""
    found: dict[str, Any] = {
        "record": wanted.record,
        "tag": wanted.tag,
        "analyst": wanted.analyst,
        "states": sorted(wanted.states),
        "text": " ".join(wanted.text.split()),
        "kinds": sorted(wanted.kinds),
        "since": wanted.since.isoformat() if wanted.since else None,
        "until": wanted.until.isoformat() if wanted.until else None,
        "exact_tag": wanted.exact_tag,
        "collection": wanted.collection,
    }
    return {name: value for name, value in found.items() if value}


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
