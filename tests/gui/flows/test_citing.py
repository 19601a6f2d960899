"""Copying with a citation, and the settings that say in which style."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from gui.dialogs.settings import SettingsDialog

RECORD = "norm:gge-13f-no-ci-damage"
INSTRUMENT = "instrument:gge-2015"
WAIT = 10_000


def copied():
    return QGuiApplication.clipboard().text()


@pytest.fixture
def open_record(qtbot, window):
    def opened(key):
        window.tabs.request(key)
        qtbot.waitUntil(lambda: window.tabs.key == key, timeout=WAIT)
        return window.tabs.reader

    return opened


@pytest.fixture
def settings(qtbot, window):
    window.commands.settings.trigger()
    qtbot.waitUntil(lambda: window.findChild(SettingsDialog) is not None, timeout=WAIT)
    dialog = window.findChild(SettingsDialog)
    qtbot.waitUntil(lambda: bool(dialog.example.text()), timeout=WAIT)
    yield dialog
    dialog.reject()


def test_a_selection_is_copied_with_its_citation(qtbot, window, open_record):
    reader = open_record(RECORD)
    text = window.tabs.record.text
    place = next(p for p in text.passages if p.label == "Statement")
    reader.select_passage(place.start, place.end)
    window.commands.copy_cited.trigger()
    qtbot.waitUntil(lambda: "citing" in copied(), timeout=WAIT)
    assert copied().startswith(f"“{text.content[place.start : place.end]}”\n")
    assert "<blockquote>" in QGuiApplication.clipboard().mimeData().html()
    assert "OSCOLA" in window.banner.sentence


def test_without_a_selection_the_passage_at_the_caret_is_meant(qtbot, window, open_record):
    reader = open_record(RECORD)
    first = window.tabs.record.text.passage_at(reader.caret())
    reader.citation_requested.emit()
    words = window.tabs.record.text.content[first.start : first.end]
    qtbot.waitUntil(lambda: copied().startswith(f"“{words}”"), timeout=WAIT)


def test_the_citation_of_the_record_in_front_is_copied_alone(qtbot, window, open_record):
    open_record(INSTRUMENT)
    window.tabs.reader.setFocus()
    window.commands.copy_citation.trigger()
    qtbot.waitUntil(lambda: copied().endswith("UN Doc A/70/174.\n"), timeout=WAIT)


def test_annotations_in_the_list_are_cited(qtbot, window, open_record, start):
    open_record(INSTRUMENT)
    start.workspace.annotations.annotate(INSTRUMENT, 0, 10)
    window.tabs.close_current()
    open_record(INSTRUMENT)
    view = window.annotations.view
    qtbot.waitUntil(lambda: view.cards.rowCount() == 1, timeout=WAIT)
    window.raise_panel("annotationsDock")
    view.setFocus()
    view.setCurrentIndex(view.cards.index(0))
    window.commands.copy_citation.trigger()
    qtbot.waitUntil(lambda: "in NormAtlas reference pack" in copied(), timeout=WAIT)


def test_a_hit_is_cited(qtbot, window):
    window.field.setText("critical infrastructure")
    qtbot.waitUntil(lambda: window.results.model.rowCount() > 0, timeout=WAIT)
    window.results.enter()
    window.commands.copy_cited.trigger()
    qtbot.waitUntil(lambda: copied().startswith("“"), timeout=WAIT)


def test_a_style_applies_as_soon_as_it_is_chosen(qtbot, window, open_record, settings):
    choice = settings.style_choice
    assert choice.currentText() == "OSCOLA"
    choice.setCurrentIndex(choice.findText("APA"))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: "(UN General Assembly, 2015" in settings.example.text(), timeout=WAIT)
    open_record(INSTRUMENT)
    window.commands.copy_citation.trigger()
    qtbot.waitUntil(lambda: copied().endswith("(UN Doc. A/70/174).\n"), timeout=WAIT)


def test_a_file_that_is_no_style_is_refused_and_the_old_one_stays(
    qtbot, settings, tmp_path, monkeypatch
):
    path = tmp_path / "no.csl"
    path.write_text("words")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(path), ""))
    last = settings.style_choice.count() - 1
    settings.style_choice.setCurrentIndex(last)
    settings.style_choice.activated.emit(last)
    qtbot.waitUntil(lambda: "not a CSL" in settings.example.text(), timeout=WAIT)
    assert settings.style_choice.currentText() == "OSCOLA"
