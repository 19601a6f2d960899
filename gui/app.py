"""Start-up: the window is built while the workspace opens in a process of its own."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QProgressBar, QVBoxLayout, QWidget

from core.errors import UserError, WorkspaceError
from core.tasks import Progress, collect_seldom
from gui import clipboard
from gui.crash import CrashReporter
from gui.events import AppEvents
from gui.inbox import leave_wish
from gui.library_cache import load_library
from gui.main_window import MainWindow
from gui.messages import Messages
from gui.theme import Themes
from gui.workers import WriteQueue

if TYPE_CHECKING:  # importing it takes the database with it: its own process does
    from core.workspace import Workspace

LOCK = "window.lock"
UNUSABLE = 3
_DIALOG_MILLISECONDS = 20_000


Opener = Callable[[Path, str | None, Progress], "Workspace"]


def open_remotely(folder: Path, analyst: str | None, progress: Progress) -> "Workspace":
    """Open a workspace in a process of its own: what it does takes no turn from the window."""
    from core.hosting.remote import RemoteWorkspace

    return cast("Workspace", RemoteWorkspace(folder, analyst, progress))


class FirstUse(QWidget):
    """Shows how far the making of a workspace is."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("firstUse")
        self.setWindowTitle("NormAtlas")
        self._what = QLabel(self.tr("Preparing your workspace…"))
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(self.tr("Progress"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 32, 32, 32)
        layout.setSpacing(16)
        layout.addWidget(self._what)
        layout.addWidget(self._bar)
        self.setMinimumWidth(480)

    @Slot(int, int, str)
    def show_progress(self, done: int, total: int, what: str) -> None:
        """Show ``done`` of ``total`` and what is being done."""
        self._what.setText(what[:1].upper() + what[1:])
        self._bar.setRange(0, total)
        self._bar.setValue(done)


class Start(QObject):
    """Opens the workspace in the background, then brings the window to life."""

    progressed = Signal(int, int, str)
    ready = Signal()
    """The window is wired to its workspace."""

    def __init__(
        self,
        themes: Themes,
        folder: Path,
        analyst: str | None,
        key: str | None,
        opener: Opener = open_remotely,
    ) -> None:
        super().__init__()
        self._opener = opener
        self._folder = folder
        self._analyst = analyst
        self._key = key
        self._themes = themes
        self._messages = Messages(self)
        self._crashes = CrashReporter(self)
        self._messages.bug.connect(self._crashes.report)
        self.writes = WriteQueue(self)
        self.error: UserError | None = None
        self.workspace: Workspace | None = None
        self.window: MainWindow | None = None
        self._first_use: FirstUse | None = None
        self._close: Callable[[], None] | None = None

    def catch_faults(self) -> None:
        """Report what nobody catches, from now on."""
        self._crashes.install()

    def begin(self) -> None:
        """Start opening; show the window, or at first use how far its making is."""
        if not any(self._folder.glob("*.db")):
            self._first_use = FirstUse()
            self.progressed.connect(self._first_use.show_progress)
            self._first_use.show()
        else:
            window = self._build()
            window.library.show_library(load_library(self._folder))
            window.library.entry_opened.connect(self._on_early_wish)
            window.show()
        # The other process takes a processor's turn too: the window is painted first.
        QTimer.singleShot(0, self._submit_opening)

    @Slot()
    def _submit_opening(self) -> None:
        self.writes.submit(self._open, self._on_opened, self._on_failed)
        if self.window is not None:  # while the workspace opens in its own process
            QTimer.singleShot(0, self.window.furnish)

    @Slot(str)
    def _on_early_wish(self, key: str) -> None:
        self._key = key

    def _build(self) -> MainWindow:
        self.window = MainWindow(self._themes.current)
        self._crashes.set_window(self.window)
        return self.window

    def _open(self) -> "Workspace":
        return self._opener(self._folder, self._analyst, self.progressed.emit)

    def _on_opened(self, workspace: "Workspace") -> None:
        from gui.flows.desk import Desk
        from gui.wiring import wire

        self.workspace = workspace
        window = self.window or self._build()
        if self._first_use is None:
            window.library.entry_opened.disconnect(self._on_early_wish)
        desk = Desk(window, workspace, self._themes, self._messages, AppEvents(window), self.writes)
        self._close = wire(desk, self._key)
        window.show()
        if self._first_use is not None:
            self._first_use.close()
            self._first_use.deleteLater()
            self._first_use = None
        self.ready.emit()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._messages.problem(error)
            error = WorkspaceError(
                self.tr(
                    "The workspace {0} could not be opened: {1}. 'normatlas check' says more."
                ).format(self._folder, error)
            )
        self.error = error
        QApplication.exit(error.exit_code)

    def end(self) -> None:
        """Write everything, stop every thread, close the workspace."""
        clipboard.let_go()
        self.writes.drain()
        if self._close is not None:
            self._close()
        if self.workspace is not None:
            self.workspace.close()


def run(folder: Path, analyst: str | None, key: str | None) -> int:
    """Show the window until it is closed; returns the exit code."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName("normatlas")
    application.setApplicationDisplayName("NormAtlas")
    themes = Themes(application, application)
    lock = QLockFile(str(folder / LOCK))
    lock.setStaleLockTime(0)
    if (
        folder.is_dir()
        and not lock.tryLock(0)
        and lock.error() == QLockFile.LockError.LockFailedError
    ):
        if key is not None and leave_wish(folder, key):
            sys.stderr.write("It is shown in the NormAtlas window that is open.\n")
            return 0
        return refuse(
            f"The workspace {folder} is open in another NormAtlas window; use that one, or choose "
            "another workspace with --workspace."
        )
    start = Start(themes, folder, analyst, key)
    start.catch_faults()
    start.ready.connect(collect_seldom)
    QTimer.singleShot(0, start.begin)
    code = application.exec()
    start.end()
    lock.unlock()
    return refuse(str(start.error), start.error.exit_code) if start.error else code


def refuse(sentence: str, code: int = UNUSABLE) -> int:
    """Say why there is no window, on standard error and in a dialog; returns the exit code.

    Who started it from a terminal has read it there. Elsewhere a dialog says it, and goes by
    itself, so that a script does not wait for ever.
    """
    sys.stderr.write(sentence + "\n")
    seen = sys.stderr.isatty() or QApplication.platformName() in {"offscreen", "minimal"}
    if not seen:
        box = QMessageBox(QMessageBox.Icon.Critical, "NormAtlas", sentence)
        QTimer.singleShot(_DIALOG_MILLISECONDS, box.close)
        box.exec()
    return code
