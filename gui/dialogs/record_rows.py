"""A field of rows in a record's form: facts, relations, counts; each row can be taken out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.own_records import FieldProblem, FormField, Shape
from gui.dialogs.record_fields import FieldEditor, Names


class Row(QFrame):
    """One row: its fields beneath one another, and what takes it out."""

    edited = Signal()
    removed = Signal()

    def __init__(
        self, field: FormField, names: Names, value: dict[str, object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._rest = value
        self._editors = [FieldEditor(column, names, self) for column in field.columns]
        self._problem = QLabel(self, wordWrap=True)
        self._problem.setObjectName("fieldProblem")
        self._problem.hide()
        remove = QPushButton(self.tr("Remove"), self)
        remove.setAccessibleName(self.tr("Remove this row of {0}").format(field.label))
        remove.clicked.connect(self.removed)
        form = QFormLayout(self)
        form.setContentsMargins(12, 4, 0, 8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for editor in self._editors:
            editor.set_value(value.get(editor.field.name))
            editor.edited.connect(self.edited)
            label = "" if editor.field.shape is Shape.FLAG else editor.field.label
            form.addRow(label, editor)
        form.addRow(self._problem)
        last = QHBoxLayout()
        last.addWidget(remove)
        last.addStretch()
        form.addRow("", last)

    def value(self) -> dict[str, object]:
        """Return the row as a pack file has it; fields that the form lacks stay."""
        shown = {editor.field.name: editor.value() for editor in self._editors}
        return {k: v for k, v in (self._rest | shown).items() if v is not None}

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Show problems at their fields; ``path`` is within the row."""
        known = {editor.field.name for editor in self._editors}
        for editor in self._editors:
            mine = [p for p in problems if p.path[:1] == (editor.field.name,)]
            editor.show_problems(mine)
        own = [p.sentence for p in problems if not p.path or p.path[0] not in known]
        self._problem.setText(" ".join(own))
        self._problem.setVisible(bool(own))


class RowsEditor(QWidget):
    """All rows of a field, and what adds one."""

    edited = Signal()

    def __init__(self, field: FormField, names: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._names = names
        self._rows: list[Row] = []
        self.add = QPushButton(self.tr("Add to {0}").format(field.label.lower()), self)
        self.add.setObjectName(f"add-{field.name}")
        self.add.clicked.connect(self._on_add)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch()
        self._layout.addLayout(below)
        self.setFocusProxy(self.add)

    def value(self) -> list[dict[str, object]]:
        """Return the rows that say something."""
        return [value for row in self._rows if (value := row.value())]

    def set_value(self, value: object) -> None:
        """Show these rows, without telling of it."""
        for row in list(self._rows):
            self._take_out(row)
        rows = cast("list[dict[str, object]]", value) if isinstance(value, list) else []
        for number in range(len(rows)):
            self._put_in(rows[number])

    def _put_in(self, value: dict[str, object]) -> Row:
        row = Row(self.field, self._names, value, self)
        row.edited.connect(self.edited)
        row.removed.connect(self._on_removed)
        self._rows.append(row)
        self._layout.insertWidget(len(self._rows) - 1, row)
        return row

    def _take_out(self, row: Row) -> None:
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()

    @Slot()
    def _on_add(self) -> None:
        self._put_in({}).findChildren(FieldEditor)[0].setFocus()

    @Slot()
    def _on_removed(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self._take_out(row)
            self.add.setFocus()
            self.edited.emit()

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Show each problem in its row; ``path`` begins with the field's name."""
        filled = [row for row in self._rows if row.value()]
        for row in self._rows:
            at = filled.index(row) if row in filled else -1
            mine = [p for p in problems if len(p.path) > 1 and p.path[1] == at]
            row.show_problems([replace(p, path=p.path[2:]) for p in mine])
