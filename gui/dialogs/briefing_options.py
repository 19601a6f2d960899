"""What a finished document holds: the part of the export dialog for Word, OpenDocument and PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
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

from core.domain.briefings import Briefing, Grouping
from core.domain.settings import STYLE_LABELS


class BriefingOptions(QWidget):
    """Tells by `changed` that another document is wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = QComboBox(self)
        self.style_choice = QComboBox(self)
        self.reference = QPushButton(self)
        self._plain = QPushButton(self.tr("Own styles"), self)
        self._reference = ""
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
        """Return what is chosen; a reference document only for its own format."""
        fits = Path(self._reference).suffix.lower() == f".{format_name}"
        return Briefing(
            Grouping(self.group.currentData()),  # Qt keeps its words alone
            self.style_choice.currentData(),
            reference=self._reference if fits else "",
            **{name: box.isChecked() for name, box in self.parts.items()},
        )

    def show_for(self, format_name: str) -> None:
        """Offer a reference document where the format has one."""
        for button in (self.reference, self._plain):
            button.setEnabled(format_name in {"docx", "odt"})
        self._name_reference()

    def _fill(self) -> None:
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
        self.group.setAccessibleName(self.tr("Group by"))
        self.style_choice.setAccessibleName(self.tr("Citation style"))
        self.group.activated.connect(self._on_changed)
        self.style_choice.activated.connect(self._on_changed)
        for box in self.parts.values():
            box.setChecked(True)
            box.toggled.connect(self._on_changed)
        self.reference.clicked.connect(self._on_choose)
        self._plain.clicked.connect(self._on_plain)
        self._plain.setToolTip(self.tr("Use the program's own styles again"))
        wide = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.reference.setSizePolicy(wide)

    def _lay_out(self) -> None:
        form = self.form
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Group by"), self.group)
        form.addRow(self.tr("Citation &style"), self.style_choice)
        parts = QHBoxLayout()
        for box in self.parts.values():
            parts.addWidget(box)
        parts.addStretch(1)
        form.addRow(self.tr("With"), parts)
        look = QHBoxLayout()
        look.addWidget(self.reference, 1)
        look.addWidget(self._plain)
        form.addRow(self.tr("Looks like"), look)

    def _name_reference(self) -> None:
        chosen = (
            Path(self._reference).name if self._reference else self.tr("NormAtlas’s own styles")
        )
        self.reference.setText(chosen)
        self.reference.setToolTip(
            self._reference or self.tr("Choose a Word or OpenDocument file whose styles are used")
        )
        self.reference.setAccessibleName(self.tr("Looks like {name}").format(name=chosen))
        self._plain.setVisible(bool(self._reference))

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()

    @Slot()
    def _on_choose(self) -> None:
        title = self.tr("A document whose styles are used")
        kinds = self.tr("Word or OpenDocument (*.docx *.odt)")
        chosen, _ = QFileDialog.getOpenFileName(self, title, self._reference, kinds)
        if chosen:
            self.use(chosen)

    @Slot()
    def _on_plain(self) -> None:
        self.use("")
        self.reference.setFocus()

    def use(self, path: str) -> None:
        """Take the styles of the document at ``path``, the program's own for ""."""
        self._reference = path
        self._name_reference()
        self.changed.emit()
