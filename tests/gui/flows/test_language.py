"""Help on the search language stays true, and its examples can be tried."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.domain.search import SearchQuery
from core.search.fields import FIELDS
from core.search.query import parse
from core.workspace import Workspace
from gui.main_window import MainWindow
from gui.views.language_guide import CheatSheet, LanguageGuide


def page(window: MainWindow) -> LanguageGuide:
    return window.findChild(LanguageGuide, "searchLanguage")


def queries(guide: LanguageGuide) -> list[str]:
    return [example.query for section in guide.sections() for example in section.examples]


def test_every_example_is_understood_and_most_of_them_find_something(
    qtbot: QtBot, workspace: Workspace
) -> None:
    guide = LanguageGuide()
    qtbot.addWidget(guide)
    silent = []
    for query in queries(guide):
        parsed = parse(query)
        assert parsed.hint is None, query
        assert parsed.node is not None, query
        if workspace.search.search(SearchQuery(query)).total == 0:
            silent.append(query)
    # Of the analyst's own work there is none yet.
    assert silent == ["is:annotated", "tag:CBM", "note:compare", "hotline in:notes"]


def test_the_page_shows_fields_that_there_are(qtbot: QtBot) -> None:
    guide = LanguageGuide()
    qtbot.addWidget(guide)
    used = {part.field for query in queries(guide) for part in parse(query).parts if part.field}
    assert used <= set(FIELDS)
    assert len(used) > 10


def test_the_page_is_in_the_help_menu_and_escape_leaves_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert window.commands.language in window.all_actions()
    window.commands.language.trigger()
    assert page(window).isVisible()
    assert "stated-in:" in page(window).toPlainText()
    qtbot.keyClick(page(window), Qt.Key.Key_Escape)
    assert not page(window).isVisible()


def test_an_example_is_tried_by_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.language.trigger()
    qtbot.keyClick(page(window), Qt.Key.Key_Tab)
    qtbot.keyClick(page(window), Qt.Key.Key_Tab)
    qtbot.keyClick(page(window), Qt.Key.Key_Return)
    assert window.field.text() == '"critical infrastructure"'
    qtbot.waitUntil(lambda: window.searching and window.results.model.rowCount() > 0)
    assert window.field.hasFocus()


def test_the_cheat_sheet_opens_beside_the_box(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.help_button, Qt.MouseButton.LeftButton)
    sheet = window.findChild(CheatSheet, "cheatSheet")
    assert sheet.isVisible()
    qtbot.keyClick(sheet.guide, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert window.field.hasFocus()
    window.commands.cheat_sheet.trigger()
    sheet.guide.more_wanted.emit()
    assert page(window).isVisible()
    assert not sheet.isVisible()
