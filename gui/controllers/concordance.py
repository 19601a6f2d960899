"""Keywords in context: asked for off the window's thread, page by page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.concordance import ContextSort
from core.domain.search import SearchQuery
from gui.workers import LatestOnly

if TYPE_CHECKING:  # importing it takes the database with it: not before the window is shown
    from core.services.search import Search

PAGE = 200


class ConcordanceController(QObject):
    """Of several answers asked for the last counts; a file once begun is written to its end."""

    answered = Signal(object)
    """The newest `ConcordancePage`."""
    extended = Signal(object)
    """A further page of it."""
    exported = Signal(str, int)
    """``(path, lines)`` of a file that was written."""
    failed = Signal(object)

    def __init__(self, search: Search, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._reader = LatestOnly(self)
        self._files = LatestOnly(self)
        self._query = SearchQuery("")
        self._sort = ContextSort.PLACE

    def ask(self, query: SearchQuery, sort: ContextSort) -> None:
        """Ask for the first lines."""
        self._query, self._sort = query, sort
        self._reader.submit(
            lambda token: self._search.concordance(query, sort, limit=PAGE, cancel=token),
            self.answered.emit,
            self.failed.emit,
        )

    @Slot(int)
    def more(self, shown: int) -> None:
        """Ask for the lines after the first ``shown``."""
        query, sort = self._query, self._sort
        self._reader.submit(
            lambda token: self._search.concordance(
                query, sort, offset=shown, limit=PAGE, cancel=token
            ),
            self.extended.emit,
            self.failed.emit,
        )

    @Slot(str)
    def export(self, path: str) -> None:
        """Write all lines to a CSV file."""
        query, sort = self._query, self._sort
        self._files.submit(
            lambda token: self._search.export_concordance(query, sort, Path(path), token),
            lambda lines: self.exported.emit(path, lines),
            self.failed.emit,
        )

    def cancel(self) -> None:
        """Ask for nothing any more."""
        self._reader.cancel()
