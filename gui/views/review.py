"""The panel of annotations that a changed text left uncertain: confirm, place anew, drop."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.domain.own_records import ReviewItem
from gui.models.annotations import UNTAGGED, shorten
from gui.models.cards import Card
from gui.views.card_view import CardView


class ReviewPanel(QWidget):
    """A card an annotation, its old words and the new; what is decided is told by signals."""

    confirmed = Signal(str)
    placed = Signal(str)
    """To be put where the text is selected now."""
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, ReviewItem] = {}
        self.view = CardView(
            self.tr("Nothing to review. Annotations whose text an update changed are listed here."),
            self,
        )
        self.view.setObjectName("reviewView")
        self.view.setAccessibleName(self.tr("Annotations to review"))
        self.confirm = self._button(self.tr("Confirm"), self._on_confirm)
        self.place = self._button(self.tr("Place on selection"), self._on_place)
        self.drop = self._button(self.tr("Delete"), self._on_drop)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 4, 8, 4)
        buttons.setSpacing(8)
        for button in (self.confirm, self.place, self.drop):
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view)
        layout.addLayout(buttons)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._enable()

    def _button(self, words: str, slot: object) -> QPushButton:
        button = QPushButton(words, self)
        button.clicked.connect(slot)  # type: ignore[arg-type]
        return button

    def show_items(self, items: Sequence[ReviewItem]) -> None:
        """List these."""
        self._items = {item.annotation.id: item for item in items}
        self.view.show_cards([self._card(item) for item in items])
        if items and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.view.cards.index(0))
        self._enable()

    def item(self, annotation: str) -> ReviewItem | None:
        """Return what is listed of an annotation."""
        return self._items.get(annotation)

    def _card(self, item: ReviewItem) -> Card:
        annotation = item.annotation
        if item.place is None:
            now = self.tr("Now: not found in the text")
        else:
            now = self.tr("Now: “{words}”").format(words=shorten(item.wording))
        was = self.tr("Was: “{words}”").format(words=shorten(annotation.target.quote.exact))
        foot = "  ".join(annotation.tags)
        return Card(
            body=f"{was}\n{now}",
            head=annotation.title,
            foot="\n".join(part for part in (foot, shorten(annotation.note)) if part),
            target=annotation.id,
            stripe=annotation.color or UNTAGGED,
        )

    def _enable(self) -> None:
        item = self._items.get(self.view.target())
        self.confirm.setEnabled(item is not None and item.place is not None)
        self.place.setEnabled(item is not None)
        self.drop.setEnabled(item is not None)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._enable()

    @Slot()
    def _on_confirm(self) -> None:
        self.confirmed.emit(self.view.target())

    @Slot()
    def _on_place(self) -> None:
        self.placed.emit(self.view.target())

    @Slot()
    def _on_drop(self) -> None:
        self.dropped.emit(self.view.target())
