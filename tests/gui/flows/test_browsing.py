"""The library by keyboard and mouse; tabs, history and the window's memory."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QToolButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from core.domain.keys import RECORD_KINDS, Kind
from gui.app import Start
from gui.command_palette import CommandPalette, action_words, matches
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.main_window import MainWindow
from gui.models.library import TITLE
from gui.theme import Themes
from tests.gui.conftest import finish, open_here


def entries(window: MainWindow) -> QTreeView:
    return window.findChild(QTreeView, "libraryView")


def shown(window: MainWindow) -> list[str]:
    model = entries(window).model()
    return [model.index(row, TITLE).data() for row in range(model.rowCount())]


def test_every_kind_is_listed_with_its_count(window: MainWindow, start: Start) -> None:
    kinds = window.findChild(QListWidget, "libraryKinds")
    assert start.workspace is not None
    for row, kind in enumerate(RECORD_KINDS):
        window.library.choose_kind(kind)
        number = len(shown(window))
        assert kinds.item(row).text().endswith(f"  {number}")
    assert kinds.item(0).text() == "Norms  147"


def test_typing_jumps_and_enter_opens(qtbot: QtBot, window: MainWindow) -> None:
    view = entries(window)
    view.setFocus()
    qtbot.keyClicks(view, "due dil")
    assert view.currentIndex().siblingAtColumn(TITLE).data().startswith("Due diligence")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.key == "norm:due-diligence")


def test_words_and_filters_narrow_the_list(qtbot: QtBot, window: MainWindow) -> None:
    before = len(shown(window))
    words = window.findChild(QLineEdit, "libraryWords")
    qtbot.keyClicks(words, "infrastructure")
    narrowed = shown(window)
    assert 0 < len(narrowed) < before
    assert all("infrastructure" in title.lower() for title in narrowed) or narrowed
    qtbot.keyClicks(words, " zzz")
    assert shown(window) == []
    assert "Clear the words" in window.library._empty.text()


def test_back_and_forward(qtbot: QtBot, window: MainWindow) -> None:
    for key in ("norm:due-diligence", "norm:gge-13g-protect-ci"):
        window.tabs.request(key)
        qtbot.waitUntil(lambda key=key: window.tabs.key == key)
    window.commands.back.trigger()
    assert window.tabs.key == "norm:due-diligence"
    window.commands.forward.trigger()
    assert window.tabs.key == "norm:gge-13g-protect-ci"
    assert not window.commands.forward.isEnabled()


def test_the_library_narrows_to_what_is_annotated(qtbot: QtBot, window: MainWindow) -> None:
    annotated = window.findChild(QCheckBox, "libraryAnnotated")
    window.findChild(QToolButton, "libraryMoreFilters").click()
    everything = shown(window)
    window.tabs.request("norm:due-diligence")
    qtbot.waitUntil(lambda: window.tabs.key == "norm:due-diligence")
    window.tabs.reader.select_passage(0, 13)
    window.commands.tag.trigger()
    palette = window.findChild(QWidget, "tagPalette")
    qtbot.keyClicks(palette.field, "Due diligence")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    qtbot.waitUntil(annotated.isVisible)
    current = "Due diligence over harmful activity from national territory"
    assert entries(window).currentIndex().data() == current
    annotated.setChecked(True)
    assert shown(window) == [current]
    assert window.findChild(QToolButton, "libraryMoreFilters").text() == "Filters · 1"
    window.library._filters.clear()
    assert shown(window) == everything


def test_an_unknown_record_is_said_and_nothing_opens(qtbot: QtBot, window: MainWindow) -> None:
    window.tabs.request("norm:no-such-thing")
    qtbot.waitUntil(window.banner.isVisible)
    assert "no-such-thing" in window.banner.sentence
    assert window.tabs.key == ""


def test_tabs_and_zoom_come_back(
    qtbot: QtBot, window: MainWindow, start: Start, themes: Themes
) -> None:
    for key in ("norm:due-diligence", "norm:gge-13g-protect-ci"):
        window.tabs.request(key)
        qtbot.waitUntil(lambda key=key: window.tabs.key == key)
    window.tabs.request("norm:due-diligence")
    window.commands.zoom_in.trigger()
    window.library.choose_kind(Kind.EVENT)
    points = window.tabs.scale
    window.close()
    again = Start(themes, start._folder, None, None, open_here)
    with qtbot.waitSignal(again.ready, timeout=20_000):
        again.begin()
    assert again.window is not None
    second = again.window
    qtbot.waitUntil(lambda: len(second.tabs.keys()) == 2, timeout=10_000)
    qtbot.waitUntil(lambda: second.tabs.key == "norm:due-diligence")
    assert second.tabs.keys() == ("norm:due-diligence", "norm:gge-13g-protect-ci")
    assert second.tabs.scale == points
    assert second.library.kind is Kind.EVENT
    finish(again)


def test_every_action_is_found_in_the_palette(qtbot: QtBot, window: MainWindow) -> None:
    palette = CommandPalette(window.all_actions(), window)
    assert palette._list.count() == sum(action.isEnabled() for action in window.all_actions())
    qtbot.keyClicks(palette._typed, "dark")
    with qtbot.waitSignal(window.commands.themes[2].triggered):
        qtbot.keyClick(palette._typed, Qt.Key.Key_Return)
    window.commands.themes[1].trigger()


def test_the_keys_of_every_action_are_listed(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.shortcuts.trigger()
    dialog = window.findChild(ShortcutsDialog)
    assert dialog.height() <= 720
    menus = [dialog.keys.topLevelItem(row) for row in range(dialog.keys.topLevelItemCount())]
    listed = {menu.child(n).text(0) for menu in menus for n in range(menu.childCount())}
    assert listed == {
        action_words(action) for action in window.all_actions() if not action.shortcut().isEmpty()
    }
    qtbot.keyClicks(dialog.words, "tag pass")
    left = [
        (menu.text(0), menu.child(n).text(1))
        for menu in menus
        for n in range(menu.childCount())
        if not menu.isHidden() and not menu.child(n).isHidden()
    ]
    assert left == [("Edit", "Ctrl+T")]
    dialog.close()


def test_palette_words_match_in_any_order() -> None:
    assert matches("pas ta", "Tag passage")
    assert not matches("pasx", "Tag passage")
