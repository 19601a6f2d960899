"""A thin strip on the reader's scroll bar: where in the whole text the marked places stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QScrollBar, QWidget

from gui.reader.offsets import OffsetMap

_TICK, _CURRENT_TICK = 2, 4  # pixels high
_FINER = 4  # places told apart for each row of pixels
_SETTLE_MS = 150  # without a new layout, after which it is taken for the whole


@dataclass(frozen=True, slots=True)
class Layer:
    """Places of a text, in code points and in order, to mark in one colour; ``side`` 0 is the left
    half of the strip, 1 the right, None both."""

    places: Sequence[int]
    color: str
    side: int | None = None
    height: int = _TICK


@dataclass(frozen=True, slots=True)
class Tick:
    """One painted mark, in the strip's pixels."""

    top: int
    color: str
    side: int | None
    height: int


class OverviewStrip(QWidget):
    """Lies over a scroll bar and lets the mouse through to it."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self._layers: tuple[Layer, ...] = ()
        self._document: QTextDocument | None = None
        self._offsets = OffsetMap("")
        self._ticks: dict[Layer, tuple[Tick, ...]] = {}
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.update)
        self.setObjectName("overviewStrip")
        self.setAccessibleName(self.tr("Marked places in the text"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.installEventFilter(self)

    def show_layers(
        self, document: QTextDocument, offsets: OffsetMap, layers: Sequence[Layer]
    ) -> None:
        """Show these, the last on top; what is known of those that stay is kept."""
        if document is not self._document or offsets is not self._offsets:
            self._document, self._offsets = document, offsets
            self.forget_places()
        self._layers = tuple(layers)
        known, self._ticks = self._ticks, {}
        for layer in self._layers:
            if layer in known:
                self._ticks[layer] = known[layer]
        self.update()

    @Slot()
    def forget_places(self) -> None:
        """Work out anew where everything stands, as after a new layout; once that is done.

        A long text is laid out piece by piece, and each piece tells of a new layout.
        """
        self._ticks.clear()
        self._settle.start()

    def ticks(self) -> tuple[Tick, ...]:
        """Return the marks as painted; one for each row of pixels and colour."""
        for layer in self._layers:
            if layer not in self._ticks:
                self._ticks[layer] = tuple(self._placed(layer))
        return tuple(tick for layer in self._layers for tick in self._ticks[layer])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the scroll bar."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(QRect(0, 0, watched.width(), watched.height()))
            self.forget_places()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks; asking where they stand has the whole text laid out, so it waits."""
        if self._settle.isActive():
            return
        painter = QPainter(self)
        half = self.width() // 2
        for tick in self.ticks():
            left = half if tick.side == 1 else 0
            width = self.width() if tick.side is None else half
            painter.fillRect(QRect(left + 1, tick.top, width - 2, tick.height), QColor(tick.color))

    def _placed(self, layer: Layer) -> Iterator[Tick]:
        document = self._document
        if document is None or self.height() <= 0:
            return
        layout = document.documentLayout()
        scale = self.height() / max(1.0, layout.documentSize().height())
        taken: set[int] = set()
        for place in _told_apart(layer.places, self._offsets.text_length, self.height() * _FINER):
            position = self._offsets.to_document(place)
            block = document.findBlock(position)
            rect = layout.blockBoundingRect(block)
            into = (position - block.position()) / max(1, block.length())
            top = int((rect.top() + into * rect.height()) * scale)
            if top not in taken:
                taken.add(top)
                yield Tick(top, layer.color, layer.side, layer.height)


def _told_apart(places: Sequence[int], length: int, rows: int) -> Iterator[int]:
    """Yield only one of those that stand so close that they would be painted as one."""
    before = -1
    for place in places:
        row = place * rows // max(1, length)
        if row != before:
            before = row
            yield place


def current_layer(place: int, color: str) -> Layer:
    """Return the layer of the current place, a little higher than the others."""
    return Layer((place,), color, None, _CURRENT_TICK)
