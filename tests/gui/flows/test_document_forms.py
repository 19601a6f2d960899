"""The details of documents in the window: written, linked, kept true to what is stored."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from core.domain.imports import ImportOptions
from core.domain.keys import Kind
from gui.dialogs.document_form import DocumentFormDialog
from tests.gui.flows.test_documents import aside


@pytest.fixture
def norm(start):
    """A norm whose title a document shares."""
    return aside(lambda: start.workspace.reference.entries(Kind.NORM)[0])


@pytest.fixture
def key(start, window, norm, tmp_path: Path) -> str:
    path = tmp_path / "paper.txt"
    path.write_text("A paper that says how States ought to behave, and why.")
    importing = start.workspace.importing

    def take():
        run = importing.start([str(path)], ImportOptions(title=norm.title))
        importing.work(run)
        return importing.results(run)[0].record

    return aside(take)


@pytest.fixture
def form(qtbot, window, key) -> DocumentFormDialog:
    window.tabs.request(key)
    qtbot.waitUntil(lambda: window.tabs.key == key, timeout=10_000)
    window.commands.edit_record.trigger()
    qtbot.waitUntil(lambda: window.findChild(DocumentFormDialog) is not None, timeout=10_000)
    form = window.findChild(DocumentFormDialog, "documentForm")
    yield form
    if window.findChild(DocumentFormDialog) is form:
        form.close()


def write(qtbot, form, name, words):
    editor = form.editors[name].editor
    if isinstance(editor, QPlainTextEdit):
        editor.setPlainText(words)
    else:
        editor.selectAll()
        qtbot.keyClicks(editor, words)


def button(form, words) -> QPushButton:
    return next(
        b
        for b in form.findChildren(QPushButton)
        if b.accessibleName().startswith(words) and b.parent().isVisible()
    )


def test_what_is_written_is_stored_and_undone(qtbot, form, window, start, key):
    write(qtbot, form, "authors", "Ada Lovelace\nCharles Babbage")
    write(qtbot, form, "date", "2024-05")
    write(qtbot, form, "symbol", "A/79/1")
    qtbot.waitUntil(lambda: "Stored" in form.outcome.text(), timeout=10_000)
    said = aside(lambda: start.workspace.documents.form(key)).card.metadata
    assert said.authors == ("Ada Lovelace", "Charles Babbage")
    assert (said.date, said.symbol) == ("2024-05", "A/79/1")
    qtbot.waitUntil(
        lambda: "Ada Lovelace; Charles Babbage" in [f.value for f in window.tabs.record.fields],
        timeout=10_000,
    )
    window.commands.undo.trigger()
    symbol = form.editors["symbol"].editor
    assert isinstance(symbol, QLineEdit)
    qtbot.waitUntil(lambda: not symbol.text(), timeout=10_000)


def test_a_problem_is_said_at_its_field_and_nothing_is_stored(qtbot, form, start, key):
    write(qtbot, form, "date", "someday")
    qtbot.waitUntil(lambda: "put right" in form.outcome.text(), timeout=10_000)
    assert form.editors["date"].editor.accessibleDescription()
    assert aside(lambda: start.workspace.documents.form(key)).card.metadata.date is None


def test_a_suggested_link_is_made_and_taken_back(qtbot, form, window, norm):
    qtbot.mouseClick(button(form, f"Link to {norm.title}"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: norm.key in [tie.record for tie in window.tabs.record.ties], timeout=10_000
    )
    qtbot.waitUntil(lambda: norm.key in [k.record for k in form._form.links], timeout=10_000)
    qtbot.waitUntil(
        lambda: any(
            b.parent().isVisible()
            for b in form.findChildren(QPushButton)
            if b.accessibleName().startswith("Unlink from")
        )
    )
    qtbot.mouseClick(button(form, f"Unlink from {norm.title}"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not form._form.links, timeout=10_000)


def test_any_record_can_be_linked_and_nonsense_is_said(qtbot, form):
    add = form.findChild(QPushButton, "addLink")
    form.target.set_value("nonsense")
    add.click()
    assert "Choose a record" in form.target.editor.accessibleDescription()
    form.target.set_value("instrument:budapest-convention  Convention on Cybercrime")
    add.click()
    qtbot.waitUntil(
        lambda: [k.record for k in form._form.links] == ["instrument:budapest-convention"],
        timeout=10_000,
    )


def test_a_form_goes_with_its_document(qtbot, form, window):
    window.commands.trash_document.trigger()
    qtbot.waitUntil(lambda: window.findChild(DocumentFormDialog) is None, timeout=10_000)
