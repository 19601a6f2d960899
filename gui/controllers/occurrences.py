"""Reads where in an opened text stands what the search found, off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.search import Search


class OccurrencesController(QObject):
    """Knows for each record what was found in it, for as long as the query is the same."""

    found = Signal(str, object)
    """``(key of the record, places in its text)``."""
    failed = Signal(object)

    def __init__(self, search: Search, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._reader = LatestOnly(self)
        self._query = ""
        self._terms: tuple[str, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self._query or self._terms)

    def look_for(self, query: str, terms: tuple[str, ...]) -> None:
        """Look for what a query asks from now on, or without one for these words."""
        self._reader.cancel()
        self._query, self._terms = (query, terms) if terms else ("", ())

    def read(self, key: str, content: str) -> None:
        """Read the places in one text."""
        query, terms, search = self._query, self._terms, self._search
        self._reader.submit(
            lambda token: search.occurrences(query, content, terms, token),
            lambda spans: self.found.emit(key, spans),
            self.failed.emit,
        )
