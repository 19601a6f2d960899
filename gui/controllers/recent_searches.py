"""The latest queries: read once, kept as they are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.messages import Messages
from gui.workers import LatestOnly, WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.recent_searches import RecentSearches


class RecentSearchesController(QObject):
    """Knows the latest queries, newest first, and writes each change behind."""

    def __init__(
        self,
        recent: RecentSearches,
        writes: WriteQueue,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._recent = recent
        self._writes = writes
        self._messages = messages
        self._reader = LatestOnly(self)
        self.texts: tuple[str, ...] = ()
        self._reader.submit(lambda _token: recent.texts(), self._on_read, messages.problem)

    def _on_read(self, texts: tuple[str, ...]) -> None:
        self.texts = (*self.texts, *(text for text in texts if text not in self.texts))

    @Slot(str)
    def remember(self, text: str) -> None:
        """Make a query the newest."""
        text = " ".join(text.split())
        if text and self.texts[:1] != (text,):
            self.texts = (text, *self._others(text))
            self._write(lambda: self._recent.remember(text))

    @Slot(str)
    def forget(self, text: str) -> None:
        """Drop a query."""
        self.texts = self._others(text)
        self._write(lambda: self._recent.forget(text))

    @Slot()
    def clear(self) -> None:
        """Drop all queries."""
        self.texts = ()
        self._write(self._recent.clear)

    def _others(self, text: str) -> tuple[str, ...]:
        return tuple(one for one in self.texts if one.casefold() != text.casefold())

    def _write(self, write: Callable[[], None]) -> None:
        self._writes.submit(write, None, self._messages.problem)
