"""The panel of notes to the database and back; links of notes, wherever one is written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from core.domain.changes import Changes
from core.domain.notes import PASSAGE, Note, NoteFilter, note_id
from gui.controllers.kept_notes import KeptNotes
from gui.controllers.notes import LinksController, NotesController
from gui.flows.desk import Desk
from gui.views.note_editor import NoteEditor
from gui.views.note_field import NoteField
from gui.views.tag_palette import TagPalette

if TYPE_CHECKING:  # made when it is first looked at
    from gui.views.notes import NotePlace, NotesPanel

_DOCK = "notesDock"


class NotesFlow(QObject):
    """Notes on the page, on tags and on their own: listed, begun, written, found again."""

    def __init__(self, desk: Desk, kept: KeptNotes, palette: TagPalette) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._notes = NotesController(desk, kept, self)
        self._links = NoteLinksFlow(desk)
        self._links.serve(desk.window.note)
        self._links.complete(palette.note)
        self._panel: NotesPanel | None = None
        commands = desk.window.commands
        commands.notes.triggered.connect(self._on_notes_wanted)
        commands.page_note.triggered.connect(self._on_page_note)
        commands.memo.triggered.connect(self._on_memo)
        desk.window.codebook.view.note_requested.connect(self._on_tag_note)
        desk.events.note_requested.connect(self._on_note_requested)
        desk.window.dock(_DOCK).when_filled(self._on_made)
        desk.events.record_shown.connect(self._notes.count)
        desk.events.changed.connect(self._on_changed)
        self._notes.counted.connect(self._on_counted)

    def _on_made(self, made: QWidget) -> None:
        self._panel = panel = cast("NotesPanel", made)
        notes, events = self._notes, self._desk.events
        panel.wanted.connect(self._on_wanted)
        panel.new_wanted.connect(self._begin)
        panel.delete_requested.connect(notes.delete)
        panel.link_followed.connect(self._on_link_followed)
        panel.place_followed.connect(self._on_place_followed)
        panel.field.note_edited.connect(notes.write)
        notes.listed.connect(panel.show_notes)
        notes.read.connect(panel.show_one)
        notes.saved.connect(panel.field.saved)
        notes.failed.connect(panel.field.failed)
        self._links.serve(panel.field)
        events.record_shown.connect(self._on_record_shown)
        self._desk.window.closing.connect(self._on_closing)
        self._on_record_shown(self._desk.window.tabs.key)
        panel.ask()

    def _open(self) -> NotesPanel:
        self._desk.window.raise_panel(_DOCK)
        assert self._panel is not None
        return self._panel

    # What is listed

    @Slot(object)
    def _on_wanted(self, wanted: NoteFilter | None) -> None:
        if self._panel is not None:
            self._notes.list(wanted, self._panel.linked, self._panel.field.shown)

    @Slot(str)
    def _on_record_shown(self, key: str) -> None:
        record = self._desk.window.tabs.record
        if self._panel is not None:
            self._panel.show_record(key, record.entry.title if record is not None and key else "")

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        tells = changes.notes or changes.annotations or changes.tags or changes.records
        if self._panel is not None and tells:
            self._panel.ask()
        if changes.notes or changes.records:
            self._notes.count(self._desk.window.tabs.key)

    @Slot(str, int)
    def _on_counted(self, key: str, number: int) -> None:
        """Say at the panel's tab that there are notes on the page, also while it is not open."""
        if key == self._desk.window.tabs.key:
            name = self.tr("Notes")
            dock = self._desk.window.dock(_DOCK)
            dock.setWindowTitle(f"{name} {number}" if number else name)

    # What is wanted

    @Slot()
    def _on_notes_wanted(self) -> None:
        self._open().view.setFocus()

    @Slot()
    def _on_page_note(self) -> None:
        from gui.views.notes import NotePlace

        key = self._desk.window.tabs.key
        if not key:
            self._desk.messages.info(self.tr("Open a record first, or write a memo."))
            return
        panel = self._open()
        panel.scope.setCurrentIndex(panel.scope.findData("page"))
        self._begin(NotePlace(record=key))

    @Slot()
    def _on_memo(self) -> None:
        from gui.views.notes import NotePlace

        panel = self._open()
        panel.scope.setCurrentIndex(panel.scope.findData("all"))
        self._begin(NotePlace())

    @Slot(str)
    def _on_tag_note(self, path: str) -> None:
        from gui.views.notes import NotePlace

        self._open().show_tag(path)
        self._begin(NotePlace(tag=path))

    @Slot(object)
    def _begin(self, place: NotePlace) -> None:
        self._open().begin(self._notes.begin(place.record, place.tag), place)

    @Slot(str, object)
    def _on_note_requested(self, key: str, span: object) -> None:
        id_ = note_id(key)
        if id_ is not None:
            self._open()
            self._notes.show(id_, span)

    @Slot(str)
    def _on_link_followed(self, source: str) -> None:
        self._links.follow(source if note_id(source) else f"{PASSAGE}:{source}")

    @Slot(object)
    def _on_place_followed(self, note: Note) -> None:
        if note.record is not None:
            self._desk.events.record_requested.emit(note.record, None)
        elif note.tag is not None:
            self._desk.window.raise_panel("codebookDock")
            self._desk.window.codebook.select(note.tag)

    @Slot()
    def _on_closing(self) -> None:
        if self._panel is not None:
            self._panel.field.save()
        self._desk.writes.drain()


class NoteLinksFlow(QObject):
    """Links in notes: completed while they are typed, named, followed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._links = LinksController(desk, self)

    def complete(self, editor: NoteEditor) -> None:
        """Complete the links that are typed in a text."""
        editor.link_typed.connect(partial(self._on_typed, editor))

    def serve(self, field: NoteField) -> None:
        """Serve the links of a note that is written in this field."""
        self.complete(field.editor)
        field.titles_wanted.connect(partial(self._on_titles_wanted, field))
        field.link_followed.connect(self.follow)
        field.address_followed.connect(self._desk.window.tabs.address_requested)

    @Slot(str)
    def follow(self, target: str) -> None:
        """Show what a link leads to."""
        self._links.follow(target, partial(self._go, target))

    def _go(self, target: str, key: str, span: tuple[int, int] | None) -> None:
        events = self._desk.events
        if note_id(key) is not None:
            events.note_requested.emit(key, span)
            return
        events.record_requested.emit(key, span)
        if target.startswith(f"{PASSAGE}:"):
            events.annotation_selected.emit(target.removeprefix(f"{PASSAGE}:"))

    def _on_typed(self, editor: NoteEditor, typed: str) -> None:
        self._links.offer(typed, editor.show_choices)

    def _on_titles_wanted(self, field: NoteField, targets: tuple[str, ...]) -> None:
        self._links.name(targets, field.show_titles)
