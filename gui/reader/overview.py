"""A thin strip on the reader's scroll bar: where in the whole text the marked places stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextDocument
from PySide6.QtWidgets import QScrollBar, QWidget

_TICK, _CURRENT_TICK = 2, 4  # pixels high
_FINER = 4  # places told apart for each row of pixels


@dataclass(frozen=True, slots=True)
class Layer:
    """Positions of a document to mark in one colour; ``side`` 0 is the left half of the strip,
    1 the right, None both."""

    positions: Sequence[int]
    color: QColor
    side: int | None = None
    height: int = _TICK


@dataclass(frozen=True, slots=True)
class Tick:
    """One painted mark, in the strip's pixels."""

    top: int
    color: QColor
    side: int | None
    height: int


class OverviewStrip(QWidget):
    """Lies over a scroll bar and lets the mouse through to it."""

    def __init__(self, bar: QScrollBar) -> None:
        super().__init__(bar)
        self._layers: tuple[Layer, ...] = ()
        self._document: QTextDocument | None = None
        self._ticks: tuple[Tick, ...] | None = None
        self.setObjectName("overviewStrip")
        self.setAccessibleName(self.tr("Marked places in the text"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.installEventFilter(self)

    def show_layers(self, document: QTextDocument, layers: Sequence[Layer]) -> None:
        """Show these, the last on top."""
        self._document = document
        self._layers = tuple(layers)
        self.forget_places()

    def forget_places(self) -> None:
        """Work out anew where everything stands, as after a new layout."""
        self._ticks = None
        self.update()

    def ticks(self) -> tuple[Tick, ...]:
        """Return the marks as painted; one for each row of pixels and colour."""
        if self._ticks is None:
            self._ticks = tuple(self._placed())
        return self._ticks

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the scroll bar."""
        if event.type() is QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(QRect(0, 0, watched.width(), watched.height()))
            self.forget_places()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks."""
        painter = QPainter(self)
        half = self.width() // 2
        for tick in self.ticks():
            left = half if tick.side == 1 else 0
            width = self.width() if tick.side is None else half
            painter.fillRect(QRect(left + 1, tick.top, width - 2, tick.height), tick.color)

    def _placed(self) -> Iterator[Tick]:
        document = self._document
        if document is None or self.height() <= 0:
            return
        layout = document.documentLayout()
        scale = self.height() / max(1.0, layout.documentSize().height())
        length = max(1, document.characterCount())
        for layer in self._layers:
            taken: set[int] = set()
            for position in _told_apart(layer.positions, length, self.height() * _FINER):
                block = document.findBlock(position)
                rect = layout.blockBoundingRect(block)
                into = (position - block.position()) / max(1, block.length())
                top = int((rect.top() + into * rect.height()) * scale)
                if top not in taken:
                    taken.add(top)
                    yield Tick(top, layer.color, layer.side, layer.height)


def _told_apart(positions: Sequence[int], length: int, places: int) -> Iterator[int]:
    """Yield only one of those that stand so close that they would be painted as one."""
    before = -1
    for position in positions:
        place = position * places // length
        if place != before:
            before = place
            yield position


def current_layer(position: int, color: QColor) -> Layer:
    """Return the layer of the current place, a little higher than the others."""
    return Layer((position,), color, None, _CURRENT_TICK)
