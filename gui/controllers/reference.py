"""Reads records and the library off the window's thread and hands them on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.citing import Statement
from core.domain.records import Record
from core.errors import NotFoundError
from core.tasks import CancelToken
from gui.library_cache import KeptLibrary
from gui.workers import LatestOnly

if TYPE_CHECKING:  # importing it takes the database with it: not before the window is shown
    from core.services.reference import Reference

Span = tuple[int, int]


def _nothing(_none: None) -> None:
    """Need nothing done once the list is kept."""


class ReferenceController(QObject):
    """Requests in, records out; of several requests in a row the last one counts."""

    record_loaded = Signal(object, object)
    """``(Record, span)``."""
    library_loaded = Signal(object)
    """A `Listing`: all entries, or what differs from those known."""
    restored = Signal(object)
    """Tuple of the records that were open last time and still exist."""
    failed = Signal(object)

    def __init__(
        self,
        reference: Reference,
        parent: QObject | None = None,
        *,
        keep: Callable[[KeptLibrary], None],
    ) -> None:
        super().__init__(parent)
        self._reference = reference
        self._remember = keep  # for the next start
        self._keeping = LatestOnly(self)
        self._records = LatestOnly(self)
        self._library = LatestOnly(self)
        self._tabs = LatestOnly(self)

    @Slot(str, object)
    def request(self, key: str, span: Span | Statement | None) -> None:
        """Read a record; it comes through `record_loaded`."""
        self._records.submit(
            lambda _token: self._reference.record(key),
            lambda record: self.record_loaded.emit(record, span),
            self.failed.emit,
        )

    def load_library(self, known: str | None) -> None:
        """Read what differs from a listing; it comes through `library_loaded`."""
        self._library.submit(
            lambda _token: self._reference.listing(known),
            self.library_loaded.emit,
            self.failed.emit,
        )

    def keep(self, library: KeptLibrary) -> None:
        """Remember the library for the next start."""
        self._keeping.submit(lambda _token: self._remember(library), _nothing, self.failed.emit)

    def restore(self, keys: Sequence[str]) -> None:
        """Read the records that were open last time; they come through `restored`."""

        def read(token: CancelToken) -> tuple[Record, ...]:
            records: list[Record] = []
            for key in keys:
                token.check()
                try:
                    records.append(self._reference.record(key))
                except NotFoundError:
                    continue  # a record that is gone needs no tab
            return tuple(records)

        self._tabs.submit(read, self.restored.emit, self.failed.emit)
