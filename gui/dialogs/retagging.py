"""Tags of many passages at once: ticked for all, for some, for none."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.domain.browsing import Group
from core.domain.tables import folded
from gui.views.browser_filters import swatch

_PATH = Qt.ItemDataRole.UserRole
_ALL, _SOME, _NONE = (
    Qt.CheckState.Checked,
    Qt.CheckState.PartiallyChecked,
    Qt.CheckState.Unchecked,
)


class RetaggingDialog(QDialog):
    """Space ticks a tag for all or for none; what stays half ticked stays as it is."""

    tags_changed = Signal(object, object)
    """``(put on, taken off)``: lists of tags' paths."""

    def __init__(
        self,
        number: int,
        tags: Sequence[Group],
        carried: Mapping[str, int],
        parent: QWidget | None = None,
    ) -> None:
        """``carried`` says how many of the passages carry a tag."""
        super().__init__(parent)
        self._before = {tag.key: _state(carried.get(tag.key, 0), number) for tag in tags if tag.key}
        self.setObjectName("retaggingDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Tags of {n} passages").format(n=f"{number:,}"))
        self.setAccessibleName(self.windowTitle())
        self.words = QLineEdit(self)
        self.list = QListWidget(self)
        self._new = QListWidgetItem(self.list)
        for tag in tags:
            self._add(tag.key, tag.color)
        self._lay_out()
        self.words.textChanged.connect(self._on_words)
        self.words.returnPressed.connect(self._on_entered)
        self.list.itemActivated.connect(self._on_item_activated)
        self._on_words("")

    def _add(self, path: str, color: str | None) -> QListWidgetItem:
        item = QListWidgetItem(path, self.list)
        item.setData(_PATH, path)
        if sign := swatch(color):
            item.setIcon(sign)
        before = self._before.get(path, _NONE)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(before)
        return item

    def _lay_out(self) -> None:
        self.words.setPlaceholderText(self.tr("Find a tag, or type a new one and press Enter"))
        self.words.setAccessibleName(self.tr("Find or make a tag"))
        self.list.setAccessibleName(self.tr("Tags"))
        self.list.setAccessibleDescription(self.tr("Space ticks a tag for all passages, or none."))
        hint = QLabel(self.tr("Half ticked: some of the passages carry it; it stays so."), self)
        hint.setProperty("role", "hint")
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(self)
        change = buttons.addButton(self.tr("Change"), QDialogButtonBox.ButtonRole.AcceptRole)
        change.setAutoDefault(False)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        layout.addWidget(hint)
        layout.addWidget(buttons)
        self.resize(420, 480)

    def _items(self) -> list[QListWidgetItem]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item for item in items if item is not self._new]

    @Slot(str)
    def _on_words(self, words: str) -> None:
        wanted = folded(words).split()
        known = False
        for item in self._items():
            path = folded(item.text())
            item.setHidden(not all(word in path for word in wanted))
            known = known or path == folded(words).strip()
        self._new.setText(self.tr("Make the tag “{tag}”").format(tag=words.strip()))
        self._new.setHidden(known or not words.strip())

    @Slot()
    def _on_entered(self) -> None:
        shown = [item for item in self._items() if not item.isHidden()]
        typed = self.words.text().strip()
        exact = [item for item in shown if folded(item.text()) == folded(typed)]
        if typed and (exact or not shown or not self._new.isHidden()):
            self._tick(exact[0] if exact else self._new)

    @Slot(QListWidgetItem)
    def _on_item_activated(self, item: QListWidgetItem) -> None:
        self._tick(item)

    def _tick(self, item: QListWidgetItem) -> None:
        if item is self._new:
            item = self._add(self.words.text().strip(), None)
            item.setCheckState(_NONE)
        item.setCheckState(_NONE if item.checkState() == _ALL else _ALL)
        self.words.clear()
        self.list.scrollToItem(item)

    @Slot()
    def _on_accepted(self) -> None:
        now = {item.data(_PATH): item.checkState() for item in self._items()}
        changed = {path: s for path, s in now.items() if s != self._before.get(path, _NONE)}
        on = [path for path, state in changed.items() if state == _ALL]
        off = [path for path, state in changed.items() if state == _NONE]
        if on or off:
            self.tags_changed.emit(on, off)
        self.accept()


def _state(carried: int, number: int) -> Qt.CheckState:
    if not carried:
        return _NONE
    return _ALL if carried == number else _SOME
