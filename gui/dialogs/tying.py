"""Ties a passage to a record or to another passage: a meaning, a few letters, Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.domain.annotations import Annotation
from core.domain.passage_links import Meaning, PassageLink
from core.domain.records import RecordEntry
from gui.models.annotations import shorten, tie_line

_TARGET = Qt.ItemDataRole.UserRole
_ASK_MS = 120


class TieDialog(QDialog):
    """Stays open for further ties; what there is already stands below, Delete takes one away."""

    typed = Signal(str)
    """What the target is to be called, or to say."""
    chosen = Signal(str, str)
    """``(meaning, target)``: a record's key or an annotation's id."""
    removed = Signal(str)
    """Id of a tie."""

    def __init__(self, quotation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tieDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Tie the passage"))
        self.setAccessibleName(self.windowTitle())
        self.meaning = QComboBox(self)
        self.field = QLineEdit(self)
        self.offers = QListWidget(self)
        self.ties = QListWidget(self)
        self._said = QLabel(self)
        self._has_ties = QLabel(self.tr("Tied already (Delete takes one away):"), self)
        self._ask = QTimer(self, singleShot=True, interval=_ASK_MS)
        self._set_up()
        self._lay_out(quotation)
        self._ask.timeout.connect(self._on_ask)
        self.field.textChanged.connect(self._on_text_changed)
        self.offers.itemClicked.connect(self._choose)
        self.show_ties(())
        self.show_offers((), ())
        self.field.setFocus()

    def _set_up(self) -> None:
        for meaning in Meaning:
            self.meaning.addItem(meaning.value, meaning.value)
        self.meaning.setAccessibleName(self.tr("What the passage does with its target"))
        self.field.setPlaceholderText(self.tr("Name of a record, or words of a marked passage"))
        self.field.setAccessibleName(self.tr("What the passage is tied to"))
        self.field.installEventFilter(self)
        self.offers.setAccessibleName(self.tr("Records and passages that fit"))
        self.ties.setAccessibleName(self.tr("Ties of this passage"))
        self.ties.installEventFilter(self)
        for view in (self.offers, self.ties):
            view.setTextElideMode(Qt.TextElideMode.ElideRight)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._said.setProperty("role", "hint")
        self._said.setWordWrap(True)

    def _lay_out(self, quotation: str) -> None:
        words = QLabel(f"“{shorten(quotation)}”", self)
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        above = QHBoxLayout()
        above.addWidget(self.meaning)
        above.addWidget(self.field, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(words)
        layout.addLayout(above)
        layout.addWidget(self._said)
        layout.addWidget(self.offers, 2)
        layout.addWidget(self._has_ties)
        layout.addWidget(self.ties, 1)
        line = self.fontMetrics().lineSpacing()
        self.resize(line * 30, line * 22)

    @Slot(object, object)
    def show_offers(
        self, records: Sequence[RecordEntry], annotations: Sequence[Annotation]
    ) -> None:
        """List what fits, the best chosen."""
        self.offers.clear()
        for entry in records:
            year = f" · {entry.year}" if entry.year else ""
            self._offer(f"{entry.title}   {entry.kind.value}{year}", entry.key)
        for annotation in annotations:
            quotation = shorten(annotation.target.quote.exact, 90)
            self._offer(f"“{quotation}”   {annotation.title}", annotation.id)
        self.offers.setCurrentRow(0)
        typed = bool(self.field.text().strip())
        self._said.setText(
            self.tr("Nothing is called so, and no marked passage says so.")
            if typed
            else self.tr("Choose what the passage does, then type and press Enter.")
        )
        self._said.setVisible(not self.offers.count())

    def _offer(self, words: str, target: str) -> None:
        item = QListWidgetItem(words, self.offers)
        item.setData(_TARGET, target)
        item.setToolTip(words)

    def show_ties(self, links: Sequence[PassageLink]) -> None:
        """List the ties that the passage has."""
        self.ties.clear()
        for link in links:
            item = QListWidgetItem(tie_line(link), self.ties)
            item.setData(_TARGET, link.id)
        self.ties.setVisible(bool(links))
        self._has_ties.setVisible(bool(links))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows and Enter in the box work on the list, and Delete on the ties."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if watched is self.field:
                return self._field_key(event)
            if event.key() == Qt.Key.Key_Delete and (item := self.ties.currentItem()):
                self.removed.emit(item.data(_TARGET))
                return True
        return super().eventFilter(watched, event)

    def _field_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            row = self.offers.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
            self.offers.setCurrentRow(max(0, min(row, self.offers.count() - 1)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.offers.currentItem())
            return True
        return False

    @Slot(str)
    def _on_text_changed(self, _text: str) -> None:
        self.offers.clear()  # so that Enter never takes what was meant before
        self._ask.start()

    @Slot()
    def _on_ask(self) -> None:
        self.typed.emit(self.field.text())

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            target = str(item.data(_TARGET))
            self.chosen.emit(self.meaning.currentData(), target)
            self.field.clear()
