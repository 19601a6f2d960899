"""Presets of exports, read off the window's thread and written in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.briefings import Briefing
from core.domain.changes import Changes
from core.domain.presets import ExportPreset
from core.tasks import CancelToken
from gui.flows.desk import Desk
from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.presets import ExportPresets


class PresetsController(QObject):
    """Keeps the list of presets true, whatever changes them, undo included."""

    listed = Signal(object, str)
    """Tuple of `ExportPreset`, and the name of the one that was just saved."""
    refused = Signal(object)
    """The error of one that could not be saved."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._reader = LatestOnly(self)
        self._saved = ""
        desk.events.changed.connect(self._on_changed)

    @property
    def _presets(self) -> ExportPresets:
        return self._desk.workspace.export_presets

    @Slot()
    def refresh(self) -> None:
        """Read them anew."""

        def read(_token: CancelToken) -> tuple[ExportPreset, ...]:
            return self._presets.presets()

        self._reader.submit(read, self._on_read, self._desk.messages.problem)

    def save(self, name: str, format_name: str, briefing: Briefing) -> None:
        """Keep a format and its options under a name."""

        def done(made: tuple[ExportPreset, Changes]) -> None:
            self._saved = made[0].name
            self._desk.events.changed.emit(made[1], self)

        self._desk.writes.submit(
            lambda: self._presets.save(name, format_name, briefing), done, self.refused.emit
        )

    @Slot(object)
    def delete(self, preset: ExportPreset) -> None:
        """Delete a preset."""

        def done(changes: Changes) -> None:
            self._desk.events.changed.emit(changes, self)

        self._desk.writes.submit(
            lambda: self._presets.delete(preset.id), done, self._desk.messages.problem
        )

    def _on_read(self, presets: tuple[ExportPreset, ...]) -> None:
        saved, self._saved = self._saved, ""
        self.listed.emit(presets, saved)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.presets:
            self.refresh()
