"""Finds any action by a few letters of its words."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

_ACTION = Qt.ItemDataRole.UserRole


def action_words(action: QAction) -> str:
    """Return an action's name without the mark of its access key."""
    return action.text().replace("&", "").rstrip("…")


def matches(typed: str, words: str) -> bool:
    """Tell whether each word typed begins, in order or not, a word of ``words``."""
    known = words.casefold().split()
    return all(any(word.startswith(part) for word in known) for part in typed.casefold().split())


class CommandPalette(QDialog):
    """A box and a list; Enter does the chosen action."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("commandPalette")
        self.setAccessibleName(self.tr("Command palette"))
        self._actions = [action for action in actions if action.text() and not action.menu()]
        self._typed = QLineEdit()
        self._typed.setPlaceholderText(self.tr("What do you want to do?"))
        self._typed.setAccessibleName(self.tr("Command"))
        self._typed.textChanged.connect(self._on_typed)
        self._typed.installEventFilter(self)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.itemClicked.connect(self._do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self._typed)
        layout.addWidget(self._list)
        line = self.fontMetrics().lineSpacing()
        self.resize(line * 26, line * 18)
        self._on_typed("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the box work on the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
                row = self._list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
                self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._do(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._list.clear()
        for action in self._actions:
            words = action_words(action)
            if action.isEnabled() and matches(typed, words):
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                item = QListWidgetItem(f"{words}    {keys}" if keys else words)
                item.setData(_ACTION, action)
                self._list.addItem(item)
        self._list.setCurrentRow(0)

    def _do(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.accept()
            item.data(_ACTION).trigger()
