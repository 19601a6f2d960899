"""In which order, and what a finished document holds: the lower part of the export dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from core.domain.briefings import Briefing, Grouping, Order
from core.domain.exports import (
    DOCUMENT_FORMATS,
    LAYOUT_FORMATS,
    PROJECT_FORMATS,
    REFERENCE_FORMATS,
)
from core.domain.settings import STYLE_LABELS

_LAYOUT_ROW = 4  # of the form, below the order and what only documents have


class _FileChoice(QWidget):
    """A file of the analyst's own, or the program's: a button that names it, another to reset."""

    changed = Signal()

    def __init__(self, title: str, kinds: str, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._title, self._kinds, self._hint = title, kinds, hint
        self.path = ""
        self.button = QPushButton(self)
        self._reset = QPushButton(self.tr("Reset"), self)
        self._reset.setToolTip(self.tr("Use the program’s own again"))
        wide = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.setSizePolicy(wide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.button, 1)
        layout.addWidget(self._reset)
        self.setFocusProxy(self.button)
        self.button.clicked.connect(self._on_choose)
        self._reset.clicked.connect(self._on_reset)
        self._name()

    def use(self, path: str) -> None:
        """Take the file at ``path``, the program's own for ""."""
        self.path = path
        self._name()
        self.changed.emit()

    def _name(self) -> None:
        chosen = Path(self.path).name if self.path else self.tr("NormAtlas’s own")
        self.button.setText(chosen)
        self.button.setToolTip(self.path or self._hint)
        self.button.setAccessibleName(f"{self._title}: {chosen}")
        self._reset.setVisible(bool(self.path))

    @Slot()
    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._title, self.path, self._kinds)
        if chosen:
            self.use(chosen)

    @Slot()
    def _on_reset(self) -> None:
        self.use("")
        self.button.setFocus()


class BriefingOptions(QWidget):
    """Tells by `changed` that another document is wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.order = QComboBox(self)
        self.group = QComboBox(self)
        self.style_choice = QComboBox(self)
        self.reference = _FileChoice(
            self.tr("A document whose styles are used"),
            self.tr("Word or OpenDocument (*.docx *.odt)"),
            self.tr("Choose a Word or OpenDocument file whose styles are used"),
            self,
        )
        self.layout_file = _FileChoice(
            self.tr("A layout"),
            self.tr("Jinja2 templates (*.j2 *.jinja *.md *.txt);;All files (*)"),
            self.tr("Choose a Jinja2 template that writes the document in Markdown"),
            self,
        )
        self.parts = {
            "notes": QCheckBox(self.tr("&Notes"), self),
            "details": QCheckBox(self.tr("&Tags and dates"), self),
            "annex": QCheckBox(self.tr("&Annex: who stands where"), self),
            "bibliography": QCheckBox(self.tr("&Bibliography"), self),
        }
        self.form = QFormLayout(self)
        self._fill()
        self._lay_out()

    def briefing(self, format_name: str) -> Briefing:
        """Return what is chosen, as far as the format has a use for it."""
        reference = self.reference.path
        fits = Path(reference).suffix.lower() == f".{format_name}"
        return Briefing(
            Grouping(self.group.currentData()),  # Qt keeps its words alone
            self.style_choice.currentData(),
            reference=reference if fits else "",
            layout=self.layout_file.path if format_name in LAYOUT_FORMATS else "",
            order=Order(self.order.currentData()),
            notes=self.parts["notes"].isChecked(),
            details=self.parts["details"].isChecked(),
            annex=self.parts["annex"].isChecked(),
            bibliography=self.parts["bibliography"].isChecked(),
        )

    def use(self, briefing: Briefing) -> None:
        """Choose what a briefing says, without telling of it."""
        with QSignalBlocker(self):
            self.order.setCurrentIndex(self.order.findData(briefing.order.value))
            self.group.setCurrentIndex(self.group.findData(briefing.group.value))
            if self.style_choice.findData(briefing.style) < 0:  # a style sheet by its file
                self.style_choice.addItem(Path(briefing.style).name, briefing.style)
            self.style_choice.setCurrentIndex(self.style_choice.findData(briefing.style))
            for name, box in self.parts.items():
                box.setChecked(getattr(briefing, name))
            self.reference.use(briefing.reference)
            self.layout_file.use(briefing.layout)

    def show_for(self, format_name: str) -> None:
        """Offer what the format has a use for: Markdown is laid out in a layout alone."""
        self.setVisible(format_name not in {*PROJECT_FORMATS, *REFERENCE_FORMATS})
        may_be_laid_out = format_name in LAYOUT_FORMATS
        laid_out = format_name in DOCUMENT_FORMATS or bool(self.layout_file.path)
        for row in range(1, _LAYOUT_ROW):
            self.form.setRowVisible(row, may_be_laid_out and laid_out)
        self.form.setRowVisible(_LAYOUT_ROW, may_be_laid_out)
        self.form.setRowVisible(_LAYOUT_ROW + 1, format_name in {"docx", "odt"})

    def _fill(self) -> None:
        orders = {
            Order.TITLE: self.tr("By title, then place in the text"),
            Order.DATE: self.tr("By date of the record, the earliest first"),
            Order.OLDEST: self.tr("As marked, the oldest first"),
            Order.NEWEST: self.tr("As marked, the newest first"),
        }
        for order, name in orders.items():
            self.order.addItem(name, order)
        names = {
            Grouping.RECORD: self.tr("Record"),
            Grouping.TAG: self.tr("Tag"),
            Grouping.PARTICIPANT: self.tr("Participant"),
            Grouping.DATE: self.tr("Year"),
        }
        for grouping, name in names.items():
            self.group.addItem(name, grouping)
        self.style_choice.addItem(self.tr("As in the settings"), "")
        for style, label in STYLE_LABELS.items():
            self.style_choice.addItem(label, style)
        self.order.setAccessibleName(self.tr("Order"))
        self.order.activated.connect(self._on_changed)
        self.group.setAccessibleName(self.tr("Group by"))
        self.style_choice.setAccessibleName(self.tr("Citation style"))
        self.group.activated.connect(self._on_changed)
        self.style_choice.activated.connect(self._on_changed)
        for box in self.parts.values():
            box.setChecked(True)
            box.toggled.connect(self._on_changed)
        self.reference.changed.connect(self._on_changed)
        self.layout_file.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        form = self.form
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Order"), self.order)
        form.addRow(self.tr("&Group by"), self.group)
        form.addRow(self.tr("Citation &style"), self.style_choice)
        parts = QHBoxLayout()
        for box in self.parts.values():
            parts.addWidget(box)
        parts.addStretch(1)
        form.addRow(self.tr("With"), parts)
        form.addRow(self.tr("&Layout"), self.layout_file)
        form.addRow(self.tr("Looks like"), self.reference)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
