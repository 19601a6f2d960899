"""The details that several documents have in common, said of all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.documents import DocumentCard, DocumentMetadata
from core.domain.own_records import FieldProblem, FormField, Shape
from gui.dialogs.record_fields import FieldEditor, Names


class DetailsOfManyDialog(QDialog):
    """Tells what is to be said of all; a field that is left empty changes nothing."""

    wanted = Signal(object, object)
    """``(keys, DocumentMetadata)``."""

    def __init__(self, cards: Sequence[DocumentCard], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = tuple(cards)
        names = Names(())
        self.editors = {f.name: FieldEditor(f, names, self) for f in self._fields()}
        self.apply = QPushButton(self.tr("&Change all"), self)
        self.setObjectName("detailsOfMany")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = self.tr("Details of {n} documents").format(n=f"{len(self._cards):,}")
        self.setWindowTitle(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(self.tr("What is left empty stays as it is in each."))
        self._lay_out()
        self._show_state()

    def _fields(self) -> tuple[FormField, ...]:
        return (
            FormField("authors", self.tr("Authors"), Shape.LINES),
            FormField("date", self.tr("Date"), Shape.DATE),
            FormField("publisher", self.tr("Publisher"), Shape.LINE),
            FormField("language", self.tr("Language"), Shape.LINE),
        )

    def _lay_out(self) -> None:
        rows = QFormLayout()
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setVerticalSpacing(8)
        for editor in self.editors.values():
            editor.edited.connect(self._show_state)
            editor.editor.setProperty("placeholderText", self._now(editor.field.name))
            label = QLabel(editor.field.label)
            label.setBuddy(editor)
            rows.addRow(label, editor)
        hint = QLabel(self.accessibleDescription(), self, wordWrap=True)
        hint.setProperty("role", "empty")
        close = QPushButton(self.tr("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        self.apply.setDefault(True)
        self.apply.clicked.connect(self._on_apply)
        below = QHBoxLayout()
        below.addWidget(hint, 1)
        below.addWidget(self.apply)
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(rows, 1)
        layout.addLayout(below)
        self.resize(self.fontMetrics().lineSpacing() * 32, self.sizeHint().height())

    def _now(self, name: str) -> str:
        """Return what all say now, or that they differ."""
        values = {getattr(card.metadata, name) or None for card in self._cards}
        if len(values) > 1:
            return self.tr("They differ")
        value = values.pop() if values else None
        return "; ".join(value) if isinstance(value, tuple) else value or self.tr("None says it")

    def said(self) -> DocumentMetadata:
        """Return what stands in the fields."""
        value = {name: editor.value() for name, editor in self.editors.items()}
        authors = cast("list[str]", value.pop("authors") or [])
        plain = {name: cast("str | None", one) for name, one in value.items()}
        return DocumentMetadata(authors=tuple(authors), **plain)

    @Slot()
    def _show_state(self) -> None:
        self.apply.setEnabled(self.said() != DocumentMetadata())

    @Slot()
    def _on_apply(self) -> None:
        self.wanted.emit([card.key for card in self._cards], self.said())

    def show_outcome(self, problems: Sequence[FieldProblem]) -> None:
        """Close when all is stored, or show each problem at its field."""
        for name, editor in self.editors.items():
            editor.show_problems([p for p in problems if p.path[:1] == (name,)])
        if not problems:
            self.close()
