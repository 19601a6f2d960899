"""A note that is written and read: Markdown that saves itself, with links that lead on."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.annotations import Annotation
from core.domain.notes import NoteLink, as_markdown, links_in
from gui.models.annotations import shorten
from gui.views.note_editor import NoteEditor

SAVE_AFTER_MS = 400
_MARGIN = 10
_LEADS_TO = "to"  # the scheme of a note's own links, where it is read


class _Preview(QTextBrowser):
    """Shows Markdown and loads nothing."""

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Load nothing, wherever it would come from."""


class NoteField(QWidget):
    """One note: its text, and how it reads; holds what is not saved until it is."""

    note_edited = Signal(str, str)
    """``(id, text)``: to be written."""
    link_followed = Signal(str)
    """The target of a link of the note's."""
    address_followed = Signal(str)
    """The address of a link onto the web."""
    titles_wanted = Signal(object)
    """Tuple of the targets whose titles `show_titles` is to bring."""

    def __init__(self, parent: QWidget | None = None, save_after_ms: int = SAVE_AFTER_MS) -> None:
        super().__init__(parent)
        self._id = ""
        self._stored = ""
        self._unsaved: dict[str, str] = {}  # asked to be written
        self._failed: dict[str, str] = {}  # could not be written yet
        self._titles: dict[str, str] = {}
        self._timer = QTimer(self, singleShot=True, interval=save_after_ms)
        self.editor = NoteEditor(self)
        self.preview = _Preview(self)
        self._state = QLabel(self, wordWrap=True)
        self.toggle = QToolButton(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._timer.timeout.connect(self.save)
        self.editor.textChanged.connect(self._on_text_changed)
        self.editor.left.connect(self.save)
        self.editor.link_followed.connect(self.link_followed)
        self.preview.anchorClicked.connect(self._on_anchor_clicked)
        self.toggle.toggled.connect(self._on_toggled)
        self.show_note("", "")

    def _lay_out(self) -> None:
        self.preview.setFrameShape(QFrame.Shape.NoFrame)
        self.preview.setOpenLinks(False)
        self.preview.document().setDocumentMargin(_MARGIN)
        self.preview.setAccessibleName(self.tr("Note as it reads"))
        self.preview.setAccessibleDescription(self.tr("Tab goes from link to link, Enter follows."))
        self._state.setProperty("role", "hint")
        self.toggle.setText(self.tr("Preview"))
        self.toggle.setCheckable(True)
        self.toggle.setAutoRaise(True)
        self._stack.addWidget(self.editor)
        self._stack.addWidget(self.preview)
        below = QHBoxLayout()
        below.setContentsMargins(8, 2, 8, 4)
        below.addWidget(self._state, 1)
        below.addWidget(self.toggle)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(self._stack, 1)
        self.column.addLayout(below)

    @property
    def shown(self) -> str:
        """Id of what the note is of, or ""."""
        return self._id

    def show_note(self, id_: str, text: str) -> None:
        """Show a note; what was typed in the one before is saved first. "" shows none."""
        if id_ and id_ == self._id:
            self._follow_store(text)
            return
        self.save()
        self._id = id_
        self._stored = text
        self._fill((self._failed | self._unsaved).get(id_, text))
        self.editor.setEnabled(bool(id_))
        self.toggle.setEnabled(bool(id_))
        self._state.setText("")

    def is_unsaved(self) -> bool:
        """Whether what is shown differs from what is stored."""
        return bool(self._id) and self.editor.note() != self._stored

    @Slot()
    def save(self) -> None:
        """Ask for what was typed to be written, at once."""
        self._timer.stop()
        if self.is_unsaved() or self._id in self._failed:
            text = self.editor.note()
            if self._unsaved.get(self._id) != text:
                self._unsaved[self._id] = text
                self._state.setText(self.tr("Saving…"))
                self.note_edited.emit(self._id, text)

    def saved(self, id_: str, text: str) -> None:
        """Take note that this text has been written."""
        if self._unsaved.get(id_) == text:
            del self._unsaved[id_]
        self._failed.pop(id_, None)
        if id_ == self._id:
            self._stored = text
            self._state.setText("" if self.is_unsaved() else self.tr("Saved"))

    def failed(self, id_: str, reason: str) -> None:
        """Keep a text that could not be written; whoever was asked tries again, or `save` does."""
        if (text := self._unsaved.pop(id_, None)) is not None:
            self._failed[id_] = text
        if id_ == self._id:
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

    def _follow_store(self, text: str) -> None:
        if not self.is_unsaved() and text != self._stored:
            self._stored = text
            self._fill(text)
        elif not self._waits() and not self._timer.isActive():
            self._stored = text

    def _waits(self) -> bool:
        """Whether a text of what is shown is to be written, or could not be yet."""
        return self._id in self._unsaved or self._id in self._failed

    def _fill(self, text: str) -> None:
        self.editor.blockSignals(True)
        self.editor.setPlainText(text)
        self.editor.blockSignals(False)
        self._show_preview()

    def changeEvent(self, event: QEvent) -> None:
        """Show links in the colours of another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._show_preview()

    # Links

    def show_titles(self, titles: Mapping[str, str]) -> None:
        """Take the titles of targets that the note links to without words."""
        self._titles = dict(titles)
        self._render()

    def _show_preview(self) -> None:
        if not self.toggle.isChecked():
            return
        bare = {link.target for link in links_in(self.editor.note()) if not link.label}
        if bare - self._titles.keys():
            self.titles_wanted.emit(tuple(sorted(bare)))
        self._render()

    def _render(self) -> None:
        def title(link: NoteLink) -> str:
            return self._titles.get(link.target, link.target)

        self.preview.document().setMarkdown(
            as_markdown(self.editor.note(), title, _LEADS_TO),
            QTextDocument.MarkdownFeature.MarkdownNoHTML,
        )

    @Slot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        if url.scheme() in ("http", "https"):
            self.address_followed.emit(url.toString())
            return
        for link in links_in(self.editor.note()):
            if QUrl(f"{_LEADS_TO}:{link.target}") == url:
                self.link_followed.emit(link.target)
                return

    @Slot()
    def _on_text_changed(self) -> None:
        self._state.setText("")
        self._timer.start()

    @Slot(bool)
    def _on_toggled(self, shown: bool) -> None:
        self.save()
        self._stack.setCurrentIndex(int(shown))
        self._show_preview()
        (self.preview if shown else self.editor).setFocus()


class NotePanel(NoteField):
    """The note of the current annotation, with the quotation above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quotation = QLabel(self, wordWrap=True)
        self._quotation.setContentsMargins(8, 0, 8, 0)
        self.column.insertWidget(0, self._quotation)
        self.show_annotation(None)

    @property
    def annotation(self) -> str:
        """Id of the annotation whose note is shown, or ""."""
        return self.shown

    def show_annotation(self, annotation: Annotation | None) -> None:
        """Show an annotation's note."""
        self.show_note(annotation.id if annotation else "", annotation.note if annotation else "")
        quotation = shorten(annotation.target.quote.exact) if annotation else ""
        self._quotation.setText(f"“{quotation}”" if quotation else self.tr("No passage is chosen."))
