"""A document's printed page beside its text."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import Qt

from core.domain.imports import ImportOptions
from gui.views.page_picture import PagePanel
from tests.core.importing.typesetting import typeset

REPORT = (
    '#set page(width: 120mm, height: 120mm, numbering: "i")\n= On hotlines\n'
    "States should keep lines open to one another.\n#pagebreak()\n"
    "States should settle disputes by peaceful means.\n\nAnd nothing else follows."
)


@pytest.fixture
def key(start, tmp_path) -> str:
    """Key of a document of two pages."""
    path = tmp_path / "report.pdf"
    path.write_bytes(typeset(REPORT))
    importing = start.workspace.importing

    def take() -> str:
        run = importing.start([str(path)], ImportOptions())
        importing.work(run)
        return importing.results(run)[0].record

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(take).result()


@pytest.fixture
def panel(qtbot, window, key) -> PagePanel:
    """The panel with the document in front."""
    window.tabs.request(key)
    qtbot.waitUntil(lambda: window.tabs.key == key, timeout=10_000)
    window.raise_panel("pageDock")
    panel = window.findChild(PagePanel)
    qtbot.waitUntil(lambda: panel.sheet.height() > 10, timeout=10_000)
    return panel


def test_the_page_follows_the_caret_and_marks_its_passage(qtbot, window, panel):
    assert panel.pages.currentText() == "Page i (1 of 2)"
    assert len(panel.sheet.marks()) == 1
    reader = window.tabs.reader
    at = reader.text.content.index("peaceful")
    reader.goto(at, at + 8)
    reader.select_passage(at, at + 8)
    qtbot.waitUntil(lambda: panel.pages.currentText() == "Page ii (2 of 2)", timeout=10_000)
    qtbot.waitUntil(lambda: len(panel.sheet.marks()) == 1, timeout=10_000)
    assert panel.view.accessibleName() == "Page ii (2 of 2)"


def test_pages_are_turned_by_keyboard(qtbot, panel):
    panel.view.setFocus()
    panel.view.verticalScrollBar().setValue(panel.view.verticalScrollBar().maximum())
    qtbot.keyClick(panel.view, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: not panel.sheet.marks(), timeout=10_000)
    assert panel.pages.currentIndex() == 1
    assert not panel.next.isEnabled()
    panel.previous.click()
    qtbot.waitUntil(lambda: len(panel.sheet.marks()) == 1, timeout=10_000)
    assert panel.pages.currentIndex() == 0


def test_a_record_without_pages_says_so(qtbot, window, panel):
    window.tabs.close_current()
    qtbot.waitUntil(lambda: "imported from PDF" in panel.message.text(), timeout=10_000)
    assert panel.message.isVisible()
    assert not panel.pages.isEnabled()
