"""Search as one types, by keyboard, on the real reference."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow


def type_query(qtbot: QtBot, window: MainWindow, text: str) -> QListView:
    window.commands.search.trigger()
    qtbot.keyClicks(window.field, text)
    qtbot.waitUntil(lambda: window.searching, timeout=10_000)
    return window.findChild(QListView, "resultsView")


def test_results_appear_while_typing_and_enter_opens_the_best(
    qtbot: QtBot, window: MainWindow
) -> None:
    results = type_query(qtbot, window, "critical infrastr")
    qtbot.waitUntil(lambda: results.model().rowCount() > 5)
    wanted = window.results.model.hit(0).record
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.key == wanted)
    assert not window.searching
    assert window.tabs.reader is not None
    qtbot.waitUntil(lambda: window.focusWidget() is window.tabs.reader)


def test_arrows_lead_into_the_hits_and_escape_leads_back(qtbot: QtBot, window: MainWindow) -> None:
    results = type_query(qtbot, window, "budapest")
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    assert window.focusWidget() is results
    qtbot.keyClick(results, Qt.Key.Key_Down)
    assert results.currentIndex().row() == 1
    qtbot.keyClick(results, Qt.Key.Key_Escape)
    assert not window.searching
    assert window.field.text() == "budapest"


def test_nothing_found_is_said_in_words(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, "zzqxw")
    assert window.results.model.rowCount() == 0
    assert "Nothing found for “zzqxw”" in window.results.header.summary.text()


def test_clearing_the_box_goes_back_to_reading(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, "budapest")
    window.field.clear()
    qtbot.waitUntil(lambda: not window.searching)
    assert window.hits_status.text() == ""


def test_a_query_of_signs_is_no_error(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, '"(( AND tag:')
    assert not window.banner.isVisible()
