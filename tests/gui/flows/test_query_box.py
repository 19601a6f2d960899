"""Completions, chips and records by name, on the real index."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from gui.views.completion_popup import CompletionPopup
from gui.views.quick_open import QuickOpen

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def popup(window: MainWindow) -> CompletionPopup:
    window.commands.search.trigger()
    return window.findChild(CompletionPopup, "completionPopup")


def type_field(qtbot: QtBot, window: MainWindow, popup: CompletionPopup, text: str) -> None:
    qtbot.waitUntil(window.field.hasFocus)
    qtbot.keyClicks(window.field, text)
    qtbot.waitUntil(popup.isVisible)


def test_a_fields_values_are_offered_and_taken_by_keyboard(
    qtbot: QtBot, window: MainWindow, popup: CompletionPopup
) -> None:
    type_field(qtbot, window, popup, "kind:n")
    assert popup.current is None
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    assert popup.current is not None
    assert popup.current.text == "norm"
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.field.text() == "kind:norm "
    assert not popup.isVisible()
    assert window.field.cursorPosition() == len("kind:norm ")


def test_tab_takes_the_first_and_escape_only_closes(
    qtbot: QtBot, window: MainWindow, popup: CompletionPopup
) -> None:
    type_field(qtbot, window, popup, "theme:crit")
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert window.field.hasFocus()
    qtbot.keyClicks(window.field, "i")
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(window.field, Qt.Key.Key_Tab)
    assert window.field.text().startswith('theme:"critical')
    assert window.field.hasFocus()


def test_enter_is_the_results_while_nothing_is_chosen(
    qtbot: QtBot, window: MainWindow, popup: CompletionPopup
) -> None:
    type_field(qtbot, window, popup, "budapest kind:inst")
    qtbot.waitUntil(lambda: window.searching and window.results.model.rowCount() > 0)
    wanted = window.results.model.hit(0).record
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.key == wanted)
    assert window.field.text() == "budapest kind:inst"
    assert not popup.isVisible()


def test_plain_words_bring_no_list_unless_asked_for(
    qtbot: QtBot, window: MainWindow, popup: CompletionPopup
) -> None:
    qtbot.keyClicks(window.field, "sovereig")
    qtbot.waitUntil(lambda: window.searching and window.results.model.rowCount() > 0)
    assert not popup.isVisible()
    qtbot.keyClick(window.field, Qt.Key.Key_Space, CONTROL)
    qtbot.waitUntil(popup.isVisible)
    offered = {(item.what, item.label) for item in popup.completions.items}
    assert ("word", "sovereignty") in offered
    assert "record" in {what for what, _ in offered}
    qtbot.keyClicks(window.field, "nty ")
    qtbot.waitUntil(lambda: popup.completions.items[-1].what == "field")


def test_a_record_can_be_opened_from_the_list(
    qtbot: QtBot, window: MainWindow, popup: CompletionPopup
) -> None:
    qtbot.keyClicks(window.field, "malabo")
    qtbot.keyClick(window.field, Qt.Key.Key_Space, CONTROL)
    qtbot.waitUntil(lambda: popup.isVisible() and popup.completions.items[0].what == "record")
    key = popup.completions.items[0].record
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.tabs.key == key)
    assert window.field.text() == "malabo"


def test_the_empty_box_offers_the_fields(
    qtbot: QtBot, window: MainWindow, popup: CompletionPopup
) -> None:
    qtbot.waitUntil(window.field.hasFocus)
    qtbot.keyClick(window.field, Qt.Key.Key_Space, CONTROL)
    qtbot.waitUntil(popup.isVisible)
    assert popup.completions.items[0].text == "kind:"
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.field.text() == "kind:"
    qtbot.waitUntil(lambda: popup.isVisible() and popup.completions.items[0].what == "value")


def test_chips_show_the_parts_and_take_them_out(qtbot: QtBot, window: MainWindow) -> None:
    field, chips = window.field, window.chips
    field.setText("cyber norms")
    assert not chips.isVisible()
    field.setText('"due diligence" OR cyber -kind:event year:2015')
    names = [chip.accessibleName() for chip in chips.chips()]
    assert names == ["“due diligence”", "cyber", "not kind: event", "year: 2015"]
    chip = chips.chips()[3]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert field.text() == '"due diligence" OR cyber -kind:event'
    chip = chips.chips()[0]
    qtbot.mouseClick(
        chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, chip.height() // 2)
    )
    assert field.text() == "cyber -kind:event"
    chip = chips.chips()[1]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, chip.height() // 2))
    assert field.selectedText() == "-kind:event"
    assert field.hasFocus()


def test_the_last_chip_gives_the_keyboard_back(qtbot: QtBot, window: MainWindow) -> None:
    window.field.setText("kind:norm")
    (chip,) = window.chips.chips()
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Backspace)
    assert window.field.text() == ""
    assert window.field.hasFocus()
    assert not window.chips.isVisible()


def test_a_mistake_is_hinted_at_where_one_types(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.search.trigger()
    qtbot.keyClicks(window.field, "budapest year:soon ")

    def hints() -> list[str]:
        labels = window.results.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and "no year" in label.text()]

    qtbot.waitUntil(lambda: window.searching and bool(hints()))
    assert QApplication.activeModalWidget() is None


def test_ctrl_o_opens_a_record_by_its_name(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.open_record.trigger()
    box = window.findChild(QuickOpen, "quickOpen")
    qtbot.keyClicks(box.field, "malabo")
    qtbot.waitUntil(lambda: box.list.count() > 0)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "malabo" in window.tabs.key)


def test_a_query_of_any_length_has_a_bounded_row_of_chips(qtbot: QtBot, window: MainWindow) -> None:
    window.field.setText(" ".join(["-a", "(b OR c)", "kind:norm"] * 400))
    assert 30 < len(window.chips.chips()) <= 40


def test_completions_take_the_place_of_the_latest_queries(
    qtbot: QtBot, window: MainWindow, popup: CompletionPopup
) -> None:
    window.field.setText("budapest")
    qtbot.waitUntil(lambda: window.searching and window.results.model.rowCount() > 0)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.focusWidget() is window.tabs.reader)
    window.field.clear()
    window.commands.search.trigger()
    latest = window.findChild(QWidget, "recentSearches")
    qtbot.waitUntil(latest.isVisible)
    qtbot.keyClick(window.field, Qt.Key.Key_Space, CONTROL)
    qtbot.waitUntil(popup.isVisible)
    assert not latest.isVisible()
