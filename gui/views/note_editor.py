"""The note of the current annotation: Markdown that saves itself."""

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QFocusEvent, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.annotations import Annotation
from gui.models.annotations import shorten

SAVE_AFTER_MS = 400


class NoteEditor(QPlainTextEdit):
    """The text field itself; tells when it is left."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteEditor")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(self.tr("Write a note in Markdown. It saves itself."))
        self.setAccessibleName(self.tr("Note"))
        self.setAccessibleDescription(self.tr("The note of the current annotation, in Markdown."))

    def note(self) -> str:
        """Return what was typed, with its no-break spaces, which ``toPlainText`` loses."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field is left."""
        super().focusOutEvent(event)
        self.left.emit()


class _Preview(QTextBrowser):
    """Shows Markdown and loads nothing."""

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Load nothing, wherever it would come from."""


class NotePanel(QWidget):
    """The note with the quotation above it; holds what is not saved until it is."""

    note_edited = Signal(str, str)
    """``(annotation, note)``: to be written."""

    def __init__(self, parent: QWidget | None = None, save_after_ms: int = SAVE_AFTER_MS) -> None:
        super().__init__(parent)
        self._annotation = ""
        self._stored = ""
        self._unsaved: dict[str, str] = {}  # asked to be written
        self._failed: dict[str, str] = {}  # could not be written yet
        self._timer = QTimer(self, singleShot=True, interval=save_after_ms)
        self.editor = NoteEditor(self)
        self._preview = _Preview(self)
        self._quotation = QLabel(self, wordWrap=True)
        self._state = QLabel(self, wordWrap=True)
        self._toggle = QToolButton(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._timer.timeout.connect(self.save)
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.left.connect(self.save)
        self._toggle.toggled.connect(self._on_toggled)
        self.show_annotation(None)

    def _lay_out(self) -> None:
        self._preview.setFrameShape(QFrame.Shape.NoFrame)
        self._preview.setOpenLinks(False)
        self._preview.setAccessibleName(self.tr("Note as it reads"))
        self._toggle.setText(self.tr("Preview"))
        self._toggle.setCheckable(True)
        self._toggle.setAutoRaise(True)
        self._stack.addWidget(self.editor)
        self._stack.addWidget(self._preview)
        below = QHBoxLayout()
        below.setContentsMargins(8, 2, 8, 4)
        below.addWidget(self._state, 1)
        below.addWidget(self._toggle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        self._quotation.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(self._quotation)
        layout.addWidget(self._stack, 1)
        layout.addLayout(below)

    @property
    def annotation(self) -> str:
        """Id of the annotation whose note is shown, or ""."""
        return self._annotation

    def show_annotation(self, annotation: Annotation | None) -> None:
        """Show an annotation's note; what was typed for the one before is saved first."""
        if annotation and annotation.id == self._annotation:
            self._follow_store(annotation.note)
            return
        self.save()
        self._annotation = annotation.id if annotation else ""
        self._stored = annotation.note if annotation else ""
        not_saved = self._failed | self._unsaved
        self._fill(not_saved.get(self._annotation, self._stored))
        self.editor.setEnabled(annotation is not None)
        self._toggle.setEnabled(annotation is not None)
        quotation = shorten(annotation.target.quote.exact) if annotation else ""
        self._quotation.setText(f"“{quotation}”" if quotation else self.tr("No passage is chosen."))
        self._state.setText("")

    def is_unsaved(self) -> bool:
        """Whether what is shown differs from what is stored."""
        return bool(self._annotation) and self.editor.note() != self._stored

    @Slot()
    def save(self) -> None:
        """Ask for what was typed to be written, at once."""
        self._timer.stop()
        if self.is_unsaved() or self._annotation in self._failed:
            text = self.editor.note()
            if self._unsaved.get(self._annotation) != text:
                self._unsaved[self._annotation] = text
                self._state.setText(self.tr("Saving…"))
                self.note_edited.emit(self._annotation, text)

    def saved(self, annotation: str, note: str) -> None:
        """Take note that this text has been written."""
        if self._unsaved.get(annotation) == note:
            del self._unsaved[annotation]
        self._failed.pop(annotation, None)
        if annotation == self._annotation:
            self._stored = note
            self._state.setText("" if self.is_unsaved() else self.tr("Saved"))

    def failed(self, annotation: str, reason: str) -> None:
        """Keep a text that could not be written; whoever was asked tries again, or `save` does."""
        if (text := self._unsaved.pop(annotation, None)) is not None:
            self._failed[annotation] = text
        if annotation == self._annotation:
            self._state.setText(
                self.tr("Not saved: {reason} The text is kept, and saved once that works.").format(
                    reason=reason
                )
            )

    def forget_unsaved(self) -> None:
        """Let go of all that was typed and could not be written."""
        self._timer.stop()
        self._unsaved.clear()
        self._failed.clear()
        self._fill(self._stored)

    def _follow_store(self, note: str) -> None:
        if not self.is_unsaved() and note != self._stored:
            self._stored = note
            self._fill(note)
        elif not self._waits() and not self._timer.isActive():
            self._stored = note

    def _waits(self) -> bool:
        """Whether a text of what is shown is to be written, or could not be yet."""
        return self._annotation in self._unsaved or self._annotation in self._failed

    def _fill(self, text: str) -> None:
        self.editor.blockSignals(True)
        self.editor.setPlainText(text)
        self.editor.blockSignals(False)
        self._show_preview()

    def _show_preview(self) -> None:
        if self._toggle.isChecked():
            self._preview.document().setMarkdown(
                self.editor.note(), QTextDocument.MarkdownFeature.MarkdownNoHTML
            )

    @Slot()
    def _on_text_changed(self) -> None:
        self._state.setText("")
        self._timer.start()

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        self.save()
        self._stack.setCurrentIndex(int(shown))
        self._show_preview()
