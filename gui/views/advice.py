"""What a search says beside its hits: why it found little, and what would find more."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.domain.narrowing import all_chosen
from core.domain.search import SearchPage, SearchQuery

_CONTEXT = "advice"
_LAYERS = {
    "reference": QT_TRANSLATE_NOOP(_CONTEXT, "the reference"),
    "documents": QT_TRANSLATE_NOOP(_CONTEXT, "your documents"),
    "notes": QT_TRANSLATE_NOOP(_CONTEXT, "your notes"),
}
_MOST = 5  # queries offered
_EDGE = 4  # pixels beside an offer's words


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


class _Offer(QToolButton):
    """A button whose words are cut off where there is no room for them."""

    def __init__(self, words: str, query: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("advice")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.words = words
        self.query = query
        self.setText(words)
        self.setToolTip(words)
        self.setAccessibleName(words)

    def minimumSizeHint(self) -> QSize:
        """Return the height of the words; the width may be small."""
        return QSize(8 * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Return room for all the words."""
        wide = self.fontMetrics().horizontalAdvance(self.words) + 2 * _EDGE
        return QSize(wide, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to fit."""
        super().resizeEvent(event)
        room = self.width() - 2 * _EDGE
        self.setText(self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room))


class Advice(QWidget):
    """A sentence, and buttons that ask for something else; it hides where it has neither."""

    query_taken = Signal(str)
    """A query to ask instead."""
    widening_wanted = Signal()
    """Take back all that narrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchAdvice")
        self._why = QLabel(self)
        self._why.setWordWrap(True)
        self._why.setProperty("role", "hint")
        self._why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[_Offer] = []
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
        button = _Offer(words, query, self)
        button.clicked.connect(self._on_clicked)
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._buttons.append(button)

    @Slot()
    def _on_clicked(self) -> None:
        offer = self.sender()
        if isinstance(offer, _Offer) and offer.query is not None:
            self.query_taken.emit(offer.query)
        else:
            self.widening_wanted.emit()
