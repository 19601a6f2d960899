"""The keys of every action, by the menu that it stands in."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.command_palette import action_words, matches

_NATIVE = QKeySequence.SequenceFormat.NativeText


class ShortcutsDialog(QDialog):
    """A list to scroll and to narrow by words; Esc closes it."""

    def __init__(
        self, menus: Iterable[tuple[str, list[QAction]]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAccessibleName(self.windowTitle())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("Narrow by words…"))
        self.words.setAccessibleName(self.tr("Words of the action"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._on_typed)
        self.keys = QTreeWidget(self)
        self.keys.setAccessibleName(self.tr("Actions and their keys"))
        self.keys.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.keys.setIndentation(self.fontMetrics().averageCharWidth())
        self.keys.setRootIsDecorated(False)
        self._menus: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        for title, actions in menus:
            self._add(title, [action for action in actions if not action.shortcut().isEmpty()])
        self.keys.expandAll()
        self.keys.resizeColumnToContents(0)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.keys)
        line = self.fontMetrics().lineSpacing()
        self.resize(line * 26, line * 28)

    def _add(self, title: str, actions: list[QAction]) -> None:
        if not actions:
            return
        menu = QTreeWidgetItem(self.keys, [title])
        menu.setFirstColumnSpanned(True)
        menu.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self._menus.append((menu, [QTreeWidgetItem(menu, _words(action)) for action in actions]))

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        for menu, actions in self._menus:
            for action in actions:
                action.setHidden(not matches(typed, action.text(0)))
            menu.setHidden(all(action.isHidden() for action in actions))


def _words(action: QAction) -> list[str]:
    return [action_words(action), "  ".join(keys.toString(_NATIVE) for keys in action.shortcuts())]
