"""What every flow of the window needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.events import AppEvents
from gui.main_window import MainWindow
from gui.messages import Messages
from gui.theme import Themes
from gui.workers import WriteQueue

if TYPE_CHECKING:  # importing it takes the database with it: not before the window is shown
    from core.workspace import Workspace


@dataclass
class Desk:
    """The window, the services, and how they talk."""

    window: MainWindow
    workspace: Workspace
    themes: Themes
    messages: Messages
    events: AppEvents
    writes: WriteQueue
