"""The margin left of the text: one stripe per annotation."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.reader.highlights import Highlight

WIDEST = 112
"""Pixels that the stripes take where the page leaves room beside its column."""

_WIDTH = 28
_PITCH, _LEAST_PITCH = 7.0, 4.0  # from lane to lane
_STRIPE = 4 / 7  # of that
_SHARED_ALPHA = 0.45


@dataclass(frozen=True, slots=True)
class Stripe:
    """A highlight's stripe, in the gutter's pixels."""

    highlight: Highlight
    top: float
    bottom: float


class StripeGutter(QWidget):
    """Stripes stand in lanes where they overlap, closer together the more there are.

    Those for which no lane is left share the outermost one, which is drawn in grey: a click there
    asks which of them is meant.
    """

    annotation_clicked = Signal(str)
    told = Signal(object, QPoint, bool)
    """``(highlights, point of the gutter, whether one is to be chosen)``: to be told of."""
    left = Signal()

    def __init__(self, parent: QWidget, visible: Callable[[], list[Stripe]]) -> None:
        super().__init__(parent)
        self._visible = visible
        self.current = self.pointed = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Annotation stripes"))

    def sizeHint(self) -> QSize:
        """Return the least width."""
        return QSize(_WIDTH, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stripes of what is visible."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        stripes = self._visible()
        chosen = self.pointed or self.current
        stripes.sort(key=lambda stripe: stripe.highlight.annotation == chosen)
        shared = QColor(self.palette().text().color())
        shared.setAlphaF(_SHARED_ALPHA)
        for stripe in stripes:
            area, is_current = self._area(stripe), stripe.highlight.annotation == chosen
            if is_current:
                area.adjust(-1, 0, 1, 0)
            is_plain = is_current or not self._shares(stripe.highlight)
            painter.setBrush(stripe.highlight.color if is_plain else shared)
            painter.drawRoundedRect(area, 2, 2)

    def event(self, event: QEvent) -> bool:
        """Tell of the stripes under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            here = self._under(QPointF(event.pos()))
            if here:
                self.told.emit(here, event.pos(), False)
            return True
        if event.type() is QEvent.Type.Leave:
            self.left.emit()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press; what counts is where it is let go."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select the annotation whose stripe was clicked, or ask which of those that share it."""
        here = self._under(event.position())
        if len(here) == 1:
            self.annotation_clicked.emit(here[0].annotation)
        elif here:
            self.told.emit(here, event.position().toPoint(), True)

    def _under(self, point: QPointF) -> list[Highlight]:
        """Return those of the lane that is nearest, and of it alone."""
        found = [
            (abs(area.center().x() - point.x()), stripe.highlight)
            for stripe in self._visible()
            if (area := self._area(stripe)).adjusted(-2, 0, 2, 0).contains(point)
        ]
        nearest = min((away for away, _ in found), default=0.0)
        return [highlight for away, highlight in found if away - nearest < 1]

    def _pitch(self, highlight: Highlight) -> float:
        return max(_LEAST_PITCH, min(_PITCH, self.width() / max(1, highlight.lanes)))

    def _last_lane(self, highlight: Highlight) -> int:
        return max(0, int(self.width() / self._pitch(highlight)) - 1)

    def _shares(self, highlight: Highlight) -> bool:
        """Tell whether it stands in a lane for all that have none of their own."""
        last = self._last_lane(highlight)
        return highlight.lanes - 1 > last and highlight.lane >= last

    def _area(self, stripe: Stripe) -> QRectF:
        pitch = self._pitch(stripe.highlight)
        lane = min(stripe.highlight.lane, self._last_lane(stripe.highlight))
        left = self.width() - (lane + 1) * pitch
        height = max(4.0, stripe.bottom - stripe.top)
        return QRectF(left, stripe.top, max(2.0, pitch * _STRIPE), height)
