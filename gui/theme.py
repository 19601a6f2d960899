"""Colours by role, from resources/themes; follows the system's light or dark as it changes."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

import resources
from core.domain.keys import Kind

# importlib.resources takes 15 ms of the start, for archives that a window never runs from.
_RESOURCES = Path(resources.__path__[0])
LIGHT, DARK = "light", "dark"


@dataclass(frozen=True)
class Theme:
    """Colours by what they say; ``kinds`` are the dots of the kinds of record."""

    name: str
    roles: dict[str, str]
    kinds: dict[Kind, QColor]

    def color(self, role: str) -> QColor:
        """Return the colour of a role of the theme file; raises `KeyError` for others."""
        return QColor(self.roles[role])

    def kind(self, kind: Kind) -> QColor:
        """Return the colour of a kind's dot."""
        return self.kinds[kind]

    def palette(self) -> QPalette:
        """Return Qt's palette in these colours."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.color(name))
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("shadow"))
        return palette

    def style_sheet(self) -> str:
        """Return the window's style sheet in these colours."""
        icons = (_RESOURCES / "icons").as_posix()
        return Template(_read("window.qss")).substitute(self.roles, name=self.name, icons=icons)


_PALETTE = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "hover",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "window",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "on_selection",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "link",
    QPalette.ColorRole.LinkVisited: "link",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "shadow",
    QPalette.ColorRole.Shadow: "shadow",
    QPalette.ColorRole.BrightText: "problem",
}


def _read(name: str) -> str:
    return (_RESOURCES / "themes" / name).read_text(encoding="utf-8")


def load_theme(name: str) -> Theme:
    """Read a theme by name, light or dark."""
    read = tomllib.loads(_read(f"{name}.toml"))
    kinds = {Kind(kind): QColor(color) for kind, color in read["kinds"].items()}
    return Theme(name, read["roles"], kinds)


class Themes(QObject):
    """The theme in use; dresses the whole application in it and tells when it changes."""

    changed = Signal()

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._chosen: str | None = None
        self._theme = load_theme(self._wanted())
        application.setStyle("fusion")
        self._dress()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def current(self) -> Theme:
        """The theme in use."""
        return self._theme

    @property
    def chosen(self) -> str | None:
        """The theme that the user chose, None while the system decides."""
        return self._chosen

    def choose(self, name: str | None) -> None:
        """Use the theme ``name``, or with None the system's."""
        self._chosen = name if name in {LIGHT, DARK} else None
        self._on_scheme_changed()

    def _wanted(self) -> str:
        if self._chosen is not None:
            return self._chosen
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def _dress(self) -> None:
        self._application.setPalette(self._theme.palette())
        self._application.setStyleSheet(self._theme.style_sheet())

    @Slot()
    def _on_scheme_changed(self) -> None:
        if self._wanted() != self._theme.name:
            self._theme = load_theme(self._wanted())
            self._dress()
            self.changed.emit()
