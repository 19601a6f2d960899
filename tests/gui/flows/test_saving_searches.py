"""Searches kept and asked again; the latest ones offered below the empty box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListWidget, QTreeView
from pytestqt.qtbot import QtBot

from core.domain.keys import RECORD_KINDS, Kind
from gui.app import Start
from gui.main_window import MainWindow
from gui.models.saved_searches import COUNT
from tests.gui.flows.test_searching import type_query

NORM = "norm:gge-13f-no-ci-damage"


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window at a size at which filters have room beside the hits."""
    window.resize(1280, 720)
    return window


def names(window: MainWindow) -> list[str]:
    return [search.name for search in window.library.saved.searches.searches]


def listed(qtbot: QtBot, window: MainWindow, *expected: str) -> None:
    qtbot.waitUntil(lambda: names(window) == list(expected), timeout=9000)


def kept(window: MainWindow) -> list[QAction]:
    """What the menu lists below its last line: the searches that are kept."""
    actions = window.commands.searches.actions()
    last = max(place for place, action in enumerate(actions) if action.isSeparator())
    return actions[last + 1 :]


def in_menu(window: MainWindow) -> list[str]:
    return [action.text() for action in kept(window)]


def test_a_search_is_saved_listed_asked_again_renamed_moved_and_undone(
    qtbot: QtBot, window: MainWindow
) -> None:
    type_query(qtbot, window, "cyber")
    window.commands.save_search.trigger()
    listed(qtbot, window, "cyber")
    kinds = window.results.facets.lists["kind"].model
    qtbot.waitUntil(lambda: kinds.row_of("norm") >= 0, timeout=9000)
    kinds.toggle(kinds.index(kinds.row_of("norm")))
    window.results.header.save.click()
    listed(qtbot, window, "cyber", "cyber · Norms")
    window.results.header.save.click()
    listed(qtbot, window, "cyber", "cyber · Norms", "cyber · Norms (2)")
    assert in_menu(window) == names(window)
    window.field.clear()
    rows = window.findChild(QListWidget, "libraryKinds")
    assert rows.item(len(RECORD_KINDS)).text() == "Saved searches  3"
    rows.setCurrentRow(len(RECORD_KINDS))
    view = window.findChild(QTreeView, "savedSearchesView")
    assert view.isVisible()
    view.setFocus()
    view.setCurrentIndex(view.model().index(2, 0))
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    listed(qtbot, window, "cyber", "cyber · Norms (2)", "cyber · Norms")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    listed(qtbot, window, "cyber", "cyber · Norms")
    view.model().setData(view.model().index(0, 0), "Everything")
    listed(qtbot, window, "Everything", "cyber · Norms")
    for expected in (
        ("cyber", "cyber · Norms"),
        ("cyber", "cyber · Norms (2)", "cyber · Norms"),
        ("cyber", "cyber · Norms", "cyber · Norms (2)"),
    ):
        window.commands.undo.trigger()
        listed(qtbot, window, *expected)
    view.setCurrentIndex(view.model().index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    model = window.results.model
    qtbot.waitUntil(lambda: window.searching and model.rowCount() > 5, timeout=9000)
    assert window.field.text() == "cyber"
    assert {model.hit(row).kind for row in range(model.rowCount())} == {Kind.NORM}
    assert "Kind: Norms" in window.results.choices.buttons()[0].text()


def test_it_tells_what_is_new_until_it_is_looked_at(
    qtbot: QtBot, window: MainWindow, start: Start
) -> None:
    type_query(qtbot, window, "zanzibar")
    window.commands.save_search.trigger()
    listed(qtbot, window, "zanzibar")
    window.field.clear()
    window.tabs.request(NORM)
    qtbot.waitUntil(lambda: window.tabs.key == NORM)
    window.tabs.reader.select_passage(0, 9)
    window.commands.tag.trigger()
    palette = window.findChild(object, "tagPalette")
    qtbot.keyClicks(palette.field, "Zanzibar")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    qtbot.keyClicks(palette.note, "zanzibar, see there")
    qtbot.keyClick(palette.note, Qt.Key.Key_Escape)
    counts = window.library.saved.searches
    qtbot.waitUntil(lambda: counts.index(0, COUNT).data() == "1 new · 1", timeout=9000)
    assert in_menu(window) == ["zanzibar (1 new)"]
    rows = window.findChild(QListWidget, "libraryKinds")
    assert rows.item(len(RECORD_KINDS)).text() == "Saved searches  1 · 1 new"
    kept(window)[0].trigger()
    qtbot.waitUntil(lambda: window.results.model.rowCount() == 1, timeout=9000)
    assert window.results.model.hit(0).annotation
    qtbot.waitUntil(lambda: counts.index(0, COUNT).data() == "1", timeout=9000)
    assert start.workspace.history.state().undo != "Look"


def test_the_latest_queries_are_offered_below_the_empty_box(
    qtbot: QtBot, window: MainWindow, start: Start
) -> None:
    for query in ("budapest", "sovereignty"):
        type_query(qtbot, window, query)
        qtbot.waitUntil(lambda: window.results.model.rowCount() > 1)
        qtbot.keyClick(window.field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not window.searching)
        window.field.clear()
    type_query(qtbot, window, "typed only")
    window.field.clear()
    popup = window.findChild(object, "recentSearches")
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    assert popup.isVisible()
    queries = popup.queries
    assert [queries.item(row).text() for row in range(queries.count())] == [
        "sovereignty",
        "budapest",
    ]
    qtbot.keyClick(queries, Qt.Key.Key_Down)
    qtbot.keyClick(queries, Qt.Key.Key_Return)
    assert window.field.text() == "budapest"
    assert not popup.isVisible()
    window.field.clear()
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(queries, Qt.Key.Key_Delete)
    assert queries.count() == 1
    qtbot.keyClick(queries, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.field
    assert not popup.isVisible()
    window.library.saved.setFocus()
    window.commands.search.trigger()
    assert popup.isVisible()
    qtbot.keyClicks(window.field, "cy")
    assert not popup.isVisible()
    window.field.clear()
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(queries, Qt.Key.Key_X)
    assert window.field.text() == "x"
    window.field.clear()
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    popup.clear.click()
    qtbot.waitUntil(lambda: start.writes.pending == 0)
    assert start.workspace.recent_searches.texts() == ()
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    assert not popup.isVisible()
