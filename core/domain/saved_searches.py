"""Searches that are kept by name, and stay live."""

from dataclasses import dataclass

from core.domain.search import SearchQuery


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search by name. ``total`` counts the records and notes that answer it now, ``new`` those
    of them that did not when it was last looked at; both None while not counted."""

    id: str
    name: str
    query: SearchQuery
    total: int | None = None
    new: int | None = None
