"""The settings: each applies as soon as it is changed, so there is nothing to confirm."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from core.domain.citing import CitedText
from core.domain.settings import STYLE_LABELS, Settings
from gui.controllers.settings import SettingsController

_FROM_FILE = ""


class SettingsDialog(QDialog):
    """How is cited; Esc closes it."""

    def __init__(
        self, controller: SettingsController, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._style = settings.citation_style
        self.style_choice = QComboBox(self)
        self.example = QLabel(self)
        self._name_parts()
        self._lay_out()
        self._list_styles()
        self.style_choice.activated.connect(self._on_style_chosen)
        controller.cited.connect(self._on_cited)
        controller.refused.connect(self._on_refused)
        controller.cite(self._style)

    def _name_parts(self) -> None:
        self.setObjectName("settingsDialog")
        self.setWindowTitle(self.tr("Settings"))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(self.tr("Every change applies at once."))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.style_choice.setAccessibleName(self.tr("Citation style"))
        self.style_choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.example.setAccessibleName(self.tr("Example of the style"))
        self.example.setWordWrap(True)
        self.example.setTextFormat(Qt.TextFormat.RichText)
        self.example.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.example.setMinimumHeight(self.fontMetrics().lineSpacing() * 6)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(12)
        form.addRow(self.tr("&Citations"), self.style_choice)
        form.addRow("", self.example)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addLayout(form)
        layout.addStretch()
        self.resize(self.fontMetrics().averageCharWidth() * 90, self.sizeHint().height())

    def _list_styles(self) -> None:
        self.style_choice.clear()
        for name, label in STYLE_LABELS.items():
            self.style_choice.addItem(label, name)
        if self._style not in STYLE_LABELS:
            self.style_choice.addItem(Path(self._style).name, self._style)
        self.style_choice.addItem(self.tr("From a file…"), _FROM_FILE)
        self.style_choice.setCurrentIndex(max(0, self.style_choice.findData(self._style)))

    @Slot(int)
    def _on_style_chosen(self, row: int) -> None:
        chosen = self.style_choice.itemData(row)
        if chosen == _FROM_FILE:
            title = self.tr("A citation style (CSL)")
            chosen, _ = QFileDialog.getOpenFileName(self, title, "", "CSL (*.csl)")
        if chosen and chosen != self._style:
            self._controller.choose_style(chosen)
        else:
            self._list_styles()

    @Slot(str, object)
    def _on_cited(self, style: str, cited: CitedText) -> None:
        if style != self._style:
            self._style = style
            self._list_styles()
        self.example.setText(cited.html)

    @Slot(object)
    def _on_refused(self, error: Exception) -> None:
        """Say why a style can't be used; the one that was set stays."""
        from html import escape

        self.example.setText(escape(str(error)))
        self._list_styles()
