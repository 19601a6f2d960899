"""The few icons that the window needs, drawn in a role's colour."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

DOT = 8  # pixels across


def dot(color: QColor, size: int = 16) -> QIcon:
    """Return a small filled dot in the middle of a square of ``size`` pixels."""
    pixmap = _empty(size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QRectF((size - DOT) / 2, (size - DOT) / 2, DOT, DOT))
    painter.end()
    return QIcon(pixmap)


def magnifier(color: QColor, size: int = 16) -> QIcon:
    """Return a magnifying glass."""
    pixmap = _empty(size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawEllipse(QRectF(size * 0.22, size * 0.22, size * 0.4, size * 0.4))
    painter.drawLine(QPointF(size * 0.57, size * 0.57), QPointF(size * 0.8, size * 0.8))
    painter.end()
    return QIcon(pixmap)


def chevron(color: QColor, faded: QColor, *, left: bool, size: int = 16) -> QIcon:
    """Return an arrow head to the left or right; ``faded`` is its colour while disabled."""
    icon = QIcon()
    for shade, mode in ((color, QIcon.Mode.Normal), (faded, QIcon.Mode.Disabled)):
        icon.addPixmap(_chevron(shade, size, left=left), mode)
    return icon


def _chevron(color: QColor, size: int, *, left: bool) -> QPixmap:
    pixmap = _empty(size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    tip, ends = (0.35, 0.62) if left else (0.65, 0.38)
    corners = [(ends, 0.2), (tip, 0.5), (ends, 0.8)]
    painter.drawPolyline(QPolygonF([QPointF(x * size, y * size) for x, y in corners]))
    painter.end()
    return pixmap


def _empty(size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size * 2, size * 2))
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
