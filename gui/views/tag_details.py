"""What a tag stands for: its colour, its number key, and four texts that save themselves."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.domain.codebook import FAVOURITES, MEANING, Tag
from gui.views.tag_colors import ColorButton

_SAVE_AFTER_MS = 600
_LINES = 3


class _Field(QPlainTextEdit):
    """One text; tells when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field is left."""
        super().focusOutEvent(event)
        self.left.emit()

    def words(self) -> str:
        """Return what was typed, with its no-break spaces, which ``toPlainText`` loses."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


class TagDetails(QScrollArea):
    """Follows the current tag; keeps what is not saved until it is."""

    described = Signal(str, str, str)
    """``(path, field of MEANING, words)``: to be written."""
    recolored = Signal(str, str)
    favoured = Signal(str, object)
    """``(path, number or None)``."""

    def __init__(self, parent: QWidget | None = None, save_after_ms: int = _SAVE_AFTER_MS) -> None:
        super().__init__(parent)
        self._tag: Tag | None = None
        self._sent: dict[tuple[str, str], str] = {}  # by tag and field: on its way to be written
        self._timer = QTimer(self, singleShot=True, interval=save_after_ms)
        self._inside = QWidget()
        self._name = QLabel()
        self.color = ColorButton()
        self.key = QComboBox()
        self.fields = {field: _Field() for field in MEANING}
        self.state = QLabel()
        self._lay_out()
        self._timer.timeout.connect(self.save)
        for text in self.fields.values():
            text.textChanged.connect(self._on_edited)
            text.left.connect(self.save)
        self.color.chosen.connect(self._on_color)
        self.key.activated.connect(self._on_key)
        self.show_tag(None)

    def _lay_out(self) -> None:
        self.setObjectName("tagDetails")
        self.setAccessibleName(self.tr("What the tag means"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._name.setProperty("role", "title")
        self._name.setWordWrap(True)
        self.key.setAccessibleName(self.tr("Number key of the tag"))
        self.key.addItem(self.tr("No key"), None)
        for number in FAVOURITES:
            self.key.addItem(self.tr("Key {0}").format(number), number)
        self.state.setProperty("role", "hint")
        self.state.setWordWrap(True)
        layout = QVBoxLayout(self._inside)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.color)
        head.addWidget(self._name, 1)
        head.addWidget(self.key)
        layout.addLayout(head)
        titles = {
            "definition": self.tr("Definition"),
            "include": self.tr("Use it for"),
            "exclude": self.tr("Not for"),
            "example": self.tr("Example"),
        }
        height = self.fontMetrics().lineSpacing() * _LINES + 16
        for field, text in self.fields.items():
            label = QLabel(titles[field])
            label.setProperty("role", "hint")
            label.setBuddy(text)
            text.setObjectName(f"tag_{field}")
            text.setAccessibleName(titles[field])
            text.setTabChangesFocus(True)
            text.setMinimumHeight(height)
            text.setMaximumHeight(height)
            layout.addWidget(label)
            layout.addWidget(text)
        layout.addWidget(self.state)
        layout.addStretch()
        self.setWidget(self._inside)

    def show_tag(self, tag: Tag | None) -> None:
        """Show a tag; what was typed for the one before is saved first."""
        same = tag is not None and self._tag is not None and tag.id == self._tag.id
        if not same:
            self.save()
            self.state.setText("")
        before, self._tag = self._tag, tag
        self._inside.setEnabled(tag is not None)
        self._name.setText(tag.path if tag else self.tr("Choose a tag"))
        for field, text in self.fields.items():
            stored = getattr(tag, field) if tag else ""
            kept = self._sent.get((tag.id, field), stored) if tag else ""
            typed = same and before is not None and text.words() != getattr(before, field)
            if not typed and text.words() != kept:
                text.blockSignals(True)
                text.setPlainText(kept)
                text.blockSignals(False)
        if tag is not None:
            self.color.show_color(tag.color)
            self.key.setCurrentIndex(self.key.findData(tag.favourite))

    @Slot()
    def save(self) -> None:
        """Ask for what was typed to be written, at once."""
        self._timer.stop()
        if self._tag is None:
            return
        for field, text in self.fields.items():
            words, place = text.words(), (self._tag.id, field)
            if words != self._sent.get(place, getattr(self._tag, field)):
                self._sent[place] = words
                self.state.setText(self.tr("Saving…"))
                self.described.emit(self._tag.path, field, words)

    def saved(self, field: str, words: str) -> None:
        """Take note that this has been written."""
        for place in [p for p, sent in self._sent.items() if p[1] == field and sent == words]:
            del self._sent[place]
        if not self._sent:
            self.state.setText(self.tr("Saved"))

    def failed(self, reason: str) -> None:
        """Keep the words that could not be written; leaving the field tries again."""
        self._sent.clear()
        self.state.setText(self.tr("Not saved: {reason}").format(reason=reason))

    @Slot()
    def _on_edited(self) -> None:
        self.state.setText("")
        self._timer.start()

    @Slot(str)
    def _on_color(self, color: str) -> None:
        if self._tag is not None:
            self.recolored.emit(self._tag.path, color)

    @Slot(int)
    def _on_key(self, row: int) -> None:
        if self._tag is not None:
            self.favoured.emit(self._tag.path, self.key.itemData(row))
