"""Tagging, notes, undo and export through the real window on a real workspace."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from core.domain.annotations import AnnotationFilter
from gui import clipboard
from gui.controllers.annotate import AnnotateController
from gui.controllers.annotations import AnnotationsController
from gui.events import AppEvents
from gui.flows.desk import Desk
from gui.main_window import MainWindow
from gui.messages import Messages
from gui.theme import Themes
from gui.wiring import wire
from gui.workers import WriteQueue
from tests.gui.full_disk import full_disk

NORM = "norm:gge-13f-no-ci-damage"
WAIT = 10_000


class Window:
    """The wired window, and what a test says often."""

    def __init__(self, workspace, qtbot, qapp):
        themes = Themes(qapp, qapp)
        self.window = MainWindow(themes.current)
        self.workspace = workspace
        self.messages = Messages(self.window)
        self.qtbot = qtbot
        self.events = AppEvents(self.window)
        writes = WriteQueue(self.window)
        desk = Desk(self.window, workspace, themes, self.messages, self.events, writes)
        self.close = wire(desk, NORM)
        self.window.show()
        self.until(lambda: self.window.tabs.key == NORM)
        self.palette = self.window.findChild(object, "tagPalette")
        self.note = self.window.findChild(object, "noteEditor")
        self.kept = self.window.findChild(AnnotateController).kept

    @property
    def reader(self):
        return self.window.tabs.reader

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT)

    def stored(self):
        return self.workspace.annotations.find(AnnotationFilter(record=NORM))

    def cards(self):
        model = self.window.annotations.view.cards
        return [model.card(row) for row in range(model.rowCount())]

    def tag(self, start, end, *tags):
        self.reader.select_passage(start, end)
        self.window.commands.tag.trigger()
        for tag in tags:
            QTest.keyClicks(self.palette.field, tag)
            QTest.keyClick(self.palette.field, Qt.Key.Key_Return)
        QTest.keyClick(self.palette.field, Qt.Key.Key_Escape)
        self.until(
            lambda: any(
                a.start == start and a.end == end and len(a.tags) == len(tags)
                for a in self.stored()
            )
        )
        self.until(lambda: len(self.cards()) == len(self.stored()))


@pytest.fixture
def window(workspace, qtbot, qapp):
    opened = Window(workspace, qtbot, qapp)
    yield opened
    opened.window.close()
    opened.close()
    opened.window.deleteLater()
    qapp.setStyleSheet("")


def test_tag_twice_and_note_by_keyboard_alone(window, slow_calls):
    window.reader.setFocus()
    window.reader.select_passage(39, 120)
    window.window.commands.tag.trigger()
    field = window.palette.field
    assert window.palette.isVisible()
    QTest.keyClicks(field, "Infrastructure/Critical")
    assert window.palette.choices.currentItem().text().startswith("Create tag")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "Restraint")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is window.palette.note
    QTest.keyClicks(window.palette.note, "Compare with 2021")
    QTest.keyClick(window.palette.note, Qt.Key.Key_Escape)
    window.until(lambda: window.stored() and window.stored()[0].note == "Compare with 2021")
    (annotation,) = window.stored()
    text = window.reader.text.content
    assert annotation.target.quote.exact == text[39:120]
    assert annotation.tags == ("Infrastructure/Critical", "Restraint")
    assert not window.palette.isVisible()
    assert window.reader.hasFocus()
    window.until(lambda: window.note.note() == "Compare with 2021")
    window.until(lambda: "Compare" in window.cards()[0].foot)
    assert not slow_calls


def test_known_tags_complete_as_typed(window):
    window.tag(0, 10, "Confidence")
    window.until(lambda: window.window.codebook.tree.rowCount() == 1)
    window.reader.select_passage(20, 30)
    window.window.commands.tag.trigger()
    QTest.keyClicks(window.palette.field, "conf")
    assert window.palette.choices.currentItem().text() == "Confidence"
    QTest.keyClick(window.palette.field, Qt.Key.Key_Return)
    window.until(lambda: len(window.stored()) == 2)
    assert {a.tags for a in window.stored()} == {("Confidence",)}
    QTest.keyClick(window.palette.field, Qt.Key.Key_Escape)


def test_of_very_many_what_is_in_sight_is_marked_before_the_others(window, monkeypatch):
    length = len(window.reader.text.content)
    for start in (0, 30, length - 20):
        window.workspace.annotations.annotate(NORM, start, start + 10)
    monkeypatch.setattr("gui.controllers.annotations._MANY", 2)
    monkeypatch.setattr("gui.reader.page_view._SIGHT", 40)
    marked = []
    reads = window.window.findChild(AnnotationsController)
    reads.part_read.connect(lambda _key, _some: marked.append(len(window.reader.annotations)))
    window.events.record_shown.emit(NORM)
    window.until(lambda: len(window.reader.annotations) == 3)
    window.until(lambda: len(window.cards()) == 3)
    assert marked == [2]
    window.events.record_shown.emit(NORM)  # again in front: none of them goes meanwhile
    window.until(lambda: len(marked) == 2)
    assert marked == [2, 3]


def test_a_whole_record_and_several_paragraphs(window):
    text = window.reader.text
    window.tag(0, len(text.content), "All")
    window.tag(text.passages[1].start + 3, text.passages[4].end - 2, "Some")
    quotes = {a.tags[0]: a.target.quote.exact for a in window.stored()}
    assert quotes["All"] == text.content
    assert "\n" in quotes["Some"]


def test_what_is_marked_at_the_caret_is_told_by_keyboard(window):
    tell = window.window.commands.tell
    tell.trigger()
    assert "Nothing is marked" in window.window.banner.sentence
    window.tag(39, 60, "Alpha")
    window.until(lambda: window.reader.span_of(window.stored()[0].id))
    window.window.banner.hide()
    window.reader.goto(300, 301)  # the chosen annotation is told of where none is at the caret
    tell.trigger()
    card = window.window.findChild(object, "annotationCard")
    assert card.isVisible()
    assert card.cards.card(0).body == "Alpha"
    window.reader.goto(45, 46)
    tell.trigger()
    with window.qtbot.waitSignal(window.events.annotation_selected) as told:
        QTest.keyClick(card, Qt.Key.Key_Return)
    assert told.args == [window.stored()[0].id]
    assert not card.isVisible()


def test_a_highlight_selects_its_card_and_a_card_its_passage(window):
    window.tag(39, 60, "A")
    window.tag(100, 140, "B")
    first, second = window.stored()
    window.reader.annotation_clicked.emit(first.id)
    window.until(lambda: window.window.annotations.view.target() == first.id)
    view = window.window.annotations.view
    view.setCurrentIndex(view.cards.find(second.id))
    QTest.keyClick(view, Qt.Key.Key_Return)
    window.until(lambda: window.reader.textCursor().position() > 0)
    cursor = window.reader.textCursor().position()
    assert window.reader._page.offsets.to_text(cursor) == second.start
    assert window.reader._backdrop.current == second.id


def test_keys_move_the_ends_of_an_annotation_as_one_step(window):
    content = window.reader.text.content
    start = content.index(" ", 60) + 1
    window.tag(start, content.index(" ", start), "A")
    (before,) = window.stored()
    window.until(lambda: window.reader.span_of(before.id))
    window.reader.setFocus()
    window.events.annotation_selected.emit(before.id)
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up)
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    for key in keys:
        QTest.keyClick(window.reader, key, held)
    shown = window.reader.span_of(before.id)
    assert shown[0] < before.start
    assert shown[1] > before.end
    window.until(lambda: (window.stored()[0].start, window.stored()[0].end) == shown)
    assert window.stored()[0].tags == ("A",)
    window.window.commands.undo.trigger()
    window.until(lambda: window.stored() == (before,))


def test_a_note_saves_itself_and_leaving_saves_at_once(window):
    window.tag(39, 60, "A")
    window.tag(100, 140, "B")
    first, second = window.stored()
    window.events.annotation_selected.emit(first.id)
    window.window.note.editor.setFocus()
    QTest.keyClicks(window.note, "*slowly*")
    window.until(lambda: window.workspace.annotations.get(first.id).note == "*slowly*")
    QTest.keyClicks(window.note, " and more")
    window.events.annotation_selected.emit(second.id)
    window.until(lambda: window.workspace.annotations.get(first.id).note == "*slowly* and more")
    assert window.note.note() == ""


LONG = "precious " * 3000  # more than the free pages of the database take


def test_a_note_is_kept_while_the_disk_is_full_and_saved_once_there_is_room(window):
    window.tag(39, 60, "A")
    window.tag(3, 9, "A")
    first, second = (one.id for one in window.stored())
    panel, kept = window.window.note, window.kept
    window.events.annotation_selected.emit(first)
    window.until(lambda: panel.annotation == first)
    with full_disk(window.workspace):
        window.note.setPlainText(LONG)
        window.until(lambda: "is full" in panel._state.text() and "is kept" in panel._state.text())
        assert "is full" in window.window.banner.sentence
        window.events.annotation_selected.emit(second)
        assert window.note.note() == ""
        window.events.annotation_selected.emit(first)
        assert window.note.note() == LONG
        kept.try_again()
        window.until(lambda: kept.notes and kept._timer.isActive())
    kept.try_again()
    window.until(lambda: window.workspace.annotations.get(first).note == LONG)
    window.until(lambda: panel._state.text() == "Saved" and not kept.notes)


def test_the_note_of_a_new_passage_is_kept_while_the_disk_is_full(window):
    with full_disk(window.workspace):
        window.reader.select_passage(39, 60)
        window.window.commands.tag.trigger()
        window.palette.note.setPlainText(LONG)
        window.palette.close_palette()
        window.until(lambda: window.kept.notes)
        assert not window.stored()
    window.kept.try_again()
    window.until(lambda: [one.note for one in window.stored()] == [LONG])
    window.until(lambda: not window.kept.notes)


def test_a_window_with_a_note_that_is_not_saved_asks_before_it_goes(window):
    window.tag(39, 60, "A")
    (annotation,) = window.stored()
    window.events.annotation_selected.emit(annotation.id)
    window.until(lambda: window.window.note.annotation == annotation.id)

    def press(words):
        box = window.window.findChildren(QMessageBox, "unsavedQuestion")[-1]
        next(button for button in box.buttons() if words in button.text()).click()

    with full_disk(window.workspace):
        window.note.setPlainText(LONG)
        assert not window.window.close()
        assert "is full" in window.window.findChild(QMessageBox).informativeText()
        press("again")
        press("Cancel")
        assert window.window.isVisible()
        assert not window.window.close()
        press("Copy")
        assert not window.window.isVisible()
    assert QApplication.clipboard().text() == LONG
    clipboard.let_go()


def test_everything_is_undone_back_to_the_start_and_done_again(window):
    window.tag(39, 60, "A", "B")
    view = window.window.annotations.view
    undo, redo = window.window.commands.undo, window.window.commands.redo
    window.until(lambda: undo.isEnabled() and "Change the tags" in undo.text())
    undo.trigger()
    window.until(lambda: window.stored()[0].tags == ("A",))
    window.until(lambda: "Tag a passage" in undo.text())
    undo.trigger()
    window.until(lambda: not window.stored())
    window.until(lambda: not window.cards() and not undo.isEnabled() and redo.isEnabled())
    redo.trigger()
    window.until(lambda: len(window.cards()) == 1)
    view.setCurrentIndex(view.cards.index(0))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    window.until(lambda: not window.cards())
    window.until(lambda: "Delete" in undo.text())
    undo.trigger()
    window.until(lambda: len(window.cards()) == 1)


def test_the_codebook_is_edited_and_highlights_follow(window):
    window.tag(39, 60, "A")
    panel = window.window.codebook
    window.until(lambda: panel.tree.rowCount() == 1)
    panel.filter.setText("CBM/Hotlines")
    QTest.keyClick(panel.filter, Qt.Key.Key_Return)
    window.until(lambda: panel.tree.find("CBM/Hotlines").isValid())
    panel.tree.rename_requested.emit("A", "Better")
    window.until(lambda: window.cards() and window.cards()[0].foot == "Better")
    panel.details.recolored.emit("Better", "#123456")
    window.until(lambda: window.cards()[0].stripe == "#123456")
    panel.view.delete_requested.emit("Better")
    window.window.findChild(QDialog, "deleteTagDialog").do.click()
    window.until(lambda: window.cards()[0].foot == "")
    assert len(window.stored()) == 1


def test_export_shows_a_preview_and_writes_what_it_showed(window, tmp_path):
    window.tag(39, 60, "A")
    window.window.commands.export.trigger()
    window.until(lambda: window.window.findChild(QDialog, "exportDialog"))
    dialog = window.window.findChild(QDialog, "exportDialog")
    quotation = window.stored()[0].target.quote.exact
    window.until(lambda: quotation in dialog.preview.toPlainText())
    dialog.format.setCurrentIndex(dialog.format.findData("jsonld"))
    window.until(lambda: dialog.preview.toPlainText().startswith("{"))
    path = tmp_path / "notes.jsonld"
    dialog.path.setText(str(path))
    dialog.export.click()
    window.until(lambda: "Exported 1" in dialog.outcome.text())
    assert json.loads(path.read_text("utf-8"))
    dialog.path.setText(str(tmp_path / "missing" / "notes.jsonld"))
    dialog.export.click()
    window.until(lambda: "missing" in dialog.outcome.text())
    dialog.reject()


def test_links_lead_on_and_back_returns(window):
    window.reader.link_followed.emit("instrument:gge-2015", False)
    window.until(lambda: window.window.tabs.key == "instrument:gge-2015")
    assert window.window.tabs.count() == 1
    window.window.commands.back.trigger()
    window.until(lambda: window.window.tabs.key == NORM)
    window.reader.link_followed.emit("instrument:gge-2015", True)
    window.until(lambda: window.window.tabs.count() == 2)
    assert window.window.findChildren(object, "reader") == [window.reader]
    window.window.commands.close_tab.trigger()
    window.window.commands.close_tab.trigger()
    window.until(lambda: window.window.tabs.count() == 0)
    assert window.window.tabs._empty.isVisible()


def test_the_mouse_brings_up_the_palette_without_taking_the_keyboard(window):
    reader, palette = window.reader, window.palette
    reader.setFocus()
    word = reader.text.content.index("knowingly")
    reader.goto(word + 2, word + 3)
    point = reader.cursorRect().center()
    QTest.mouseDClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    QTest.mouseRelease(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    window.until(palette.isVisible)
    assert reader.selection() == (word, word + len("knowingly"))
    assert not palette.field.hasFocus()
    window.window.commands.tag.trigger()
    assert palette.field.hasFocus()
    QTest.keyClicks(palette.field, "Knowledge")
    item = palette.choices.item(0)
    spot = palette.choices.visualItemRect(item).center()
    QTest.mouseClick(palette.choices.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    window.until(lambda: window.stored() and window.stored()[0].tags == ("Knowledge",))
    reader.setFocus()
    window.until(lambda: not palette.isVisible())
    assert window.stored()[0].target.quote.exact == "knowingly"


def test_a_tag_is_taken_off_and_the_annotation_stays(window):
    window.tag(39, 60, "A", "B")
    (annotation,) = window.stored()
    window.events.annotation_selected.emit(annotation.id)
    window.reader.setFocus()
    window.window.commands.tag.trigger()
    assert window.palette.isVisible()
    QTest.keyClick(window.palette.field, Qt.Key.Key_Backspace)
    window.until(lambda: window.stored()[0].tags == ("A",))
    QTest.keyClick(window.palette.field, Qt.Key.Key_Escape)
    assert [a.id for a in window.stored()] == [annotation.id]


def test_all_annotations_lead_to_their_records(window):
    window.workspace.annotations.annotate("norm:due-diligence", 0, 12, note="elsewhere")
    window.tag(39, 60, "A")
    panel = window.window.annotations
    panel.scope.setCurrentIndex(1)
    window.until(lambda: len(window.cards()) == 2)
    row = next(n for n, card in enumerate(window.cards()) if "elsewhere" in card.foot)
    panel.view.setCurrentIndex(panel.view.cards.index(row))
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    window.until(lambda: window.window.tabs.key == "norm:due-diligence")
    window.until(lambda: window.note.note() == "elsewhere")


def test_facts_and_relations_show_their_sources_and_lead_on(window):
    facts, relations = window.window.facts, window.window.relations
    assert facts.cards.rowCount()
    assert relations.cards.rowCount()
    assert all(facts.cards.card(n).foot for n in range(facts.cards.rowCount()))
    tie = next(n for n in range(relations.cards.rowCount()) if relations.cards.card(n).target)
    target = relations.cards.card(tie).target
    relations.setCurrentIndex(relations.cards.index(tie))
    QTest.keyClick(relations, Qt.Key.Key_Return)
    window.until(lambda: window.window.tabs.key == target)


def test_an_address_is_shown_before_anything_opens(window, monkeypatch):
    opened = []
    monkeypatch.setattr("gui.flows.leaving.QDesktopServices.openUrl", opened.append)
    window.reader.address_requested.emit("https://example.org/a")
    question = window.window.findChild(object, "addressQuestion")
    assert question.informativeText() == "https://example.org/a"
    question.reject()
    assert not opened
