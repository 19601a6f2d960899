"""The export dialog: what, in which format, how it looks, where to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QUrl, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from core.domain.briefings import Briefing
from core.domain.exports import Exported, Preview
from core.domain.presets import ExportPreset
from gui.controllers.export import ExportController
from gui.controllers.presets import PresetsController
from gui.dialogs.briefing_options import BriefingOptions
from gui.dialogs.export_presets import PresetRow
from gui.dialogs.export_scope import ScopeBox, Scopes

_PREVIEW_CHARACTERS = 20_000


class _Preview(QTextBrowser):
    """Shows what will be written and loads nothing."""

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Load nothing, wherever it would come from."""


def _align(*forms: QFormLayout) -> None:
    """Give the labels of forms that stand under one another the same width."""
    role = QFormLayout.ItemRole.LabelRole
    items = [form.itemAt(row, role) for form in forms for row in range(form.rowCount())]
    widgets = [item.widget() for item in items if item is not None]
    labels = [widget for widget in widgets if widget is not None]
    width = max(label.sizeHint().width() for label in labels)
    for label in labels:
        label.setMinimumWidth(width)


class ExportDialog(QDialog):
    """Shows its result, or what went wrong, in itself; nothing is written before Export."""

    def __init__(
        self,
        controller: ExportController,
        presets: PresetsController,
        scopes: Scopes,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._kept = presets
        self._named = False
        self.scope = ScopeBox(scopes, self)
        self.presets = PresetRow(self)
        self.format = QComboBox(self)
        self.path = QLineEdit(self)
        self.options = BriefingOptions(self)
        self.preview = _Preview(self)
        self.remarks = QLabel(self)
        self.outcome = QLabel(self)
        self.export = QPushButton(self.tr("Export"), self)
        self._choose = QPushButton(self.tr("Choose…"), self)
        self._close = QPushButton(self.tr("Close"), self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill()
        self._name_parts()
        self._lay_out()
        self._connect()
        self._show_preview()
        presets.refresh()

    def _fill(self) -> None:
        names = {
            "docx": self.tr("Word document (DOCX)"),
            "odt": self.tr("OpenDocument text (ODT)"),
            "pdf": "PDF",
            "html": self.tr("Web page (HTML), searchable"),
            "markdown": "Markdown",
            "xlsx": self.tr("Excel workbook (XLSX)"),
            "csv": self.tr("Table (CSV)"),
            "json": "JSON",
            "jsonld": "JSON-LD (W3C Web Annotation)",
            "bibtex": self.tr("Cited works (BibTeX)"),
            "ris": self.tr("Cited works (RIS)"),
            "csljson": self.tr("Cited works (CSL-JSON, Zotero)"),
            "qdpx": self.tr("Project for other tools (REFI-QDA QDPX)"),
            "qdc": self.tr("Codebook (REFI-QDA QDC)"),
            "bundle": self.tr("NormAtlas bundle, to merge"),
        }
        for name in self._controller.formats:
            self.format.addItem(names.get(name, name), name)
        self.path.setText(str(self._proposed()))

    def _name_parts(self) -> None:
        self.setObjectName("exportDialog")
        self.setWindowTitle(self.tr("Export annotations"))
        self.setAccessibleName(self.tr("Export annotations"))
        self.setAccessibleDescription(self.tr("Choose what to export, the format and the file."))
        self.format.setAccessibleName(self.tr("Format"))
        self.path.setAccessibleName(self.tr("File"))
        self.preview.setAccessibleName(self.tr("Preview"))
        self.preview.setOpenLinks(False)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.remarks.setWordWrap(True)
        self.remarks.setAccessibleName(self.tr("What is left out"))
        self.outcome.setWordWrap(True)
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&What"), self.scope)
        form.addRow(self.tr("&Preset"), self.presets)
        form.addRow(self.tr("&Format"), self.format)
        file = QHBoxLayout()
        file.addWidget(self.path, 1)
        file.addWidget(self._choose)
        label = QLabel(self.tr("F&ile"))
        label.setBuddy(self.path)
        form.addRow(label, file)
        form.addRow(self.options)
        _align(form, self.options.form)
        buttons = QHBoxLayout()
        buttons.addWidget(self.outcome, 1)
        buttons.addWidget(self._close)
        buttons.addWidget(self.export)
        self.export.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.remarks)
        layout.addLayout(buttons)
        self.resize(760, 640)

    def _connect(self) -> None:
        self.scope.currentIndexChanged.connect(self._on_scope_changed)
        self.format.currentIndexChanged.connect(self._on_format_changed)
        self.options.changed.connect(self._show_preview)
        self.presets.chosen.connect(self._on_preset_chosen)
        self.presets.save_requested.connect(self._on_save_wanted)
        self.presets.delete_requested.connect(self._kept.delete)
        self._kept.listed.connect(self.presets.show_presets)
        self._kept.refused.connect(self._on_failed)
        self._controller.previewed.connect(self._on_previewed)
        self._controller.written.connect(self._on_written)
        self._controller.failed.connect(self._on_failed)
        self.path.textEdited.connect(self._on_path_edited)
        self._choose.clicked.connect(self._on_choose)
        self._close.clicked.connect(self.reject)
        self.export.clicked.connect(self._on_export)

    @property
    def format_name(self) -> str:
        """The chosen format."""
        return self.format.currentData()

    def _proposed(self) -> Path:
        folder = Path(self.path.text()).parent if self.path.text() else Path.home()
        return folder / f"{self.scope.slug}.{self._controller.ending(self.format_name)}"

    @Slot()
    def _show_preview(self) -> None:
        self.export.setEnabled(True)
        self.options.show_for(self.format_name)
        self._controller.preview(self.format_name, self.scope.wanted, self._briefing())

    def _briefing(self) -> Briefing:
        return self.options.briefing(self.format_name)

    @Slot(int)
    def _on_scope_changed(self, _row: int) -> None:
        self._propose()
        self._show_preview()

    @Slot(int)
    def _on_format_changed(self, _row: int) -> None:
        self._propose()
        self._show_preview()

    @Slot(object)
    def _on_preset_chosen(self, preset: ExportPreset) -> None:
        with QSignalBlocker(self.format):
            self.format.setCurrentIndex(self.format.findData(preset.format))
        self.options.use(preset.briefing)
        self._propose()
        self._show_preview()

    @Slot(str)
    def _on_save_wanted(self, name: str) -> None:
        self.outcome.clear()
        self._kept.save(name, self.format_name, self._briefing())

    def _propose(self) -> None:
        self.outcome.clear()
        if self._named:
            ending = self._controller.ending(self.format_name)
            self.path.setText(str(Path(self.path.text()).with_suffix(f".{ending}")))
        else:
            self.path.setText(str(self._proposed()))

    @Slot(str)
    def _on_path_edited(self, _text: str) -> None:
        self._named = True

    @Slot()
    def _on_choose(self) -> None:
        title = self.tr("Export to")
        chosen, _ = QFileDialog.getSaveFileName(self, title, self.path.text())
        if chosen:
            self._named = True
            self.path.setText(chosen)

    @Slot()
    def _on_export(self) -> None:
        if not self.path.text().strip():
            self._say(self.tr("Name a file to export to."))
            return
        self.export.setEnabled(False)
        path = Path(self.path.text().strip()).expanduser()
        self._controller.write(self.format_name, path, self.scope.wanted, self._briefing())

    @Slot(object)
    def _on_previewed(self, preview: Preview) -> None:
        if preview.is_html:
            self.preview.setFont(self.font())
            self.preview.setHtml(preview.text)
        else:
            self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            self.preview.setPlainText(preview.text[:_PREVIEW_CHARACTERS])
        said = list(preview.remarks)
        if preview.shown < preview.total:
            said.insert(
                0,
                self.tr("The first {shown} of {total} annotations are shown.").format(
                    shown=preview.shown, total=preview.total
                ),
            )
        self.remarks.setText(" ".join(said))
        self.remarks.setVisible(bool(said))

    @Slot(object)
    def _on_written(self, exported: Exported) -> None:
        self.export.setEnabled(True)
        said = self.tr("Exported {n} annotations to {path}.").format(
            n=exported.annotations, path=exported.path
        )
        self._say(" ".join((said, *exported.remarks)))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.export.setEnabled(True)
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.outcome.setText(sentence)
        self.outcome.setAccessibleName(sentence)
