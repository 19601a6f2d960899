"""The settings dialog over the window."""

from PySide6.QtCore import QObject, Slot

from core.domain.settings import Settings
from gui.controllers.settings import SettingsController
from gui.flows.desk import Desk


class SettingsFlow(QObject):
    """Ctrl+, opens the settings; each applies as soon as it is changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._settings = SettingsController(
            desk.workspace.settings,
            desk.workspace.citing,
            desk.writes,
            desk.events,
            desk.messages,
            self,
        )
        desk.window.commands.settings.triggered.connect(self._on_wanted)

    @Slot()
    def _on_wanted(self) -> None:
        self._settings.read(self._on_read)

    def _on_read(self, settings: Settings) -> None:
        from gui.dialogs.settings import SettingsDialog

        SettingsDialog(self._settings, settings, self._desk.window).open()
