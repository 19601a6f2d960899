"""What every test of the window shares: nothing may leak, no slow call on the window's thread."""

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QTreeView
from pytestqt.qtbot import QtBot

from core import tasks
from core.tasks import Progress
from core.workspace import Workspace, open_workspace
from gui.app import Start
from gui.main_window import MainWindow
from gui.theme import Themes

_PATIENCE_MS = 60_000  # of a wait that fails the test; the slowest of machines has what it takes


class PatientBot(QtBot):
    """The bot of pytest-qt that gives up no earlier on a busy machine."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 0) -> None:
        """Wait until the condition holds."""
        super().waitUntil(callback, timeout=max(timeout, _PATIENCE_MS))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Wait for what a test waits for on machines of every speed."""
    return PatientBot(request)


@pytest.fixture(scope="module", autouse=True)
def _what_stays_is_set_apart() -> None:
    """Spare the collection after each test what was there before: all the other tests' own."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _nothing_leaks(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a window, a running timer or a busy thread behind."""
    widgets = set(map(id, QApplication.topLevelWidgets()))
    threads = set(threading.enumerate())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert QThreadPool.globalInstance().activeThreadCount() == 0, "the shared pool is still busy"
    left = [
        widget
        for widget in QApplication.topLevelWidgets()
        if id(widget) not in widgets and widget.isVisible()
    ]
    assert not left, f"windows left open: {left}; add them with qtbot.addWidget or close them"
    running = [timer for timer in QApplication.instance().findChildren(QTimer) if timer.isActive()]
    assert not running, f"timers left running: {running}"
    extra = [t for t in threading.enumerate() if t not in threads and not t.daemon and t.is_alive()]
    assert not extra, f"threads left running: {extra}"


@pytest.fixture
def slow_calls() -> Iterator[list[str]]:
    """Names of slow services that were called on the window's thread."""
    seen: list[str] = []
    main = threading.current_thread()

    def watch(name: str) -> None:
        if threading.current_thread() is main:
            seen.append(name)

    end = tasks.watch_slow_calls(watch)
    yield seen
    end()


@pytest.fixture(scope="session")
def themes(qapp: QApplication) -> Themes:
    """The application dressed as it is for users, in light."""
    themes = Themes(qapp, qapp)
    themes.choose("light")
    return themes


def finish(start: Start) -> None:
    """Close a started window and free it while Python still holds its parts."""
    assert start.window is not None
    start.window.close()
    start.end()
    start.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_here(folder: Path, analyst: str | None, progress: Progress) -> Workspace:
    """Open a workspace in this process, which is faster than in one of its own."""
    return open_workspace(folder, analyst=analyst, progress=progress)


@pytest.fixture
def start(
    qtbot: QtBot, themes: Themes, workspace_folder: Path, slow_calls: list[str]
) -> Iterator[Start]:
    """The real window on a filled workspace, shown and wired; no slow call may block it."""
    start = Start(themes, workspace_folder, "Ada Analyst", None, open_here)
    with qtbot.waitSignal(start.ready, timeout=20_000):
        start.begin()
    yield start
    finish(start)
    assert not slow_calls, f"slow services called on the window's thread: {slow_calls}"


@pytest.fixture
def window(qtbot: QtBot, start: Start) -> MainWindow:
    """The started window with its library listed."""
    window = start.window
    assert window is not None
    view = window.findChild(QTreeView, "libraryView")
    qtbot.waitUntil(lambda: view.model().rowCount() > 0, timeout=10_000)
    window.activateWindow()
    return window
