"""Analysts are shown, hidden and coloured on the page, in the list and in the browser."""

import pytest

from core.domain.codebook import PALETTE
from core.services.annotations import Annotations
from core.storage.unit_of_work import Database
from core.workspace import DATABASE
from gui.dialogs.browser import BrowserDialog
from gui.models.browser import BrowserRole
from tests.gui.flows.test_browser import aside

NORM = "norm:gge-13f-no-ci-damage"
ADA, BEN = "Ada Analyst", "Ben Baker"


@pytest.fixture
def two(qtbot, start, window):
    """Ada's window, with a passage of hers and one of Ben's on the page."""

    def annotate():
        start.workspace.annotations.annotate(NORM, 0, 5, ["Law"], create_tags=True)
        database = Database(start.workspace.path / DATABASE, BEN)
        Annotations(database).annotate(NORM, 10, 20, ["Law"])
        database.close()

    aside(annotate)
    window.tabs.request(NORM)
    qtbot.waitUntil(lambda: len(placed(window)) == 2, timeout=10_000)
    qtbot.waitUntil(window.annotations.analysts.isVisible, timeout=10_000)
    return window


def placed(window):
    reader = window.tabs.reader
    return reader._backdrop.highlights.placed if reader else []


def cards(window):
    model = window.annotations.view.cards
    return [model.card(row) for row in range(model.rowCount())]


def entry(button, words):
    button.menu().aboutToShow.emit()
    return next(one for one in button.menu().actions() if words in one.text().replace("&", ""))


def test_an_analyst_is_hidden_everywhere_and_shown_again(two, qtbot, start):
    def until(condition):
        qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    button = two.annotations.analysts
    assert button.text() == "2 analysts"
    assert [ADA in one.head or BEN in one.head for one in cards(two)] == [True, True]
    two.commands.browser.trigger()
    dialog = two.findChild(BrowserDialog, "browserDialog")
    model = dialog.table.browser
    until(lambda: model.rowCount() == 2)
    entry(button, BEN).trigger()
    until(lambda: [one.analyst for one in placed(two)] == [ADA])
    until(lambda: len(cards(two)) == 1 and model.rowCount() == 1)
    assert dialog.count.text() == "1 of 2 annotations"
    assert button.text() == dialog.analysts.text() == "1 of 2 analysts"
    entry(dialog.analysts, ADA).trigger()
    until(lambda: not placed(two) and model.rowCount() == 0)
    start.workspace.analyst = ADA
    two.tabs.reader.select_passage(30, 40)
    two.commands.tag.trigger()
    two.findChild(object, "tagPalette").tag_added.emit("Law", False)
    until(lambda: len(placed(two)) == 2)  # what one marks shows
    entry(button, "Show all").trigger()
    until(lambda: len(placed(two)) == 3 and model.rowCount() == 3)
    dialog.close()


def test_colours_tell_analysts_apart(two, qtbot):
    def until(condition):
        qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    two.commands.browser.trigger()
    dialog = two.findChild(BrowserDialog, "browserDialog")
    model = dialog.table.browser
    until(lambda: model.rowCount() == 2 and model.annotation(1))
    two.commands.by_analyst.trigger()
    apart = [PALETTE[0], PALETTE[1]]
    until(lambda: [one.color for one in placed(two)] == apart)
    until(lambda: [card.stripe for card in cards(two)] == apart)
    stripes = lambda: [model.index(n, 0).data(BrowserRole.STRIPE) for n in range(2)]  # noqa: E731
    until(lambda: stripes() == apart)
    two.commands.by_analyst.trigger()
    until(lambda: len({one.color for one in placed(two)}) == 1)
    until(lambda: len(set(stripes())) == 1)
    dialog.close()
