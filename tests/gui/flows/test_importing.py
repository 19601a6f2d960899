"""Files are imported in the window: chosen or dropped, told of one by one, read meanwhile."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton

from core.domain.imports import ImportOptions, ImportResult, ImportStatus
from core.domain.keys import Kind
from gui.dialogs.importing import ImportDialog
from gui.models.import_results import ImportResultsModel
from tests.core.services.document_files import LONG, a_paper


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "hotlines.txt").write_text("\n\n".join(["On hotlines", *LONG]))
    (folder / "sanctions.txt").write_text("On sanctions\n\nSanctions answer what was attributed.")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def aside(call):
    """Call a slow service beside the window's thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


def drop(window, *paths):
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy = Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, dragged, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), copy, dragged, left, none))


def dialog_of(window) -> ImportDialog:
    return window.findChild(ImportDialog, "importDialog")


def wait_until_done(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._controller.is_running, timeout=60_000)


def test_a_dropped_folder_becomes_documents(qtbot, window, papers):
    drop(window, papers)
    dialog = dialog_of(window)
    wait_until_done(qtbot, dialog)
    assert dialog.results.rowCount() == 3
    assert dialog.results.counts[ImportStatus.IMPORTED] == 2
    refused = dialog.only.findData(ImportStatus.REFUSED)
    dialog.only.setCurrentIndex(refused)
    dialog.only.activated.emit(refused)
    assert dialog.results.rowCount() == 1
    assert "empty.txt" in dialog.results.index(0, 3).data()
    window.library.choose_kind(Kind.DOCUMENT)
    qtbot.waitUntil(lambda: window.library._model.rowCount() == 2, timeout=10_000)
    assert "Import 3 files" in window.commands.undo.text()


def test_a_document_is_read_from_its_result(qtbot, window, papers):
    drop(window, papers / "hotlines.txt")
    dialog = dialog_of(window)
    wait_until_done(qtbot, dialog)
    assert not dialog.read.isEnabled()
    dialog.table.selectRow(0)
    qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    key = dialog.results.result(0).record
    qtbot.waitUntil(lambda: window.tabs.key == key, timeout=10_000)


def test_the_tags_of_the_dialog_go_on_each_document(qtbot, window, start, papers):
    window.commands.import_files.trigger()
    dialog = dialog_of(window)
    dialog.tags.setText("CBM/Hotlines, To read")
    dialog.take([str(papers / "hotlines.txt")])
    wait_until_done(qtbot, dialog)
    (card,) = aside(start.workspace.documents.cards)
    assert card.tags == ("CBM/Hotlines", "To read")


def test_an_import_that_was_cut_short_is_offered(qtbot, window, start, papers):
    run = aside(lambda: start.workspace.importing.start([str(papers)], ImportOptions()))
    window.commands.import_files.trigger()
    dialog = dialog_of(window)
    button = dialog.findChild(QPushButton, "importGoOn")
    qtbot.waitUntil(button.isVisible, timeout=10_000)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until_done(qtbot, dialog)
    assert start.workspace.importing.state(run).ended
    assert dialog.results.rowCount() == 3


def test_a_stopped_import_waits(qtbot, window, start, tmp_path):
    for n in range(60):
        (tmp_path / f"{n:02}.txt").write_text(a_paper(f"Paper {n}", f"Words of number {n}."))
    paths = [str(path) for path in sorted(tmp_path.glob("*.txt"))]
    window.commands.import_files.trigger()
    dialog = dialog_of(window)
    with qtbot.waitSignal(dialog._controller.progressed, timeout=30_000):
        dialog.take(paths)
    qtbot.mouseClick(dialog.stop, Qt.MouseButton.LeftButton)
    wait_until_done(qtbot, dialog)
    (run,) = aside(start.workspace.importing.unfinished)
    assert run.done < 60
    assert dialog.results.rowCount() == run.done
    assert "Stopped" in dialog.sentence.text()


def test_what_cant_be_started_is_said_in_the_dialog(qtbot, window):
    window.commands.import_files.trigger()
    dialog = dialog_of(window)
    dialog.take([])
    wait_until_done(qtbot, dialog)
    assert "Name the files" in dialog.sentence.text()


def test_results_are_a_model(qtmodeltester):
    model = ImportResultsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.add(
        ImportResult(n, os.path.join("/", "papers", f"{n}.pdf"), status, reason="Because.")
        for n, status in enumerate(ImportStatus)
    )
    qtmodeltester.check(model)
    model.narrow(ImportStatus.REFUSED)
    assert model.rowCount() == 1
    model.add([ImportResult(9, "C:\\x\\nine.pdf", ImportStatus.REFUSED)])
    assert model.index(1, 1).data() == "nine.pdf"
    model.clear()
    assert not model.rowCount()
