"""Walks through the window: ``python -m tests.bench.walk_window WORKSPACE FOLDER [--emptied]``.

Each stop is a picture in FOLDER and the longest time that the window's thread did not answer, by a
timer that wants to run every few milliseconds. With ``--emptied`` a new workspace is made and all
that the reference brought is taken out first; give a workspace of half a million passages
otherwise, such as a folder of large collections imported. Pictures are taken outside the timing.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget

from core.domain.keys import RECORD_KINDS, Kind
from core.workspace import DATABASE, open_workspace
from tests.gallery import Tour, rest

_PANELS = (
    "annotationsDock", "factsDock", "relationsDock", "codebookDock", "reviewDock", "noteDock",
    "tablesDock", "queryFormDock", "historyDock", "pageDock", "notesDock",
)  # fmt: skip
_DIALOGS = (
    "export", "documents", "settings", "open_record", "new_record", "shortcuts", "language",
    "cheat_sheet", "palette", "merge", "import_files", "context",
)  # fmt: skip
_BEAT = 4  # milliseconds


class Heart(QObject):
    """Beats while the window's thread answers, and knows the longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self._last = time.perf_counter()
        self.longest = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def begin(self) -> None:
        """Forget the longest pause."""
        self._last, self.longest = time.perf_counter(), 0.0


def stop(tour: Tour, heart: Heart, name: str, do: Callable[[], object]) -> None:
    """Do one thing, let it settle, say how long the window did not answer, keep a picture."""
    begun = time.perf_counter()
    heart.begin()
    try:
        do()
    except TimeoutError:
        name += " (did not come)"
    taken = time.perf_counter() - begun
    rest(400)
    pause = heart.longest * 1000
    print(f"{name:44}{taken * 1000:9.0f} ms{pause:9.0f} ms longest pause", flush=True)
    if not name.startswith("dialog"):
        tour.picture(name.replace(" ", "-").replace(":", "-"))


def emptied(folder: Path) -> None:
    """Make a workspace, and take out all that the reference brought."""
    import sqlite3

    open_workspace(folder).close()
    connection = sqlite3.connect(folder / DATABASE)
    kept = {"pack", "pack_entry", "pack_edition", "alembic_version", "setting"}
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in names:
        if name not in kept:
            connection.execute(f'DELETE FROM "{name}"')
    connection.commit()
    connection.close()
    workspace = open_workspace(folder)
    workspace.search.rebuild()
    workspace.close()


def show_dialog(tour: Tour, action: str) -> None:
    """Open what an action opens, keep a picture of it, close it."""
    getattr(tour.window.commands, action).trigger()
    rest(800)
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog | QMessageBox) and widget.isVisible():
            tour.picture(f"dialog-{action}", widget)
            widget.close()


def walk(tour: Tour, heart: Heart) -> None:
    """Go to every place once."""
    window = tour.window

    def choose(kind: Kind) -> None:
        window.library.choose_kind(kind)

    for kind in RECORD_KINDS:
        stop(tour, heart, f"library {kind.value}", lambda kind=kind: choose(kind))
    for query in ("cyber", "the", "critical infrastructure", "kind:document peace", "s*", "zzqx"):
        stop(tour, heart, f"search {query}".replace("*", "-"), lambda q=query: tour.search(q))
    stop(tour, heart, "search open", lambda: open_hit(tour))
    window.field.clear()
    for panel in _PANELS:
        stop(tour, heart, f"panel {panel}", lambda panel=panel: window.raise_panel(panel))
    for action in _DIALOGS:
        if hasattr(window.commands, action):
            stop(tour, heart, f"dialog {action}", lambda a=action: show_dialog(tour, a))


def open_hit(tour: Tour) -> None:
    """Open the best hit of a search."""
    tour.search("nuclear weapons")
    QTest.keyClick(tour.window.field, Qt.Key.Key_Return)
    tour.wait(lambda: tour.window.tabs.reader is not None, 5_000)


def main() -> int:
    """Walk through one workspace."""
    workspace, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    if "--emptied" in sys.argv and not workspace.exists():
        emptied(workspace)
    tour = Tour(folder, workspace, large="--large" in sys.argv, rows="--emptied" not in sys.argv)
    heart = Heart()
    assert isinstance(tour.window, QWidget)
    walk(tour, heart)
    tour.end()
    return 0


if __name__ == "__main__":
    sys.exit(main())
