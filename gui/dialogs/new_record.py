"""What kind of record is to be made, or which unfinished one is to be gone on with."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.domain.keys import Kind
from core.domain.own_records import Draft

_CHOICE = Qt.ItemDataRole.UserRole


class NewRecordDialog(QDialog):
    """A list of kinds, then of drafts; Enter takes one."""

    chosen = Signal(object, str)
    """``(Kind, type of participant)``."""
    resumed = Signal(object)
    """A `Draft`."""

    def __init__(self, drafts: Sequence[Draft], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("newRecordDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New record"))
        self.setAccessibleName(self.windowTitle())
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Kind of record"))
        for words, kind, type_ in self._kinds():
            item = QListWidgetItem(words, self.list)
            item.setData(_CHOICE, (kind, type_))
        for draft in drafts:
            title = str(draft.raw.get("title") or self.tr("without a title"))
            item = QListWidgetItem(self.tr("Go on with: {0}").format(title), self.list)
            item.setToolTip(title)
            item.setData(_CHOICE, draft)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(QLabel(self.tr("What is it?")))
        layout.addWidget(self.list)
        line = self.fontMetrics().lineSpacing()
        self.resize(line * 20, line * 20)

    def _kinds(self) -> tuple[tuple[str, Kind, str], ...]:
        return (
            (self.tr("Norm"), Kind.NORM, ""),
            (self.tr("Initiative"), Kind.INITIATIVE, ""),
            (self.tr("State"), Kind.PARTICIPANT, "state"),
            (self.tr("Organisation"), Kind.PARTICIPANT, "organisation"),
            (self.tr("Person"), Kind.PARTICIPANT, "person"),
            (self.tr("Instrument"), Kind.INSTRUMENT, ""),
            (self.tr("Event"), Kind.EVENT, ""),
            (self.tr("Source"), Kind.SOURCE, ""),
        )

    @Slot(QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem) -> None:
        choice = item.data(_CHOICE)
        self.accept()
        if isinstance(choice, Draft):
            self.resumed.emit(choice)
        else:
            self.chosen.emit(*choice)
