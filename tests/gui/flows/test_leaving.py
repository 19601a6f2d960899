"""The export dialog: what is chosen, how it will look, what is left out, where it went."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from core.domain.annotations import AnnotationFilter
from gui.controllers.export import ExportController
from gui.dialogs.export import ExportDialog

NORM = "norm:gge-13f-no-ci-damage"
WAIT = 10_000


@pytest.fixture
def dialog(qtbot, window, start, tmp_path):
    note = "Mark **this**"
    start.workspace.annotations.annotate(NORM, 0, 40, ["CI"], note, create_tags=True)
    window.tabs.request(NORM)
    qtbot.waitUntil(lambda: window.tabs.key == NORM, timeout=WAIT)
    window.commands.export.trigger()
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is not None, timeout=WAIT)
    dialog = window.findChild(ExportDialog)
    dialog.path.setText(str(tmp_path / "x.md"))
    dialog.path.textEdited.emit("")
    qtbot.waitUntil(lambda: bool(dialog.preview.toPlainText()), timeout=WAIT)
    yield dialog
    dialog.reject()


def choose(dialog, name):
    dialog.format.setCurrentIndex(dialog.format.findData(name))


def test_a_document_is_shown_laid_out_and_written(qtbot, dialog, tmp_path):
    choose(dialog, "docx")
    assert dialog.options.isVisible()
    qtbot.waitUntil(lambda: "Bibliography" in dialog.preview.toPlainText(), timeout=WAIT)
    assert "Mark this" in dialog.preview.toPlainText()
    options = dialog.options
    assert dialog.preview.toPlainText().count("Do not damage critical infrastructure") > 1
    options.group.setCurrentIndex(1)
    options.group.activated.emit(1)
    options.parts["notes"].click()
    qtbot.waitUntil(lambda: "1 note left out" in dialog.remarks.text(), timeout=WAIT)
    assert "\nCI\n" in dialog.preview.toPlainText()
    assert "Mark this" not in dialog.preview.toPlainText()
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Exported 1" in dialog.outcome.text(), timeout=WAIT)
    assert (tmp_path / "x.docx").read_bytes().startswith(b"PK")


def test_options_of_documents_are_hidden_for_tables_and_works(qtbot, dialog):
    choose(dialog, "ris")
    assert not dialog.options.isVisible()
    choose(dialog, "csv")
    assert dialog.options.order.isVisible()
    assert not dialog.options.group.isVisible()
    choose(dialog, "ris")
    qtbot.waitUntil(lambda: dialog.preview.toPlainText().startswith("TY"), timeout=WAIT)
    assert "left out" in dialog.remarks.text()


def test_a_style_sheet_that_is_none_is_refused_in_the_dialog(qtbot, dialog, tmp_path):
    choose(dialog, "docx")
    (tmp_path / "house.docx").write_bytes(b"words")
    dialog.options.reference.use(str(tmp_path / "house.docx"))
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "no .docx file" in dialog.outcome.text(), timeout=WAIT)
    assert not (tmp_path / "x.docx").exists()


def test_a_layout_of_ones_own_writes_the_document_and_its_mistakes_are_told(
    qtbot, dialog, tmp_path
):
    choose(dialog, "markdown")
    options, mine = dialog.options, tmp_path / "mine.md.j2"
    assert options.isVisible()
    assert not options.group.isVisible()
    mine.write_text("one\n{{ groups[0].nothing }}")
    options.layout_file.use(str(mine))
    assert options.group.isVisible()
    qtbot.waitUntil(
        lambda: "mine.md.j2 can't be used: line 2" in dialog.outcome.text(), timeout=WAIT
    )
    mine.write_text("Only {{ groups[0].title }}")
    options.layout_file.use(str(mine))
    qtbot.waitUntil(lambda: dialog.preview.toPlainText().startswith("Only "), timeout=WAIT)
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Exported 1" in dialog.outcome.text(), timeout=WAIT)
    choose(dialog, "csv")
    assert not options.layout_file.isVisible()


def test_the_selection_and_saved_filters_are_offered(qtbot, window, start):
    made = [
        start.workspace.annotations.annotate(NORM, at, at + 9, ["CI"], "", create_tags=True)
        for at in (0, 10)
    ]
    save = partial(start.workspace.browsing.save, "Mine", AnnotationFilter(tag="CI"))
    with ThreadPoolExecutor(1) as pool:
        pool.submit(save).result()
    window.tabs.request(NORM)
    view = window.annotations.view
    qtbot.waitUntil(lambda: view.model().rowCount() == len(made), timeout=WAIT)
    view.selectAll()
    window.commands.export.trigger()
    qtbot.waitUntil(lambda: window.findChild(ExportDialog) is not None, timeout=WAIT)
    dialog = window.findChild(ExportDialog)
    assert len(dialog.scope.wanted.ids) == 2
    assert "selected" in dialog.scope.currentText()
    dialog.scope.setCurrentIndex(dialog.scope.findText("Filter “Mine”"))
    assert dialog.scope.wanted == AnnotationFilter(tag="CI")
    qtbot.waitUntil(lambda: bool(dialog.preview.toPlainText()), timeout=WAIT)
    dialog.reject()


def test_a_format_with_its_options_is_kept_by_name(qtbot, dialog, window, start, monkeypatch):
    choose(dialog, "docx")
    options, presets = dialog.options, dialog.presets
    options.group.setCurrentIndex(options.group.findData("tag"))
    options.parts["annex"].click()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("  For the minister ", True))
    presets.save.click()
    qtbot.waitUntil(lambda: presets.box.currentText() == "For the minister", timeout=WAIT)
    choose(dialog, "csv")
    options.group.setCurrentIndex(0)
    options.parts["annex"].click()
    presets.box.activated.emit(presets.box.currentIndex())
    assert dialog.format_name == "docx"
    assert dialog.path.text().endswith(".docx")
    assert options.group.currentData() == "tag"
    assert not options.parts["annex"].isChecked()
    with ThreadPoolExecutor(1) as pool:
        (kept,) = pool.submit(start.workspace.export_presets.presets).result()
    assert kept.briefing == options.briefing("docx")

    presets.delete.click()
    qtbot.waitUntil(lambda: not presets.box.isEnabled(), timeout=WAIT)
    assert presets.box.currentText() == "None saved yet"
    window.commands.undo.trigger()
    qtbot.waitUntil(lambda: presets.box.findText("For the minister") > 0, timeout=WAIT)


def test_a_preset_without_a_proper_name_is_told_in_the_dialog(qtbot, dialog, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("x" * 200, True))
    dialog.presets.save.click()
    qtbot.waitUntil(lambda: "at most 120 characters" in dialog.outcome.text(), timeout=WAIT)


def test_a_dialog_closed_before_its_preview_is_ready_ends_quietly(
    qtbot, window, start, monkeypatch
):
    begun, hold = Event(), Event()
    shown = start.workspace.export.preview

    def preview(*arguments, **options):
        begun.set()
        assert hold.wait(60)
        return shown(*arguments, **options)

    monkeypatch.setattr(start.workspace.export, "preview", preview)
    window.commands.export.trigger()
    qtbot.waitUntil(begun.is_set)
    dialog = window.findChild(ExportDialog)
    with qtbot.waitSignal(dialog.destroyed, timeout=WAIT):
        dialog.reject()
    with qtbot.waitSignal(window.findChild(ExportController).previewed, timeout=WAIT):
        hold.set()
