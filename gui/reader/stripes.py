"""The margin left of the text: one stripe per annotation."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gui.reader.highlights import Highlight

_WIDTH = 28
_PITCH, _LEAST_PITCH = 7.0, 3.0  # from lane to lane
_STRIPE = 4 / 7  # of that


@dataclass(frozen=True, slots=True)
class Stripe:
    """A highlight's stripe, in the gutter's pixels."""

    highlight: Highlight
    top: float
    bottom: float


class StripeGutter(QWidget):
    """Stripes stand in lanes where they overlap, closer together the more there are."""

    annotation_clicked = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        visible: Callable[[], list[Stripe]],
        describe: Callable[[list[Highlight]], str],
    ) -> None:
        super().__init__(parent)
        self._visible = visible
        self._describe = describe
        self.current = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Annotation stripes"))

    def sizeHint(self) -> QSize:
        """Return the width that all lanes take."""
        return QSize(_WIDTH, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stripes of what is visible."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        stripes = self._visible()
        stripes.sort(key=lambda stripe: stripe.highlight.annotation == self.current)
        for stripe in stripes:
            area = self._area(stripe)
            if stripe.highlight.annotation == self.current:
                area.adjust(-1, 0, 1, 0)
            painter.setBrush(stripe.highlight.color)
            painter.drawRoundedRect(area, 2, 2)

    def event(self, event: QEvent) -> bool:
        """Say what the stripes under the mouse stand for."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            here = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._describe(here) if here else "", self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select the annotation whose stripe was clicked, the next of those that share its lane."""
        here = [highlight.annotation for highlight in self._under(event.position())]
        if here:
            turn = here.index(self.current) + 1 if self.current in here else 0
            self.annotation_clicked.emit(here[turn % len(here)])

    def _under(self, point: QPointF) -> list[Highlight]:
        return [
            stripe.highlight
            for stripe in self._visible()
            if self._area(stripe).adjusted(-2, 0, 2, 0).contains(point)
        ]

    def _area(self, stripe: Stripe) -> QRectF:
        """Return where a stripe stands; lanes for which there is no room share the last one."""
        pitch = max(_LEAST_PITCH, min(_PITCH, self.width() / max(1, stripe.highlight.lanes)))
        lane = min(stripe.highlight.lane, int(self.width() / pitch) - 1)
        left = self.width() - (lane + 1) * pitch
        height = max(4.0, stripe.bottom - stripe.top)
        return QRectF(left, stripe.top, max(2.0, pitch * _STRIPE), height)
