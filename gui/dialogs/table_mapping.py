"""Which column of a table says what, before the table is merged."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.domain.keys import is_key
from core.domain.table_merging import TableField, TableMapping, TablePreview

_MOST_COLUMNS = 100  # that are offered; a table of passages has some ten
_EXAMPLES = 3
_LONGEST = 60  # characters of the examples
_ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "cp1256", "gb18030", "cp932")


class TableMappingDialog(QDialog):
    """One line a column: its name, what it says, how its first cells read."""

    mapped = Signal(object)
    """The `TableMapping` that was settled on. One without columns asks to open the file anew."""

    def __init__(
        self, table: TablePreview, mapping: TableMapping | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._table = table
        said = mapping if mapping is not None and mapping.columns else None
        self._mapping = said or replace(table.mapping, record=mapping.record if mapping else None)
        self.setObjectName("tableMappingDialog")
        self.setWindowTitle(self.tr("Columns of {name}").format(name=Path(table.path).name))
        self.setAccessibleName(self.windowTitle())
        self.fields: list[QComboBox] = []
        self.encoding = QComboBox(self)
        self.delimiter = QComboBox(self)
        self.separator = QComboBox(self)
        self.record = QLineEdit(self._mapping.record or "", self)
        self.missing = QLabel(self)
        self.buttons = QDialogButtonBox(self)
        self.ok = self.buttons.addButton(
            self.tr("Show what it &brings"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._fill()
        self._lay_out()
        self.record.textChanged.connect(self._check)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        for box in (self.encoding, self.delimiter):
            box.activated.connect(self._on_reopened)
        self._check()

    def _fill(self) -> None:
        told = self._table.encoding
        for name in dict.fromkeys((told, *_ENCODINGS)):
            self.encoding.addItem(name, name)
        signs = {
            ",": self.tr("Comma"),
            ";": self.tr("Semicolon"),
            "\t": self.tr("Tab"),
            "|": self.tr("Bar"),
        }
        for sign in dict.fromkeys((self._table.delimiter, *signs)):
            self.delimiter.addItem(signs.get(sign, sign), sign)
        between = {
            ";": self.tr("Semicolons"),
            ",": self.tr("Commas"),
            "|": self.tr("Bars"),
            "": self.tr("Nothing: a cell holds one tag"),
        }
        for sign in dict.fromkeys((self._mapping.separator, *between)):
            self.separator.addItem(between.get(sign, sign), sign)
        self.encoding.setAccessibleName(self.tr("Encoding"))
        self.delimiter.setAccessibleName(self.tr("What stands between two cells"))
        self.separator.setAccessibleName(self.tr("What stands between two tags"))
        self.record.setAccessibleName(self.tr("Record that all rows are on"))
        self.record.setPlaceholderText(self.tr("Its key, where no column names it"))
        self.missing.setProperty("role", "hint")
        self.missing.setWordWrap(True)

    def _lay_out(self) -> None:
        form = QFormLayout()
        if self._table.delimiter:  # a workbook has neither
            form.addRow(self.tr("&Encoding"), self.encoding)
            form.addRow(self.tr("Between &cells"), self.delimiter)
        else:
            self.encoding.hide()
            self.delimiter.hide()
        form.addRow(self.tr("Between &tags"), self.separator)
        form.addRow(self.tr("&Record"), self.record)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._columns())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(area, 1)
        layout.addLayout(form)
        layout.addWidget(self.missing)
        layout.addWidget(self.buttons)
        line = self.fontMetrics().lineSpacing()
        self.resize(QSize(line * 46, line * 32).boundedTo(self.screen().availableSize() * 0.9))

    def _columns(self) -> QWidget:
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setColumnStretch(2, 1)
        for at, name in enumerate(self._table.header[:_MOST_COLUMNS]):
            shown = name or self.tr("Column {n}").format(n=at + 1)
            label = QLabel(_short(shown, 26), inside)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setToolTip(shown)
            field = self._field(at, shown)
            label.setBuddy(field)
            examples = QLabel(self._examples(at), inside)
            examples.setTextFormat(Qt.TextFormat.PlainText)
            examples.setProperty("role", "hint")
            examples.setMinimumWidth(1)
            for column, widget in enumerate((label, field, examples)):
                grid.addWidget(widget, at, column)
            self.fields.append(field)
        grid.setRowStretch(grid.rowCount(), 1)
        return inside

    def _field(self, at: int, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(self.tr("What the column “{name}” says").format(name=name))
        for field, words in {None: self.tr("– passed over –"), **self._names()}.items():
            box.addItem(words, field)
        box.setCurrentIndex(max(0, box.findData(self._mapping.columns.get(at))))
        box.activated.connect(partial(self._on_field_chosen, at))
        return box

    def _names(self) -> dict[TableField, str]:
        return {
            TableField.QUOTATION: self.tr("Quotation"),
            TableField.RECORD: self.tr("Record: key or title"),
            TableField.TITLE: self.tr("Title of the source"),
            TableField.TAGS: self.tr("Tags"),
            TableField.NOTE: self.tr("Note"),
            TableField.ANALYST: self.tr("Analyst"),
            TableField.START: self.tr("Start in the text"),
            TableField.END: self.tr("End in the text"),
            TableField.PREFIX: self.tr("Words before it"),
            TableField.SUFFIX: self.tr("Words after it"),
            TableField.CREATED: self.tr("Made on"),
            TableField.MODIFIED: self.tr("Changed on"),
            TableField.ID: self.tr("Identifier"),
        }

    def _examples(self, at: int) -> str:
        cells = (" ".join(row[at].split()) for row in self._table.rows if len(row) > at)
        some = list(dict.fromkeys(filter(None, cells)))[:_EXAMPLES]
        return _short("  ·  ".join(some), _LONGEST)

    def mapping(self) -> TableMapping:
        """Return what is settled on as things stand."""
        columns = {
            at: TableField(box.currentData())
            for at, box in enumerate(self.fields)
            if box.currentData() is not None
        }
        return TableMapping(
            columns,
            self.separator.currentData(),
            self.record.text().strip() or None,
            self.encoding.currentData() or None,
            self.delimiter.currentData() or None,
        )

    def _on_field_chosen(self, at: int, _index: int) -> None:
        """Take what was chosen from the column that said it before."""
        chosen = self.fields[at].currentData()
        for other, box in enumerate(self.fields):
            if chosen is not None and other != at and box.currentData() == chosen:
                box.setCurrentIndex(0)
        self._check()

    @Slot()
    def _check(self) -> None:
        mapping = self.mapping()
        if not mapping.knows_words:
            words = self.tr("Say which column holds the quotations.")
        elif not mapping.knows_place:
            words = self.tr(
                "Say which column names the record or source, or give the record’s key."
            )
        elif mapping.record is not None and not is_key(mapping.record):
            words = self.tr("A record's key looks like norm:gge-13f-no-ci-damage.")
        else:
            words = ""
        self.missing.setText(words)
        self.missing.setVisible(bool(words))
        self.ok.setEnabled(not words)

    @Slot()
    def _on_reopened(self) -> None:
        """Have the file opened otherwise; what its columns say is then told anew."""
        mapping = self.mapping()
        self.mapped.emit(replace(mapping, columns={}))
        self.reject()

    @Slot()
    def _on_accepted(self) -> None:
        self.mapped.emit(self.mapping())
        self.accept()


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
