"""The details of a document: what is said of it, what it belongs to, the files it was read from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.domain.documents import DocumentEdition, DocumentForm, DocumentLink, DocumentMetadata
from core.domain.keys import Kind, is_key
from core.domain.own_records import FieldProblem, FormField, Shape
from gui.dialogs.record_fields import FieldEditor, Names

SAVE_AFTER_MS = 500
_LINKED = (Kind.INSTRUMENT, Kind.NORM, Kind.INITIATIVE, Kind.EVENT, Kind.PARTICIPANT)


class DocumentFormDialog(QDialog):
    """Tells of what stands in its fields after a pause in typing; links are told at once."""

    wanted = Signal(object)
    """The `DocumentMetadata` as it stands."""
    link_wanted = Signal(str)
    unlink_wanted = Signal(str)
    followed = Signal(str)
    original_wanted = Signal()

    def __init__(
        self,
        form: DocumentForm,
        names: Names,
        parent: QWidget | None = None,
        save_after_ms: int = SAVE_AFTER_MS,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._waiting = 0  # times that it told of its fields and was not answered yet
        self._has_problems = False
        self._pause = QTimer(self, singleShot=True, interval=save_after_ms)
        self._pause.timeout.connect(self.save)
        self.editors = {f.name: FieldEditor(f, names, self) for f in self._fields()}
        belongs = FormField("link", self.tr("Link to"), Shape.KEY, kinds=_LINKED)
        self.target = FieldEditor(belongs, names, self)
        self._links = QVBoxLayout()
        self._editions = QLabel(self, wordWrap=True)
        self.outcome = QLabel(self, wordWrap=True)
        self._name()
        self._lay_out()
        self.refresh(form)
        self.outcome.clear()

    def _fields(self) -> tuple[FormField, ...]:
        return (
            FormField("title", self.tr("Title"), Shape.LINE, required=True),
            FormField("authors", self.tr("Authors"), Shape.LINES),
            FormField("date", self.tr("Date"), Shape.DATE),
            FormField("symbol", self.tr("Symbol"), Shape.LINE),
            FormField("publisher", self.tr("Publisher"), Shape.LINE),
            FormField("address", self.tr("Address"), Shape.LINE),
            FormField("language", self.tr("Language"), Shape.LINE),
        )

    def _name(self) -> None:
        self.setObjectName("documentForm")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleDescription(self.tr("What is written is stored at once."))
        hints = {
            "symbol": self.tr("A/70/174, CETS 185"),
            "address": "https://",
            "language": self.tr("en, fr, zh-Hans"),
        }
        for name, hint in hints.items():
            self.editors[name].editor.setProperty("placeholderText", hint)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setVerticalSpacing(8)
        for editor in self.editors.values():
            editor.edited.connect(self._pause.start)
            words = editor.field.label
            label = QLabel(f"{words} *" if editor.field.required else words)
            label.setBuddy(editor)
            rows.addRow(label, editor)
        rows.addRow(self.tr("Belongs to"), self._links)
        rows.addRow(self.target.field.label, self._target_row())
        self._editions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows.addRow(self.tr("Read from"), self._editions)
        whole = QVBoxLayout(inside)
        whole.addLayout(rows)
        whole.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        original = self._button(self.tr("Open the &original"))
        original.clicked.connect(self.original_wanted)
        close = self._button(self.tr("Close"))
        close.clicked.connect(self.close)
        below = QHBoxLayout()
        below.addWidget(self.outcome, 1)
        below.addWidget(original)
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(area, 1)
        layout.addLayout(below)
        line = self.fontMetrics().lineSpacing()
        self.resize(QSize(line * 40, line * 40).boundedTo(self.screen().availableSize() * 0.9))
        self.editors["title"].setFocus()

    def _target_row(self) -> QHBoxLayout:
        add = self._button(self.tr("&Link"))
        add.setObjectName("addLink")
        add.clicked.connect(self._on_link)
        row = QHBoxLayout()
        row.addWidget(self.target, 1)
        row.addWidget(add, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _button(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)  # Enter ends a field, and does nothing else
        return button

    # What is said

    def said(self) -> DocumentMetadata:
        """Return what stands in the fields."""
        value = {name: editor.value() for name, editor in self.editors.items()}
        authors = cast("list[str]", value.pop("authors") or [])
        plain = {name: cast("str | None", one) for name, one in value.items()}
        return DocumentMetadata(authors=tuple(authors), **plain)

    @Slot()
    def save(self) -> None:
        """Tell now of what stands in the fields."""
        self._pause.stop()
        self._waiting += 1
        self.wanted.emit(self.said())

    def show_outcome(self, problems: Sequence[FieldProblem]) -> None:
        """Say that it is stored, or each problem at its field."""
        self._waiting = max(0, self._waiting - 1)
        self._has_problems = bool(problems)
        for name, editor in self.editors.items():
            editor.show_problems([p for p in problems if p.path[:1] == (name,)])
        stored = self.tr("Stored. Ctrl+Z in the window takes it back.")
        self._say(self.tr("Not stored until this is put right.") if problems else stored)

    @property
    def is_settled(self) -> bool:
        """Whether what stands in the fields is stored."""
        return not (self._pause.isActive() or self._waiting or self._has_problems)

    def refresh(self, form: DocumentForm) -> None:
        """Show a document as it is stored now; fields that are being written stay."""
        said = form.card.metadata
        self.setWindowTitle(self.tr("Details: {0}").format(form.card.title))
        self.setAccessibleName(self.windowTitle())
        if self.is_settled:
            for name, editor in self.editors.items():
                value = getattr(said, name)
                value = list(value) if name == "authors" else value
                if (editor.value() or None) != (value or None):
                    editor.set_value(value)
        self._form = form
        self._show_links(form)
        self._editions.setText("\n".join(self._edition_words(one) for one in form.editions))

    def _edition_words(self, edition: DocumentEdition) -> str:
        day = edition.imported.astimezone().strftime("%Y-%m-%d")
        size = self.tr("{n} KB").format(n=f"{max(1, edition.size // 1024):,}")
        said = [edition.name, edition.format, size]
        if edition.pages:
            said.append(self.tr("{n} pages").format(n=f"{edition.pages:,}"))
        said.append(self.tr("imported {day}").format(day=day))
        if len(self._form.editions) > 1 and edition.current:
            said.append(self.tr("this is what is read now"))
        return ", ".join(said) + "." + "".join(f" {remark}" for remark in edition.remarks)

    # What it belongs to

    def _show_links(self, form: DocumentForm) -> None:
        while (item := self._links.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for link in form.links:
            self._links.addWidget(self._link_row(link, suggested=False))
        for link in form.suggestions:
            self._links.addWidget(self._link_row(link, suggested=True))
        if not form.links and not form.suggestions:
            nothing = QLabel(self.tr("Nothing yet: link it to what it is the text of, or about."))
            nothing.setProperty("role", "empty")
            self._links.addWidget(nothing)

    def _link_row(self, link: DocumentLink, *, suggested: bool) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        words = f"{link.words[:1].upper()}{link.words[1:]}: {link.title}"
        label = QLabel(self.tr("{0}?").format(words) if suggested else words, row, wordWrap=True)
        layout.addWidget(label, 1)
        if suggested:
            change = self._button(self.tr("Link"))
            change.setAccessibleName(self.tr("Link to {0}").format(link.title))
            change.clicked.connect(lambda: self.link_wanted.emit(link.record))
        else:
            read = self._button(self.tr("Read"))
            read.setAccessibleName(self.tr("Read {0}").format(link.title))
            read.clicked.connect(lambda: self.followed.emit(link.record))
            layout.addWidget(read)
            change = self._button(self.tr("Unlink"))
            change.setAccessibleName(self.tr("Unlink from {0}").format(link.title))
            change.clicked.connect(lambda: self.unlink_wanted.emit(link.record))
        layout.addWidget(change)
        return row

    @Slot()
    def _on_link(self) -> None:
        key = str(self.target.value() or "")
        if is_key(key):
            self.target.set_value("")
            self.target.show_problems(())
            self.link_wanted.emit(key)
            return
        words = self.tr("Choose a record: type a few letters of its title.")
        self.target.show_problems([FieldProblem(("link",), words)])

    def _say(self, sentence: str) -> None:
        self.outcome.setText(sentence)
        self.outcome.setAccessibleName(sentence)

    def done(self, result: int) -> None:
        """Store what was typed last, however the form is closed."""
        if self._pause.isActive():
            self.save()
        super().done(result)
