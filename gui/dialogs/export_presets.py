"""The presets of the export dialog: chosen, kept under a name, deleted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QPushButton, QWidget

from core.domain.presets import ExportPreset


class PresetRow(QWidget):
    """Tells which preset is chosen; what it stands for is the dialog's to show."""

    chosen = Signal(object)
    """An `ExportPreset` whose format and options are wanted."""
    save_requested = Signal(str)
    """The name under which the format and the options shown are to be kept."""
    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox(self)
        self.save = QPushButton(self.tr("&Save as…"), self)
        self.delete = QPushButton(self.tr("&Delete"), self)
        self.box.setAccessibleName(self.tr("Preset"))
        self.box.setAccessibleDescription(
            self.tr("A format with its options that was kept under a name")
        )
        self.save.setToolTip(self.tr("Keep the format and the options below under a name"))
        self.delete.setToolTip(self.tr("Delete this preset; undo brings it back"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.save)
        layout.addWidget(self.delete)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._on_activated)
        self.save.clicked.connect(self._on_save)
        self.delete.clicked.connect(self._on_delete)
        self.show_presets(())

    @property
    def current(self) -> ExportPreset | None:
        """The preset that is chosen."""
        return self.box.currentData()

    def show_presets(self, presets: Sequence[ExportPreset], name: str = "") -> None:
        """List the presets; the one of that name is chosen, or the one chosen before."""
        current = self.current
        self.box.clear()
        self.box.addItem(self.tr("None") if presets else self.tr("None saved yet"), None)
        for preset in presets:
            self.box.addItem(preset.name, preset)
            same = preset.id == current.id if current and not name else preset.name == name
            if same:
                self.box.setCurrentIndex(self.box.count() - 1)
        self.box.setEnabled(bool(presets))
        self.delete.setEnabled(self.current is not None)

    @Slot(int)
    def _on_activated(self, _row: int) -> None:
        preset = self.current
        self.delete.setEnabled(preset is not None)
        if preset is not None:
            self.chosen.emit(preset)

    @Slot()
    def _on_save(self) -> None:
        title, label = self.tr("Save preset"), self.tr("Name of the preset")
        name = self.current.name if self.current else ""
        name, agreed = QInputDialog.getText(self, title, label, text=name)
        if agreed and name.strip():
            self.save_requested.emit(" ".join(name.split()))

    @Slot()
    def _on_delete(self) -> None:
        if self.current is not None:
            self.delete_requested.emit(self.current)
