"""Years with counts as bars; a range of them is dragged, or set by keyboard."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.theme import Theme

_BARS = 4  # lines of text high
_GRID = 8
Range = tuple[int, int]


class YearHistogram(QWidget):
    """Left and Right move over the years, with Shift they stretch a range, Enter takes it,
    Delete takes it back."""

    range_chosen = Signal(object)
    """``(first, last)`` year, or None for all."""
    escaped = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts: dict[int, int] = {}
        self._range: Range | None = None
        self._draft: Range | None = None  # anchor and moving end, while it is drawn or keyed
        self.setObjectName("yearHistogram")
        self.setAccessibleName(self.tr("Years"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self.update()

    def show_years(self, counts: Mapping[str, int], chosen: Range | None) -> None:
        """Show how many records touch each year, and the range that is chosen."""
        self._counts = {int(year): count for year, count in counts.items()}
        self._range, self._draft = chosen, None
        self._describe()
        self.update()

    @property
    def span(self) -> Range | None:
        """First and last year that is shown, None for no year at all."""
        years = [*self._counts, *(self._range or ())]
        return (min(years), max(years)) if years else None

    def sizeHint(self) -> QSize:
        """Return room for the bars and a line of years below."""
        line = self.fontMetrics().lineSpacing()
        return QSize(8 * line, (_BARS + 1) * line + _GRID)

    def minimumSizeHint(self) -> QSize:
        """Return the height it needs; it may be narrow."""
        return QSize(40, self.sizeHint().height())

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, those of the range in the accent's colour, and the years' ends."""
        painter = QPainter(self)
        span = self.span
        if span is not None:
            self._paint_bars(painter, span)
            self._paint_years(painter, span)
        if self.hasFocus():
            painter.setPen(self._theme.color("accent"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)
        painter.end()

    def _paint_bars(self, painter: QPainter, span: Range) -> None:
        area = self._area()
        most = max(self._counts.values(), default=1)
        low, high = self._marked() or span
        width = self._width(area, span)
        painter.setPen(self._theme.color("line"))
        end = int(self._left(span[1] + 1, area, span))
        painter.drawLine(area.left(), area.bottom(), end, area.bottom())
        for year, count in self._counts.items():
            height = max(2.0, area.height() * count / most)
            left = self._left(year, area, span)
            bar = QRectF(left, area.bottom() - height, max(1.0, width - 1), height)
            role = "accent" if low <= year <= high else "shadow"
            painter.fillRect(bar, self._theme.color(role))
        if self._draft is not None and self.hasFocus():
            left = self._left(self._draft[1], area, span)
            painter.fillRect(
                QRectF(left, area.bottom() + 1, max(3.0, width - 1), 3), self._theme.color("accent")
            )

    def _paint_years(self, painter: QPainter, span: Range) -> None:
        line = self.fontMetrics().lineSpacing()
        area = self._area()
        across = max(
            int(self._width(area, span) * (span[1] - span[0] + 1)),
            self.fontMetrics().horizontalAdvance("0000–0000 "),
        )
        below = QRect(area.left(), self.height() - line - 2, min(area.width(), across), line)
        marked = self._marked()
        painter.setPen(self._theme.color("text" if marked else "muted"))
        ends = marked or span
        if ends[0] == ends[1] or marked:
            words = str(ends[0]) if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)
            return
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, str(ends[0]))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, str(ends[1]))

    def _area(self) -> QRect:
        line = self.fontMetrics().lineSpacing()
        return self.rect().adjusted(_GRID, _GRID // 2, -_GRID, -line - _GRID)

    def _width(self, area: QRect, span: Range) -> float:
        """Return a year's width; few years don't become blocks."""
        widest = 1.5 * self.fontMetrics().lineSpacing()
        return min(widest, area.width() / (span[1] - span[0] + 1))

    def _left(self, year: int, area: QRect, span: Range) -> float:
        return area.left() + (year - span[0]) * self._width(area, span)

    def _marked(self) -> Range | None:
        if self._draft is not None:
            return min(self._draft), max(self._draft)
        return self._range

    def _describe(self) -> None:
        marked = self._marked()
        low, high = marked or self.span or (0, 0)
        counts = (count for year, count in self._counts.items() if low <= year <= high)
        self.setAccessibleDescription(
            self.tr(
                "{low} to {high}: at most {n} records in a year. Arrow keys move, with Shift they "
                "stretch the range, Enter takes it, Delete takes it back."
            ).format(low=low, high=high, n=max(counts, default=0))
        )

    # Choosing

    def year_at(self, x: float) -> int:
        """Return the year under a point."""
        span, area = self.span, self._area()
        assert span is not None
        place = int((x - area.left()) / max(0.1, self._width(area, span)))
        return max(span[0], min(span[1], span[0] + place))

    def _take(self) -> None:
        marked = self._marked()
        self._range, self._draft = marked, None
        self.range_chosen.emit(marked)
        self._describe()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a range."""
        if self.span is not None and event.button() is Qt.MouseButton.LeftButton:
            year = self.year_at(event.position().x())
            self._draft = (year, year)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch the range while the button is held."""
        if self._draft is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._draft = (self._draft[0], self.year_at(event.position().x()))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the range; a second click on the year that is chosen takes it back."""
        if self._draft is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._draft[0] == self._draft[1] and self._range == self._draft:
            self._range = self._draft = None
        self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set the range by keyboard."""
        span, key = self.span, event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10}
        steps |= {Qt.Key.Key_PageDown: 10, Qt.Key.Key_Home: -9999, Qt.Key.Key_End: 9999}
        if key == Qt.Key.Key_Escape:
            if self._draft is None:
                self.escaped.emit()
            self._draft = None
        elif span is None:
            super().keyPressEvent(event)
        elif key in steps:
            self._step(steps[Qt.Key(key)], span, stretch=_is_shifted(event))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._take()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._range = self._draft = None
            self._take()
        else:
            super().keyPressEvent(event)
        self._describe()
        self.update()

    def _step(self, by: int, span: Range, *, stretch: bool) -> None:
        start = span[1] if by < 0 else span[0]
        anchor, end = self._draft or self._range or (start - by, start - by)
        end = max(span[0], min(span[1], end + by))
        self._draft = (anchor if stretch else end, end)

    def event(self, event: QEvent) -> bool:
        """Say how many records touch the year under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self.span is not None:
                year = self.year_at(event.pos().x())
                words = self.tr("{year}: {n}").format(year=year, n=self._counts.get(year, 0))
                QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)


def _is_shifted(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
