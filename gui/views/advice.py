"""What a search says beside its hits: why it found little, and what would find more."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from core.domain.narrowing import all_chosen
from core.domain.search import SearchPage, SearchQuery

_CONTEXT = "advice"
_LAYERS = {
    "reference": QT_TRANSLATE_NOOP(_CONTEXT, "the reference"),
    "documents": QT_TRANSLATE_NOOP(_CONTEXT, "your documents"),
    "notes": QT_TRANSLATE_NOOP(_CONTEXT, "your notes"),
}
_MOST = 5  # queries offered


def why_nothing(page: SearchPage, query: SearchQuery) -> str:
    """Say that nothing was found, and where it was sought."""
    where = [
        QCoreApplication.translate(_CONTEXT, str(words))
        for layer, words in _LAYERS.items()
        if layer in query.within
    ]
    if where:
        words = QCoreApplication.translate(_CONTEXT, "Nothing found for “{0}” in {1}.")
        return words.format(page.query, ", ".join(where))
    if all_chosen(query):
        words = QCoreApplication.translate(_CONTEXT, "Nothing found for “{0}” with these filters.")
        return words.format(page.query)
    return QCoreApplication.translate(_CONTEXT, "Nothing found for “{0}”.").format(page.query)


class Advice(QWidget):
    """A sentence, and buttons that ask for something else; it hides where it has neither."""

    query_taken = Signal(str)
    """A query to ask instead."""
    widening_wanted = Signal()
    """Take back all that narrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchAdvice")
        self._why = QLabel()
        self._why.setWordWrap(True)
        self._why.setProperty("role", "hint")
        self._why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QToolButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 0, 16, 8)
        self._layout.setSpacing(4)
        self._layout.addWidget(self._why)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._why.text()

    def buttons(self) -> list[QToolButton]:
        """Return the buttons, in their order."""
        return list(self._buttons)

    def show_page(self, page: SearchPage, query: SearchQuery) -> None:
        """Say what there is to say about an answer."""
        self._clear()
        self._why.setText(page.hint or "")
        self._why.setVisible(bool(page.hint))
        if page.suggestion:
            words = self.tr("Did you mean “{0}”?").format(page.suggestion)
            self._offer(words, page.suggestion)
        for text, total in page.loosened[:_MOST]:
            self._offer(self.tr("Search “{0}”: {1} answer").format(text, total), text)
        if not page.hits and (query.within or all_chosen(query)):
            self._offer(self.tr("Search without the filters"), None)
        self.setVisible(bool(page.hint or self._buttons))

    def say(self, sentence: str) -> None:
        """Say one sentence and offer nothing."""
        self._clear()
        self._why.setText(sentence)
        self._why.show()
        self.show()

    def _clear(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []

    def _offer(self, words: str, query: str | None) -> None:
        button = QToolButton()
        button.setObjectName("advice")
        button.setText(words)
        button.setToolTip(words)
        button.setProperty("query", query)
        button.clicked.connect(self._on_clicked)
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._buttons.append(button)

    @Slot()
    def _on_clicked(self) -> None:
        query = self.sender().property("query")
        if query is None:
            self.widening_wanted.emit()
        else:
            self.query_taken.emit(str(query))
