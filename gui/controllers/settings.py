"""The settings: read once a dialog wants them, each written as soon as it is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.domain.changes import Changes
from core.domain.citing import CitedText
from core.domain.settings import Settings, SettingValue
from gui.events import AppEvents
from gui.messages import Messages
from gui.workers import LatestOnly, WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.citing import Citing
    from core.services.settings import SettingsService


class SettingsController(QObject):
    """Reads and writes settings off the window's thread."""

    changed = Signal(str)
    """Name of a setting that was written."""
    cited = Signal(str, object)
    """A style of citing, and an example of it as `CitedText`."""
    refused = Signal(object)
    """The error of a style that can't be used."""

    def __init__(
        self,
        settings: SettingsService,
        citing: Citing,
        writes: WriteQueue,
        events: AppEvents,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._citing = citing
        self._writes = writes
        self._events = events
        self._messages = messages
        self._reads = LatestOnly(self)
        self._examples = LatestOnly(self)

    def read(self, done: Callable[[Settings], None]) -> None:
        """Read the settings as they are now."""
        self._reads.submit(lambda _token: self._settings.current(), done, self._messages.problem)

    def change(self, name: str, value: SettingValue) -> None:
        """Write one setting; everything that goes by it does so from then on."""

        def written(changes: Changes) -> None:
            self._events.changed.emit(changes, self)
            self.changed.emit(name)

        self._writes.submit(
            lambda: self._settings.change(name, value), written, self._messages.problem
        )

    def cite(self, style: str) -> None:
        """Show how a style cites."""
        self._cite(style, lambda cited: self.cited.emit(style, cited))

    def choose_style(self, style: str) -> None:
        """Show how a style cites and, where it can, cite so from now on."""

        def take(cited: CitedText) -> None:
            self.cited.emit(style, cited)
            self.change("citation_style", style)

        self._cite(style, take)

    def _cite(self, style: str, done: Callable[[CitedText], None]) -> None:
        self._examples.submit(lambda _token: self._citing.example(style), done, self.refused.emit)
