"""Notes in the real window: written, linked, found by search, followed and undone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from core.domain.addresses import address_of
from core.domain.notes import NoteFilter
from gui.controllers.annotate import AnnotateController
from tests.gui.full_disk import full_disk

NORM = "norm:due-diligence"
OTHER = "norm:gge-13f-no-ci-damage"
WAIT = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The panel and what a test asks often."""

    def __init__(self, window, start, qtbot):
        self.window, self.qtbot, self.notes = window, qtbot, start.workspace.notes
        self.workspace = start.workspace
        self.writes = start.writes

    @property
    def panel(self):
        return self.window.dock("notesDock").panel()

    @property
    def editor(self):
        return self.panel.field.editor

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT)

    def open(self, key):
        self.window.tabs.request(key)
        self.until(lambda: self.window.tabs.key == key)

    def stored(self, **wanted):
        found = self._aside(lambda: self.notes.find(NoteFilter(**wanted)))
        return [note.text for note in found]

    def catch_up(self):
        self._aside(self.workspace.search.catch_up)

    @staticmethod
    def _aside(call):
        """Call what is slow on a thread of its own, as the window does."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(call).result()

    def cards(self):
        model = self.panel.view.cards
        return [model.card(row) for row in range(model.rowCount())]

    def type(self, words):
        QTest.keyClicks(self.editor, words)

    def popup(self):
        return self.editor._popup


@pytest.fixture
def desk(window, start, qtbot):
    return Desk(window, start, qtbot)


def test_a_note_on_the_page_by_keyboard_with_a_link_that_leads_on(desk):
    desk.open(NORM)
    desk.window.commands.page_note.trigger()
    desk.until(desk.editor.hasFocus)
    desk.type("See [[damage critical")
    desk.until(lambda: desk.popup() and desk.popup().isVisible())
    QTest.keyClick(desk.editor, Qt.Key.Key_Down)
    QTest.keyClick(desk.editor, Qt.Key.Key_Up)
    QTest.keyClick(desk.editor, Qt.Key.Key_Tab)
    assert not desk.popup().isVisible()
    assert f"See [[{OTHER}|" in desk.editor.note()
    assert desk.editor.note().endswith("]]")
    assert not desk.stored(text="nothing such")
    desk.until(lambda: desk.stored(record=NORM) == [desk.editor.note()])
    desk.until(lambda: desk.window.dock("notesDock").windowTitle() == "Notes 1")
    desk.until(lambda: [card.target for card in desk.cards()] == [desk.panel.field.shown])
    desk.type(" first")
    desk.editor.left.emit()
    desk.until(lambda: desk.stored()[0].endswith("first"))
    cursor = desk.editor.textCursor()
    cursor.setPosition(10)
    desk.editor.setTextCursor(cursor)
    QTest.keyClick(desk.editor, Qt.Key.Key_Return, CTRL)
    desk.until(lambda: desk.window.tabs.key == OTHER)
    desk.until(lambda: desk.window.dock("notesDock").windowTitle() == "Notes")
    desk.until(lambda: any(card.is_heading for card in desk.cards()))
    assert desk.cards()[-1].body.startswith("See ")
    assert desk.editor.note().endswith("first")  # it stays while one follows it
    desk.panel.view.followed.emit(desk.cards()[-1].target)
    desk.until(desk.window.commands.undo.isEnabled)
    desk.window.commands.undo.trigger()
    desk.until(lambda: not desk.stored())
    desk.until(lambda: desk.panel.field.shown == "")
    desk.until(lambda: not desk.cards())
    desk.until(desk.window.commands.redo.isEnabled)
    desk.window.commands.redo.trigger()
    desk.until(lambda: desk.stored(record=NORM))


def test_a_search_opens_the_notes_that_say_so_and_goes_on(desk):
    memo, _ = desk.notes.add("# Plan\n\nFirst.\n\nCompare the zyxomat clauses.")
    on_page, _ = desk.notes.add("A zyxomat of its own", record=NORM)
    desk.catch_up()
    desk.window.field.setText("in:notes zyxomat")
    desk.until(lambda: desk.window.results.model.rowCount() == 2)
    seen = set()
    for key in (Qt.Key.Key_Return, None):
        if key is not None:
            QTest.keyClick(desk.window.field, key)
        else:
            desk.window.commands.next_hit.trigger()
        desk.until(lambda: desk.panel.field.shown and desk.panel.field.shown not in seen)
        seen.add(desk.panel.field.shown)
        desk.until(lambda: f"ecord {len(seen)} of 2" in desk.window.hits_status.text())
        if desk.panel.field.shown == memo.id:
            desk.until(lambda: desk.editor.textCursor().selectedText().startswith("Compare"))
        else:
            desk.until(lambda: desk.window.tabs.key == NORM)
    assert seen == {memo.id, on_page.id}


def test_tags_and_passages_are_noted_read_and_named(desk):
    desk.workspace.codebook.add("CBM/Hotlines")
    desk.open(NORM)
    words = desk.window.tabs.reader.text.content[3:30]
    desk.window.codebook.view.note_requested.emit("CBM/Hotlines")
    desk.until(desk.editor.hasFocus)
    data = QMimeData()
    data.setText(str(address_of(NORM, 3, 30, words)))
    desk.editor.insertFromMimeData(data)
    assert desk.editor.note().startswith(f"[[{NORM}#3-30,")
    desk.window.tabs.reader.select_passage(3, 30)
    desk.type(" and [[")
    desk.until(lambda: desk.popup() and desk.popup().isVisible())
    QTest.keyClick(desk.editor, Qt.Key.Key_Return)
    assert desk.editor.note().count(f"[[{NORM}#3-30,") == 2
    desk.until(lambda: desk.stored(tag="CBM/Hotlines") == [desk.editor.note()])
    desk.panel.field.toggle.click()
    preview = desk.panel.field.preview
    title = desk.workspace.reference.entry(NORM).title
    desk.until(lambda: title in preview.toPlainText())
    assert "[[" not in preview.toPlainText()
    desk.window.tabs.close_current()
    target = desk.editor.note()[2:].partition("]]")[0]
    preview.anchorClicked.emit(QUrl(f"to:{target}"))
    desk.until(lambda: desk.window.tabs.key == NORM)
    desk.panel.delete.click()
    desk.until(lambda: not desk.stored())
    desk.until(lambda: not desk.panel.delete.isEnabled())


def test_what_is_begun_and_left_empty_is_no_note(desk):
    desk.window.commands.page_note.trigger()  # no page is open: said, nothing begun
    assert not desk.window.dock("notesDock").is_filled or not desk.panel.field.shown
    desk.window.commands.memo.trigger()
    first = desk.panel.field.shown
    assert first
    desk.window.commands.memo.trigger()
    assert desk.panel.field.shown != first
    desk.type("kept")
    desk.window.commands.memo.trigger()  # what was typed before is saved at once
    desk.until(lambda: desk.stored() == ["kept"])
    desk.until(lambda: [card.body for card in desk.cards()] == ["kept"])
    assert desk.editor.note() == ""
    QTest.keyClick(desk.panel.view, Qt.Key.Key_Down)
    desk.until(lambda: desk.editor.note() == "kept")
    desk.panel.filter.setText("nothing such")
    desk.until(lambda: not desk.cards())


def test_a_note_is_kept_while_the_disk_is_full_and_the_window_asks(desk):
    desk.window.commands.memo.trigger()
    long = "precious " * 3000  # more than the free pages of the database take
    with full_disk(desk.workspace):
        desk.editor.setPlainText(long)
        desk.until(lambda: "is kept" in desk.panel.field._state.text())
        assert not desk.window.close()
        box = desk.window.findChildren(QMessageBox, "unsavedQuestion")[-1]
        next(button for button in box.buttons() if "Cancel" in button.text()).click()
        assert desk.editor.note() == long
    desk.window.findChild(AnnotateController).kept.try_again()
    desk.until(lambda: desk.stored() == [long])
    desk.until(lambda: desk.panel.field._state.text() == "Saved")
