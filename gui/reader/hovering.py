"""The card of the annotations at one place of the page: where the mouse rests, or at the caret."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyleOptionViewItem, QWidget

from core.domain.annotations import Annotation
from gui.models.annotations import UNTAGGED, shorten, tie_line
from gui.models.cards import Card
from gui.models.history import date_words
from gui.views.card_view import CardView

_LONGEST, _MOST_LINES = 300, 6  # of a note
_CHARACTERS = 46  # of the card's width
_SHARE = 0.6  # of the page's height, at the most
_EDGE, _GAP = 8, 4
_GRACE_MS = 300  # for the mouse's way into the card
_Words = tuple[str, ...]


def told_card(annotation: Annotation) -> Card:
    """Return what is told of an annotation: tags, who made it when, its note and its ties."""
    day = date_words(annotation.created.astimezone().date())
    tags = "  ·  ".join(annotation.tags)
    ties = [f"→ {tie_line(link)}" for link in annotation.links]
    return Card(
        body=tags or f"“{shorten(annotation.target.quote.exact, 60)}”",
        head=f"{annotation.analyst} · {day}",
        foot="\n".join((*_note_lines(annotation.note), *ties)),
        target=annotation.id,
        stripe=annotation.color or UNTAGGED,
    )


def _note_lines(note: str) -> _Words:
    """Return a note's first lines, with an ellipsis where it goes on."""
    lines = [line.strip() for line in note[: 2 * _LONGEST].splitlines() if line.strip()]
    told: list[str] = []
    room = _LONGEST
    for line in lines[:_MOST_LINES]:
        told.append(shorten(line, room))
        room -= len(line)
        if room <= 0:
            break
    is_cut = len(told) < len(lines) or len(note) > 2 * _LONGEST
    if is_cut and not told[-1].endswith("…"):
        told[-1] += " …"
    return tuple(told)


class HoverCard(CardView):
    """Floats over the page; arrows go from one annotation to the next, Enter chooses one."""

    pointed = Signal(str)
    """The annotation that the mouse or the keys point at."""
    closed = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__("", page)
        self._page = page
        self.setObjectName("annotationCard")
        self.setAccessibleName(self.tr("Annotations here"))
        self.setAccessibleDescription(
            self.tr("Up and Down go through them, Enter chooses one, Escape closes.")
        )
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setLayoutMode(self.LayoutMode.SinglePass)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(self._on_clicked)
        self.entered.connect(self._on_pointed)
        self.selectionModel().currentChanged.connect(self._on_pointed)
        self.hide()

    def open_at(self, cards: Sequence[Card], spot: QRect) -> None:
        """Open beneath ``spot`` (of the page), or above it where there is no room beneath."""
        self.show_cards(cards)
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())
        page = self._page
        wide = min(self.fontMetrics().averageCharWidth() * _CHARACTERS, page.width() - 2 * _EDGE)
        most = int(page.height() * _SHARE)
        self.resize(wide, most)
        self.show()  # first, so that it knows its width
        height = min(most, self._wanted_height(most))
        left = max(_EDGE, min(spot.left(), page.width() - wide - _EDGE))
        top = spot.bottom() + _GAP
        if top + height > page.height() - _EDGE:
            above = spot.top() - _GAP - height
            top = above if above >= 0 else max(0, page.height() - height - _EDGE)
        self.setGeometry(left, top, wide, height)
        self.raise_()

    def close_card(self) -> None:
        """Close; the page has the keys again."""
        if self.hasFocus():
            # Before it hides, or Qt looks for the next to have them and moves the text cursor.
            self._page.setFocus()
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close when the keys go elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.close_card()

    def _wanted_height(self, most: int) -> int:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        height = 2 * self.frameWidth()
        for row in range(self.cards.rowCount()):
            height += self.itemDelegate().sizeHint(option, self.cards.index(row)).height()
            if height >= most:
                break
        return height

    @Slot(QModelIndex)
    def _on_pointed(self, index: QModelIndex) -> None:
        self.pointed.emit(self.cards.card(index.row()).target if index.isValid() else "")

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self.followed.emit(self.cards.card(index.row()).target)


class Hovering(QObject):
    """Opens the card over a page and closes it again; it is made when it is first wanted."""

    chosen = Signal(str)
    """The annotation that was clicked in the card, or chosen there by Enter."""
    pointed = Signal(str)
    """The annotation in the card that is pointed at, "" for none."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.card: HoverCard | None = None
        self._told: _Words = ()
        self._grace = QTimer(self, singleShot=True, interval=_GRACE_MS)
        self._grace.timeout.connect(self.close_card)

    @property
    def is_open(self) -> bool:
        """Whether the card shows."""
        return self.card is not None and self.card.isVisible()

    def tell(self, annotations: Sequence[Annotation], spot: QRect, *, focus: bool = False) -> None:
        """Tell of these beside ``spot`` (of the page); with ``focus`` the card has the keys."""
        told = tuple(a.id for a in annotations)
        if self.is_open and told == self._told and not focus:
            return
        self._grace.stop()
        if not annotations:
            self.close_card()
            return
        card = self.card or self._make()
        self._told = told
        card.open_at([told_card(a) for a in annotations], spot)
        if focus:
            card.setFocus(Qt.FocusReason.ShortcutFocusReason)
            card.setCurrentIndex(card.cards.index(0))

    def mouse_over(self, annotations: Sequence[str]) -> None:
        """Let the card go, in a moment, unless the mouse is over what it tells of."""
        if not self.is_open or tuple(annotations) == self._told:
            self._grace.stop()
        elif self.card is not None and not self.card.hasFocus() and not self._grace.isActive():
            self._grace.start()

    @Slot()
    def close_card(self) -> None:
        """Close the card, if it is open."""
        self._grace.stop()
        if self.card is not None:
            self.card.close_card()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the card while the mouse is in it."""
        if event.type() is QEvent.Type.Enter:
            self._grace.stop()
        elif event.type() is QEvent.Type.Leave:
            self.mouse_over(())
        return super().eventFilter(watched, event)

    def _make(self) -> HoverCard:
        card = self.card = HoverCard(self._page)
        card.installEventFilter(self)
        card.pointed.connect(self.pointed)
        card.closed.connect(self._on_closed)
        card.followed.connect(self._on_chosen)
        return card

    @Slot()
    def _on_closed(self) -> None:
        self._grace.stop()
        self.pointed.emit("")

    @Slot(str)
    def _on_chosen(self, annotation: str) -> None:
        self.close_card()
        self.chosen.emit(annotation)
