"""Every part of the window has a name for screen readers and can take the focus."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow

RECORD = "norm:due-diligence"
PANELS = (
    "annotationsDock", "factsDock", "relationsDock", "codebookDock", "reviewDock", "noteDock",
    "tablesDock", "queryFormDock", "historyDock", "pageDock", "notesDock",
)  # fmt: skip
DIALOGS = {
    "export": "exportDialog",
    "documents": "documentsDialog",
    "settings": "settingsDialog",
    "open_record": "quickOpen",
    "new_record": "newRecordDialog",
    "edit_record": "recordForm",
    "shortcuts": "shortcutsDialog",
    "palette": "commandPalette",
    "merge": "mergeDialog",
    "browser": "browserDialog",
}


def stops(root: QWidget) -> Iterator[QWidget]:
    """Where Tab can stop: what is seen, takes the focus and lends it to nothing else."""
    for widget in [root, *root.findChildren(QWidget)]:
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if tabbed and widget.isVisible() and widget.focusProxy() is None:
            yield widget


def unnamed(root: QWidget) -> list[str]:
    """Describe the stops that a screen reader has no name for."""
    found = []
    for widget in stops(root):
        spoken = QAccessible.queryAccessibleInterface(widget)
        if not spoken.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def walked(qtbot: QtBot, start: QWidget, key: Qt.Key) -> list[str]:
    """Press Tab until it comes round; returns where it stopped, links of a page as one."""
    start.setFocus()
    seen: list[str] = []
    widget = start
    while not (widget is start and seen):
        if not seen or seen[-1] != name_of(widget):
            seen.append(name_of(widget))
        qtbot.keyClick(widget, key)
        focused = QApplication.focusWidget()
        assert focused is not None
        widget = focused
    return seen


def name_of(widget: QWidget) -> str:
    """How a list of stops calls one."""
    return widget.objectName() or type(widget).__name__


@pytest.fixture
def reading(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The window with a record open."""
    window.tabs.request(RECORD)
    qtbot.waitUntil(lambda: window.tabs.key == RECORD)
    return window


def test_every_panel_is_named_through_and_through(qtbot: QtBot, reading: MainWindow) -> None:
    for name in PANELS:
        reading.raise_panel(name)
        dock = reading.findChild(QDockWidget, name)
        assert dock is not None
        qtbot.waitUntil(dock.isVisible)
        assert list(stops(dock)), f"nothing of {name} is reached by keyboard"
    assert not unnamed(reading)


def test_tab_leads_through_the_window_as_one_reads(qtbot: QtBot, reading: MainWindow) -> None:
    wanted = ["searchField", "asOfField", "libraryView", "reader", "annotationsView"]
    seen = walked(qtbot, reading.field, Qt.Key.Key_Tab)
    assert [name for name in seen if name in wanted] == wanted
    assert "factsView" not in seen, "a panel behind another takes the focus"
    back = walked(qtbot, reading.field, Qt.Key.Key_Backtab)
    assert back[1:] == seen[:0:-1]


@pytest.mark.parametrize("action", DIALOGS)
def test_every_dialog_is_named_through_and_through(
    qtbot: QtBot, reading: MainWindow, action: str
) -> None:
    command = getattr(reading.commands, action)
    assert isinstance(command, QAction)

    def shown() -> QDialog | None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.objectName() == DIALOGS[action]:
                return widget if widget.isVisible() else None
        return None

    command.trigger()
    qtbot.waitUntil(lambda: shown() is not None)
    dialog = shown()
    assert dialog is not None
    assert dialog.accessibleName() or dialog.windowTitle()
    assert list(stops(dialog))
    assert not unnamed(dialog)
    dialog.close()
