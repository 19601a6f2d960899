"""The reader: one record's text, read-only, with a caret; speaks in code points only."""

import re
from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QTextBrowser, QToolTip, QWidget

from core.domain.annotations import Annotation
from core.domain.text import Text
from gui.reader.citations import Mark, is_address
from gui.reader.painting import Backdrop
from gui.reader.render import CITE_SCHEME, Page, render
from gui.reader.stripes import Highlight, Highlights, StripeGutter, line_rects
from gui.reader.style import ReadingStyle

DEFAULT_POINTS = 12.0
_FLASH_MS = 1200
_RESHAPE_MS = 120


class Reader(QTextBrowser):
    """Shows one text; every offset that goes in or out counts code points of that text."""

    passage_selected = Signal(int, int)
    """``(start, end)`` of the selection whenever it changes and is not empty."""
    selection_finished = Signal(QPoint)
    """A selection was made by mouse and ends at this point of the screen."""
    link_followed = Signal(str, bool)
    """``(record key, in a new tab)``."""
    tag_requested = Signal()
    address_requested = Signal(str)
    """A link onto the web was activated; nothing was opened."""
    annotation_clicked = Signal(str)
    zoom_requested = Signal(int)
    """Steps, positive for larger."""

    def __init__(self, parent: QWidget | None = None, points: float = DEFAULT_POINTS) -> None:
        super().__init__(parent)
        self._points = points
        self._page: Page | None = None
        self._source_titles: dict[str, str] = {}
        self._annotations: tuple[Annotation, ...] = ()
        self._terms: tuple[str, ...] = ()
        self._backdrop = Backdrop()
        self._gutter = StripeGutter(self, self._visible_stripes)
        self._flash_over = QTimer(self, singleShot=True, interval=_FLASH_MS)
        self._reshape = QTimer(self, singleShot=True, interval=_RESHAPE_MS)
        self._set_up()

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("Record text"))
        self.setAccessibleDescription(
            self.tr("The record's text. Select a passage and press Ctrl+T to tag it.")
        )
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(self.palette().ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setCursorWidth(2)
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.selectionChanged.connect(self._on_selection_changed)
        self.verticalScrollBar().valueChanged.connect(self._gutter.update)
        self._gutter.annotation_clicked.connect(self.annotation_clicked)
        self._flash_over.timeout.connect(self._on_flash_over)
        self._reshape.timeout.connect(self._on_reshape)

    # What is shown

    def show_text(self, text: Text, source_titles: dict[str, str] | None = None) -> None:
        """Show a text from its beginning; annotations are set after it."""
        self._source_titles = source_titles or {}
        self._annotations = ()
        self._render(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def set_annotations(self, annotations: Sequence[Annotation]) -> None:
        """Paint these annotations of the text that is shown."""
        self._annotations = tuple(annotations)
        if self._page:
            self._backdrop.highlights = Highlights(self._annotations, self._page.offsets)
            self._repaint()

    def set_current_annotation(self, annotation: str) -> None:
        """Make one annotation stand out, or none for ""."""
        self._backdrop.current = annotation
        self._gutter.current = annotation
        self._repaint()

    def mark_terms(self, terms: Sequence[str]) -> None:
        """Mark these words wherever they stand."""
        self._terms = tuple(term for term in terms if term.strip())
        self._place_marks()
        self._repaint()

    def set_points(self, points: float) -> None:
        """Set the size of the reading font, keeping the place on the page."""
        self._points = points
        self._on_reshape()

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

    def select_passage(self, start: int, end: int) -> None:
        """Select a passage."""
        if self._page:
            first, last = self._page.offsets.range_to_document(start, end)
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
        first, last = self._page.offsets.range_to_document(start, end)
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        self.setTextCursor(cursor)
        self._scroll_to(first)
        self._backdrop.flash = (first, last)
        self._flash_over.start()
        self._repaint()

    def place(self) -> int:
        """Return the first code point that is visible, to come back to."""
        if self._page is None:
            return 0
        top = self.cursorForPosition(QPoint(0, 2)).position()
        return self._page.offsets.to_text(top)

    def go_to_place(self, offset: int) -> None:
        """Scroll so that ``offset`` is at the top."""
        if self._page:
            self._scroll_to(self._page.offsets.to_document(offset), share=0.0)

    def selection_point(self) -> QPoint:
        """Return where the selection ends, in the screen's pixels."""
        return self.viewport().mapToGlobal(self.cursorRect().bottomLeft())

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint shades, highlights and marks behind the text, then the text."""
        if self._page:
            painter = QPainter(self.viewport())
            painter.translate(0, -self.verticalScrollBar().value())
            self._backdrop.paint(painter, self.document(), *self._visible_positions())
            painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred; its width is a matter of the font."""
        super().resizeEvent(event)
        self._centre()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the window's font and colours."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._reshape.start()

    def _render(self, text: Text) -> None:
        style = self._style()
        before = self._page
        page = render(text, style, self)
        self._page = page
        self._backdrop.dress(style, page, self.palette())
        self._backdrop.highlights = Highlights(self._annotations, page.offsets)
        self._place_marks()
        self.setDocument(page.document)
        if before:
            before.document.deleteLater()
        self._centre()

    def _style(self) -> ReadingStyle:
        room = self.width() - 2 * self._gutter.sizeHint().width() - 48
        return ReadingStyle.of(self.palette(), QApplication.font(), self._points, room)

    def _centre(self) -> None:
        style = self._style()
        gutter = self._gutter.sizeHint().width()
        bar = self.verticalScrollBar().sizeHint().width()
        side = max(gutter, int((self.width() - bar - style.column - 2 * style.unit) / 2))
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)
        frame = self.viewport().geometry()
        self._gutter.setGeometry(frame.left() - gutter, frame.top(), gutter, frame.height())
        if self._page and abs(style.column - self._backdrop.column) > 1:
            self._reshape.start()

    @Slot()
    def _on_reshape(self) -> None:
        if self._page is None:
            return
        place, selected = self.place(), self.selection()
        self._render(self._page.text)
        if selected:
            self.select_passage(*selected)
        self.go_to_place(place)

    def _place_marks(self) -> None:
        self._backdrop.marks = []
        if self._page and self._terms:
            words = "|".join(re.escape(t) for t in sorted(self._terms, key=len, reverse=True))
            found = re.finditer(rf"(?<!\w)(?:{words})(?!\w)", self._page.text.content, re.I)
            to_document = self._page.offsets.range_to_document
            self._backdrop.marks = [to_document(*match.span()) for match in found]

    def _repaint(self) -> None:
        self.viewport().update()
        self._gutter.update()

    def _visible_positions(self) -> tuple[int, int]:
        area = self.viewport().rect()
        first = self.cursorForPosition(area.topLeft()).position()
        return first, self.cursorForPosition(area.bottomRight()).position()

    def _visible_stripes(self) -> list[tuple[Highlight, float, float]]:
        if self._page is None:
            return []
        scrolled = self.verticalScrollBar().value()
        stripes: list[tuple[Highlight, float, float]] = []
        for item in self._backdrop.highlights.between(*self._visible_positions()):
            rects = list(line_rects(self.document(), item.start, item.end))
            if rects:
                top, bottom = rects[0].top() - scrolled, rects[-1].bottom() - scrolled
                stripes.append((item, top, bottom))
        return stripes

    def _scroll_to(self, position: int, share: float = 0.3) -> None:
        rect = next(line_rects(self.document(), position, position + 1), None)
        if rect is None:
            block = self.document().findBlock(position)
            rect = self.document().documentLayout().blockBoundingRect(block)
        self.verticalScrollBar().setValue(int(rect.top() - share * self.viewport().height()))

    @Slot()
    def _on_flash_over(self) -> None:
        self._backdrop.flash = None
        self._repaint()

    # Acting

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a finished selection, or of the highlight that was clicked."""
        super().mouseReleaseEvent(event)
        event.accept()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self.selection():
            self.selection_finished.emit(self.selection_point())
        elif not self.anchorAt(event.position().toPoint()):
            self._click_highlight(self._position_under(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter follow the link or select the annotation at the caret."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not self.textCursor().hasSelection():
            href = self.textCursor().charFormat().anchorHref()
            if href:
                self._follow(href)
            else:
                self._click_highlight(self.textCursor().position())
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, ask for another size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Scroll from the margins too."""
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what a source number or a link stands for."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_for(self.anchorAt(event.pos()))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to tag the selection, with what Qt offers."""
        menu = self.createStandardContextMenu(event.pos())
        tag = QAction(self.tr("Tag the passage…"), menu)
        tag.setEnabled(self.selection() is not None)
        tag.triggered.connect(self.tag_requested)
        menu.insertAction(menu.actions()[0] if menu.actions() else None, tag)  # type: ignore[arg-type]
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Load nothing, wherever it would come from."""

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the record's own characters, not what the page draws."""
        data = QMimeData()
        selected = self.selection()
        if self._page and selected:
            data.setText(self._page.text.content[slice(*selected)])
        return data

    def _position_under(self, point: QPointF) -> int:
        in_document = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        return layout.hitTest(in_document, Qt.HitTestAccuracy.ExactHit)

    def _click_highlight(self, position: int) -> None:
        here = [h.annotation for h in self._backdrop.highlights.at(position)]
        if here:
            current = self._backdrop.current
            turn = here.index(current) + 1 if current in here else 0
            self.annotation_clicked.emit(here[turn % len(here)])

    @Slot(QUrl)
    def _on_anchor_clicked(self, url: QUrl) -> None:
        self._follow(url.toString())

    def _follow(self, href: str) -> None:
        if is_address(href):
            self.address_requested.emit(href)
            return
        if href.startswith(CITE_SCHEME):
            href = self._mark(href).source or ""
        if href:
            held = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier
            self.link_followed.emit(href, bool(held))

    def _mark(self, href: str) -> Mark:
        assert self._page is not None
        return self._page.marks[int(href.removeprefix(CITE_SCHEME))]

    def _words_for(self, href: str) -> str:
        if not href.startswith(CITE_SCHEME):
            return href if is_address(href) else ""
        mark = self._mark(href)
        if mark.source is None:
            return self.tr("No source was read for this statement.")
        title = self._source_titles.get(mark.source, mark.source)
        if mark.verified:
            return self.tr("{title}\nVerified: read in this source.").format(title=title)
        return self.tr("{title}\nNot verified in this source.").format(title=title)

    @Slot()
    def _on_selection_changed(self) -> None:
        selected = self.selection()
        if selected:
            self.passage_selected.emit(*selected)
