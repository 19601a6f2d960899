"""Addresses of passages open the window there."""

from pytestqt.qtbot import QtBot

from core.domain.addresses import address_of
from gui.app import Start
from gui.inbox import leave_wish
from gui.main_window import MainWindow

NORM = "norm:gge-13f-no-ci-damage"


def test_a_second_start_shows_the_passage_in_the_open_window(
    qtbot: QtBot, start: Start, window: MainWindow
) -> None:
    window.tabs.request(NORM)
    qtbot.waitUntil(lambda: window.tabs.key == NORM, timeout=9000)
    text = window.tabs.reader.text
    assert text is not None
    passage = text.passages[4]
    words = text.content[passage.start : passage.end]
    address = address_of(NORM, 7, 7 + len(words), words)  # it stood elsewhere once
    window.tabs.close_current()
    assert leave_wish(start.workspace.path, str(address))
    qtbot.waitUntil(lambda: window.tabs.key == NORM, timeout=9000)
    qtbot.waitUntil(lambda: window.tabs.reader.caret() == passage.start, timeout=9000)
    assert not list((start.workspace.path / "inbox").iterdir())


def test_a_passage_that_is_gone_is_said_and_the_record_shown(
    qtbot: QtBot, start: Start, window: MainWindow
) -> None:
    address = address_of(NORM, 0, 12, "never stated")
    assert leave_wish(start.workspace.path, str(address))
    qtbot.waitUntil(lambda: window.tabs.key == NORM, timeout=9000)
    qtbot.waitUntil(lambda: "no longer in this text" in window.banner.sentence, timeout=9000)


def test_what_is_no_address_is_said(qtbot: QtBot, start: Start, window: MainWindow) -> None:
    assert leave_wish(start.workspace.path, "normatlas://nonsense")
    qtbot.waitUntil(lambda: "is not the address" in window.banner.sentence, timeout=9000)
