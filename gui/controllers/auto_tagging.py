"""Looks up what a search would have tagged, and tags it, off the window's thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.auto_tagging import Proposal, Stretch
from core.domain.changes import Changes
from core.domain.search import SearchQuery
from core.tasks import CancelToken
from gui.events import AppEvents
from gui.workers import LatestOnly, WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.auto_tagging import AutoTagging


class AutoTaggingController(QObject):
    """One lookup at a time; a tagging can be stopped, then nothing is tagged."""

    proposed = Signal(object)
    """The `Proposals`."""
    progressed = Signal(int, int)
    tagged = Signal(int)
    """How many passages carry the tag now that did not before."""
    failed = Signal(object)
    """An exception; a `CancelledError` where it was stopped."""

    def __init__(
        self,
        tagging: AutoTagging,
        writes: WriteQueue,
        events: AppEvents,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tagging = tagging
        self._writes = writes
        self._events = events
        self._reads = LatestOnly(self)
        self._token = CancelToken()

    def propose(self, query: SearchQuery, stretch: Stretch) -> None:
        """Look up the passages that hold a hit."""
        self._reads.submit(
            lambda token: self._tagging.propose(query, stretch, token),
            self.proposed.emit,
            self.failed.emit,
        )

    def tag(self, chosen: tuple[Proposal, ...], path: str) -> None:
        """Tag these passages as one step."""
        self._token = CancelToken()
        self._writes.submit(
            partial(self._tagging.tag, chosen, path, self._progress, self._token),
            self._on_tagged,
            self.failed.emit,
        )

    @Slot()
    def stop(self) -> None:
        """Stop the tagging; nothing of it stays."""
        self._token.cancel()

    def _progress(self, done: int, total: int, _what: str) -> None:
        self.progressed.emit(done, total)  # queued: this is the queue's thread

    def _on_tagged(self, result: tuple[int, Changes]) -> None:
        many, changes = result
        self._events.changed.emit(changes, self)
        self.tagged.emit(many)
