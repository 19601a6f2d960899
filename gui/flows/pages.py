"""The printed page beside the text: it follows the record in front and the caret in it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, cast
from weakref import WeakSet

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from core.domain.changes import Changes
from core.domain.documents import pages_of
from core.domain.keys import Kind
from core.domain.records import Record
from core.errors import CancelledError, UserError
from gui.controllers.pages import PagesController
from gui.flows.desk import Desk
from gui.reader.view import Reader

if TYPE_CHECKING:  # made when it is first looked at
    from gui.views.page_picture import PagePanel

DOCK = "pageDock"
_FOLLOW_MS = 150  # while the caret runs


class PagesFlow(QObject):
    """Nothing is asked for while the panel is not seen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._pages = PagesController(desk.workspace.documents, self)
        self._panel: PagePanel | None = None
        self._heard = WeakSet[Reader]()  # whose carets are followed
        self._key = ""
        self._of_passages: tuple[int, ...] = ()
        self._follow = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._follow.timeout.connect(self._on_follow)
        self._pages.labels_read.connect(self._on_labels_read)
        self._pages.failed.connect(self._on_failed)
        desk.events.record_shown.connect(self._on_shown)
        desk.events.changed.connect(self._on_changed)
        self._dock = desk.window.dock(DOCK)
        self._dock.when_filled(self._on_made)
        self._dock.visibilityChanged.connect(self._on_visibility_changed)

    def _on_made(self, panel: QWidget) -> None:
        self._panel = made = cast("PagePanel", panel)
        made.picture_wanted.connect(self._on_wanted)
        self._pages.picture_drawn.connect(made.show_picture)
        self._on_shown("")

    @Slot(bool)
    def _on_visibility_changed(self, visible: bool) -> None:
        if visible:
            self._on_shown("")

    @Slot(str)
    def _on_shown(self, _key: str) -> None:
        """Show the pages of the record in front, if the panel is seen."""
        if self._panel is None or not self._dock.isVisible():
            return
        record = self._desk.window.tabs.record
        is_document = record is not None and record.entry.kind is Kind.DOCUMENT
        self._listen(self._desk.window.tabs.reader)
        key = record.entry.key if record is not None and is_document else ""
        if key == self._key:
            self._follow.start()
            return
        self._key, self._of_passages = key, ()
        if key:
            self._pages.read_labels(key)
        else:
            self._pages.forget()
            self._panel.show_pages(())

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if self._key in changes.records:  # it may have become another edition
            self._key = ""
            self._on_shown("")

    def _listen(self, reader: Reader | None) -> None:
        if reader is not None and reader not in self._heard:
            self._heard.add(reader)
            reader.cursorPositionChanged.connect(self._on_caret_moved)

    @Slot()
    def _on_caret_moved(self) -> None:
        if self._dock.isVisible():
            self._follow.start()

    @Slot(str, object)
    def _on_labels_read(self, key: str, labels: tuple[str, ...]) -> None:
        record = self._front()
        if self._panel is None or record is None or key != self._key:
            return
        self._of_passages = pages_of(labels, record.text.passages) if labels else ()
        self._panel.show_pages(labels)
        self._on_follow()

    def _front(self) -> Record | None:
        record = self._desk.window.tabs.record
        return record if record is not None and record.entry.key == self._key else None

    @Slot()
    def _on_follow(self) -> None:
        """Show the page on which the passage at the caret begins."""
        record, reader = self._front(), self._desk.window.tabs.reader
        if self._panel is None or record is None or reader is None or not self._of_passages:
            return
        text = record.text
        at = bisect_right(text.passages, reader.caret(), key=lambda passage: passage.start) - 1
        if 0 <= at < len(self._of_passages):
            passage = text.passages[at]
            words = text.content[passage.start : passage.end]
            self._panel.show_page(self._of_passages[at], words)

    @Slot(int, int, str)
    def _on_wanted(self, page: int, width: int, words: str) -> None:
        if self._key:
            self._pages.draw(self._key, page, width, words)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, UserError) and self._panel is not None:
            self._panel.say(str(error))
        elif not isinstance(error, CancelledError):
            self._desk.messages.problem(error)
