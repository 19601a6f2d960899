"""What happened to a tag, newest first."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.domain.codebook import Deed, TagEvent
from gui.models.cards import Card
from gui.views.card_view import CardView

_LONGEST = 300  # characters of a definition in a card


class TagHistoryDialog(QDialog):
    """A card a deed: when, who, what it was before and is after."""

    def __init__(
        self, path: str, events: Sequence[TagEvent], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tagHistoryDialog")
        self.setWindowTitle(self.tr("History of “{tag}”").format(tag=path))
        self.setAccessibleName(self.windowTitle())
        self.view = CardView(self.tr("Nothing is known of this tag."), self)
        self.view.setAccessibleName(self.windowTitle())
        self.view.show_cards([self._card(event) for event in events])
        if events:
            self.view.setCurrentIndex(self.view.cards.index(0))
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.close)
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 8, 8)
        below.addStretch()
        below.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view, 1)
        layout.addLayout(below)
        line = self.fontMetrics().lineSpacing()
        self.resize(QSize(line * 30, line * 24).boundedTo(self.screen().availableSize() * 0.9))

    def _card(self, event: TagEvent) -> Card:
        when = event.at.astimezone().strftime("%Y-%m-%d %H:%M")
        body = self._words(event)
        if event.undone:
            body = self.tr("Taken back: {what}").format(what=body)
        return Card(
            body=body,
            head=f"{when}  {event.analyst}",
            foot=event.step,
            is_muted=event.undone,
        )

    def _words(self, event: TagEvent) -> str:
        patterns = {
            Deed.CREATED: self.tr("Added as “{after}”"),
            Deed.RENAMED: self.tr("Renamed from “{before}” to “{after}”"),
            Deed.MOVED: self.tr("Moved from “{before}” to “{after}”"),
            Deed.DEFINED: self.tr("{field}: “{after}”, before “{before}”"),
            Deed.RECOLOURED: self.tr("Colour {after}, before {before}"),
            Deed.KEYED: self.tr("Number key: {after}, before {before}"),
            Deed.MERGED: self.tr("“{before}” was merged into it"),
            Deed.DELETED: self.tr("Deleted, as “{before}”"),
            Deed.PASSAGES: self.tr("Put on {after} passages, taken off {before}"),
        }
        fields = {
            "definition": self.tr("Definition"),
            "include": self.tr("Use it for"),
            "exclude": self.tr("Not for"),
            "example": self.tr("Example"),
        }
        empty = self.tr("nothing") if event.deed is Deed.DEFINED else "–"
        return patterns[event.deed].format(
            field=fields.get(event.field, event.field),
            before=_shorten(event.before) or empty,
            after=_shorten(event.after) or empty,
        )


def _shorten(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
