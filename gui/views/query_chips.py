"""The parts of the query as chips below the box, each of which can be taken out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from core.domain.query_parts import QueryPart, Role
from gui.views.strip import Strip

_LONGEST = 48  # characters of a label
_CROSS = "  ×"
_MOST = 40  # chips; of a longer query the rest is only counted


class QueryChip(QToolButton):
    """One part; its cross, Delete and Backspace take it out, a click or Enter edits it."""

    removed = Signal(object)
    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.part: QueryPart | None = None
        self.clicked.connect(self._on_clicked)

    def show_part(self, part: QueryPart) -> None:
        """Show a part."""
        self.part = part
        words = label_of(part)
        if part.negated:
            words = self.tr("not {0}").format(words)
        cut = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        self.setText(cut.replace("&", "&&") + _CROSS)
        self.setToolTip(self.tr("{0}\nDelete takes it out, Enter edits it.").format(words))
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.tr("Part of the query. Delete takes it out."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Delete, Enter and the arrow keys."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.part)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edited.emit(self.part)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the part out where the cross was clicked."""
        cross = self.fontMetrics().horizontalAdvance(_CROSS) + self.fontMetrics().height()
        is_cross = event.position().x() >= self.width() - cross
        if event.button() is Qt.MouseButton.LeftButton and is_cross and self.isDown():
            self.setDown(False)
            self.removed.emit(self.part)
            return
        super().mouseReleaseEvent(event)

    def _on_clicked(self) -> None:
        self.edited.emit(self.part)


def label_of(part: QueryPart) -> str:
    """Return what a chip says of a part."""
    return f"“{part.label}”" if part.role is Role.PHRASE and "~" not in part.label else part.label


class QueryChips(Strip):
    """A row of chips, shown once the query is more than plain words."""

    part_removed = Signal(object)
    """The `QueryPart` to take out of the query."""
    part_edited = Signal(object)
    """The `QueryPart` to go to in the box."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[QueryChip] = []
        self._words: list[QLabel] = []
        self.setObjectName("queryChips")
        self.setAccessibleName(self.tr("Parts of the query"))
        self.row.setAccessibleName(self.tr("Parts of the query"))
        self._layout = QHBoxLayout(self.row)
        self._layout.setContentsMargins(16, 6, 16, 6)
        self._layout.setSpacing(8)
        self._layout.addStretch(1)
        self.hide()

    def chips(self) -> list[QueryChip]:
        """Return the chips that show, in order."""
        return [chip for chip in self._chips if not chip.isHidden()]

    def show_parts(self, parts: Sequence[QueryPart]) -> None:
        """Show the parts of a query, or nothing while it is plain words."""
        is_plain = all(part.role is Role.WORD and not part.negated for part in parts)
        wanted = () if is_plain else tuple(parts[:_MOST])
        focused = next((n for n, chip in enumerate(self.chips()) if chip.hasFocus()), None)
        self._empty()
        chips, words = 0, 0
        for place, part in enumerate(wanted):
            if part.role is Role.OPERATOR:
                widget: QWidget = self._word(words, part.label)
                words += 1
            else:
                widget = self._chip(chips, part)
                chips += 1
            self._layout.insertWidget(place, widget)
            widget.show()
        if wanted and len(parts) > _MOST:
            more = self._word(words, self.tr("and {0} more").format(len(parts) - _MOST))
            self._layout.insertWidget(len(wanted), more)
            more.show()
        self.setVisible(bool(wanted))
        left = self.chips()
        if focused is not None and left:
            left[min(focused, len(left) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty(self) -> None:
        for widget in (*self._chips, *self._words):
            self._layout.removeWidget(widget)
            widget.hide()

    def _chip(self, number: int, part: QueryPart) -> QueryChip:
        if number == len(self._chips):
            chip = QueryChip(self.row)
            chip.removed.connect(self.part_removed)
            chip.edited.connect(self.part_edited)
            self._chips.append(chip)
        self._chips[number].show_part(part)
        return self._chips[number]

    def _word(self, number: int, text: str) -> QLabel:
        if number == len(self._words):
            label = QLabel(self.row)
            label.setProperty("role", "hint")
            self._words.append(label)
        self._words[number].setText(text)
        return self._words[number]
