"""The panel of steps: what was done, and the way back to any of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.domain.changes import HistoryStep, StepState
from core.domain.moments import end_of
from gui.main_window import MainWindow
from gui.views.history import HistoryPanel

WAIT = 10_000


def bodies(panel: HistoryPanel) -> list[str]:
    model = panel.view.cards
    cards = [model.card(row) for row in range(model.rowCount())]
    return [card.body for card in cards if not card.is_heading]


@pytest.fixture
def panel(window: MainWindow) -> HistoryPanel:
    window.commands.history.trigger()
    panel = window.dock("historyDock").panel()
    assert isinstance(panel, HistoryPanel)
    return panel


def test_steps_are_listed_as_they_are_done_and_taken_back_to(start, window, panel, qtbot) -> None:
    assert start.workspace is not None
    assert bodies(panel) == []
    for name in ("One", "Two", "Three"):
        window.codebook.add_requested.emit(name)
    expected = ["Add tag “Three”", "Add tag “Two”", "Add tag “One”"]
    qtbot.waitUntil(lambda: bodies(panel) == expected, timeout=WAIT)
    assert not panel.turn.isEnabled()

    two = next(s for s in start.workspace.history.steps() if "Two" in s.name)
    panel.view.setCurrentIndex(panel.view.cards.find(str(two.id)))
    assert panel.turn.text() == "Take back 2 steps"
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.turn.text() == "Do again", timeout=WAIT)
    assert [tag.path for tag in start.workspace.codebook.tags()] == ["One"]
    assert bodies(panel) == expected

    three = next(s for s in start.workspace.history.steps() if "Three" in s.name)
    panel.view.setCurrentIndex(panel.view.cards.find(str(three.id)))
    assert panel.turn.text() == "Do 2 steps again"
    QTest.mouseClick(panel.turn, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.turn.text() == "Take back", timeout=WAIT)
    assert len(start.workspace.codebook.tags()) == 3


def test_older_steps_are_asked_for_when_one_scrolls_to_them(qtbot) -> None:
    panel = HistoryPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 400)
    panel.show()
    at = end_of("2026-03-14")

    def steps(newest: int, number: int) -> list[HistoryStep]:
        ids = range(newest, newest - number, -1)
        return [HistoryStep(n, f"Step {n}", "Ada", at, StepState.DONE) for n in ids]

    panel.show_steps(steps(1000, 200), 0)
    with qtbot.waitSignal(panel.steps_wanted, timeout=WAIT) as asked:
        panel.view.scrollToBottom()
        panel.view.verticalScrollBar().setValue(panel.view.verticalScrollBar().maximum())
    assert asked.args == [200, 801]
    panel.show_steps(steps(800, 30), 801)
    assert len(bodies(panel)) == 230
    panel.show_steps(steps(500, 30), 501)  # asked for before the list was read anew
    assert len(bodies(panel)) == 230
