"""The panel of annotations that a changed text left uncertain: confirm, place anew, drop."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from core.domain.own_records import ReviewItem
from gui.models.annotations import UNTAGGED, shorten
from gui.models.cards import Card
from gui.models.wording import marked
from gui.views.card_view import CardView

_MOST_WORDS = 400  # compared word by word, so that the arrow keys run through the list
_LONGEST = 6000  # characters of a wording that are shown
_AROUND = 60


class ReviewView(CardView):
    """The list; Enter shows a passage on its page, Delete drops it."""

    dropped = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Drop the current one on Delete."""
        if event.key() == Qt.Key.Key_Delete and self.target():
            self.dropped.emit(self.target())
            return
        super().keyPressEvent(event)


class ReviewPanel(QWidget):
    """A card an annotation, and for the current one both wordings with what differs marked.

    What is decided is told by signals.
    """

    confirmed = Signal(str)
    placed = Signal(str)
    """To be put where the text is selected now."""
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, ReviewItem] = {}
        self.view = ReviewView(
            self.tr("Nothing to review. Annotations whose text an update changed are listed here."),
            self,
        )
        self.view.setObjectName("reviewView")
        self.view.setAccessibleName(self.tr("Annotations to review"))
        self.wordings = QTextBrowser(self)
        self.wordings.setObjectName("reviewWordings")
        self.wordings.setFrameShape(QFrame.Shape.NoFrame)
        self.wordings.setOpenLinks(False)
        self.wordings.setAccessibleName(self.tr("Both wordings, with what differs marked"))
        self.confirm = self._button(self.tr("&Confirm"), self._on_confirm)
        self.confirm.setToolTip(self.tr("It stands where its words seem to stand now."))
        self.place = self._button(self.tr("&Place on selection"), self._on_place)
        self.place.setToolTip(
            self.tr("Press Enter to see its page, select the right words, then press this.")
        )
        self.drop = self._button(self.tr("&Delete"), self._on_drop)
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.dropped.connect(self.dropped)
        self._show_current()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 4, 8, 4)
        buttons.setSpacing(8)
        for button in (self.confirm, self.place, self.drop):
            buttons.addWidget(button)
        buttons.addStretch()
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.view)
        split.addWidget(self.wordings)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(split, 1)
        layout.addLayout(buttons)

    def _button(self, words: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(slot)
        return button

    def show_items(self, items: Sequence[ReviewItem]) -> None:
        """List these."""
        self._items = {item.annotation.id: item for item in items}
        self.view.show_cards([self._card(item) for item in items])
        if items and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.view.cards.index(0))
        self._show_current()

    def item(self, annotation: str) -> ReviewItem | None:
        """Return what is listed of an annotation."""
        return self._items.get(annotation)

    def _card(self, item: ReviewItem) -> Card:
        annotation = item.annotation
        verdict = self.tr("changed") if item.place is not None else self.tr("not found")
        head = " · ".join(part for part in (annotation.title, annotation.label, verdict) if part)
        foot = "  ".join(annotation.tags)
        return Card(
            body=f"“{shorten(annotation.target.quote.exact)}”",
            head=head,
            foot="\n".join(part for part in (foot, shorten(annotation.note)) if part),
            target=annotation.id,
            stripe=annotation.color or UNTAGGED,
        )

    def _show_current(self) -> None:
        item = self._items.get(self.view.target())
        self.confirm.setEnabled(item is not None and item.place is not None)
        self.place.setEnabled(item is not None)
        self.drop.setEnabled(item is not None)
        self.wordings.setVisible(item is not None)
        self.wordings.setHtml(self._both(item) if item is not None else "")

    def _both(self, item: ReviewItem) -> str:
        """Return the old wording above the new, each between its surroundings."""
        quote = item.annotation.target.quote
        old, new = _line(quote.exact), _line(item.wording)
        was, now = marked(old, new, _MOST_WORDS) if new else (escape(old), "")
        muted = self.palette().placeholderText().color().name()

        def framed(before: str, words: str, after: str) -> str:
            lead, tail = escape(_end(before)), escape(_line(after[:_AROUND]))
            aside = f'<span style="color:{muted}">'
            return f"<p>{aside}{lead}</span> {words} {aside}{tail}</span></p>"

        first = framed(quote.prefix, was, quote.suffix)
        lost = escape(self.tr("Not found in the text. Select where it belongs."))
        second = framed(item.before, now, item.after) if new else f"<p><i>{lost}</i></p>"
        return (
            f"<p><b>{escape(self.tr('Was'))}</b></p>{first}"
            f"<p><b>{escape(self.tr('Now'))}</b></p>{second}"
        )

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_current()

    @Slot()
    def _on_confirm(self) -> None:
        self.confirmed.emit(self.view.target())

    @Slot()
    def _on_place(self) -> None:
        self.placed.emit(self.view.target())

    @Slot()
    def _on_drop(self) -> None:
        self.dropped.emit(self.view.target())


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + " …"


def _end(text: str) -> str:
    """Return the last words of what stood before."""
    return _line(text[-_AROUND:])
