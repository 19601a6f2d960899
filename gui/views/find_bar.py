"""The slim bar over the reader that finds words in the open record."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from core.domain.finding import Found


class FindField(QLineEdit):
    """What to find; Enter goes on, Shift+Enter back, Esc leaves."""

    next_wanted = Signal()
    previous_wanted = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Enter and Esc; the rest is typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            is_back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_wanted if is_back else self.next_wanted).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindBar(QFrame):
    """A field, the count, steps both ways, and what makes finding stricter."""

    changed = Signal()
    """The words or how they are to be found are others now."""
    next_wanted = Signal()
    previous_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = FindField()
        self.count = QLabel()
        self.case = self._toggle("findCase", self.tr("Aa"), self.tr("Match case"))
        self.whole_words = self._toggle("findWholeWords", self.tr("Word"), self.tr("Whole words"))
        self._previous = self._button("findPrevious", "‹", self.tr("Previous (Shift+Enter)"))
        self._next = self._button("findNext", "›", self.tr("Next (Enter)"))
        self._close = self._button("findClose", "×", self.tr("Close (Esc)"))
        self._set_up()
        self._connect()
        self.hide()

    def _set_up(self) -> None:
        self.setObjectName("findBar")
        self.setAccessibleName(self.tr("Find in this record"))
        self.setAccessibleDescription(
            self.tr("Enter goes to the next place, Shift+Enter to the one before, Escape closes.")
        )
        self.setAutoFillBackground(True)
        self.field.setObjectName("findField")
        self.field.setAccessibleName(self.tr("Find in this record"))
        self.field.setPlaceholderText(self.tr("Find in this record"))
        self.field.setClearButtonEnabled(True)
        self.count.setObjectName("findCount")
        self.count.setAccessibleName(self.tr("Places found"))
        self.count.setProperty("role", "hint")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self.field, 1)
        for widget in (self._previous, self._next, self.case, self.whole_words):
            layout.addWidget(widget)
        layout.addWidget(self.count)
        layout.addWidget(self._close)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.changed)
        self.case.toggled.connect(self.changed)
        self.whole_words.toggled.connect(self.changed)
        self.field.next_wanted.connect(self.next_wanted)
        self.field.previous_wanted.connect(self.previous_wanted)
        self.field.left.connect(self.closed)
        self._next.clicked.connect(self.next_wanted)
        self._previous.clicked.connect(self.previous_wanted)
        self._close.clicked.connect(self.closed)

    def _button(self, name: str, sign: str, meaning: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(sign)
        button.setToolTip(meaning)
        button.setAccessibleName(meaning)
        return button

    def _toggle(self, name: str, sign: str, meaning: str) -> QToolButton:
        button = self._button(name, sign, meaning)
        button.setCheckable(True)
        return button

    def open_with(self, text: str) -> None:
        """Show the bar with ``text`` to find, or with what it had, selected."""
        if text:
            self.field.setText(text)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_found(self, found: Found, current: int | None) -> None:
        """Say which of how many places is the current one."""
        total = len(found.spans)
        more = "+" if found.cut else ""
        if not self.field.text().strip():
            words = ""
        elif not total:
            words = self.tr("Not found")
        elif current is None:
            words = self.tr("{0} places").format(f"{total}{more}")
        else:
            words = self.tr("{0} of {1}").format(current + 1, f"{total}{more}")
        self._say(words, is_problem=words != "" and not total)

    def say_wrapped(self, *, forward: bool) -> None:
        """Say that the search went on at the other end of the text."""
        words = self.tr("from the start") if forward else self.tr("from the end")
        self._say(f"{self.count.text()}, {words}")

    def _say(self, words: str, *, is_problem: bool = False) -> None:
        self.count.setText(words)
        if self.count.property("problem") != is_problem:
            self.count.setProperty("problem", is_problem)
            self.count.style().polish(self.count)
