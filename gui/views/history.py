"""The panel of all steps: what was done by whom and when, and the way back to any of them."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.domain.changes import HistoryStep, StepState
from gui.models.history import step_cards
from gui.views.card_view import CardView

_PAGE = 200  # steps read at a time


class HistoryPanel(QWidget):
    """A card a step, newest first; the older ones are read when one scrolls to them."""

    steps_wanted = Signal(int, int)
    """``(limit, before)``: so many steps older than one, with 0 the newest."""
    undo_requested = Signal(int)
    """This step and all after it are to be taken back."""
    redo_requested = Signal(int)
    """All undone steps up to this one, and this one, are to be done again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[HistoryStep] = []
        self._has_more = False
        self._waiting = False
        self.view = CardView(
            self.tr("Nothing was done yet. Whatever you tag, write or delete is listed here."), self
        )
        self.view.setObjectName("historyView")
        self.view.setAccessibleName(self.tr("History of steps"))
        self.view.setAccessibleDescription(
            self.tr("Enter takes back everything down to a step, or does again what was undone.")
        )
        self.turn = QPushButton(self)
        self.turn.setObjectName("historyTurn")
        below = QHBoxLayout()
        below.setContentsMargins(8, 4, 8, 4)
        below.addWidget(self.turn)
        below.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view)
        layout.addLayout(below)
        self.view.followed.connect(self._on_followed)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.turn.clicked.connect(self._on_turn)
        self._tell()

    @Slot()
    def refresh(self) -> None:
        """Ask for the newest steps, as many as are listed."""
        self.steps_wanted.emit(max(_PAGE, len(self._steps)), 0)

    @Slot(object, int)
    def show_steps(self, steps: Sequence[HistoryStep], before: int) -> None:
        """List these: with ``before`` after those that are listed, else in their place."""
        if before:
            self._waiting = False
            if not self._steps or self._steps[-1].id != before:
                return  # the list was read anew meanwhile
            self._steps += steps
            self._has_more = len(steps) == _PAGE
        else:
            self._has_more = len(steps) >= max(_PAGE, len(self._steps))
            self._steps = list(steps)
        current = self.view.target()
        self.view.show_cards(step_cards(self._steps, datetime.now().astimezone().date()))
        index = self.view.cards.find(current)
        if index.isValid():
            self.view.setCurrentIndex(index)
        self._tell()

    def _step(self, target: str) -> HistoryStep | None:
        return next((step for step in self._steps if str(step.id) == target), None)

    def _tell(self) -> None:
        step = self._step(self.view.target())
        turns = step is not None and step.state != StepState.DROPPED
        self.turn.setEnabled(turns)
        again = step is not None and step.state == StepState.UNDONE
        number = self._number(step) if step is not None and turns else 0
        if again:
            words = self.tr("Do {n} steps again") if number > 1 else self.tr("Do again")
        else:
            words = self.tr("Take back {n} steps") if number > 1 else self.tr("Take back")
        self.turn.setText(words.format(n=number))

    def _number(self, step: HistoryStep) -> int:
        """Return how many steps a turn up to this one takes; all of them are listed."""
        same = [other for other in self._steps if other.state == step.state]
        if step.state == StepState.UNDONE:
            return sum(1 for other in same if other.id <= step.id)
        return sum(1 for other in same if other.id >= step.id)

    @Slot(str)
    def _on_followed(self, target: str) -> None:
        step = self._step(target)
        if step is not None and step.state == StepState.DONE:
            self.undo_requested.emit(step.id)
        elif step is not None and step.state == StepState.UNDONE:
            self.redo_requested.emit(step.id)

    @Slot()
    def _on_turn(self) -> None:
        self._on_followed(self.view.target())

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell()

    @Slot(int)
    def _on_scrolled(self, at: int) -> None:
        bar = self.view.verticalScrollBar()
        if self._has_more and not self._waiting and at > bar.maximum() - 2 * bar.pageStep():
            self._waiting = True
            self.steps_wanted.emit(_PAGE, self._steps[-1].id)
