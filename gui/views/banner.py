"""The line in which the window speaks."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

_STAYS_MS = 6000


class Banner(QFrame):
    """One sentence above the page; news go by themselves, problems stay until closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAccessibleName(self.tr("Message"))
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton()
        close.setText("×")
        close.setAccessibleName(self.tr("Close the message"))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(close)
        self._gone = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._gone.timeout.connect(self.hide)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._sentence.text()

    @Slot(str, bool)
    def say(self, sentence: str, problem: bool) -> None:
        """Say it instead of what was said before."""
        self._sentence.setText(sentence)
        self.setAccessibleDescription(sentence)
        self.setProperty("problem", problem)
        for widget in (self, self._sentence):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self._gone.stop()
        if not problem:
            self._gone.start()
        self.show()
