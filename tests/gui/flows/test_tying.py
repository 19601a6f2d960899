"""Passages are tied to records and passages by keyboard, seen at both ends, and taken back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from core.domain.passage_links import Meaning
from tests.gui.flows.test_annotating import NORM, window  # noqa: F401

OTHER = "initiative:budapest-convention"


def dialog_of(window):  # noqa: F811
    window.window.commands.tie.trigger()
    return window.window.findChildren(QDialog, "tieDialog")[-1]


def choose(window, dialog, typed, words):  # noqa: F811
    def rows():
        offers = [dialog.offers.item(row).text() for row in range(dialog.offers.count())]
        return [row for row, offer in enumerate(offers) if words in offer]

    QTest.keyClicks(dialog.field, typed)
    window.until(rows)
    for _ in range(rows()[0]):
        QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def relations(window):  # noqa: F811
    model = window.window.relations.cards
    return [model.card(row) for row in range(model.rowCount())]


def test_a_selection_is_tied_and_shows_on_the_records_page(window):  # noqa: F811
    window.tag(100, 140, "Other")
    (marked,) = window.stored()
    window.reader.select_passage(39, 80)
    dialog = dialog_of(window)
    dialog.meaning.setCurrentText(Meaning.NARROWS.value)
    choose(window, dialog, "budapest conv", "Budapest Convention")
    window.until(lambda: len(window.stored()) == 2)
    window.until(lambda: dialog.ties.count() == 1)
    tied = next(a for a in window.stored() if a.id != marked.id)
    assert [(x.meaning, x.record) for x in tied.links] == [(Meaning.NARROWS, OTHER)]
    choose(window, dialog, "other", marked.target.quote.exact[:10])  # the passage, by its tag
    window.until(lambda: dialog.ties.count() == 2)
    assert [x.target for x in window.stored()[0].links] == [None, marked.id]
    window.until(lambda: any("a passage of" in card.foot for card in window.cards()))
    dialog.ties.setCurrentRow(1)
    QTest.keyClick(dialog.ties, Qt.Key.Key_Delete)
    window.until(lambda: dialog.ties.count() == 1)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    window.events.record_requested.emit(OTHER, None)
    window.until(lambda: window.window.tabs.key == OTHER)
    window.window.raise_panel("relationsDock")
    window.until(lambda: any(card.target == tied.id for card in relations(window)))
    view = window.window.relations
    view.setCurrentIndex(view.cards.find(tied.id))
    QTest.keyClick(view, Qt.Key.Key_Return)
    window.until(lambda: window.window.tabs.key == NORM)
    for _ in range(3):  # untie, the second tie, the first with its passage
        window.window.commands.undo.trigger()
    window.until(lambda: window.stored() == (marked,))
