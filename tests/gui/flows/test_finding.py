"""Ctrl+F in the open record, and F3 from hit to hit and from record to record."""

import re

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.controllers.search import SearchController
from gui.main_window import MainWindow
from gui.views.find_bar import FindBar
from tests.gui.flows.test_searching import type_query

CONVENTION = "instrument:budapest-convention"


@pytest.fixture
def bar(qtbot: QtBot, window: MainWindow) -> FindBar:
    window.tabs.request(CONVENTION)
    qtbot.waitUntil(lambda: window.tabs.key == CONVENTION)
    window.tabs.reader.setFocus()
    qtbot.keyClick(window.tabs.reader, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    bar = window.findChild(FindBar, "findBar")
    assert bar.isVisible()
    qtbot.waitUntil(lambda: window.focusWidget() is bar.field)
    return bar


def find(qtbot: QtBot, bar: FindBar, text: str) -> int:
    bar.field.clear()
    qtbot.keyClicks(bar.field, text)
    qtbot.waitUntil(lambda: bar.count.text().startswith("1 of "))
    return int(re.findall(r"\d+", bar.count.text())[1])


def found(window: MainWindow) -> list[str]:
    reader = window.tabs.reader
    return [reader.text.content[slice(*span)] for span in reader._backdrop.found.spans]


def test_it_counts_marks_and_steps_round_the_text(
    qtbot: QtBot, window: MainWindow, bar: FindBar
) -> None:
    total = find(qtbot, bar, "CONVENTION")
    assert total > 2
    assert {word.lower() for word in found(window)} == {"convention"}
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == f"2 of {total}"
    qtbot.keyClick(bar.field, Qt.Key.Key_F3)
    assert bar.count.text() == f"3 of {total}"
    for _ in range(3):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert bar.count.text() == f"{total} of {total}, from the end"
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == f"1 of {total}, from the start"


def test_escape_leaves_the_selection_at_the_hit(
    qtbot: QtBot, window: MainWindow, bar: FindBar
) -> None:
    find(qtbot, bar, "convention")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    second = window.tabs.reader._backdrop.found.spans[1]
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert window.tabs.reader.selection() == second
    assert found(window) == []
    assert window.focusWidget() is window.tabs.reader


def test_case_and_whole_words_make_it_stricter(
    qtbot: QtBot, window: MainWindow, bar: FindBar
) -> None:
    loose = find(qtbot, bar, "state")
    qtbot.mouseClick(bar.whole_words, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: 0 < len(found(window)) < loose or bar.count.text() == "Not found")
    bar.whole_words.setChecked(False)
    qtbot.mouseClick(bar.case, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: set(found(window)) <= {"state"} and len(found(window)) < loose)


def test_nothing_found_is_said_and_enter_does_no_harm(
    qtbot: QtBot, window: MainWindow, bar: FindBar
) -> None:
    qtbot.keyClicks(bar.field, "zzqxw")
    qtbot.waitUntil(lambda: bar.count.text() == "Not found")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert bar.count.text() == "Not found"


def test_enter_before_the_answer_is_not_lost(
    qtbot: QtBot, window: MainWindow, bar: FindBar
) -> None:
    bar.field.setText("convention")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bar.count.text().startswith("2 of "))


def test_another_record_is_found_in_too(qtbot: QtBot, window: MainWindow, bar: FindBar) -> None:
    find(qtbot, bar, "convention")
    window.tabs.request("instrument:malabo-convention")
    qtbot.waitUntil(lambda: window.tabs.key == "instrument:malabo-convention")
    qtbot.waitUntil(lambda: len(found(window)) > 0)
    assert bar.isVisible()
    window.tabs.close_current()
    window.tabs.close_current()
    assert not bar.isVisible()


def test_the_selection_is_what_is_found(qtbot: QtBot, window: MainWindow, bar: FindBar) -> None:
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    start = window.tabs.record.text.content.index("Convention")
    window.tabs.reader.select_passage(start, start + 10)
    window.commands.find.trigger()
    assert bar.field.text() == "Convention"
    qtbot.waitUntil(lambda: window.tabs.reader._backdrop.found.current is not None)
    marks = window.tabs.reader._backdrop.found
    assert marks.spans[marks.current] == (start, start + 10)


def status(window: MainWindow) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", window.hits_status.text())][:4]


def test_f3_goes_from_hit_to_hit_and_on_to_the_next_record(
    qtbot: QtBot, window: MainWindow
) -> None:
    results = type_query(qtbot, window, "sovereignty")
    qtbot.waitUntil(lambda: results.model().rowCount() > 1)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    first, second = (window.results.model.hit(row).record for row in (0, 1))
    qtbot.waitUntil(lambda: window.tabs.key == first and "record 1 of" in window.hits_status.text())
    at, hits, _, total = status(window)
    assert total == window.results.model.total
    reader = window.tabs.reader
    assert reader.hits.current == at - 1
    for step in range(at, hits):
        qtbot.keyClick(reader, Qt.Key.Key_F3)
        assert status(window)[:3] == [step + 1, hits, 1]
    qtbot.keyClick(reader, Qt.Key.Key_F3)
    qtbot.waitUntil(
        lambda: window.tabs.key == second and "record 2 of" in window.hits_status.text()
    )
    while "Hit 1 of" not in window.hits_status.text() and "Hit" in window.hits_status.text():
        qtbot.keyClick(window.tabs.reader, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window.tabs.reader, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.tabs.key == first and "record 1 of" in window.hits_status.text())
    assert status(window)[:2] == [hits, hits]


def test_a_phrase_is_one_hit(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, '"critical infrastructure"')
    qtbot.waitUntil(lambda: window.results.model.rowCount() > 1)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: window.tabs.reader is not None and len(window.tabs.reader.hits.spans) > 0
    )
    reader = window.tabs.reader
    words = {reader.text.content[slice(*span)].lower() for span in reader.hits.spans}
    assert words == {"critical infrastructure"}


def test_f3_reads_on_beyond_the_records_that_are_listed(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, "budapest")
    model = window.results.model
    qtbot.waitUntil(lambda: 0 < model.rowCount() < model.total)
    listed = model.rowCount()
    window.results._hits.setCurrentIndex(model.index(listed - 1))
    window.commands.next_hit.trigger()
    qtbot.waitUntil(lambda: model.rowCount() > listed)
    qtbot.waitUntil(lambda: window.tabs.key == model.hit(listed).record)


def test_f3_goes_on_where_one_was_after_the_index_took_in_an_annotation(
    qtbot: QtBot, window: MainWindow
) -> None:
    type_query(qtbot, window, "sovereignty")
    model = window.results.model
    qtbot.waitUntil(lambda: model.rowCount() > 3)
    window.results._hits.setCurrentIndex(model.index(2))
    third, fourth = model.hit(2).record, model.hit(3).record
    window.results.open_current()
    qtbot.waitUntil(lambda: "record 3 of" in window.hits_status.text())
    with qtbot.waitSignal(model.modelReset):
        window.findChild(SearchController).ask_again()
    qtbot.waitUntil(lambda: "record 3 of" in window.hits_status.text())
    assert window.tabs.key == third
    for _ in range(len(window.tabs.reader.hits.spans)):
        window.commands.next_hit.trigger()
    qtbot.waitUntil(lambda: window.tabs.key == fourth)


def test_escape_closes_the_bar_from_the_text_too(
    qtbot: QtBot, window: MainWindow, bar: FindBar
) -> None:
    find(qtbot, bar, "convention")
    window.tabs.reader.setFocus()
    qtbot.keyClick(window.tabs.reader, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_f3_goes_from_record_to_record_where_no_words_were_asked_for(
    qtbot: QtBot, window: MainWindow
) -> None:
    type_query(qtbot, window, "theme:cybercrime kind:norm ")
    model = window.results.model
    qtbot.waitUntil(lambda: model.rowCount() > 2)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.key == model.hit(0).record)
    qtbot.waitUntil(lambda: window.hits_status.text().startswith("Record 1 of"))
    qtbot.keyClick(window.tabs.reader, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: window.tabs.key == model.hit(1).record)
    qtbot.waitUntil(lambda: window.hits_status.text().startswith("Record 2 of"))
