"""The codebook as it stood at an earlier date: looked at, and written to a file."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core.domain.codebook import MEANING, Tag
from core.domain.moments import end_of
from core.errors import UserError
from gui.models.codebook_tree import CodebookTree


class DatedCodebookDialog(QDialog):
    """A date, the tree of then, what its tags meant then."""

    wanted = Signal(object)
    """The codebook as of this `datetime` is to be read."""
    export_requested = Signal(str, object)
    """``(path, datetime)``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment: datetime | None = None
        self.setObjectName("datedCodebookDialog")
        self.setWindowTitle(self.tr("Codebook as of a date"))
        self.setAccessibleName(self.windowTitle())
        self.date = QLineEdit(date.today().isoformat(), self)
        self.tree = CodebookTree(self)
        self.tree.is_fixed = True
        self.view = QTreeView(self)
        self.meaning = QLabel(self)
        self.said = QLabel(self)
        self.export = QPushButton(self.tr("Export…"), self)
        self._set_up()
        self._lay_out()
        self.date.returnPressed.connect(self.ask)
        self.date.editingFinished.connect(self.ask)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.export.clicked.connect(self._on_export)

    def _set_up(self) -> None:
        self.date.setAccessibleName(self.tr("As it stood at the end of"))
        self.date.setPlaceholderText(self.tr("2026, 2026-03 or 2026-03-14"))
        self.view.setModel(self.tree)
        self.view.setAccessibleName(self.tr("Codebook of then"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformRowHeights(True)
        self.view.setIconSize(QSize(12, 12))
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (CodebookTree.KEY, CodebookTree.COUNT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.meaning.setWordWrap(True)
        self.meaning.setTextFormat(Qt.TextFormat.PlainText)
        self.meaning.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.meaning.setAccessibleName(self.tr("What the tag meant then"))
        self.said.setProperty("role", "hint")
        self.said.setWordWrap(True)
        self.export.setAutoDefault(False)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("As it stood at the &end of"), self.date)
        close = QPushButton(self.tr("Close"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(self.export)
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.meaning)
        layout.addLayout(below)
        line = self.fontMetrics().lineSpacing()
        self.resize(QSize(line * 30, line * 32).boundedTo(self.screen().availableSize() * 0.9))

    @Slot()
    def ask(self) -> None:
        """Have the codebook of the date read."""
        try:
            moment = end_of(self.date.text())
        except UserError as error:
            self.said.setText(str(error))
            return
        if moment != self._moment:
            self._moment = moment
            self.wanted.emit(moment)

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show the codebook of then."""
        self.tree.show_tags(tags)
        self.view.expandAll()
        self.meaning.clear()
        words = self.tr("{n} tags") if tags else self.tr("There were no tags at that time.")
        self.said.setText(words.format(n=len(tags)))
        self.export.setEnabled(bool(tags))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        tag = self.tree.tag(index)
        names = {
            "definition": self.tr("Definition"),
            "include": self.tr("Use it for"),
            "exclude": self.tr("Not for"),
            "example": self.tr("Example"),
        }
        said = [f"{names[f]}: {words}" for f in MEANING if tag and (words := getattr(tag, f))]
        self.meaning.setText("\n".join(said))

    @Slot()
    def _on_export(self) -> None:
        name = self.tr("codebook {date}.csv").format(date=self.date.text().strip())
        kinds = self.tr("Table (*.csv);;JSON (*.json);;REFI-QDA codebook (*.qdc)")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export the codebook"), name, kinds)
        if path and self._moment is not None:
            self.export_requested.emit(path, self._moment)
