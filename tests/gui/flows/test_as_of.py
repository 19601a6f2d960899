"""One date for the whole window: library, search, panels, tables and the page."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QTableView

from core.domain.keys import RECORD_KINDS, Kind
from gui.app import Start
from gui.window_state import load_state
from tests.gui.conftest import finish, open_here
from tests.gui.flows.test_searching import type_query

CONVENTION = "instrument:budapest-convention"


@pytest.fixture
def convention(qtbot, window):
    """The window with the Budapest Convention in front."""
    window.tabs.request(CONVENTION)
    qtbot.waitUntil(lambda: window.tabs.key == CONVENTION)
    return window


def set_date(qtbot, window, typed):
    """Type a date as an analyst does."""
    window.commands.as_of.trigger()
    window.as_of.selectAll()
    qtbot.keyClicks(window.as_of, typed)
    qtbot.keyClick(window.as_of, Qt.Key.Key_Return)


def bodies(view):
    """What the cards of a panel say."""
    return [view.cards.card(row).body for row in range(view.cards.rowCount())]


def number(window, kind):
    """How many records of a kind the library lists."""
    item = window.findChild(QListWidget, "libraryKinds").item(RECORD_KINDS.index(kind))
    return int(item.text().split()[-1])


def test_the_library_lists_what_existed(qtbot, window):
    before = {kind: number(window, kind) for kind in RECORD_KINDS}
    set_date(qtbot, window, "2011")
    assert window.as_of_strip.isVisible()
    assert window.as_of.property("active") is True
    for kind in (Kind.NORM, Kind.INITIATIVE, Kind.INSTRUMENT, Kind.EVENT):
        assert 0 < number(window, kind) < before[kind]
    window.as_of_strip.clear.click()
    assert {kind: number(window, kind) for kind in RECORD_KINDS} == before
    assert not window.as_of_strip.isVisible()
    assert window.as_of.text() == ""


def whole_page(window):
    window.tabs.reader.finish_writing()
    return window.tabs.reader.toPlainText()


def test_panels_list_what_held_and_the_page_stays_whole(qtbot, convention):
    window = convention
    ties, facts = len(bodies(window.relations)), len(bodies(window.facts))
    text = window.tabs.reader.text
    drawn = whole_page(window)
    set_date(qtbot, window, "2003")
    assert len(bodies(window.relations)) < ties
    assert "left out as of 2003" in bodies(window.relations)[-1]
    assert len(bodies(window.facts)) < facts
    assert window.tabs.reader.text == text
    assert "(later)" in whole_page(window)
    qtbot.keyClick(window.as_of, Qt.Key.Key_Backspace)  # the text is not selected any more
    window.as_of.clear()
    assert len(bodies(window.relations)) == ties
    assert len(bodies(window.facts)) == facts
    assert whole_page(window) == drawn


def test_a_table_tells_who_was_a_party_then(qtbot, convention):
    window = convention
    window.raise_panel("tablesDock")
    choice = window.findChild(QComboBox, "tableChoice")
    choice.setCurrentIndex(choice.findText("ratifications", Qt.MatchFlag.MatchContains))
    view = window.findChild(QTableView, "tableView")
    model, every = view.model(), view.model().rowCount()
    columns = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(8)]
    set_date(qtbot, window, "1 July 2003")
    rows = {model.index(row, 0).data(): row for row in range(model.rowCount())}
    assert 0 < len(rows) < every
    assert "Benin" not in rows  # acceded in 2024
    ratified, status = columns.index("Ratification"), columns.index("Status")
    assert model.index(rows["Albania"], ratified).data() == "20 June 2002"
    assert model.index(rows["France"], ratified).data() == ""  # in 2006
    assert model.index(rows["France"], status).data() == ""
    assert "as of 1 July 2003" in window.dock("tablesDock").panel()._count.text()
    window.as_of.clear()
    assert model.rowCount() == every


def test_results_are_narrowed_and_their_chip_clears_the_date_for_all(qtbot, window):
    set_date(qtbot, window, "2010")
    results = type_query(qtbot, window, "cyber norms")
    qtbot.waitUntil(lambda: results.model().rowCount() > 3)
    hits = [window.results.model.hit(row) for row in range(results.model().rowCount())]
    assert not any(hit.record.startswith("initiative:un-oewg") for hit in hits)
    (chip,) = window.results.choices.buttons()
    assert "As of: 2010" in chip.text()
    before = window.results.header.summary.text()
    chip.click()
    assert not window.as_of_strip.isVisible()
    assert window.as_of.text() == ""
    qtbot.waitUntil(lambda: window.results.header.summary.text() != before)


def test_the_keyboard_goes_a_year_back_and_on(qtbot, window):
    set_date(qtbot, window, "July 2015")
    assert window.as_of.text() == "July 2015"
    qtbot.keyClick(window.as_of, Qt.Key.Key_Down)
    assert window.as_of.text() == "2014"
    qtbot.keyClick(window.as_of, Qt.Key.Key_Up)
    assert window.as_of.text() == "2015"
    qtbot.keyClicks(window.as_of, "x")
    qtbot.keyClick(window.as_of, Qt.Key.Key_Escape)
    assert window.as_of.text() == "2015"
    assert not window.as_of.hasFocus()


def test_what_is_no_date_is_said_and_changes_nothing(qtbot, window):
    set_date(qtbot, window, "2011")
    listed = number(window, Kind.EVENT)
    set_date(qtbot, window, "the day after")
    assert "is not a date" in window.banner.sentence
    assert window.as_of.text() == "2011"
    assert number(window, Kind.EVENT) == listed


def test_a_record_that_is_later_says_so(qtbot, convention):
    set_date(qtbot, convention, "1998")
    assert "later than that" in convention.as_of_strip.sentence


def test_the_date_comes_back_with_the_window(qtbot, window, start, themes):
    set_date(qtbot, window, "22 July 2015")
    listed = number(window, Kind.EVENT)
    window.close()
    assert load_state(start._folder).as_of == "2015-07-22"
    again = Start(themes, start._folder, None, None, open_here)
    with qtbot.waitSignal(again.ready, timeout=20_000):
        again.begin()
    second = again.window
    qtbot.waitUntil(lambda: number(second, Kind.EVENT) == listed, timeout=10_000)
    assert second.as_of.text() == "22 July 2015"
    assert second.as_of_strip.isVisible()
    finish(again)


def test_entries_of_a_document_are_left_as_they_are(qtbot, convention):
    """A text that somebody imported is theirs; its tables are not filtered by guesses."""
    record = convention.tabs.record
    entry = replace(record.entry, kind=Kind.DOCUMENT)
    set_date(qtbot, convention, "2003")
    tables = convention.dock("tablesDock").panel()
    tables.show_record(replace(record, entry=entry))
    assert "2003" in tables._count.text()
    assert tables._tables == tables._whole
