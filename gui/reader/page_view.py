"""The page as it is shown: a centred column, what is painted behind it, and its places."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser, QWidget

from core.domain.annotations import Annotation, TextPositionSelector
from core.domain.as_of_text import Fade
from core.domain.text import Text
from gui.reader.highlights import Highlight, Highlights
from gui.reader.hovering import Hovering
from gui.reader.lines import Lines
from gui.reader.marks import Marks
from gui.reader.overview import Layer, OverviewStrip, current_layer
from gui.reader.painting import Backdrop
from gui.reader.render import Page
from gui.reader.scrolling import block_at, scroll_to
from gui.reader.stripes import WIDEST, Stripe, StripeGutter
from gui.reader.style import DEFAULT_SCALE, ReadingStyle

_FLASH_MS = 1200
_RESHAPE_MS = 120
_MOST_TOLD = 200  # annotations in one place that are told of
_WRITING_S = 0.006  # at a time, of a page that is longer than what is seen of it
_BELOW = 8000  # code points written below a place, so that it can be scrolled to
_SIGHT = 10_000  # code points that no screen shows more of


class PageView(QTextBrowser):
    """Shows one text; every offset that goes in or out counts code points of that text."""

    annotation_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None, scale: float = DEFAULT_SCALE) -> None:
        super().__init__(parent)
        self._scale = scale
        self._is_stale = False
        self._page: Page | None = None
        self._rendered: ReadingStyle | None = None
        self._source_titles: dict[str, str] = {}
        self._annotations: tuple[Annotation, ...] = ()
        self._fades: tuple[Fade, ...] = ()
        self._backdrop = Backdrop()
        self._head_room = 0
        self._lines: tuple[tuple[int, int, float], Lines] | None = None
        self._gutter = StripeGutter(self, self._visible_stripes)
        self._hovering = Hovering(self)
        self._overview = OverviewStrip(self.verticalScrollBar())
        self._flash_over = QTimer(self, singleShot=True, interval=_FLASH_MS)
        self._reshape = QTimer(self, singleShot=True, interval=_RESHAPE_MS)
        self._writing = QTimer(self, interval=0)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._gutter.update)
        self.verticalScrollBar().valueChanged.connect(self._hovering.close_card)
        self._gutter.annotation_clicked.connect(self.annotation_clicked)
        self._gutter.told.connect(self._on_stripes_told)
        self._gutter.left.connect(self._on_mouse_gone)
        self._hovering.chosen.connect(self.annotation_clicked)
        self._hovering.pointed.connect(self._on_pointed)
        self._flash_over.timeout.connect(self._on_flash_over)
        self._reshape.timeout.connect(self._on_reshape)
        self._writing.timeout.connect(self._on_writing)

    # What is shown

    def show_text(self, text: Text, source_titles: dict[str, str] | None = None) -> None:
        """Show a text from its beginning; annotations are set after it."""
        self._hovering.close_card()
        self._source_titles = source_titles or {}
        if self._page is None or self._page.text.content != text.content:
            self._annotations = ()  # else they stay in sight until they are set anew
        self._fades = ()
        self._backdrop.hits = self._backdrop.found = Marks()
        self._render(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def set_fades(self, fades: Sequence[Fade]) -> None:
        """Draw these stretches apart as later, or over; the place on the page stays."""
        if tuple(fades) != self._fades:
            self._fades = tuple(fades)
            self._render_again()

    def set_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Paint these annotations of the text that is shown."""
        self._hovering.close_card()
        self._annotations = tuple(annotations)
        if self._page:
            self._backdrop.highlights.show(self._annotations)
            self._show_overview()
            self._repaint()

    def stretch_annotation(self, annotation: str, start: int, end: int) -> None:
        """Paint an annotation between other ends, before they are stored."""
        self.set_annotations(
            [
                replace(a, target=replace(a.target, position=TextPositionSelector(start, end)))
                if a.id == annotation
                else a
                for a in self._annotations
            ]
        )

    def span_of(self, annotation: str) -> tuple[int, int] | None:
        """Return where an annotation is painted, or None where it is not."""
        placed = self._backdrop.highlights.placed
        return next(((a.start, a.end) for a in placed if a.id == annotation), None)

    def set_current_annotation(self, annotation: str) -> None:
        """Make one annotation stand out, or none for ""."""
        self._backdrop.current = annotation
        self._gutter.current = annotation
        self._repaint()

    def set_hits(self, marks: Marks) -> None:
        """Mark what the search found in this text."""
        self._backdrop.hits = marks
        self._show_overview()
        self._repaint()

    def set_found(self, marks: Marks) -> None:
        """Mark what the find bar found, above the search's hits."""
        self._backdrop.found = marks
        self._show_overview()
        self._repaint()

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """What is painted on the page."""
        return self._annotations

    @property
    def hits(self) -> Marks:
        """What the search found in this text."""
        return self._backdrop.hits

    def set_head_room(self, height: int) -> None:
        """Leave room above the page, as for a bar that stands there."""
        if height != self._head_room:
            self._head_room = height
            self._centre()

    def set_scale(self, scale: float) -> None:
        """Set the size of the reading font, keeping the place on the page."""
        self._scale = scale
        if self.isVisible():
            self._on_reshape()
        else:
            self._is_stale = True

    @property
    def text(self) -> Text | None:
        """The text that is shown."""
        return self._page.text if self._page else None

    # Places and selections, in code points

    def selection(self) -> tuple[int, int] | None:
        """Return the selected passage, or None."""
        cursor = self.textCursor()
        if self._page is None or not cursor.hasSelection():
            return None
        start = self._page.offsets.to_text(cursor.selectionStart())
        end = self._page.offsets.to_text(cursor.selectionEnd())
        return (start, end) if end > start else None

    def caret(self) -> int:
        """Return the code point at which the caret stands."""
        return self._page.offsets.to_text(self.textCursor().position()) if self._page else 0

    def select_passage(self, start: int, end: int) -> None:
        """Select a passage."""
        if self._page:
            first, last = self._positions(start, end)
            cursor = QTextCursor(self.document())
            cursor.setPosition(first)
            cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def clear_selection(self) -> None:
        """Leave the caret where the selection ends."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        self.setTextCursor(cursor)

    def goto(self, start: int, end: int) -> None:
        """Scroll a passage to the upper third, put the caret there and flash it."""
        if self._page is None:
            return
        first, last = self._positions(start, end)
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        self.setTextCursor(cursor)
        scroll_to(self, first)
        self._backdrop.flash = (first, last)
        self._flash_over.start()
        self._repaint()

    def reveal(self, start: int, end: int) -> None:
        """Put the caret on a passage, and scroll only if it is not in sight."""
        if self._page is None:
            return
        first, _ = self._positions(start, end)
        before = self.verticalScrollBar().value()
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(before)  # Qt brings it to an edge
        rect = self.cursorRect()
        if rect.top() < 0 or rect.bottom() > self.viewport().height():
            scroll_to(self, first)

    def place(self) -> int:
        """Return the first code point that is visible, to come back to."""
        if self._page is None:
            return 0
        block = block_at(self, 2)
        rect = self.document().documentLayout().blockBoundingRect(block)
        if self.verticalScrollBar().value() <= rect.top():
            return self._page.offsets.to_text(block.position())
        top = self.cursorForPosition(QPoint(0, 2)).position()
        return self._page.offsets.to_text(top)

    def sight(self) -> tuple[int, int]:
        """Return a stretch of code points that holds what is visible, without a layout of it."""
        place = self.place()
        return max(0, place - _SIGHT), place + _SIGHT

    def go_to_place(self, offset: int) -> None:
        """Scroll so that ``offset`` is at the top."""
        if self._page and offset:
            scroll_to(self, self._positions(offset, offset)[0], share=0.0)
        else:
            self.verticalScrollBar().setValue(0)

    def selection_point(self) -> QPoint:
        """Return where the selection ends, in the screen's pixels."""
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shades, highlights and marks behind the text, then the text."""
        if self._page:
            painter = QPainter(self.viewport())
            painter.translate(0, -self.verticalScrollBar().value())
            span = self._visible_positions()
            self._backdrop.paint(painter, self.document(), self._visible_lines(span), span)
            painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred; its width is a matter of the font."""
        super().resizeEvent(event)
        self._centre()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while hidden."""
        super().showEvent(event)
        if self._is_stale:
            self._on_reshape()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the window's font and colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._reshape.start()

    def _render(self, text: Text) -> None:
        style = self._rendered = self._style()
        before = self._page
        page = Page(text, style, self, self._fades)
        page.write_lines(2 + int(self.height() / style.unit))
        self._page, self._lines = page, None
        self._backdrop.dress(style, page, self.palette())
        self._backdrop.highlights = Highlights(self._annotations, page.offsets)
        # With the width it is going to have, or Qt lays it out twice.
        page.document.setPageSize(QSizeF(self.viewport().width(), -1))
        self.setDocument(page.document)
        page.document.documentLayout().documentSizeChanged.connect(self._overview.forget_places)
        if before:
            before.document.deleteLater()
        self._writing.start()
        self._centre()
        self._show_overview()

    @Slot()
    def _on_writing(self) -> None:
        """Write some more of the page, whose beginning is in sight."""
        if self._page is not None:
            self._page.write_for(_WRITING_S)
        if self._page is None or self._page.is_whole:
            self._writing.stop()

    def finish_writing(self) -> None:
        """Write what is left of the page, for what asks for all of it."""
        if self._page is not None:
            self._page.write()

    def _positions(self, start: int, end: int) -> tuple[int, int]:
        """Return where a passage stands in the document, which is written so far at least."""
        assert self._page is not None
        self._page.write_to(end + _BELOW)
        return self._page.offsets.range_to_document(start, end)

    def _style(self) -> ReadingStyle:
        room = self.width() - 2 * self._gutter.sizeHint().width() - 48
        return ReadingStyle.of(self.palette(), QApplication.font(), self._scale, room)

    def _centre(self) -> None:
        style = self._style()
        gutter = self._gutter.sizeHint().width()
        bar = self.verticalScrollBar().sizeHint().width()
        side = max(gutter, int((self.width() - bar - style.column - 2 * style.unit) / 2))
        margins = self.viewportMargins()
        if (margins.left(), margins.top()) != (side, self._head_room):
            self.setViewportMargins(side, self._head_room, side, 0)
        frame = self.viewport().geometry()
        wide = min(side, WIDEST)
        self._gutter.setGeometry(frame.left() - wide, frame.top(), wide, frame.height())
        if self._page and abs(style.column - self._backdrop.column) > 1:
            self._reshape.start()

    @Slot()
    def _on_reshape(self) -> None:
        self._is_stale = False
        if self._style() != self._rendered:
            self._render_again()

    def _render_again(self) -> None:
        if self._page is None:
            return
        place, selected = self.place(), self.selection()
        self._render(self._page.text)
        if selected:
            self.select_passage(*selected)
        self.go_to_place(place)

    def _show_overview(self) -> None:
        """Show on the scroll bar where annotations, hits and what was found stand."""
        if self._page is None:
            return
        backdrop, colors = self._backdrop, self._backdrop.colors
        by_color = backdrop.highlights.starts_by_color
        layers = [Layer(tuple(places), color, side=0) for color, places in by_color.items()]
        for marks, color in ((backdrop.hits, colors.hit_edge), (backdrop.found, colors.found_edge)):
            layers.append(Layer(marks.starts, color.name(), side=1))
            if marks.current is not None:
                ink = self.palette().text().color().name()
                layers.append(current_layer(marks.starts[marks.current], ink))
        self._overview.show_layers(self.document(), self._page.offsets, layers)

    def _repaint(self) -> None:
        self.viewport().update()
        self._gutter.update()

    def _visible_positions(self) -> tuple[int, int]:
        first = block_at(self, 0).position()
        last = block_at(self, self.viewport().height())
        return first, last.position() + last.length() - 1

    def _visible_lines(self, span: tuple[int, int]) -> Lines:
        """Return the lines between two positions; those of the last painting are kept."""
        known = (*span, self.document().textWidth())
        if self._lines is None or self._lines[0] != known:
            self._lines = known, Lines(self.document(), *span)
        return self._lines[1]

    def _visible_stripes(self) -> list[Stripe]:
        if self._page is None:
            return []
        scrolled = self.verticalScrollBar().value()
        stripes: list[Stripe] = []
        span = self._visible_positions()
        lines = self._visible_lines(span)
        for item in self._backdrop.highlights.between(*span):
            extent = lines.extent(max(item.start, span[0]), min(item.end, span[1] + 1))
            if extent is not None:
                stripes.append(Stripe(item, extent[0] - scrolled, extent[1] - scrolled))
        return stripes

    def tell_at_caret(self) -> bool:
        """Tell of the annotations at the caret, with the keys in the card; False for none."""
        position = self.textCursor().position()
        highlights = self._backdrop.highlights
        here = highlights.at(position) or highlights.at(position - 1)
        if here:
            self.ensureCursorVisible()
            spot = self.cursorRect().translated(self.viewport().pos())
            self._tell(here, spot, focus=True)
        return bool(here)

    def _tell(self, here: Sequence[Highlight], spot: QRect, *, focus: bool = False) -> None:
        known = [self._backdrop.highlights.annotation(item) for item in here[:_MOST_TOLD]]
        self._hovering.tell(known, spot, focus=focus)

    @Slot(object, QPoint, bool)
    def _on_stripes_told(self, here: list[Highlight], point: QPoint, choose: bool) -> None:
        at = self._gutter.mapTo(self, point)
        self._tell(here, QRect(at.x(), at.y() - 8, 1, 16), focus=choose)

    @Slot()
    def _on_mouse_gone(self) -> None:
        self._hovering.mouse_over(())

    @Slot(str)
    def _on_pointed(self, annotation: str) -> None:
        """Make an annotation stand out while the card points at it."""
        self._backdrop.pointed = self._gutter.pointed = annotation
        self._repaint()

    @Slot()
    def _on_flash_over(self) -> None:
        self._backdrop.flash = None
        self._repaint()
