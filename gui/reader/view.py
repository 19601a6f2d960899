"""The reader: one record's text, read-only, with a caret; speaks in code points only."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from core.domain.citing import is_address, listed_sources, source_titles
from gui.clipboard import mime_data
from gui.reader.citations import Mark
from gui.reader.highlights import handle_at
from gui.reader.letters import target_of
from gui.reader.page_view import PageView
from gui.reader.render import CITE_SCHEME
from gui.reader.style import DEFAULT_SCALE

__all__ = ["DEFAULT_SCALE", "Reader"]
_KEYS = QKeySequence.StandardKey
_TO_THE_END = (_KEYS.SelectAll, _KEYS.MoveToEndOfDocument, _KEYS.SelectEndOfDocument)
_BESIDE = 24  # pixels left of the mouse, where what is told of begins


class Reader(PageView):
    """Turns what is done on the page into signals; every offset counts code points."""

    passage_selected = Signal(int, int)
    """``(start, end)`` of the selection whenever it changes and is not empty."""
    selection_finished = Signal(QPoint)
    """A selection was made by mouse and ends at this point of the screen."""
    link_followed = Signal(str, bool)
    """``(record key, in a new tab)``."""
    statement_followed = Signal(str, str, bool)
    """``(record key, locator, in a new tab)``: a link to a statement of another record."""
    tag_requested = Signal()
    citation_requested = Signal()
    """The selection, or the passage at the caret, is to be copied with its citation."""
    likeness_requested = Signal()
    """Passages that resemble the selection, or the passage at the caret, are wanted."""
    address_requested = Signal(str)
    """A link onto the web was activated; nothing was opened."""
    ends_moved = Signal(str, int, int)
    """``(annotation, start, end)``: a handle of it was drawn there."""
    zoom_requested = Signal(int)
    """Steps, positive for larger."""

    def __init__(self, parent: QWidget | None = None, scale: float = DEFAULT_SCALE) -> None:
        super().__init__(parent, scale)
        self._held = ""  # the handle that the mouse holds
        self.setAccessibleName(self.tr("Record text"))
        self.setAccessibleDescription(
            self.tr("The record's text. Select a passage and press Ctrl+T to tag it.")
        )
        self.setOpenLinks(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setCursorWidth(2)
        self.anchorClicked.connect(self._on_anchor_clicked)
        self.selectionChanged.connect(self._on_selection_changed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle of the current annotation, or begin a selection."""
        self._hovering.close_card()
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = self._handle_under(event.position())
        if not self._held:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the handle that is held, or the selection."""
        if not self._held:
            super().mouseMoveEvent(event)
            if self._hovering.is_open:
                here = self._backdrop.highlights.at(self._position_under(event.position()))
                self._hovering.mouse_over([item.annotation for item in here])
            over = not event.buttons() and self._handle_under(event.position())
            if over:
                self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
            return
        self._draw_handle(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a finished selection, or of the highlight that was clicked."""
        if self._held:
            self._held = ""
            self._on_flash_over()
            span = self.span_of(self._backdrop.current)
            if span is not None:
                self.ends_moved.emit(self._backdrop.current, *span)
            return
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
        self._hovering.close_card()
        if any(event.matches(keys) for keys in _TO_THE_END):
            self.finish_writing()
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
        """Say what a source number, a link or a highlight stands for."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_for(self.anchorAt(event.pos()))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            if not words:
                self._tell_under(event.pos())
            return True
        if event.type() is QEvent.Type.Leave:
            self._on_mouse_gone()
        return super().viewportEvent(event)

    def _tell_under(self, point: QPoint) -> None:
        here = self._backdrop.highlights.at(self._position_under(QPointF(point)))
        line = self.cursorRect(self.cursorForPosition(point))
        spot = QRect(point.x() - _BESIDE, line.top(), 1, line.height())
        self._tell(here, spot.translated(self.viewport().pos()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to tag the selection and to find its like, with what Qt offers."""
        self.finish_writing()  # it offers to select all
        if self.selection() is None:
            self.setTextCursor(self.cursorForPosition(event.pos()))
        menu = self.createStandardContextMenu(event.pos())
        tag = QAction(self.tr("Tag the passage…"), menu)
        tag.setEnabled(self.selection() is not None)
        tag.triggered.connect(self.tag_requested)
        like = QAction(self.tr("More like this passage"), menu)
        like.triggered.connect(self.likeness_requested)
        cited = QAction(self.tr("Copy with citation"), menu)
        cited.triggered.connect(self.citation_requested)
        first = menu.actions()[0] if menu.actions() else None
        menu.insertActions(first, [tag, like, cited])  # type: ignore[arg-type]
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Load nothing, wherever it would come from."""

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the record's own characters, not what the page draws."""
        selected = self.selection()
        if self._page is None or selected is None:
            return mime_data("")
        return mime_data(self._page.text.content[slice(*selected)])

    def _position_under(self, point: QPointF) -> int:
        in_document = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        layout = self.document().documentLayout()
        return layout.hitTest(in_document, Qt.HitTestAccuracy.ExactHit)

    def _handle_under(self, point: QPointF) -> str:
        current = self._backdrop.highlights.find(self._backdrop.current)
        if current is None:
            return ""
        in_document = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        return handle_at(self._visible_lines(self._visible_positions()), current, in_document)

    def _draw_handle(self, point: QPointF) -> None:
        span = self.span_of(self._backdrop.current)
        if self._page is None or span is None:
            return
        position = self.cursorForPosition(point.toPoint()).position()
        at = self._page.offsets.to_text(position)
        start, end = span
        drawn = (start, max(at, start + 1)) if self._held == "end" else (min(at, end - 1), end)
        if drawn != span:
            self.stretch_annotation(self._backdrop.current, *drawn)

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
        held = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)
        if href.startswith(CITE_SCHEME):
            href = self._mark(href).source or ""
            entry = listed_sources(self._page.text).get(href) if self._page else None
            if entry and not held:  # its entry in the page's list, which links on to the source
                self.goto(entry.start, entry.end)
                return
        target, locator = target_of(href)
        if target and locator is not None:
            self.statement_followed.emit(target, locator, held)
        elif target:
            self.link_followed.emit(target, held)

    def _mark(self, href: str) -> Mark:
        assert self._page is not None
        return self._page.marks[int(href.removeprefix(CITE_SCHEME))]

    def _words_for(self, href: str) -> str:
        if not href.startswith(CITE_SCHEME):
            return href if is_address(href) else ""
        mark = self._mark(href)
        if mark.source is None:
            return self.tr("No source was read for this statement.")
        titles = source_titles(self._page.text) if self._page else {}
        title = titles.get(mark.source) or self._source_titles.get(mark.source, mark.source)
        if mark.locator:
            title = f"{title}, {mark.locator}"
        if mark.verified:
            return self.tr("{title}\nVerified: read in this source.").format(title=title)
        return self.tr("{title}\nNot verified in this source.").format(title=title)

    @Slot()
    def _on_selection_changed(self) -> None:
        selected = self.selection()
        if selected:
            self.passage_selected.emit(*selected)
