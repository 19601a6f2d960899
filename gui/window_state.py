"""What the window looked like when it was closed, kept beside the workspace's data."""

import json
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FILE = "window.ini"
_VERSION = 1


@dataclass(frozen=True)
class WindowState:
    """A window's look. ``zoom`` is in percent; byte strings are Qt's own."""

    geometry: bytes = b""
    docks: bytes = b""
    splitter: bytes = b""
    tabs: tuple[str, ...] = ()
    front: str = ""
    zoom: int = 100
    kind: str = "norm"
    theme: str = ""
    as_of: str = ""  # EDTF; "" for today


def load_state(folder: Path) -> WindowState:
    """Read the state kept in a workspace's folder; a missing or damaged file is a fresh start."""
    settings = QSettings(str(folder / FILE), QSettings.Format.IniFormat)
    if settings.status() != QSettings.Status.NoError:
        return WindowState()
    try:
        if int(str(settings.value("version", 0))) != _VERSION:
            return WindowState()
        tabs = json.loads(str(settings.value("tabs", "[]")))
        zoom = int(str(settings.value("zoom", 100)))
    except ValueError:
        return WindowState()
    return WindowState(
        geometry=_bytes(settings, "geometry"),
        docks=_bytes(settings, "docks"),
        splitter=_bytes(settings, "splitter"),
        tabs=tuple(str(tab) for tab in tabs) if isinstance(tabs, list) else (),
        front=str(settings.value("front", "")),
        zoom=max(50, min(zoom, 400)),
        kind=str(settings.value("kind", "norm")),
        theme=str(settings.value("theme", "")),
        as_of=str(settings.value("as_of", "")),
    )


def save_state(folder: Path, state: WindowState) -> bool:
    """Keep a state in a workspace's folder; returns whether it could be written."""
    settings = QSettings(str(folder / FILE), QSettings.Format.IniFormat)
    settings.setValue("version", _VERSION)
    settings.setValue("geometry", QByteArray(state.geometry))
    settings.setValue("docks", QByteArray(state.docks))
    settings.setValue("splitter", QByteArray(state.splitter))
    settings.setValue("tabs", json.dumps(state.tabs))
    settings.setValue("front", state.front)
    settings.setValue("zoom", state.zoom)
    settings.setValue("kind", state.kind)
    settings.setValue("theme", state.theme)
    settings.setValue("as_of", state.as_of)
    settings.sync()
    return settings.status() == QSettings.Status.NoError


def _bytes(settings: QSettings, name: str) -> bytes:
    value = settings.value(name)
    return bytes(value.data()) if isinstance(value, QByteArray) else b""
