"""Years set by keyboard, down to the odd cases."""

import pytest
from PySide6.QtCore import QPoint, Qt

from gui.theme import Themes
from gui.views.year_histogram import YearHistogram

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def years(qtbot, themes: Themes) -> YearHistogram:
    made = YearHistogram(themes.current)
    qtbot.addWidget(made)
    made.resize(300, 100)
    made.show_years({"2010": 3, "2012": 1, "2020": 7}, None)
    made.show()
    return made


def chosen(qtbot, years: YearHistogram, key: Qt.Key = Qt.Key.Key_Return) -> object:
    with qtbot.waitSignal(years.range_chosen) as told:
        qtbot.keyClick(years, key)
    return told.args[0]


def test_arrows_move_and_shift_stretches(qtbot, years: YearHistogram) -> None:
    qtbot.keyClick(years, Qt.Key.Key_Right)
    assert "2010 to 2010: at most 3" in years.accessibleDescription()
    for _ in range(2):
        qtbot.keyClick(years, Qt.Key.Key_Right, SHIFT)
    assert chosen(qtbot, years) == (2010, 2012)
    assert "2010 to 2012: at most 3" in years.accessibleDescription()
    qtbot.keyClick(years, Qt.Key.Key_End, SHIFT)
    assert chosen(qtbot, years) == (2010, 2020)
    qtbot.keyClick(years, Qt.Key.Key_Home)
    assert chosen(qtbot, years, Qt.Key.Key_Space) == (2010, 2010)
    assert chosen(qtbot, years, Qt.Key.Key_Delete) is None


def test_left_begins_at_the_end(qtbot, years: YearHistogram) -> None:
    qtbot.keyClick(years, Qt.Key.Key_Left)
    assert chosen(qtbot, years) == (2020, 2020)


def test_escape_takes_back_what_is_drawn_then_leaves(qtbot, years: YearHistogram) -> None:
    qtbot.keyClick(years, Qt.Key.Key_Right)
    qtbot.keyClick(years, Qt.Key.Key_Escape)
    assert "2010 to 2020: at most 7" in years.accessibleDescription()
    with qtbot.waitSignal(years.escaped):
        qtbot.keyClick(years, Qt.Key.Key_Escape)


def test_a_second_click_takes_a_year_back(qtbot, years: YearHistogram) -> None:
    place = QPoint(12, 20)
    with qtbot.waitSignal(years.range_chosen) as told:
        qtbot.mouseClick(years, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [(2010, 2010)]
    with qtbot.waitSignal(years.range_chosen) as told:
        qtbot.mouseClick(years, Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [None]


def test_no_years_at_all(qtbot, years: YearHistogram) -> None:
    years.show_years({}, None)
    years.grab()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_Escape):
        qtbot.keyClick(years, key)
    qtbot.mouseClick(years, Qt.MouseButton.LeftButton, pos=QPoint(12, 20))
    assert years.span is None
    years.show_years({}, (2011, 2015))
    years.grab()
    assert years.span == (2011, 2015)
