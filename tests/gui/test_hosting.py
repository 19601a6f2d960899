"""The window as users start it: its workspace lives in another process."""

import subprocess
import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeView

from core.domain.annotations import AnnotationFilter
from gui.app import Start
from tests.gui.conftest import finish


def test_read_search_and_annotate_over_the_pipe(qtbot, themes, workspace_folder, slow_calls):
    start = Start(themes, workspace_folder, "Ada Analyst", "norm:due-diligence")
    with qtbot.waitSignal(start.ready, timeout=20_000):
        start.begin()
    window = start.window
    entries = window.findChild(QTreeView, "libraryView")
    qtbot.waitUntil(lambda: entries.model().rowCount() > 0, timeout=10_000)
    qtbot.waitUntil(lambda: window.tabs.key == "norm:due-diligence", timeout=10_000)
    window.tabs.reader.select_passage(0, 13)
    window.commands.tag.trigger()
    palette = window.findChild(object, "tagPalette")
    qtbot.keyClicks(palette.field, "Duty")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: start.writes.pending == 0)
    (annotation,) = start.workspace.annotations.find(AnnotationFilter(record="norm:due-diligence"))
    assert annotation.tags == ("Duty",)
    slow_calls.clear()  # of this test's own call
    window.commands.search.trigger()
    qtbot.keyClicks(window.field, "tag:duty")
    qtbot.waitUntil(lambda: window.results.model.rowCount() == 1, timeout=10_000)
    finish(start)
    assert not slow_calls


def test_the_window_needs_neither_database_nor_index(workspace_folder):
    """What it costs in memory and time is the other process's."""
    program = (
        "import sys, pathlib\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication([])\n"
        "from gui.app import Start\n"
        "from gui.theme import Themes\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "start = Start(Themes(application), folder, None, 'norm:due-diligence')\n"
        "start.ready.connect(application.quit)\n"
        "start.begin()\n"
        "application.exec()\n"
        "start.window.close()\n"
        "start.end()\n"
        "heavy = {'sqlalchemy', 'alembic', 'whoosh', 'numpy', 'yaml', 'msgspec'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(workspace_folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == "[]"
