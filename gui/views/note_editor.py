"""The text of a note while it is written: Markdown, with links that are completed and followed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from core.domain.addresses import is_passage_address, read_address
from core.domain.notes import LinkChoice, link_begun, links_in, target_of
from core.domain.query_parts import Completion, Completions
from core.errors import UserError
from gui.reader.offsets import OffsetMap, utf16_length
from gui.views.completion_popup import CompletionPopup

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class _LinkMarks(QSyntaxHighlighter):
    """Shows links in the colour of links."""

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's
        """Colour the links of one line."""
        shown = QTextCharFormat()
        shown.setForeground(QGuiApplication.palette().link())
        for link in links_in(text):
            if link.place is not None:
                begin = utf16_length(text[: link.start])
                self.setFormat(begin, utf16_length(text[link.start : link.end]), shown)


class NoteEditor(QPlainTextEdit):
    """The text field itself; tells when it is left, and what link is begun."""

    left = Signal()
    link_typed = Signal(str)
    """What has been typed after two opening brackets."""
    link_followed = Signal(str)
    """The target of a link that was clicked with Ctrl, or Ctrl+Enter pressed in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._popup: CompletionPopup | None = None
        self._marks = _LinkMarks(self.document())
        self.setObjectName("noteEditor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(
            self.tr("Write a note in Markdown; [[ begins a link. It saves itself.")
        )
        self.setAccessibleName(self.tr("Note"))
        self.setAccessibleDescription(
            self.tr(
                "A note in Markdown. Two opening brackets begin a link, Ctrl+Enter follows the "
                "link at the cursor."
            )
        )
        self.textChanged.connect(self._on_changed)

    def note(self) -> str:
        """Return what was typed, with its no-break spaces, which ``toPlainText`` loses."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def changeEvent(self, event: QEvent) -> None:
        """Show links in the colours of another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._marks.rehighlight()

    def reveal(self, start: int, end: int) -> None:
        """Select a place of the text, in code points, and show it."""
        at = OffsetMap(self.note())
        cursor = self.textCursor()
        cursor.setPosition(at.to_document(start))
        cursor.setPosition(at.to_document(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.centerCursor()

    # Links

    def show_choices(self, typed: str, choices: Sequence[LinkChoice]) -> None:
        """Offer what the link that is being typed may lead to, if that is still being typed."""
        if typed != self._typed() or not self.hasFocus():
            return
        items = tuple(Completion(c.link, c.title or c.target, "link", c.detail) for c in choices)
        if not items:
            self._close_popup()
            return
        popup = self._popup_here()
        corner = self.viewport().mapTo(self.window(), QPoint(0, self.cursorRect().top()))
        place = QRect(corner.x(), corner.y(), self.viewport().width(), self.cursorRect().height())
        popup.show_by(place, Completions(0, 0, items))

    def link_at(self, position: int) -> str | None:
        """Return the target of the link at a place of the document, None where there is none."""
        text = self.note()
        at = OffsetMap(text).to_text(position)
        inside = (link for link in links_in(text) if link.start <= at <= link.end)
        return next((link.target for link in inside if link.place is not None), None)

    def _typed(self) -> str | None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return None
        line = cursor.block().text()
        return link_begun(line[: OffsetMap(line).to_text(cursor.positionInBlock())])

    def _popup_here(self) -> CompletionPopup:
        """Return the popup of the window in which the field stands now."""
        if self._popup is None or self._popup.parentWidget() is not self.window():
            if self._popup is not None:
                self._popup.deleteLater()
            self._popup = CompletionPopup(self.window())
            self._popup.chosen.connect(self._take)
        return self._popup

    def _close_popup(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    @property
    def offers(self) -> bool:
        """Whether choices for a link are shown, so that keys go to them first."""
        return self._popup is not None and self._popup.isVisible()

    @Slot(object)
    def _take(self, choice: Completion) -> None:
        """Write the link that was chosen in place of what was typed of it."""
        self._close_popup()
        typed = self._typed()
        if typed is None:
            return
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left,
            QTextCursor.MoveMode.KeepAnchor,
            utf16_length(typed) + 2,
        )
        cursor.insertText(choice.text)
        self.setTextCursor(cursor)

    @Slot()
    def _on_changed(self) -> None:
        typed = self._typed() if self.hasFocus() else None
        if typed is None:
            self._close_popup()
        else:
            self.link_typed.emit(typed)

    # Keys and the mouse

    def event(self, event: QEvent) -> bool:
        """Let Tab take what is offered before it moves the keyboard on, and Escape close that."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self.offers
        ):
            event.accept()  # the window has another use for it
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self.offers
            and self._popup is not None
            and (first := self._popup.choose_first()) is not None
        ):
            self._take(first)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose among what is offered; Ctrl+Enter follows a link."""
        key = Qt.Key(event.key())
        if key in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._follow(self.textCursor().position())
        elif self.offers and self._popup is not None and key in (*_MOVES, *_ENTER):
            if key in _MOVES:
                self._popup.move_by(_MOVES[key])
            elif (first := self._popup.choose_first()) is not None:
                self._take(first)
        elif self.offers and key == Qt.Key.Key_Escape:
            self._close_popup()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Follow the link that is clicked with Ctrl."""
        super().mouseReleaseEvent(event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._follow(self.cursorForPosition(event.position().toPoint()).position())

    def _follow(self, position: int) -> None:
        target = self.link_at(position)
        if target is not None:
            self.link_followed.emit(target)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's
        """Write the address of a passage that is pasted as a link to it."""
        link = _link_to(source.text().strip())
        if link is not None:
            self.textCursor().insertText(link)
        else:
            super().insertFromMimeData(source)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field is left."""
        super().focusOutEvent(event)
        self._close_popup()
        self.left.emit()


def _link_to(text: str) -> str | None:
    """Return the link to a passage whose address this is, None where it is none."""
    if not is_passage_address(text):
        return None
    try:
        return f"[[{target_of(read_address(text))}]]"
    except UserError:  # it only begins like one
        return None
