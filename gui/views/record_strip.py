"""A line above the page that says whose it is: edited, one's own, or withdrawn."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from core.domain.records import Record


class RecordStrip(QFrame):
    """Hidden where there is nothing to say."""

    compare_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recordStrip")
        self.setAccessibleName(self.tr("State of the record"))
        self._sentence = QLabel(self, wordWrap=True)
        self.compare = QPushButton(self.tr("See the difference"), self)
        self.compare.clicked.connect(self.compare_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self.compare)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._sentence.text()

    def show_record(self, record: Record | None, changed: int = 0) -> None:
        """Say whose a record is; ``changed`` fields of the pack's are the analyst's."""
        words: list[str] = []
        if record is not None and record.entry.withdrawn:
            words.append(self.tr("Withdrawn: kept for what you have on it."))
        if record is not None and record.entry.origin == "edited" and changed == 1:
            words.append(self.tr("You changed 1 field of the pack's record."))
        elif record is not None and record.entry.origin == "edited" and changed:
            words.append(self.tr("You changed {n} fields of the pack's record.").format(n=changed))
        elif record is not None and record.entry.origin == "analyst":
            words.append(self.tr("A record of your own."))
        sentence = " ".join(words)
        self._sentence.setText(sentence)
        self.setAccessibleDescription(sentence)
        self.compare.setVisible(changed > 0)
        self.setVisible(bool(sentence))

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        self.show_record(None)
