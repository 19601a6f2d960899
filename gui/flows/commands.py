"""The actions that concern the window itself: colours, size, palette, help."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMessageBox

import core
from gui.command_palette import CommandPalette
from gui.flows.desk import Desk
from gui.reader.style import DEFAULT_SCALE


class CommandsFlow(QObject):
    """Menus and shortcuts to what they do."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        window, commands = desk.window, desk.window.commands
        commands.quit.triggered.connect(window.close)
        commands.copy.triggered.connect(self._on_copy)
        commands.zoom_in.triggered.connect(window.tabs.zoom_in)
        commands.zoom_out.triggered.connect(window.tabs.zoom_out)
        commands.zoom_reset.triggered.connect(window.tabs.reset_zoom)
        window.tabs.scale_changed.connect(self._on_scale_changed)
        commands.palette.triggered.connect(self._on_palette)
        commands.about.triggered.connect(self._on_about)
        commands.shortcuts.triggered.connect(self._on_shortcuts)
        for action in commands.themes:
            action.triggered.connect(self._on_theme_chosen)
        desk.themes.changed.connect(self._on_theme_changed)

    @Slot()
    def _on_copy(self) -> None:
        focused = QApplication.focusWidget()
        copy = getattr(focused, "copy", None)
        if copy is None:
            copy = getattr(self._desk.window.tabs.reader, "copy", None)
        if copy is not None:
            copy()

    @Slot(float)
    def _on_scale_changed(self, scale: float) -> None:
        percent = round(scale / DEFAULT_SCALE * 100)
        self._desk.window.zoom_status.setText(self.tr("{0} %").format(percent))

    @Slot()
    def _on_palette(self) -> None:
        window = self._desk.window
        palette = CommandPalette(window.all_actions(), window)
        centre = window.mapToGlobal(window.rect().center())
        palette.move(centre.x() - palette.width() // 2, window.mapToGlobal(window.pos()).y() + 80)
        palette.open()

    @Slot()
    def _on_theme_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._desk.themes.choose(action.data() or None)

    @Slot()
    def _on_theme_changed(self) -> None:
        self._desk.window.set_theme(self._desk.themes.current)

    @Slot()
    def _on_about(self) -> None:
        box = QMessageBox(self._desk.window)
        box.setWindowTitle(self.tr("About NormAtlas"))
        box.setText(
            self.tr(
                "NormAtlas {version}\n\nAn offline reference and annotation desk for analysts of "
                "international cyber diplomacy.\n\nWorkspace: {path}\nAnalyst: {analyst}\n\n"
                "Licence: Apache-2.0. Nothing leaves this machine."
            ).format(
                version=core.__version__,
                path=self._desk.workspace.path,
                analyst=self._desk.workspace.analyst,
            )
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    @Slot()
    def _on_shortcuts(self) -> None:
        from gui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._desk.window.menus(), self._desk.window).open()
