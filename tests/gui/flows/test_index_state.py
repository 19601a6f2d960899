"""The status bar tells how the index stands."""

import pytest
from pytestqt.qtbot import QtBot

from core.errors import UserError
from gui.app import Start
from gui.main_window import MainWindow
from gui.wiring import IndexingController


def test_it_is_up_to_date_or_behind_and_says_so(
    qtbot: QtBot, window: MainWindow, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: window.index_status.text() == "Index up to date")
    indexing = window.findChild(IndexingController)
    indexing.progressed.emit(20, 80, "Building the search index")
    assert window.index_status.text() == "Building the index, 25 %…"

    def fail(*_: object) -> int:
        raise UserError("The disk is full; free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(start.workspace.search, "catch_up", fail)
        indexing.catch_up()
        qtbot.waitUntil(lambda: "behind" in window.index_status.text())
    assert window.banner.isVisible()
    indexing.catch_up()
    qtbot.waitUntil(lambda: window.index_status.text() == "Index up to date")
