"""Saved searches: written in turn, counted in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.domain.changes import Changes
from core.domain.search import SearchQuery
from gui.events import AppEvents
from gui.messages import Messages
from gui.workers import LatestOnly, WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.saved_searches import SavedSearches

_SETTLE_MS = 300  # after a write: several in a row are counted once


class SavedSearchesController(QObject):
    """Keeps the list of saved searches and their counts true."""

    listed = Signal(object)
    """Tuple of `SavedSearch`, counted."""
    saved = Signal(object)
    """The `SavedSearch` that was made."""

    def __init__(
        self,
        searches: SavedSearches,
        writes: WriteQueue,
        events: AppEvents,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._searches = searches
        self._writes = writes
        self._events = events
        self._messages = messages
        self._reader = LatestOnly(self)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.refresh)
        events.changed.connect(self._on_changed)
        events.index_changed.connect(self._on_index_changed)

    @Slot()
    def refresh(self) -> None:
        """Read and count anew."""
        self._reader.submit(self._searches.counted, self.listed.emit, self._messages.problem)

    def save(self, name: str, query: SearchQuery) -> None:
        """Keep a search by name."""

        def done(made: tuple[object, Changes]) -> None:
            self.saved.emit(made[0])
            self._events.changed.emit(made[1], self)

        self._writes.submit(lambda: self._searches.save(name, query), done, self._messages.problem)

    @Slot(str, str)
    def rename(self, search: str, name: str) -> None:
        """Give a search another name."""
        self._submit(lambda: self._searches.rename(search, name))

    @Slot(str)
    def delete(self, search: str) -> None:
        """Delete a search."""
        self._submit(lambda: self._searches.delete(search))

    @Slot(str, int)
    def move(self, search: str, place: int) -> None:
        """Put a search at another place."""
        self._submit(lambda: self._searches.move(search, place))

    def look(self, search: str) -> None:
        """Note that a search's answer is being looked at."""
        self._writes.submit(
            lambda: self._searches.look(search), self._on_looked, self._messages.problem
        )

    def stop(self) -> None:
        """Count no more; for shutdown."""
        self._settle.stop()

    def _on_looked(self, _nothing: None) -> None:
        self.refresh()

    def _submit(self, write: Callable[[], Changes]) -> None:
        self._writes.submit(write, self._on_written, self._messages.problem)

    def _on_written(self, changes: Changes) -> None:
        self._events.changed.emit(changes, self)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.searches:
            self.refresh()

    @Slot(int)
    def _on_index_changed(self, waiting: int) -> None:
        if not waiting:  # only now a search finds what was written
            self._settle.start()
