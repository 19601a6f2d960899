"""All annotations in the window: narrowed, grouped, read, changed many at once, kept as filters."""

from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from core.domain.annotations import AnnotationFilter
from core.domain.browsing import AnnotationListing, Group, Grouping
from core.errors import UserError
from gui.dialogs.browser import BrowserDialog
from gui.dialogs.retagging import RetaggingDialog
from gui.models.browser import BrowserModel, Column

NORM, TREATY = "norm:gge-13f-no-ci-damage", "norm:due-diligence"
PLACES = (
    (NORM, 0, ["CBM", "Law"], "Who pays?"),
    (NORM, 20, ["CBM/Hotlines"], ""),
    (TREATY, 0, ["Law"], "Compare."),
    (TREATY, 15, [], ""),
)


def aside(call):
    """Call a slow service beside the window's thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


class Browser:
    """The dialog, and what a test says often."""

    def __init__(self, qtbot, start, window):
        self.qtbot, self.workspace, self.window = qtbot, start.workspace, window
        aside(self._annotate)
        window.commands.browser.trigger()
        self.dialog = window.findChild(BrowserDialog, "browserDialog")
        self.table, self.model = self.dialog.table, self.dialog.table.browser
        self.until(lambda: self.model.rowCount() == 4)

    def _annotate(self):
        annotate = self.workspace.annotations.annotate
        for record, at, tags, note in PLACES:
            annotate(record, at, at + 12, tags, note, create_tags=True)

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def shown(self):
        """Return headings and what carries the passages, row by row."""
        rows = range(self.model.rowCount())
        return [self.model.index(row, Column.TAGS).data() or self.head(row) for row in rows]

    def head(self, row):
        group = self.model.group_at(row)
        return f"# {self.model.group_words(group)} {group.count}" if group else ""

    def choose(self, *rows):
        self.table.clearSelection()
        flags = self.table.selectionModel().SelectionFlag
        for row in rows:
            index = self.model.index(row, 0)
            self.table.selectionModel().select(index, flags.Select | flags.Rows)

    def group(self, grouping):
        self.dialog.grouping.setCurrentIndex(self.dialog.grouping.findData(grouping.value))
        self.dialog.grouping.activated.emit(0)


@pytest.fixture
def browser(qtbot, start, window):
    made = Browser(qtbot, start, window)
    yield made
    made.dialog.close()


def test_words_and_fields_narrow_and_groups_fold(browser):
    browser.until(lambda: browser.shown() == ["CBM, Law", "CBM/Hotlines", "Law", ""])
    browser.qtbot.keyClicks(browser.dialog.words, "pays")
    browser.until(lambda: browser.shown() == ["CBM, Law"])
    assert browser.dialog.count.text() == "1 of 4 annotations"
    browser.dialog.words.setText("nowhere")
    browser.until(browser.dialog._empty.isVisible)
    assert "Clear the filter" in browser.dialog._empty.text()
    browser.dialog.words.clear()
    filters = browser.dialog.filters
    filters.tag.words.setText("cbm")
    browser.qtbot.keyClick(filters.tag.words, Qt.Key.Key_Return)
    browser.until(lambda: browser.shown() == ["CBM, Law", "CBM/Hotlines"])
    filters.below.click()
    browser.until(lambda: browser.shown() == ["CBM, Law"])
    filters.since.setText("2999")
    browser.until(browser.dialog._empty.isVisible)
    filters.clear.click()
    browser.until(lambda: browser.model.rowCount() == 4)
    browser.group(Grouping.TAG)
    browser.until(lambda: browser.model.rowCount() == 9 and "" not in browser.shown()[:7])
    assert [head for row in range(9) if (head := browser.head(row))] == [
        "# CBM 1",
        "# CBM/Hotlines 1",
        "# Law 2",
        "# Without a tag 1",
    ]
    browser.table.setCurrentIndex(browser.model.index(4, 0))
    browser.qtbot.keyClick(browser.table, Qt.Key.Key_Left)
    assert browser.model.rowCount() == 7
    browser.qtbot.keyClick(browser.table, Qt.Key.Key_Right)
    assert browser.model.rowCount() == 9


def test_many_are_retagged_and_deleted_as_one_step_each(browser):
    browser.choose(0, 2)
    browser.dialog.tags.click()
    browser.until(lambda: browser.dialog.findChild(RetaggingDialog))
    retagging = browser.dialog.findChild(RetaggingDialog)
    states = {retagging.list.item(n).text(): n for n in range(1, retagging.list.count())}
    law, cbm = (retagging.list.item(states[tag]) for tag in ("Law", "CBM"))
    assert law.checkState() is Qt.CheckState.Checked
    assert cbm.checkState() is Qt.CheckState.PartiallyChecked
    retagging.list.itemActivated.emit(law)
    browser.qtbot.keyClicks(retagging.words, "Open")
    browser.qtbot.keyClick(retagging.words, Qt.Key.Key_Return)
    retagging._on_accepted()
    browser.until(lambda: browser.shown() == ["CBM, Open", "CBM/Hotlines", "Open", ""])
    assert len(browser.table.chosen()) == 2  # what was chosen stays chosen
    browser.window.commands.undo.trigger()
    browser.until(lambda: browser.shown() == ["CBM, Law", "CBM/Hotlines", "Law", ""])
    browser.table.selectAll()
    browser.qtbot.keyClick(browser.table, Qt.Key.Key_Delete)
    browser.until(browser.dialog._empty.isVisible)
    assert "Ctrl+T" in browser.dialog._empty.text()
    assert "Deleted 4 annotations" in browser.window.banner.sentence
    browser.dialog.undo_requested.emit()
    browser.until(lambda: browser.model.rowCount() == 4)


def test_a_filter_is_kept_by_name_and_stays_live(browser, monkeypatch):
    saved = browser.dialog.saved
    assert saved.isHidden()
    browser.dialog.filters.tag.choose("Law")
    browser.dialog.filters.changed.emit()
    browser.until(lambda: browser.model.rowCount() == 2)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("On law", True))
    browser.dialog.save.click()
    browser.until(lambda: saved.count() == 1)
    assert saved.item(0).text() == "On law  2"
    aside(lambda: browser.workspace.annotations.annotate(NORM, 30, 35, ["Law"]))
    browser.dialog.filters.clear.click()
    browser.until(lambda: saved.item(0).text() == "On law  3")
    saved.setCurrentRow(0)
    browser.qtbot.keyClick(saved, Qt.Key.Key_Return)
    browser.until(lambda: browser.model.rowCount() == 3)
    assert browser.dialog.filters.tag.currentText() == "Law"
    saved.item(0).setText("On the law")
    browser.until(lambda: saved.item(0).text() == "On the law  3")
    browser.qtbot.keyClick(saved, Qt.Key.Key_Delete)
    browser.until(lambda: saved.count() == 0)
    browser.window.commands.undo.trigger()
    browser.until(lambda: saved.count() == 1)


def test_a_passage_is_read_from_a_card(browser):
    browser.dialog.cards.click()
    browser.until(lambda: browser.model.annotation(1))
    browser.dialog.grab()
    browser.table.setCurrentIndex(browser.model.index(1, 0))
    browser.qtbot.keyClick(browser.table, Qt.Key.Key_Return)
    browser.until(lambda: browser.window.tabs.key == NORM)
    current = browser.window.tabs.reader
    browser.until(lambda: current.span_of(browser.table.current()) == (20, 32))


def test_rows_of_groups_are_a_model(qtmodeltester, workspace):
    for record, at, tags, note in PLACES:
        workspace.annotations.annotate(record, at, at + 12, tags, note, create_tags=True)
    model = BrowserModel()
    found = workspace.annotations.find()
    qtmodeltester.check(model)
    for grouping in Grouping:
        model.show(workspace.browsing.listing(AnnotationFilter(), grouping), grouping)
        model.take(found[:2])
        qtmodeltester.check(model)
        for row in reversed(model.heads()):
            model.toggle(row)
    assert not any(model.id_at(row) for row in range(model.rowCount()))


def test_a_hundred_thousand_rows_are_laid_out_in_runs():
    ids = tuple(f"{n:036}" for n in range(100_000))
    groups = tuple(
        Group(str(key), str(key), len(list(some)))
        for key, some in groupby(range(100_000), lambda n: n // 300)
    )
    model = BrowserModel()
    assert model.show(AnnotationListing(100_000, 100_000, ids, groups), Grouping.RECORD)
    assert model.rowCount() == 100_000 + len(groups)
    assert model.ids_in(300, 303) == list(ids[299:302])
    assert not model.show(AnnotationListing(100_000, 100_000, tuple(ids), groups))
    assert model.unread(0, 2) == list(ids[:2])


def test_what_cannot_be_kept_is_said(browser):
    browser.dialog.filters.tag.choose("Law")
    browser.dialog.save_requested.emit("Twice")
    browser.until(lambda: browser.dialog.saved.count() == 1)
    browser.dialog.save_requested.emit("twice")
    browser.until(lambda: "already" in browser.window.banner.sentence)
    with pytest.raises(UserError):
        aside(lambda: browser.workspace.browsing.save("TWICE", AnnotationFilter(tag="Law")))
