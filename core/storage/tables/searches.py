"""The analyst's searches: those kept by name, what was seen of them, and the latest ones."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class SavedSearchRow(Base):
    """A search by name; ``narrowing`` holds what narrows and orders it beside its text."""

    __tablename__ = "saved_search"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    text: Mapped[str]
    narrowing: Mapped[dict[str, Any]]
    position: Mapped[int]
    created: Mapped[datetime]
    modified: Mapped[datetime]


class SeenRow(Base):
    """What answered a saved search when it was last looked at: record keys, annotation ids.

    Looking is no step of the analyst's and so not audited; a row outlives its search, since a
    deleted search may come back by undo.
    """

    __tablename__ = "saved_search_seen"

    search_id: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[list[str]]
    at: Mapped[datetime]


class RecentSearchRow(Base):
    """A query that was asked; ``folded`` tells whether it is the same as another."""

    __tablename__ = "recent_search"

    folded: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


class SavedFilterRow(Base):
    """A filter of annotations kept by name; ``wanted`` is the filter as plain values."""

    __tablename__ = "saved_filter"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    wanted: Mapped[dict[str, Any]]
    grouping: Mapped[str]
    position: Mapped[int]
    created: Mapped[datetime]
    modified: Mapped[datetime]
