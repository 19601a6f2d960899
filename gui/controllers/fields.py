"""Reads what the fields of the query language can hold, off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.search import Search


class FieldsController(QObject):
    """Knows the fields with the values that they have here."""

    read = Signal(object)
    """Tuple of `SearchField`."""
    failed = Signal(object)

    def __init__(self, search: Search, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._reader = LatestOnly(self)

    def load(self) -> None:
        """Read the fields; they come through `read`."""
        self._reader.submit(lambda _token: self._search.fields(), self.read.emit, self.failed.emit)
