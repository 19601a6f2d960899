"""An answer narrowed, ordered, shown in context, and asked for the like of."""

import csv

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QTableView
from pytestqt.qtbot import QtBot

from core.domain.search import Sort
from core.search.analysis import words_of
from gui.main_window import MainWindow
from tests.gui.flows.test_searching import type_query

NORM = "norm:gge-13f-no-ci-damage"


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window at a size at which filters have room beside the hits."""
    window.resize(1280, 720)
    return window


def kinds(window: MainWindow) -> set[str]:
    model = window.results.model
    return {model.hit(row).kind.value for row in range(model.rowCount())}


def wait_for_counts(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.results.facets.lists["kind"].model.rowCount() > 1, timeout=9000)


def total(window: MainWindow) -> int:
    return int(window.hits_status.text().split()[0])


def test_kinds_themes_and_years_narrow_by_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, "cyber")
    wait_for_counts(qtbot, window)
    before = total(window)
    facets = window.results.facets
    window.results.enter()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Left)
    heading = facets.lists["kind"].heading
    assert window.focusWidget() is heading
    qtbot.keyClick(heading, Qt.Key.Key_Tab)
    values = facets.lists["kind"].values
    assert window.focusWidget() is values
    counts = facets.lists["kind"].model
    norms = counts.index(counts.row_of("norm"))
    values.setCurrentIndex(norms)
    expected = norms.data(Qt.ItemDataRole.AccessibleTextRole)
    qtbot.keyClick(values, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: kinds(window) == {"norm"})
    assert str(total(window)) == expected.rpartition(" ")[2]
    assert window.focusWidget() is values
    years = facets.years
    years.setFocus()
    for _ in range(2):
        qtbot.keyClick(years, Qt.Key.Key_Right)
    for _ in range(30):
        qtbot.keyClick(years, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(years, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.results.choices.buttons()) == 2)
    chips = [chip.text() for chip in window.results.choices.buttons()]
    assert chips[0].startswith("Kind: Norms")
    assert chips[1].startswith("Year: ")
    for left in (2, 1):
        qtbot.waitUntil(lambda left=left: len(window.results.choices.buttons()) == left)
        qtbot.keyClick(window.results.choices.buttons()[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: total(window) == before)
    assert not window.results.choices.isVisible()
    qtbot.keyClick(years, Qt.Key.Key_Escape)
    assert window.focusWidget().objectName() == "resultsView"


def test_long_facets_are_searched_and_fold(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, "cyber")
    wait_for_counts(qtbot, window)
    people = window.results.facets.lists["participant"]
    assert not people.values.isVisible()
    people.heading.setFocus()
    qtbot.keyClick(people.heading, Qt.Key.Key_Space)
    assert people.values.isVisible()
    qtbot.keyClicks(people.words, "kore")
    rows = range(people.model.rowCount())
    assert "South Korea" in {people.model.index(row).data() for row in rows}
    people.model.toggle(people.model.index(people.model.row_of("participant:south-korea")))
    qtbot.waitUntil(lambda: len(window.results.choices.buttons()) == 1)
    assert "South Korea" in window.results.choices.buttons()[0].text()
    window.field.clear()
    qtbot.waitUntil(lambda: not window.searching)
    type_query(qtbot, window, "budapest")
    assert not window.results.choices.isVisible()


def test_a_range_of_years_is_dragged(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, "cyber")
    wait_for_counts(qtbot, window)
    before, years = total(window), window.results.facets.years
    y = years.height() // 3
    begin, end = QPoint(years.width() // 2, y), QPoint(years.width() - 12, y)
    wanted = (years.year_at(begin.x()), years.year_at(end.x()))
    qtbot.mousePress(years, Qt.MouseButton.LeftButton, pos=begin)
    qtbot.mouseMove(years, end)
    qtbot.mouseRelease(years, Qt.MouseButton.LeftButton, pos=end)
    qtbot.waitUntil(lambda: total(window) < before)
    model = window.results.model
    for row in range(model.rowCount()):
        assert model.hit(row).year is not None
    assert f"{wanted[0]}–{wanted[1]}" in window.results.choices.buttons()[0].text()


def test_order_and_place_are_chosen(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, "cyber")
    header, model = window.results.header, window.results.model
    header.sort.setCurrentIndex(header.sort.findData(Sort.TITLE))
    header.sort.activated.emit(header.sort.currentIndex())

    def titles() -> list[list[str]]:
        return [words_of(model.hit(row).title) for row in range(model.rowCount())]

    qtbot.waitUntil(lambda: model.rowCount() > 5 and titles() == sorted(titles()))
    notes = header.scopes[frozenset({"notes"})]
    qtbot.mouseClick(notes, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: model.rowCount() == 0)
    assert "your notes" in header.summary.text()
    (widen,) = window.results.advice.buttons()
    qtbot.mouseClick(widen, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: model.rowCount() > 5)
    assert header.scopes[frozenset()].isChecked()


def test_a_note_is_found_and_its_annotation_opened(
    qtbot: QtBot, window: MainWindow, start, slow_calls
) -> None:
    made, changes = start.workspace.annotations.annotate_quote(
        NORM, "services to the public", note="Compare the Zanzibar protocol."
    )
    start.workspace.search.catch_up()
    slow_calls.clear()  # what is slow here is the test
    type_query(qtbot, window, "zanzibar")
    qtbot.mouseClick(window.results.header.scopes[frozenset({"notes"})], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.results.model.rowCount() == 1)
    hit = window.results.model.hit(0)
    assert hit.annotation == made.id
    window.results.grab()  # its look needs colours of its own
    window.results.open_current()
    qtbot.waitUntil(lambda: window.tabs.key == NORM)
    qtbot.waitUntil(lambda: window.note.annotation == made.id)
    assert changes


def test_suggestions_are_offered_where_nothing_is_found(qtbot: QtBot, window: MainWindow) -> None:
    type_query(qtbot, window, "soverignty")
    buttons = window.results.advice.buttons()
    assert [button.text() for button in buttons] == ["Did you mean “sovereignty”?"]
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.results.model.rowCount() > 3)
    assert window.field.text() == "sovereignty"


def test_keywords_in_context(qtbot: QtBot, window: MainWindow, tmp_path, monkeypatch) -> None:
    type_query(qtbot, window, "cyber")
    window.commands.context.trigger()
    view = window.results.concordance
    table = window.findChild(QTableView, "concordanceTable")
    qtbot.waitUntil(lambda: view.model.rowCount() == 200, timeout=9000)
    assert table.isVisible()
    assert table.columnWidth(0) > table.viewport().width() // 5
    window.resize(1400, 720)
    assert table.columnWidth(0) > table.viewport().width() // 5
    table.scrollToBottom()
    qtbot.waitUntil(lambda: view.model.rowCount() > 200, timeout=9000)
    table.horizontalHeader().sectionClicked.emit(2)
    qtbot.waitUntil(
        lambda: view.model.rowCount() == 200 and "so far" not in view._count.text(), timeout=9000
    )
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    window.commands.copy.trigger()
    copied = QApplication.clipboard().mimeData()
    assert copied.text().count("\n") == 1
    assert copied.text().count("\t") == 10
    assert copied.html().count("<tr>") == 2
    file = tmp_path / "lines.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    view.export.click()
    qtbot.waitUntil(window.banner.isVisible, timeout=9000)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.reader(lines))) > 400
    line = view.model.line(table.currentIndex().row())
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.key == line.record)
    assert not window.searching


def test_more_like_a_passage_and_like_a_hit(qtbot: QtBot, window: MainWindow) -> None:
    window.tabs.request(NORM)
    qtbot.waitUntil(lambda: window.tabs.key == NORM)
    record = window.tabs.record
    passage = next(p for p in record.text.passages if p.end - p.start > 80)
    window.tabs.reader.select_passage(passage.start, passage.end)
    window.commands.resemble.trigger()
    results = window.results
    qtbot.waitUntil(lambda: window.searching and results.model.rowCount() > 3, timeout=9000)
    assert record.entry.title in results._likeness.text()
    assert not results.header.context.isEnabled()
    assert NORM not in {results.model.hit(row).record for row in range(results.model.rowCount())}
    qtbot.waitUntil(lambda: results.facets.lists["kind"].model.rowCount() > 0)
    results.header.save.click()
    saved = window.library.saved.searches
    qtbot.waitUntil(lambda: len(saved.searches) == 1, timeout=9000)
    assert saved.searches[0].name == results.likeness
    hit = results.model.hit(0)
    results.likeness_wanted.emit(hit)
    qtbot.waitUntil(lambda: hit.title in results._likeness.text())
    type_query(qtbot, window, "budapest")
    qtbot.waitUntil(lambda: not results._likeness.isVisible())
    window.library.saved.run_requested.emit(saved.searches[0])
    qtbot.waitUntil(lambda: record.entry.title in results._likeness.text(), timeout=9000)
    assert not window.field.text()
    type_query(qtbot, window, "budapest")
    qtbot.waitUntil(lambda: not results._likeness.isVisible())
    assert results.header.context.isEnabled()
