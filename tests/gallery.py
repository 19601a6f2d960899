"""Drives the real window through the tour and saves what it looks like.

Run: python tests/gallery.py FOLDER [WORKSPACE [--large]]
QT_QPA_PLATFORM=xcb under Xvfb shows it as on a desktop; offscreen works too.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeView, QWidget

from core.domain.keys import Kind
from gui.app import Start
from gui.command_palette import CommandPalette
from gui.main_window import MainWindow
from gui.theme import Themes


def rest(milliseconds: int) -> None:
    """Let the window live; unlike QTest.qWait this leaves other threads their turn."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Tour:
    """One walk through the window, a picture at each stop."""

    def __init__(self, folder: Path, workspace: Path, *, large: bool, rows: bool = True) -> None:
        application = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(application, QApplication)
        self._folder = folder
        self._prefix = "large-" if large else ""
        font = application.font()
        font.setPointSizeF(font.pointSizeF() * (2 if large else 1))
        application.setFont(font)
        self.themes = Themes(application)
        self.themes.choose("light")
        self.start = Start(self.themes, workspace, "Ada Analyst", None)
        self.start.begin()
        self.wait(lambda: self.start.workspace is not None, 60_000)
        assert self.start.window is not None
        self.window: MainWindow = self.start.window
        self.window.resize(1280, 720)
        entries = self.window.findChild(QTreeView, "libraryView")
        self.wait(lambda: not rows or entries.model().rowCount() > 0)

    def wait(self, until: Callable[[], bool], timeout: int = 10_000) -> None:
        """Wait until something is so; raises `TimeoutError` when it does not come."""
        patience = QDeadlineTimer(timeout)
        while not until():
            if patience.hasExpired():
                raise TimeoutError("the window did not get there")
            rest(10)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Save the window, or ``widget``, as it looks once it has settled."""
        rest(250)
        (widget or self.window).grab().save(str(self._folder / f"{self._prefix}{name}.png"))

    def open(self, key: str) -> None:
        """Open a record."""
        self.window.tabs.request(key)
        self.wait(lambda: self.window.tabs.key == key)

    def search(self, text: str) -> None:
        """Type into the search box."""
        self.window.commands.search.trigger()
        self.window.field.clear()
        QTest.keyClicks(self.window.field, text)
        self.wait(lambda: self.window.searching, 60_000)

    def tag(self, start: int, end: int, tag: str, picture: str | None = None) -> None:
        """Tag a passage through the palette."""
        reader = self.window.tabs.reader
        assert reader is not None
        reader.select_passage(start, end)
        if picture:
            self.picture(f"{picture}-selection")
        self.window.commands.tag.trigger()
        palette = self.window.findChild(QWidget, "tagPalette")
        QTest.keyClicks(palette.field, tag)
        if picture:
            self.picture(f"{picture}-palette")
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
        self.wait(lambda: self.start.writes.pending == 0)
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)

    def end(self) -> None:
        """Close the window."""
        self.window.close()
        self.start.end()


def walk(tour: Tour) -> None:
    """Go through everything that the window can do."""
    window = tour.window
    tour.picture("01-start")
    window.library.choose_kind(Kind.INITIATIVE)
    tour.picture("02-library")
    tour.search("critical infrastructure")
    tour.picture("03-search")
    tour.search("zzqxw")
    tour.picture("04-nothing-found")
    tour.search("critical infrastructure")
    QTest.keyClick(window.field, Qt.Key.Key_Return)
    tour.wait(lambda: window.tabs.reader is not None)
    tour.picture("05-hit")
    window.field.clear()
    tour.open("norm:due-diligence")
    annotate(tour)
    tour.open("instrument:unga-73-187")
    tour.picture("10-votes")
    tour.open("participant:united-states")
    tour.picture("10-longest")
    tour.open("norm:due-diligence")
    for name, dock in (("11-facts", "factsDock"), ("12-relations", "relationsDock")):
        window.raise_panel(dock)
        tour.picture(name)
    window.raise_panel("codebookDock")
    tour.picture("13-codebook")
    window.raise_panel("annotationsDock")
    dialogs(tour)
    tour.themes.choose("dark")
    tour.picture("16-dark")
    tour.search("budapest")
    tour.picture("17-dark-search")
    tour.themes.choose("light")


def annotate(tour: Tour) -> None:
    """Tag two passages that overlap and another, and write a note."""
    record = tour.window.tabs.record
    assert record is not None
    statement = next(p for p in record.text.passages if p.end - p.start > 60)
    fact = next(p for p in record.text.passages if p.label == "Fact 2")
    content = record.text.content
    middle = content.index(" should ", statement.start)
    tour.tag(statement.start, content.index(".", middle) + 1, "Due diligence", "06")
    tour.tag(fact.start, fact.end, "Regional positions")
    tour.tag(middle + 1, statement.end, "State practice/Territory")
    tour.picture("08-annotations")
    tour.window.raise_panel("noteDock")
    note = tour.window.note.editor
    note.setFocus()
    QTest.keyClicks(note, "Said first by *one* state; see the GGE.")
    tour.picture("09-note")
    tour.window.note.save()
    tour.wait(lambda: tour.start.writes.pending == 0)
    tour.window.tabs.reader.setFocus()
    tour.picture("10-saved")


def dialogs(tour: Tour) -> None:
    """Show export and the command palette."""
    window = tour.window
    window.commands.export.trigger()
    tour.wait(lambda: window.findChild(QWidget, "exportDialog") is not None)
    dialog = window.findChild(QWidget, "exportDialog")
    rest(300)
    tour.picture("14-export", dialog)
    dialog.close()
    palette = CommandPalette(window.all_actions(), window)
    palette.move(window.mapToGlobal(QPoint(300, 80)))
    palette.show()
    tour.picture("15-commands", palette)
    palette.close()


def main() -> int:
    """Walk once as usual and once with everything twice as large."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    large = "--large" in sys.argv
    with tempfile.TemporaryDirectory() as place:
        workspace = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(place) / "workspace"
        tour = Tour(folder, workspace, large=large)
        walk(tour)
        tour.end()
        if not large:
            again = [sys.executable, __file__, str(folder), str(workspace), "--large"]
            return subprocess.run(again, check=False).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
