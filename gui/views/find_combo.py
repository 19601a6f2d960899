"""A list of many to choose one from, by typing any part of its name."""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

Item = tuple[str, str, QIcon | None]
"""Its name, what it stands for, its sign."""


class FindCombo(QComboBox):
    """The first item means none; words that name nothing go back to what was chosen."""

    chosen = Signal()
    """Another item was chosen by the user."""

    def __init__(self, none: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._none = none
        self._last = ""
        self.words = QLineEdit(self)
        self.setLineEdit(self.words)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.addItem(none, "")
        self.activated.connect(self._on_activated)
        self.words.editingFinished.connect(self._on_finished)

    @property
    def value(self) -> str:
        """What the chosen item stands for, "" for none."""
        return self._last

    def offer(self, items: Iterable[Item]) -> None:
        """Offer these; the choice stays, also where it is not among them."""
        typed = self.words.text() if self.hasFocus() else None
        with QSignalBlocker(self):
            self.clear()
            self.addItem(self._none, "")
            for name, value, sign in items:
                if sign is None:
                    self.addItem(name, value)
                else:
                    self.addItem(sign, name, value)
            self.choose(self._last)
            if typed is not None:
                self.words.setText(typed)

    def choose(self, value: str) -> None:
        """Show what stands for ``value`` as chosen, without telling of it."""
        with QSignalBlocker(self):
            self._last = value
            row = self.findData(value)
            if row < 0:
                self.addItem(value, value)
                row = self.count() - 1
            self.setCurrentIndex(row)
            self.words.setCursorPosition(0)

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        self._take(row)

    @Slot()
    def _on_finished(self) -> None:
        words = self.words.text().strip()
        row = self.findText(words, Qt.MatchFlag.MatchFixedString) if words else 0
        self._take(row if row >= 0 else self.findData(self._last))

    def _take(self, row: int) -> None:
        value = str(self.itemData(row) or "")
        changed = value != self._last
        self.choose(value)
        if changed:
            self.chosen.emit()
