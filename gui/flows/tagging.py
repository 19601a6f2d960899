"""Selection to palette to annotation; the number keys without it."""

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from core.domain.codebook import FAVOURITES
from core.domain.finding import Span
from core.domain.sentences import sentence_in
from gui.controllers.annotate import AnnotateController
from gui.controllers.annotations import AnnotationsController
from gui.flows.desk import Desk
from gui.reader.view import Reader
from gui.views.tag_palette import TagPalette


def sentence_of_hit(reader: Reader) -> Span | None:
    """Return the place of the sentence of the hit that one has stepped to, if the caret is there
    still: what is tagged where nothing is selected."""
    marks = reader.hits
    if reader.text is None or marks.current is None:
        return None
    start, end = marks.spans[marks.current]
    return sentence_in(reader.text.content, start, end) if reader.caret() == start else None


class TaggingFlow(QObject):
    """Selection to palette to annotation."""

    def __init__(
        self, desk: Desk, reads: AnnotationsController, writes: AnnotateController
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = reads
        self._writes = writes
        self.palette = TagPalette(desk.window.tabs)
        self._listen()

    def _listen(self) -> None:
        tabs, palette, events = self._desk.window.tabs, self.palette, self._desk.events
        self._desk.window.commands.tag.triggered.connect(self.open_palette)
        events.tag_requested.connect(self.open_palette)
        events.record_shown.connect(self._on_record_shown)
        self._desk.window.closing.connect(palette.close_palette)
        tabs.tag_requested.connect(self.open_palette)
        tabs.selection_finished.connect(self._on_selection_finished)
        tabs.selection_changed.connect(self._on_selection_changed)
        palette.tag_added.connect(self._writes.add_tag)
        palette.tag_removed.connect(self._writes.remove_tag)
        palette.note_written.connect(self._writes.write_draft_note)
        palette.closed.connect(self._on_palette_closed)
        for step in (self._desk.window.commands.next_hit, self._desk.window.commands.previous_hit):
            step.triggered.connect(palette.close_palette)  # with what was noted, and on
        self._writes.draft_changed.connect(palette.show_chosen)
        self._reads.tags_read.connect(palette.show_tags)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)
        for number in FAVOURITES:
            key = QShortcut(str(number), tabs)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self._on_number, number))

    @Slot()
    def open_palette(self) -> None:
        """Open the palette for the selection, or for the current annotation."""
        self._open_palette(focus=True)

    def _open_palette(self, *, focus: bool) -> None:
        reader, key = self._desk.window.tabs.reader, self._desk.window.tabs.key
        if reader is None:
            return
        selected, current = reader.selection(), self._reads.current
        hit = sentence_of_hit(reader) if focus and selected is None else None
        if self.palette.isVisible() and focus:
            self.palette.field.setFocus()
        elif hit is not None:
            self._begin_at(key, hit)
            found = self._reads.at(key, *hit)
            reader.select_passage(*hit)  # so that one sees what is tagged
            self.palette.open_at(reader.selection_point(), self._reads.tags, focus=focus)
            self.palette.show_chosen(self._writes.tags, found.note if found else None)
        elif selected is not None:
            self._writes.begin(key, *selected)
            self.palette.open_at(reader.selection_point(), self._reads.tags, focus=focus)
        elif current is not None and current.target.record == key:
            tags = self._writes.begin_with(current)
            self.palette.open_at(reader.selection_point(), self._reads.tags, focus=focus)
            self.palette.show_chosen(tags, current.note)
        else:
            self._desk.messages.info(self.tr("Select a passage in the text first."))

    def _on_number(self, number: int) -> None:
        """Put the tag of a number key on the selection, or on the current annotation, or off it."""
        tag = next((tag for tag in self._reads.tags if tag.favourite == number), None)
        if tag is None:
            words = self.tr("No tag stands on key {n} yet; give it one in the panel of tags.")
            self._desk.messages.info(words.format(n=number))
        elif self._take_up():
            self._writes.toggle_tag(tag.path)
        else:
            self._desk.messages.info(self.tr("Select a passage in the text first."))

    def _begin_at(self, key: str, place: Span) -> None:
        """Begin with a passage, or go on with its annotation where it has one."""
        found = self._reads.at(key, *place)
        if found is not None:
            self._writes.begin_with(found)
        elif not self._writes.is_at(key, *place):
            self._writes.begin(key, *place)

    def _take_up(self) -> bool:
        """Begin with what is selected, else with the hit that one stepped to, else with the
        current annotation; tell whether there is."""
        reader, key = self._desk.window.tabs.reader, self._desk.window.tabs.key
        if reader is None or self.palette.isVisible():
            return reader is not None
        if (selected := reader.selection()) is not None:
            self._writes.begin(key, *selected)
            reader.clear_selection()  # so that the highlight shows
        elif (hit := sentence_of_hit(reader)) is not None:
            self._begin_at(key, hit)
        elif not self._writes.continues(key, self._reads.current_id):
            current = self._reads.current
            if current is None or current.target.record != key:
                return False
            self._writes.begin_with(current)
        return True

    @Slot(str)
    def _on_record_shown(self, _key: str) -> None:
        self.palette.close_palette()

    @Slot(QPoint)
    def _on_selection_finished(self, _point: QPoint) -> None:
        self.palette.close_palette()
        self._open_palette(focus=False)

    @Slot(bool)
    def _on_selection_changed(self, is_any: bool) -> None:
        if is_any:
            self._writes.prepare(self._desk.window.tabs.key)
        elif not self._holds_focus():
            self.palette.close_palette()

    @Slot()
    def _on_palette_closed(self) -> None:
        reader = self._desk.window.tabs.reader
        if reader is None:
            return
        if self._writes.has_written:
            reader.clear_selection()  # so that the highlight shows
        if self._holds_focus():
            reader.setFocus()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        was_inside = before is not None and self.palette.isAncestorOf(before)
        if was_inside and now is not None and not self.palette.isAncestorOf(now):
            self.palette.close_palette()

    def _holds_focus(self) -> bool:
        holder = QApplication.focusWidget()
        return holder is not None and self.palette.isAncestorOf(holder)
