"""The form of a record: every change is stored at once, or kept as a draft until it is sound."""

from __future__ import annotations

from collections.abc import Sequence

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

from core.domain.own_records import FieldProblem, FormField, Raw, RecordForm, Shape
from gui.dialogs.record_fields import FieldEditor, Names
from gui.dialogs.record_rows import RowsEditor

SAVE_AFTER_MS = 500


class RecordFormDialog(QDialog):
    """Shows a record's fields; tells of what stands in them after a pause in typing."""

    wanted = Signal(object)
    """The fields as they stand: to be stored, or kept as a draft."""
    source_wanted = Signal()
    """A source is to be made that this form can then name."""

    def __init__(
        self,
        form: RecordForm,
        names: Names,
        parent: QWidget | None = None,
        save_after_ms: int = SAVE_AFTER_MS,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._editors: list[FieldEditor | RowsEditor] = []
        self._waiting = 0  # times that it told of its fields and was not answered yet
        self._is_draft = False
        self._pause = QTimer(self, singleShot=True, interval=save_after_ms)
        self._pause.timeout.connect(self.save)
        self.outcome = QLabel(self, wordWrap=True)
        self._name(form)
        self._lay_out(names)

    def _name(self, form: RecordForm) -> None:
        self.setObjectName("recordForm")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = str(form.raw.get("title") or self.tr("New record"))
        self.setWindowTitle(self.tr("Edit: {0}").format(title) if form.key else title)
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(self.tr("What is written is stored at once."))

    def _lay_out(self, names: Names) -> None:
        inside = QWidget()
        rows = QFormLayout(inside)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.setVerticalSpacing(8)
        for field in self._form.fields:
            self._add_field(rows, field, names)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.close)
        below = QHBoxLayout()
        below.addWidget(self.outcome, 1)
        if any(field.name == "source" for field in self._form.fields):
            source = QPushButton(self.tr("New source…"), self)
            source.setObjectName("newSource")
            source.clicked.connect(self.source_wanted)
            below.addWidget(source)
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(area, 1)
        layout.addLayout(below)
        line = self.fontMetrics().lineSpacing()
        self.resize(QSize(line * 38, line * 38).boundedTo(self.screen().availableSize() * 0.9))
        self._editors[0].setFocus()

    def _add_field(self, rows: QFormLayout, field: FormField, names: Names) -> None:
        many = field.shape is Shape.ROWS
        editor = RowsEditor(field, names, self) if many else FieldEditor(field, names, self)
        editor.set_value(self._form.raw.get(field.name))
        editor.edited.connect(self._pause.start)
        self._editors.append(editor)
        words = "" if field.shape is Shape.FLAG else field.label
        label = QLabel(f"{words} *" if field.required else words)
        label.setBuddy(editor)
        if many:  # rows have labels of their own: beneath, they have the whole width
            rows.addRow(label)
            rows.addRow(editor)
        else:
            rows.addRow(label, editor)

    def raw(self) -> Raw:
        """Return the fields as they stand; those that the form does not show stay."""
        shown = {editor.field.name: editor.value() for editor in self._editors}
        return {name: value for name, value in (self._form.raw | shown).items() if value}

    @Slot()
    def save(self) -> None:
        """Tell now of what stands in the fields."""
        self._pause.stop()
        self._waiting += 1
        self.wanted.emit(self.raw())

    def show_stored(self) -> None:
        """Say that everything is stored."""
        self.show_problems(())
        self._say(self.tr("Stored. Ctrl+Z in the window takes it back."))

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Show each problem at its field, the others below."""
        self._waiting = max(0, self._waiting - 1)
        self._is_draft = bool(problems)
        known = {editor.field.name for editor in self._editors}
        for editor in self._editors:
            editor.show_problems([p for p in problems if p.path[:1] == (editor.field.name,)])
        loose = [p.sentence for p in problems if not p.path or p.path[0] not in known]
        draft = self.tr("Kept as a draft until this is put right.") if problems else ""
        self._say(" ".join([*loose, draft]).strip())

    @property
    def is_settled(self) -> bool:
        """Whether what stands in the fields is stored: nothing is being typed or kept back."""
        return not (self._pause.isActive() or self._waiting or self._is_draft)

    def refresh(self, form: RecordForm) -> None:
        """Show the record as it is stored now; fields that are the same are not touched."""
        self._form = form
        is_changed = False
        for editor in self._editors:
            value = form.raw.get(editor.field.name)
            if (editor.value() or None) != (value or None):
                is_changed = True
                editor.blockSignals(True)
                editor.set_value(value)
                editor.blockSignals(False)
        if is_changed:
            self._say(self.tr("Shown as it is stored now."))

    def show_gone(self) -> None:
        """Say that the record was taken back."""
        self._say(self.tr("The record was taken back; what you write now makes it again."))

    def _say(self, sentence: str) -> None:
        self.outcome.setText(sentence)
        self.outcome.setAccessibleName(sentence)

    def done(self, result: int) -> None:
        """Store what was typed last, however the form is closed."""
        if self._pause.isActive():
            self.save()
        super().done(result)
