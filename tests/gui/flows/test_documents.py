"""The analyst's documents in the window: listed, changed many at once, deleted and restored."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QInputDialog, QLabel, QMessageBox

from core.domain.documents import ReadingStatus
from core.domain.imports import ImportOptions
from core.domain.keys import Kind
from gui.dialogs.details_of_many import DetailsOfManyDialog
from gui.dialogs.documents import DocumentsDialog
from gui.models.documents import Column, DocumentsModel, Wanted
from tests.core.services.document_files import LONG

TITLES = ("On hotlines", "On sanctions", "Zu Normen")


def aside(call):
    """Call a slow service beside the window's thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


@pytest.fixture
def keys(start, window, tmp_path: Path) -> list[str]:
    """Keys of three documents, in the order of their titles."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for n, title in enumerate(TITLES):
        (folder / f"{title}.txt").write_text("\n\n".join([title, *LONG[: n + 2]]))
    importing = start.workspace.importing

    def take():
        run = importing.start([str(folder)], ImportOptions())
        importing.work(run)
        return [r.record for r in sorted(importing.results(run), key=lambda r: r.title)]

    return aside(take)


@pytest.fixture
def dialog(qtbot, window, keys) -> DocumentsDialog:
    window.commands.documents.trigger()
    dialog = window.findChild(DocumentsDialog, "documentsDialog")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3, timeout=10_000)
    return dialog


def choose(dialog, *rows):
    dialog.table.clearSelection()
    selection = dialog.table.selectionModel()
    for row in rows:
        flags = selection.SelectionFlag.Select | selection.SelectionFlag.Rows
        selection.select(dialog.model.index(row, 0), flags)


def look_at(dialog, data):
    row = dialog.shelf.findData(data)
    dialog.shelf.setCurrentIndex(row)
    dialog.shelf.activated.emit(row)


def pick(menu, words):
    menu.aboutToShow.emit()
    action = next(a for a in menu.actions() if isinstance(a, QAction) and words in a.text())
    action.trigger()


def test_many_are_marked_and_collected_at_once(qtbot, dialog, window, monkeypatch):
    choose(dialog, 0, 2)
    assert "2 chosen" in dialog.count.text()
    pick(dialog.mark.menu(), "Reading")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("For the panel", True))
    pick(dialog.collect.menu(), "New collection")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("CBM/Hotlines", True))
    pick(dialog.tag.menu(), "Another tag")

    def told():
        card = dialog.model.card(0)
        return (card.status, card.collections, card.tags) == (
            ReadingStatus.READING,
            ("For the panel",),
            ("CBM/Hotlines",),
        )

    qtbot.waitUntil(told, timeout=10_000)
    assert len(dialog.keys()) == 2  # what was chosen stays chosen
    look_at(dialog, "For the panel")
    assert dialog.model.rowCount() == 2
    dialog.table.selectAll()
    pick(dialog.collect.menu(), "For the panel")
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0, timeout=10_000)
    window.commands.undo.trigger()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=10_000)


def test_deleted_ones_go_to_the_trash_and_come_back(qtbot, dialog, window, keys):
    window.tabs.request(keys[0])
    qtbot.waitUntil(lambda: window.tabs.key == keys[0], timeout=10_000)
    choose(dialog, 0, 1)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=10_000)
    qtbot.waitUntil(lambda: keys[0] not in set(window.tabs.keys()), timeout=10_000)
    assert "in the trash" in window.banner.sentence
    look_at(dialog, "\0trash")
    assert dialog.model.rowCount() == 2
    assert not dialog.read.isVisible()
    choose(dialog, 0)
    qtbot.mouseClick(dialog.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1, timeout=10_000)
    window.library.choose_kind(Kind.DOCUMENT)
    qtbot.waitUntil(lambda: window.library._model.rowCount() == 2, timeout=10_000)


def test_the_trash_is_emptied_only_when_agreed(qtbot, dialog, start):
    choose(dialog, 0)
    dialog.delete.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=10_000)
    look_at(dialog, "\0trash")
    dialog.empty.click()
    question = dialog.findChild(QMessageBox, "emptyTrashQuestion")
    agree = next(button for button in question.buttons() if button.text() == "Delete")
    agree.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 0, timeout=10_000)
    assert not aside(start.workspace.trash.cards)


def test_the_one_in_front_is_read_opened_and_deleted(qtbot, dialog, window, keys, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)) or True)
    assert not window.commands.original.isEnabled()
    choose(dialog, 0)
    dialog.read.click()
    qtbot.waitUntil(lambda: window.tabs.key == keys[0], timeout=10_000)
    window.commands.original.trigger()
    qtbot.waitUntil(lambda: len(opened) == 1, timeout=10_000)
    copy = Path(opened[0].toLocalFile())
    assert copy.name == "On hotlines.txt"
    assert copy.read_text().startswith("On hotlines")
    window.commands.trash_document.trigger()
    qtbot.waitUntil(lambda: keys[0] not in set(window.tabs.keys()), timeout=10_000)
    assert not window.commands.original.isEnabled()


def test_details_of_several_are_said_once(qtbot, dialog, window, start, keys):
    choose(dialog, 0, 1)
    dialog.details.click()
    many = window.findChild(DetailsOfManyDialog, "detailsOfMany")
    assert not many.apply.isEnabled()
    date = many.editors["date"].editor
    qtbot.keyClicks(date, "someday")
    many.apply.click()
    problem = many.editors["date"].findChild(QLabel, "fieldProblem")
    qtbot.waitUntil(lambda: bool(problem.text()), timeout=10_000)
    date.clear()
    qtbot.keyClicks(date, "2024-05")
    many.apply.click()
    qtbot.waitUntil(lambda: window.findChild(DetailsOfManyDialog) is None, timeout=10_000)
    cards = aside(lambda: start.workspace.documents.cards(keys))
    dates = {card.key: card.metadata.date for card in cards}
    assert [dates[key] for key in keys] == ["2024-05", "2024-05", None]


def test_documents_are_a_model(qtmodeltester, start, keys):
    cards = aside(start.workspace.documents.cards)
    model = DocumentsModel()
    model.show(cards)
    for column in Column:
        for order in Qt.SortOrder:
            model.sort(column, order)
            assert model.rowCount() == 3
    qtmodeltester.check(model)
    model.narrow(Wanted(words="norm"))
    assert [model.card(row).title for row in range(model.rowCount())] == ["Zu Normen"]
    model.narrow(Wanted(status=ReadingStatus.READ))
    assert not model.rowCount()


def test_an_empty_workspace_says_what_to_do(qtbot, window):
    window.commands.documents.trigger()
    dialog = window.findChild(DocumentsDialog, "documentsDialog")
    qtbot.waitUntil(lambda: "no document yet" in dialog._empty.text(), timeout=10_000)
