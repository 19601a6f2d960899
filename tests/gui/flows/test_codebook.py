"""The codebook's panel in the real window: by keyboard, with its questions, and the number keys."""

import json

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from core.domain.annotations import AnnotationFilter
from gui.models.codebook_tree import CodebookTree

NORM = "norm:gge-13f-no-ci-damage"
WAIT = 10_000
CTRL = Qt.KeyboardModifier.ControlModifier
STEP = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class Book:
    """The panel and what a test asks often."""

    def __init__(self, window, start, qtbot):
        self.window, self.qtbot = window, qtbot
        self.workspace = start.workspace
        self.panel = window.codebook
        self.view, self.tree = self.panel.view, self.panel.tree
        window.raise_panel("codebookDock")

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT)

    def paths(self):
        return [tag.path for tag in self.tree.tags()]

    def add(self, *paths):
        for path in paths:
            self.panel.filter.setText(path)
            QTest.keyClick(self.panel.filter, Qt.Key.Key_Return)
        self.until(lambda: set(paths) <= set(self.paths()))

    def go(self, path):
        self.panel.select(path)
        self.view.setFocus()
        assert self.view.path() == path

    def dialog(self, name):
        return self.window.findChild(QDialog, name)

    def stored(self):
        return self.workspace.annotations.find(AnnotationFilter(record=NORM))


@pytest.fixture
def book(window, start, qtbot):
    return Book(window, start, qtbot)


def test_the_tree_is_arranged_by_keyboard_and_by_dragging(book):
    book.add("A", "B", "C", "C/D")
    book.go("B")
    QTest.keyClick(book.view, Qt.Key.Key_Up, STEP)
    book.until(lambda: book.paths() == ["B", "A", "C", "C/D"])
    assert book.view.path() == "B"
    QTest.keyClick(book.view, Qt.Key.Key_Down, STEP)
    book.until(lambda: book.paths() == ["A", "B", "C", "C/D"])
    QTest.keyClick(book.view, Qt.Key.Key_Right, STEP)
    book.until(lambda: book.paths() == ["A", "A/B", "C", "C/D"])
    assert book.view.path() == "A/B"
    QTest.keyClick(book.view, Qt.Key.Key_X, CTRL)
    book.go("C/D")
    QTest.keyClick(book.view, Qt.Key.Key_V, CTRL)
    book.until(lambda: book.paths() == ["A", "C", "C/D", "C/D/B"])
    book.view.collapse(book.view.model().index(1, 0))
    dragged = book.tree.mimeData([book.tree.find("C/D"), book.tree.find("C/D/B")])
    move = Qt.DropAction.MoveAction
    assert not book.tree.canDropMimeData(dragged, move, -1, -1, book.tree.find("C/D/B"))
    assert not book.tree.canDropMimeData(QMimeData(), move, -1, -1, QModelIndex())
    book.tree.dropMimeData(dragged, move, 0, 0, QModelIndex())
    book.until(lambda: book.paths() == ["D", "D/B", "A", "C"])
    dragged = book.tree.mimeData([book.tree.find("D/B")])
    book.tree.dropMimeData(dragged, Qt.DropAction.CopyAction, -1, -1, book.tree.find("A"))
    book.until(lambda: book.paths() == ["D", "A", "C"])


def test_meaning_colour_and_key_save_themselves_and_follow_the_tag(book):
    book.add("A", "B")
    book.go("A")
    details = book.panel.details
    field = details.fields["include"]
    field.setFocus()
    QTest.keyClicks(field, "only states")
    book.go("B")  # leaves the field
    book.until(lambda: book.workspace.codebook.tags()[0].include == "only states")
    assert field.toPlainText() == ""
    book.go("A")
    book.until(lambda: field.toPlainText() == "only states")
    details.color.chosen.emit("#112233")
    details.key.setCurrentIndex(4)
    details.key.activated.emit(4)
    book.until(lambda: book.tree.find("A").siblingAtColumn(CodebookTree.KEY).data() == "4")
    book.until(lambda: book.workspace.codebook.tags()[0].color == "#112233")
    book.view.history_requested.emit("A")
    book.until(lambda: book.dialog("tagHistoryDialog"))
    history = book.dialog("tagHistoryDialog")
    bodies = [history.view.cards.card(n).body for n in range(history.view.cards.rowCount())]
    assert any("only states" in body for body in bodies)
    assert bodies[-1] == "Added as “A”"
    history.close()


def test_merging_and_deleting_ask_where_passages_go(book):
    book.workspace.annotations.annotate(NORM, 0, 10, ["A"], create_tags=True)
    book.workspace.annotations.annotate(NORM, 20, 30, ["B/C"], create_tags=True)
    book.add("Into", "Heir")
    book.until(lambda: "B/C" in book.paths())
    book.go("A")
    QTest.keyClick(book.view, Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    question = book.dialog("mergeDialog")
    assert not question.do.isEnabled()
    question.into.setText("into")
    question.do.click()
    book.until(lambda: "A" not in book.paths())
    book.go("B")
    QTest.keyClick(book.view, Qt.Key.Key_Delete)
    question = book.dialog("deleteTagDialog")
    question.heir.setText("B/C")  # goes too, so it is no heir
    assert not question.do.isEnabled()
    question.heir.setText("heir")
    question.do.click()
    book.until(lambda: book.paths() == ["Heir", "Into"])
    assert [a.tags for a in book.stored()] == [("Into",), ("Heir",)]
    book.window.commands.undo.trigger()
    book.until(lambda: "B/C" in book.paths())


def test_an_empty_codebook_says_how_to_begin(book):
    book.panel.filter.setText("Harm")
    assert "Enter makes the tag “Harm”" in book.panel.hint.text()
    assert not book.panel.hint.isHidden()
    book.add("Harm")
    assert book.panel.hint.isHidden()
    assert not book.panel.starter.isVisible()
    assert book.view.isColumnHidden(CodebookTree.KEY)  # while no tag has one
    book.go("Harm")
    QTest.keyClick(book.view, Qt.Key.Key_Delete)
    book.until(book.panel.starter.isVisible)


def test_number_keys_tag_what_is_selected(book):
    assert book.panel.starter.isVisible()
    book.panel.starter.click()
    book.until(book.paths)
    first, second = book.paths()[:2]
    book.workspace.codebook.favour(first, 1)
    book.panel.details.favoured.emit(second, 2)
    book.until(lambda: book.tree.find(second).siblingAtColumn(CodebookTree.KEY).data() == "2")
    reader = open_norm(book)
    reader.setFocus()
    reader.select_passage(39, 60)
    QTest.keyClick(reader, Qt.Key.Key_1)
    QTest.keyClick(reader, Qt.Key.Key_2)  # before the first is written
    book.until(lambda: [set(a.tags) for a in book.stored()] == [{first, second}])
    book.until(lambda: not book.window.tabs.reader.selection())
    QTest.keyClick(reader, Qt.Key.Key_1)
    book.until(lambda: [a.tags for a in book.stored()] == [(second,)])


def test_chosen_passages_are_split_off_and_the_codebook_of_then_is_kept(
    book, tmp_path, monkeypatch
):
    for n in range(3):
        book.workspace.annotations.annotate(NORM, n * 20, n * 20 + 10, ["A"], create_tags=True)
    book.add("Other")
    book.go("A")
    QTest.keyClick(book.view, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    dialog = book.dialog("splitDialog")
    book.until(lambda: dialog.table.model.rowCount() == 3)
    assert not dialog.do.isEnabled()
    dialog.into.setText("A/Part")
    dialog.table.go_to(1)
    QTest.keyClick(dialog.table.view, Qt.Key.Key_Space)
    dialog.do.click()
    book.until(lambda: [a.tags for a in book.stored()] == [("A",), ("A/Part",), ("A",)])
    book.until(lambda: dialog.table.model.rowCount() == 2)
    dialog.close()
    book.view.dated_requested.emit()
    dated = book.dialog("datedCodebookDialog")
    book.until(lambda: len(dated.tree.tags()) == 3)
    file = tmp_path / "codebook.json"
    saved = (str(file), "")
    monkeypatch.setattr("gui.dialogs.dated_codebook.QFileDialog.getSaveFileName", lambda *_: saved)
    dated.export.click()
    book.until(file.exists)
    assert [tag["count"] for tag in json.loads(file.read_text("utf-8"))["tags"]] == [2, 1, 0]
    dated.date.setText("2020")
    dated.ask()
    book.until(lambda: not dated.tree.tags())
    dated.date.setText("nonsense")
    dated.ask()
    assert "nonsense" in dated.said.text()
    dated.close()


def test_all_hits_of_a_search_are_reviewed_and_tagged(book):
    book.add("A")
    window = book.window
    window.field.setFocus()
    window.field.setText('"critical infrastructure" kind:norm')
    book.until(lambda: window.searching and window.results.model.rowCount())
    window.commands.tag_hits.trigger()
    dialog = book.dialog("tagHitsDialog")
    book.until(lambda: dialog.table.model.rowCount() > 10)
    assert not dialog.do.isEnabled()
    QTest.keyClicks(dialog.tag, "a")
    dialog.table.view.selectAll()
    QTest.keyClick(dialog.table.view, Qt.Key.Key_Space)
    assert not dialog.table.model.chosen()
    dialog.table.go_to(2)
    QTest.keyClick(dialog.table.view, Qt.Key.Key_Space)
    assert dialog.do.text() == "Tag 1 passages"
    dialog.do.click()
    book.until(lambda: not book.dialog("tagHitsDialog"))
    found = book.workspace.annotations.find(AnnotationFilter(tag="A"))
    assert len(found) == 1
    book.view.auto_tag_requested.emit("A")
    dialog = book.dialog("tagHitsDialog")
    book.until(lambda: dialog.table.model.rowCount() > 10)
    assert 2 not in dialog.table.model.chosen()  # carries it
    dialog.close()


def open_norm(book):
    book.window.tabs.record_requested.emit(NORM, None)
    book.until(lambda: book.window.tabs.key == NORM)
    return book.window.tabs.reader
