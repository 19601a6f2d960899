"""The pack's version beside the analyst's, field by field, with the words that differ marked."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, Signal, Slot
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

from core.domain.own_records import Difference
from gui.models.wording import marked


class DifferencesDialog(QDialog):
    """One section a field; its button takes the pack's words."""

    taken = Signal(str)
    """Name of a field, "" for all."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differencesDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Differences: {0}").format(title))
        self.setAccessibleName(self.windowTitle())
        self._area = QScrollArea()
        self._area.setAccessibleName(self.tr("What differs from the pack"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._all = QPushButton(self.tr("Take the pack's version of all"), self)
        self._all.clicked.connect(self._on_all)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.close)
        below = QHBoxLayout()
        below.addWidget(self._all)
        below.addStretch()
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self._area, 1)
        layout.addLayout(below)
        line = self.fontMetrics().lineSpacing()
        self.resize(QSize(line * 42, line * 28).boundedTo(self.screen().availableSize() * 0.9))

    def show_differences(self, differences: Sequence[Difference]) -> None:
        """Show these instead of those before."""
        inside = QWidget()
        layout = QVBoxLayout(inside)
        for difference in differences:
            self._add(layout, difference)
        if not differences:
            layout.addWidget(QLabel(self.tr("It is as the pack has it.")))
        layout.addStretch()
        self._area.setWidget(inside)
        self._all.setEnabled(bool(differences))

    def _add(self, layout: QVBoxLayout, difference: Difference) -> None:
        head = QLabel(f"<b>{escape(difference.label)}</b>")
        layout.addWidget(head)
        if difference.moved:
            layout.addWidget(QLabel(self.tr("The pack has changed it too since you did.")))
        pack, mine = marked(difference.pack, difference.mine)
        rows = QFormLayout()
        for words, said in ((self.tr("Pack"), pack), (self.tr("Yours"), mine)):
            label = QLabel(said or self.tr("<i>nothing</i>"), wordWrap=True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setOpenExternalLinks(False)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
            label.setAccessibleName(f"{difference.label}, {words}")
            rows.addRow(words, label)
        take = QPushButton(self.tr("Take the pack's"))
        take.setObjectName(f"take-{difference.field}")
        take.setAccessibleName(self.tr("Take the pack's {0}").format(difference.label))
        take.clicked.connect(self._on_take)
        last = QHBoxLayout()
        last.addWidget(take)
        last.addStretch()
        rows.addRow("", last)
        layout.addLayout(rows)

    @Slot()
    def _on_take(self) -> None:
        self.taken.emit(self.sender().objectName().removeprefix("take-"))

    @Slot()
    def _on_all(self) -> None:
        self.taken.emit("")
