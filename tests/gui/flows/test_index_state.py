"""The status bar tells how the index stands."""

import pytest
from pytestqt.qtbot import QtBot

from core.domain.search import IndexState
from core.errors import UserError
from gui.app import Start
from gui.main_window import MainWindow
from gui.wiring import IndexingController


def test_it_is_up_to_date_or_behind_and_says_so(
    qtbot: QtBot, window: MainWindow, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.waitUntil(lambda: window.index_status.text() == "Index up to date")
    indexing = window.findChild(IndexingController)
    for what, words in (
        ("building", "Building the index, 25 %…"),
        ("repairing", "Repairing the index, 25 %…"),
        ("busy", "Index waits for another NormAtlas"),
    ):
        indexing.stands.emit(IndexState(what, 3, 25))
        assert window.index_status.text() == words
    assert "3 changes" in window.index_status.toolTip()

    def fail(*_: object) -> int:
        raise UserError("The disk is full; free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(start.workspace.search, "catch_up", fail)
        indexing.catch_up()
        qtbot.waitUntil(lambda: "behind" in window.index_status.text())
    assert window.banner.isVisible()
    indexing.catch_up()
    qtbot.waitUntil(lambda: window.index_status.text() == "Index up to date")


def test_a_damaged_index_repairs_itself_and_what_is_asked_is_asked_again(
    qtbot: QtBot, window: MainWindow, start: Start
) -> None:
    indexing, status = window.findChild(IndexingController), window.index_status
    qtbot.waitUntil(lambda: status.text() == "Index up to date")
    shown: list[str] = []
    indexing.stands.connect(lambda state: shown.append(state.what))
    for file in (start.workspace.path / "index").rglob("*.arrays"):
        with file.open("r+b") as segment:
            segment.seek(4096)
            segment.write(bytes(64))  # as a failing disk does
    indexing._looks.setInterval(5)
    with qtbot.waitSignal(indexing.caught_up, timeout=30_000):
        indexing._tidy()
    assert "repairing" in shown
    assert status.text() == "Index up to date"


def test_what_another_process_holds_up_is_tried_again(
    qtbot: QtBot, window: MainWindow, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing, status = window.findChild(IndexingController), window.index_status
    qtbot.waitUntil(lambda: status.text() == "Index up to date")
    indexing._again.setInterval(10)
    with monkeypatch.context() as patched:
        patched.setattr(start.workspace.search, "state", lambda: IndexState("busy", 2))
        indexing.catch_up()
        qtbot.waitUntil(lambda: "another NormAtlas" in status.text())
    qtbot.waitUntil(lambda: status.text() == "Index up to date")
