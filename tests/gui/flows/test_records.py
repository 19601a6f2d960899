"""Own records in the window: forms that store themselves, differences, reviews."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QListWidget, QPushButton, QToolButton, QTreeView

from core.domain.annotations import Verdict
from gui.dialogs.differences import DifferencesDialog
from gui.dialogs.new_record import NewRecordDialog
from gui.dialogs.record_fields import FieldEditor
from gui.dialogs.record_form import RecordFormDialog
from gui.events import AppEvents
from gui.models.wording import marked

NORM = "norm:gge-13f-no-ci-damage"


def shown(qtbot, window, kind):
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)), timeout=10_000)
    return window.findChildren(kind)[-1]


def elsewhere(call):
    """Make a slow call off the window's thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


def field(dialog, name):
    return next(e for e in dialog.findChildren(FieldEditor) if e.field.name == name)


@pytest.fixture
def opened(qtbot, window):
    """The page of a norm."""
    window.tabs.request(NORM)
    qtbot.waitUntil(lambda: window.tabs.key == NORM, timeout=10_000)
    return window


def close(qtbot, dialog):
    dialog.close()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=5_000)


def test_a_new_record_is_a_draft_until_it_is_sound(qtbot, window, start):
    window.commands.new_record.trigger()
    choice = shown(qtbot, window, NewRecordDialog)
    kinds = choice.findChild(QListWidget)
    qtbot.keyClick(kinds, Qt.Key.Key_Return)
    form = shown(qtbot, window, RecordFormDialog)
    qtbot.keyClicks(field(form, "title").editor, "Quokkas are norms too")
    records = start.workspace.records
    qtbot.waitUntil(lambda: "draft" in form.outcome.text(), timeout=10_000)
    assert records.drafts()[0].raw["title"] == "Quokkas are norms too"
    assert "statement" in field(form, "statement").editor.accessibleDescription()
    for name in ("statement", "summary", "category"):
        qtbot.keyClicks(field(form, name).editor, "Leave quokkas alone")
    qtbot.waitUntil(lambda: "Stored" in form.outcome.text(), timeout=10_000)
    assert records.drafts() == ()
    assert start.workspace.reference.entry("norm:quokkas-are-norms-too").origin == "analyst"
    close(qtbot, form)


def test_an_edit_shows_on_the_page_and_goes_back(qtbot, opened, start):
    window = opened
    window.commands.edit_record.trigger()
    form = shown(qtbot, window, RecordFormDialog)
    title = field(form, "title").editor
    title.clear()
    qtbot.keyClicks(title, "Leave the grid alone")
    close(qtbot, form)
    qtbot.waitUntil(
        lambda: window.tabs.record.entry.title == "Leave the grid alone", timeout=10_000
    )
    qtbot.waitUntil(lambda: "1 field" in window.record_strip.sentence, timeout=10_000)
    window.commands.compare_pack.trigger()
    dialog = shown(qtbot, window, DifferencesDialog)
    qtbot.mouseClick(dialog.findChild(QPushButton, "take-title"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: window.tabs.record.entry.title != "Leave the grid alone", timeout=10_000
    )
    close(qtbot, dialog)
    assert elsewhere(lambda: start.workspace.records.differences(NORM)) == ()
    assert not window.record_strip.isVisible()


def test_uncertain_annotations_are_confirmed_placed_by_hand_or_dropped(qtbot, opened, start):
    window, workspace = opened, start.workspace
    panel = window.review

    def listed(number):
        qtbot.waitUntil(lambda: panel.view.cards.rowCount() == number, timeout=10_000)

    def reword():
        record = workspace.reference.record(NORM)
        facts = workspace.records.form(NORM).raw["facts"]
        for number in (1, 2):
            start = next(p.start for p in record.text.passages if p.label == f"Fact {number}")
            end = start + len(facts[number - 1]["text"])
            workspace.annotations.annotate(NORM, start, end, note=str(number))
        raw = workspace.records.form(NORM).raw
        words = " ".join(["Somewhat", "differently", *facts[0]["text"].split()[2:]])
        other = {**facts[1], "text": "No word of this was there before, whatever one seeks."}
        return workspace.records.save({**raw, "facts": [{**facts[0], "text": words}, other]})[1]

    window.findChild(AppEvents).changed.emit(elsewhere(reword), None)
    listed(2)
    panel.view.setFocus()
    cards = [panel.view.cards.card(row) for row in range(2)]
    first = next(row for row, card in enumerate(cards) if card.foot.endswith("1"))
    panel.view.setCurrentIndex(panel.view.cards.index(first))
    shown = panel.wordings.toHtml()
    assert "line-through" in shown
    assert "underline" in shown
    assert "Somewhat differently" in panel.wordings.toPlainText()
    panel.confirm.click()
    listed(1)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert window.tabs.key == NORM
    assert not panel.confirm.isEnabled()
    window.tabs.reader.select_passage(10, 20)
    panel.place.click()
    listed(0)
    notes = {a.note: a for a in elsewhere(workspace.annotations.find)}
    assert (notes["2"].start, notes["2"].end) == (10, 20)
    assert {a.verdict for a in notes.values()} == {Verdict.EXACT}
    window.commands.undo.trigger()
    listed(1)
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    listed(0)
    window.commands.undo.trigger()
    listed(1)


def test_words_that_differ_are_marked():
    assert marked("States should rest.", "States must rest.") == (
        "States <s>should</s> rest.",
        "States <b><u>must</u></b> rest.",
    )
    assert marked("<b>", "") == ("<s>&lt;b&gt;</s>", "")


def test_undo_shows_in_the_open_form(qtbot, opened, start):
    window = opened
    window.commands.edit_record.trigger()
    form = shown(qtbot, window, RecordFormDialog)
    title = field(form, "title").editor
    before = title.text()
    title.setFocus()
    title.selectAll()
    qtbot.keyClicks(title, "Leave the grid alone")
    qtbot.waitUntil(lambda: "Stored" in form.outcome.text(), timeout=10_000)
    qtbot.waitUntil(window.commands.undo.isEnabled, timeout=10_000)
    window.commands.undo.trigger()
    qtbot.waitUntil(lambda: title.text() == before, timeout=10_000)
    window.commands.redo.trigger()
    qtbot.waitUntil(lambda: title.text() == "Leave the grid alone", timeout=10_000)
    assert form.is_settled
    title.setText("Half written")
    title.textEdited.emit("Half written")
    window.commands.undo.trigger()  # what is being typed is not taken away
    qtbot.waitUntil(lambda: window.tabs.record.entry.title == "Half written", timeout=10_000)
    assert title.text() == "Half written"
    close(qtbot, form)


def test_the_library_narrows_to_what_is_ones_own(qtbot, opened, start):
    window = opened
    raw = elsewhere(lambda: start.workspace.records.form(NORM)).raw
    save = start.workspace.records.save
    changes = elsewhere(lambda: save({**raw, "title": "Leave the grid alone"})[1])
    window.findChild(AppEvents).changed.emit(changes, None)
    edited = window.findChild(QCheckBox, "libraryEdited")
    window.findChild(QToolButton, "libraryMoreFilters").click()
    qtbot.waitUntil(edited.isVisible, timeout=10_000)
    assert not window.findChild(QCheckBox, "libraryWithdrawn").isVisible()
    edited.setChecked(True)
    model = window.findChild(QTreeView, "libraryView").model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        "Leave the grid alone"
    ]
