"""A record's tables beside it: sorted, narrowed, followed, copied, saved."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QTableView, QToolButton

RESOLUTION = "instrument:unga-73-187"


@pytest.fixture
def table(qtbot, window):
    window.tabs.request(RESOLUTION)
    qtbot.waitUntil(lambda: window.tabs.key == RESOLUTION)
    window.raise_panel("tablesDock")
    return window.findChild(QTableView, "tableView")


def test_votes_are_narrowed_sorted_and_followed(qtbot, window, table):
    every = table.model().rowCount()
    assert every > 150
    qtbot.keyClicks(window.findChild(QLineEdit, "tableWords"), "united")
    assert 0 < table.model().rowCount() < every
    table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    first = table.model().index(0, 0)
    assert first.data() == "United States"
    table.setCurrentIndex(first)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.key == "participant:united-states")


def test_rows_are_copied_and_saved(qtbot, window, table, tmp_path, monkeypatch, qapp):
    table.selectRow(0)
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = qapp.clipboard().text().splitlines()
    assert copied[0].startswith("Participant\tVote")
    assert len(copied) == 2
    path = tmp_path / "votes.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    (save,) = [
        b for b in window.dock("tablesDock").panel().findChildren(QToolButton) if "CSV" in b.text()
    ]
    save.click()
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(window.banner.isVisible)
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == table.model().rowCount() + 1


def test_a_record_without_tables_says_so(qtbot, window, table):
    window.tabs.request("source:a60-202")
    qtbot.waitUntil(lambda: window.tabs.key == "source:a60-202")
    assert not table.isVisible()
    assert window.dock("tablesDock").panel()._empty.isVisible()
