"""The palette that tags a passage: type, Enter, and on to a note."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.codebook import Tag
from gui.views.note_editor import NoteEditor

_PATH, _NEW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_WIDTH, _NOTE_HEIGHT = 320, 64
_MOST, _MOST_ROWS = 50, 6


class TagPalette(QFrame):
    """Stands over the window near the selection. It knows tags, not annotations: what is chosen
    is told by signals, and shown once it is set with `show_chosen`."""

    tag_added = Signal(str, bool)
    """``(path, is new)``."""
    tag_removed = Signal(str)
    note_written = Signal(str)
    """The note, when it is left and differs from before."""
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._tags: tuple[Tag, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._note_before = ""
        self.field = QLineEdit(self)
        self.choices = QListWidget(self)
        self.note = NoteEditor(self)
        self._chips = QHBoxLayout()
        self._set_up()
        self.field.textChanged.connect(self._on_text_changed)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close_palette)
        self.choices.itemClicked.connect(self._on_item_clicked)
        self.hide()

    def _set_up(self) -> None:
        self.setObjectName("tagPalette")
        self.setAccessibleName(self.tr("Tag palette"))
        self.setAccessibleDescription(
            self.tr("Type a tag and press Enter; Tab leads to the note; Escape closes.")
        )
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFixedWidth(_WIDTH)
        self.field.setPlaceholderText(self.tr("Tag, then Enter"))
        self.field.setAccessibleName(self.tr("Tag"))
        self.field.installEventFilter(self)
        self.choices.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choices.setFrameShape(QFrame.Shape.NoFrame)
        self.choices.setAccessibleName(self.tr("Tags that fit"))
        self.note.setObjectName("paletteNote")
        self.note.setFrameShape(QFrame.Shape.StyledPanel)
        self.note.setPlaceholderText(self.tr("Note (Markdown), [[ begins a link"))
        self.note.setFixedHeight(_NOTE_HEIGHT)
        self.note.installEventFilter(self)
        self._chips.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addLayout(self._chips)
        layout.addWidget(self.field)
        layout.addWidget(self.choices)
        layout.addWidget(self.note)
        self.setTabOrder(self.field, self.note)

    def open_at(self, point: QPoint, tags: Sequence[Tag], *, focus: bool) -> None:
        """Open below ``point`` (of the screen), kept inside the window, with nothing chosen."""
        self._tags = tuple(tags)
        self._note_before = ""
        self.note.clear()
        self.field.clear()
        self.show_chosen(())
        window = self._window
        self.adjustSize()
        at = window.mapFromGlobal(point) + QPoint(0, 6)
        x = min(max(8, at.x() - _WIDTH // 3), max(8, window.width() - _WIDTH - 8))
        y = min(at.y(), max(8, window.height() - self.height() - 8))
        self.move(x, y)
        self.show()
        self.raise_()
        if focus:
            self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def close_palette(self) -> None:
        """Hand over the note and close."""
        if self.isVisible():
            self._hand_over_note()
            self.hide()
            self.closed.emit()

    def show_chosen(self, paths: Sequence[str], note: str | None = None) -> None:
        """Show which tags the passage has, and its note when one is given."""
        self._chosen = tuple(paths)
        if note is not None and note != self.note.toPlainText():
            self._note_before = note
            self.note.setPlainText(note)
        while self._chips.count():
            item = self._chips.takeAt(0)
            if item and (widget := item.widget()):
                widget.deleteLater()
        colors = {tag.path: tag.color for tag in self._tags}
        shown: list[QWidget] = [self._chip(path, colors.get(path)) for path in self._chosen]
        for widget in shown or [QLabel(self.tr("Tag this passage"), self)]:
            self._chips.addWidget(widget)
            widget.show()  # else the height leaves it out
        self._chips.addStretch()
        self._offer(self.field.text())

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Offer these tags, as the codebook has them now."""
        self._tags = tuple(tags)
        self.show_chosen(self._chosen)

    def _chip(self, path: str, color: str | None) -> QToolButton:
        chip = QToolButton(self)
        chip.setText(f"{path}  ×")
        chip.setProperty("path", path)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        chip.setAccessibleName(self.tr("Remove the tag {tag}").format(tag=path))
        if color:
            chip.setIcon(_swatch(color))
        chip.clicked.connect(self._on_chip_clicked)
        return chip

    def _offer(self, typed: str) -> None:
        typed = typed.strip()
        folded = typed.casefold()
        fitting = [t for t in self._tags if folded in t.path.casefold()]
        fitting.sort(key=lambda t: (not t.name.casefold().startswith(folded), t.path.casefold()))
        self.choices.clear()
        for tag in fitting[:_MOST]:
            item = QListWidgetItem(_swatch(tag.color), tag.path, self.choices)
            item.setData(_PATH, tag.path)
            item.setData(_NEW, False)
        if typed and all(tag.path.casefold() != folded for tag in self._tags):
            item = QListWidgetItem(self.tr("Create tag “{tag}”").format(tag=typed), self.choices)
            item.setData(_PATH, typed)
            item.setData(_NEW, True)
        if typed:
            self.choices.setCurrentRow(0)
        rows = min(self.choices.count(), _MOST_ROWS)
        self.choices.setFixedHeight(rows * max(1, self.choices.sizeHintForRow(0)) + 2)
        self.choices.setVisible(rows > 0)
        self._fit()

    def _fit(self) -> None:
        """Be as high as what is inside, and stay inside the window."""
        layout = self.layout()
        if layout is not None:
            layout.activate()  # what has just been shown counts at once
        self.adjustSize()
        self.move(self.x(), min(self.y(), max(8, self._window.height() - self.height() - 8)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the palette's keys in both fields, and hand the note over when it is left."""
        if event.type() is QEvent.Type.FocusOut and watched is self.note:
            self._hand_over_note()
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.note and self.note.offers:
                return False
            if event.key() == Qt.Key.Key_Escape:
                self.close_palette()
                return True
            if watched is self.field:
                return self._field_key(event)
            finishes = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if finishes and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.close_palette()
                return True
        return super().eventFilter(watched, event)

    def _field_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = self.choices.currentRow() + step
            self.choices.setCurrentRow(max(0, min(row, self.choices.count() - 1)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.choices.currentItem()
            if item is None:
                self.close_palette()
            else:
                self._choose(item)
            return True
        if key == Qt.Key.Key_Backspace and not self.field.text() and self._chosen:
            self.tag_removed.emit(self._chosen[-1])
            return True
        return False

    def _choose(self, item: QListWidgetItem) -> None:
        path, is_new = item.data(_PATH), item.data(_NEW)
        self.field.clear()
        self.choices.setCurrentRow(-1)
        if path not in self._chosen:
            self.tag_added.emit(path, is_new)

    def _hand_over_note(self) -> None:
        text = self.note.note()
        if text != self._note_before:
            self._note_before = text
            self.note_written.emit(text)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._offer(text)

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self._choose(item)

    @Slot()
    def _on_chip_clicked(self) -> None:
        chip = self.sender()
        if chip is not None:
            self.tag_removed.emit(chip.property("path"))


def _swatch(color: str) -> QIcon:
    pixmap = QPixmap(12, 12)
    pixmap.fill(QColor(color))
    return QIcon(pixmap)
