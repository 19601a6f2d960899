"""A text on paper: its pages with the highlights, what was noted in the margin beside them."""

from collections import deque
from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
)

from core.domain.annotations import Annotation
from core.domain.text import Text
from gui.models.annotations import UNTAGGED
from gui.reader.highlights import Highlights, paint_highlights
from gui.reader.lines import Lines, line_rects
from gui.reader.render import Page, render
from gui.reader.style import LARGER_POINTS, ReadingStyle

PAGE_MARGINS = QMarginsF(18, 16, 14, 14)
"""Of a new print, in millimetres: left, top, right, bottom."""

_BODY_POINTS, _NOTE_POINTS = 10.5, 8.0
_MARGIN_SHARE = 0.27  # of the width, where anything is noted
_GAP, _NOTE_GAP = 14.0, 6.0
_FOOT = 30.0
_LONGEST_PIECE = 300  # characters of a note that stand together
_INK, _QUIET = QColor("#000000"), QColor("#555555")


class PrintedText:
    """One text as it is printed; made anew for each paper."""

    def __init__(self, title: str, text: Text, annotations: Sequence[Annotation]) -> None:
        self._title = title
        self._text = text
        self._annotations = sorted(annotations, key=lambda a: (a.start, a.end))

    def draw(self, device: QPagedPaintDevice) -> int:
        """Draw all pages on a device; returns how many there are."""
        painter = QPainter(device)
        try:
            return self._draw(painter, device)
        finally:
            painter.end()

    def _draw(self, painter: QPainter, device: QPagedPaintDevice) -> int:
        dots = QGuiApplication.primaryScreen().logicalDotsPerInchX()
        scale = device.logicalDpiX() / dots
        painter.scale(scale, scale)
        paper = QRectF(0, 0, device.width() / scale, device.height() / scale)
        noted = any(a.note.strip() or a.tags for a in self._annotations)
        room = paper.width() * (1 - _MARGIN_SHARE if noted else 1)
        page = self._lay_out(room, paper.height() - _FOOT)
        highlights = Highlights(self._annotations, page.offsets)
        margin = QRectF(room + _GAP, 0, paper.width() - room - _GAP, paper.height() - _FOOT)
        waiting: deque[_MarginNote] = deque(self._notes(page, margin.width()) if noted else ())
        number, height = 0, paper.height() - _FOOT
        while number < page.document.pageCount() or waiting:
            if number:
                device.newPage()
            _draw_body(painter, page, highlights, number, QRectF(0, 0, room, height))
            _draw_margin(painter, waiting, number, margin)
            number += 1
            self._draw_foot(painter, paper, number)
        return number

    def _lay_out(self, width: float, height: float) -> Page:
        palette = QPalette(QColor("#ffffff"))
        for role, color in (
            (QPalette.ColorRole.Base, QColor("#ffffff")),
            (QPalette.ColorRole.Text, _INK),
            (QPalette.ColorRole.Link, _INK),
        ):
            palette.setColor(role, color)
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(_BODY_POINTS - LARGER_POINTS)
        page = render(self._text, ReadingStyle.of(palette, font, 1.0, width))
        page.document.setDocumentMargin(4)
        page.document.setPageSize(QRectF(0, 0, width, height).size())
        return page

    def _notes(self, page: Page, width: float) -> Iterator["_MarginNote"]:
        height = page.document.pageSize().height()
        for annotation in self._annotations:
            first, last = page.offsets.range_to_document(annotation.start, annotation.end)
            rects = list(line_rects(page.document, first, min(last, first + 1)))
            if not rects or not (annotation.note.strip() or annotation.tags):
                continue
            number = int(rects[0].top() // height)
            place = rects[0].top() - number * height
            pieces = _pieces(annotation)
            for n, piece in enumerate(pieces, 1):
                note = _MarginNote(annotation, piece, width, (number, place))
                note.gap = _NOTE_GAP if n == len(pieces) else 0.0
                yield note

    def _draw_foot(self, painter: QPainter, paper: QRectF, number: int) -> None:
        font = QFont(QGuiApplication.font())
        # points would be those of the device, which the painter's scale already stands for
        dots = QGuiApplication.primaryScreen().logicalDotsPerInchX()
        font.setPixelSize(round(_NOTE_POINTS * dots / 72))
        painter.setFont(font)
        painter.setPen(_QUIET)
        area = QRectF(0, paper.height() - _FOOT, paper.width(), _FOOT)
        metrics = QFontMetrics(font)
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, int(area.width() - 80))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignBottom), title)
        at_end = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
        painter.drawText(area, int(at_end), str(number))


class _MarginNote:
    """What is noted beside the line where an annotation begins."""

    gap = 0.0  # to what follows

    def __init__(
        self, annotation: Annotation, words: str, width: float, at: tuple[int, float]
    ) -> None:
        self.page, self.place = at
        self.color = QColor(annotation.color or UNTAGGED)
        self.document = QTextDocument()
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(_NOTE_POINTS)
        self.document.setDefaultFont(font)
        self.document.setDocumentMargin(0)
        self.document.setTextWidth(width - 8)
        self.document.setHtml(words)

    @property
    def height(self) -> float:
        """Its height with the gap to what follows."""
        return self.document.size().height() + self.gap


def _pieces(annotation: Annotation) -> list[str]:
    """Return a note as HTML pieces that each fit a page, the first with the tags before it."""
    words = annotation.note.strip()
    pieces: list[str] = []
    while len(words) > _LONGEST_PIECE:
        cut = max(words.rfind(" ", 0, _LONGEST_PIECE), words.rfind("\n", 0, _LONGEST_PIECE))
        cut = cut if cut > 0 else _LONGEST_PIECE
        pieces.append(words[:cut])
        words = words[cut:].lstrip()
    pieces.append(words)
    shown = [escape(piece).replace("\n", "<br>") for piece in pieces]
    if annotation.tags:
        shown[0] = f"<b>{escape(', '.join(annotation.tags))}</b><br>{shown[0]}"
    return shown


def _draw_body(
    painter: QPainter, page: Page, highlights: Highlights, number: int, area: QRectF
) -> None:
    document = page.document
    if number >= document.pageCount():
        return
    top = number * area.height()
    layout = document.documentLayout()
    fuzzy = Qt.HitTestAccuracy.FuzzyHit
    first = max(0, layout.hitTest(QPointF(0, top + 1), fuzzy))
    last = max(first, layout.hitTest(QPointF(area.width(), top + area.height() - 1), fuzzy))
    painter.save()
    painter.translate(0, -top)
    clip = area.translated(0, top)
    painter.setClipRect(clip)
    lines, visible = Lines(document, first, last), highlights.between(first, last)
    paint_highlights(painter, lines, visible, (first, last), "", is_dark=False)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = clip
    context.palette.setColor(QPalette.ColorRole.Text, _INK)
    layout.draw(painter, context)
    painter.restore()


def _draw_margin(painter: QPainter, waiting: deque[_MarginNote], number: int, area: QRectF) -> None:
    """Draw the notes of a page, below one another; what has no room waits for the next page."""
    y = area.top() + 4
    while waiting and waiting[0].page <= number:
        note = waiting[0]
        at = max(y, note.place if note.page == number else y)
        if at + note.height > area.bottom():
            at = y if y > area.top() + 4 else area.top()
            if at + note.height > area.bottom() and y > area.top() + 4:
                return
        waiting.popleft()
        painter.save()
        painter.setPen(QPen(note.color, 2))
        painter.drawLine(
            QPointF(area.left(), at), QPointF(area.left(), at + note.height - note.gap)
        )
        painter.translate(area.left() + 8, at)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, _INK)
        note.document.documentLayout().draw(painter, context)
        painter.restore()
        y = at + note.height
