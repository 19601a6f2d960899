"""The search box, with completions below it while a field is typed or when asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.reader.offsets import OffsetMap, utf16_length

if TYPE_CHECKING:
    from core.domain.query_parts import Completion, Completions
    from gui.views.completion_popup import CompletionPopup

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchField(QLineEdit):
    """The search box; the arrow keys, Enter and Esc belong to the results, but for the
    completions while they show. Enter takes a completion only if one was chosen."""

    down_pressed = Signal()
    escaped = Signal()
    completions_wanted = Signal(str, int)
    """``(text, cursor)``, in code points: what may be typed there?"""
    record_chosen = Signal(str)
    """Key of a record that was chosen by its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.popup: CompletionPopup | None = None
        self._asked = False  # completions were asked for: show them, whatever they are
        self.setObjectName("searchField")
        self.setPlaceholderText(
            self.tr("Search norms, initiatives, participants, documents, notes…   Ctrl+K")
        )
        self.setAccessibleName(self.tr("Search"))
        self.setAccessibleDescription(
            self.tr(
                "Results appear as you type. Down goes to them, Escape goes back. "
                "Ctrl+Space shows what may be typed."
            )
        )
        self.setClearButtonEnabled(True)
        self.textEdited.connect(self._on_edited)
        self.textChanged.connect(self._on_changed)

    def use_popup(self, popup: CompletionPopup) -> None:
        """Show completions there."""
        self.popup = popup
        popup.chosen.connect(self._take)

    @property
    def asked(self) -> bool:
        """Whether completions were asked for, not only offered."""
        return self._asked

    def event(self, event: QEvent) -> bool:
        """Let Tab take a completion before it moves the keyboard on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and self.popup is not None
            and self.popup.isVisible()
            and (item := self.popup.choose_first()) is not None
        ):
            self._take(item)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the completions while they show; else hand Down and Esc on."""
        is_asking = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Space and is_asking:
            self.ask()
        elif self.popup is not None and self.popup.isVisible() and self._complete(event.key()):
            return
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the completions when the keyboard goes elsewhere."""
        super().focusOutEvent(event)
        self.close_popup()

    @Slot()
    def ask(self) -> None:
        """Ask for what may be typed here, to be shown in any case."""
        self._asked = True
        self.completions_wanted.emit(self.text(), self._cursor())

    @Slot(str, object)
    def show_completions(self, text: str, found: Completions) -> None:
        """Show completions of ``text`` if they are asked for, or a field's value is typed."""
        if self.popup is None or text != self.text() or not self.hasFocus():
            return
        typed = text[found.start : found.end]
        items = tuple(item for item in found.items if item.text != typed)
        is_value = any(item.what == "value" for item in items)
        if items and (self._asked or is_value):
            self.popup.show_below(self, replace(found, items=items))
        else:
            self.popup.hide()

    @Slot()
    def close_popup(self) -> None:
        """Close the completions, and ask for none until they are wanted again."""
        self._asked = False
        if self.popup is not None:
            self.popup.hide()

    def select_part(self, start: int, end: int) -> None:
        """Put the keyboard on a part of the query, selected; offsets are code points."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        text = self.text()
        self.setSelection(utf16_length(text[:start]), utf16_length(text[start:end]))

    def _cursor(self) -> int:
        """Return where the cursor stands, in code points."""
        return OffsetMap(self.text()).to_text(self.cursorPosition())

    def _complete(self, key: int) -> bool:
        """Handle a key while completions show; tell whether it was one of theirs."""
        assert self.popup is not None
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.popup.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.close_popup()
        elif key in _ENTER and self.popup.current is not None:
            self._take(self.popup.current)
        else:
            if key in _ENTER:
                self.close_popup()
            return False
        return True

    @Slot(object)
    def _take(self, item: Completion) -> None:
        assert self.popup is not None
        found = self.popup.completions
        self.close_popup()
        if item.record is not None and item.what == "record":
            self.record_chosen.emit(item.record)
            return
        text = self.text()
        before, after = text[: found.start] + item.text, text[found.end :]
        if item.what != "field" and not after:
            before += " "
        self.setText(before + after)
        self.setCursorPosition(utf16_length(before))
        if item.what == "field":
            self.ask()

    @Slot()
    def _on_edited(self) -> None:
        """Typing asks anew; whether what comes is shown depends on what is typed."""
        cursor = self._cursor()
        if self._asked or ":" in self.text()[:cursor]:
            self.completions_wanted.emit(self.text(), cursor)
        else:
            self.close_popup()

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        if not text.strip():
            self.close_popup()
