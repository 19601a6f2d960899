"""Two analysts compared in the window: tag by tag, and their differences settled one by one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.domain.annotations import AnnotationFilter
from core.services.annotations import Annotations
from core.storage.unit_of_work import Database
from core.workspace import DATABASE
from gui import clipboard
from gui.dialogs.agreement import AgreementDialog
from tests.gui.flows.test_browser import aside

NORM = "norm:gge-13f-no-ci-damage"
BEN = "Ben Baker"


class Comparison:
    """The dialog, and what a test says often."""

    def __init__(self, qtbot, start, window):
        self.qtbot, self.workspace, self.window = qtbot, start.workspace, window
        aside(self._annotate)
        window.commands.agreement.trigger()
        self.dialog = window.findChild(AgreementDialog, "agreementDialog")
        self.until(lambda: self.dialog.model.rowCount() == 3)

    def _annotate(self):
        text = self.workspace.reference.record(NORM).text
        places = [p for p in text.passages if p.end - p.start > 60]
        database = Database(self.workspace.path / DATABASE, BEN)
        for service, marks in (
            (self.workspace.annotations, ((0, "Law"), (1, "Law"), (2, "CBM/Hotlines"))),
            (Annotations(database), ((0, "Law"), (2, "CBM"))),
        ):
            for n, tag in marks:
                at = places[n].start
                service.annotate(NORM, at, at + 40, [tag], create_tags=True)
        database.close()

    def until(self, condition):
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def choose(self, tag):
        self.dialog.table.selectRow(self.dialog.model.row_of(tag))
        self.until(lambda: self.dialog._listed[0] == tag)

    def counts(self, tag):
        return self.dialog.model.words()[self.dialog.model.row_of(tag)][4:7]

    def bens(self, tag):
        wanted = AnnotationFilter(analyst=BEN, tag=tag)
        return aside(lambda: self.workspace.browsing.listing(wanted)).total


@pytest.fixture
def comparison(qtbot, start, window):
    made = Comparison(qtbot, start, window)
    yield made
    made.dialog.close()


def test_differences_are_settled_by_key_and_taken_back(comparison):
    dialog = comparison.dialog
    assert (dialog.first.currentText(), dialog.second.currentText()) == ("Ada Analyst", BEN)
    assert comparison.counts("CBM") == ("1", "0", "0")  # a tag below counts
    assert comparison.counts("CBM/Hotlines") == ("0", "1", "0")
    assert "kappa" in dialog.overall.text()
    comparison.choose("CBM")
    assert not dialog.applies.isEnabled()
    assert dialog.current() is None
    comparison.choose("Law")
    comparison.until(lambda: dialog.current() is not None)
    card = dialog.differences.cards.card(0)
    assert "Ada Analyst: Law: “" in card.foot
    assert "Ben Baker: not so tagged" in card.foot
    QTest.keyClick(dialog.differences, Qt.Key.Key_A)
    comparison.until(lambda: comparison.counts("Law") == ("2", "0", "0"))
    assert comparison.bens("Law") == 2
    comparison.until(lambda: dialog.differences.cards.rowCount() == 0)
    assert "Both now say that “Law” applies" in comparison.window.banner.sentence
    dialog.undo_requested.emit()
    comparison.until(lambda: comparison.counts("Law") == ("1", "1", "0"))
    comparison.until(lambda: dialog.current() is not None)
    QTest.keyClick(dialog.differences, Qt.Key.Key_N)
    comparison.until(lambda: comparison.counts("Law") == ("1", "0", "0"))
    comparison.until(lambda: comparison.window.commands.undo.text().endswith("apply to a passage"))


def test_what_is_compared_is_chosen_and_a_passage_is_read(comparison):
    dialog, table = comparison.dialog, comparison.dialog.table
    dialog.below.click()
    comparison.until(lambda: comparison.counts("CBM") == ("0", "0", "1"))
    comparison.choose("CBM")
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    dialog.below.click()
    comparison.until(lambda: comparison.counts("CBM") == ("1", "0", "0"))
    assert dialog.model.words()[-1][0] == "CBM"  # sorted by agreement still
    comparison.choose("CBM/Hotlines")
    comparison.until(lambda: dialog.current() is not None)
    difference = dialog.current()
    QTest.keyClick(dialog.differences, Qt.Key.Key_Return)
    comparison.until(lambda: comparison.window.tabs.key == NORM)
    assert difference.record == NORM
    dialog.scope.setCurrentIndex(1)
    dialog.scope.activated.emit(1)
    comparison.until(lambda: "records: 1)" in dialog.overall.text())
    dialog.second.setCurrentIndex(0)
    dialog.second.activated.emit(0)
    comparison.until(dialog._empty.isVisible)
    assert "two different" in dialog._empty.text()
    dialog.second.setCurrentIndex(1)
    dialog.second.activated.emit(1)
    comparison.until(lambda: dialog.model.rowCount() == 3)
    dialog.copy.click()
    assert (
        QApplication.clipboard()
        .text()
        .startswith("Tag\tAgree\tKappa\tAlpha\tBoth\tOnly Ada Analyst\tOnly")
    )
    clipboard.let_go()


def test_one_analyst_alone_is_told_what_to_do(qtbot, window):
    window.commands.agreement.trigger()
    dialog = window.findChild(AgreementDialog, "agreementDialog")
    qtbot.waitUntil(lambda: "Import from a colleague" in dialog._empty.text(), timeout=10_000)
    assert dialog._empty.isVisible()
    dialog.close()
