"""Writes annotations: the palette's draft, notes, deletions; each through the write queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.changes import Changes
from core.errors import UserError
from gui.controllers.kept_notes import KeptNote, KeptNotes
from gui.events import AppEvents
from gui.messages import Messages
from gui.workers import LatestOnly, WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.annotations import Annotations


@dataclass(slots=True)
class Draft:
    """What the palette works on: a passage, and its annotation once there is one.

    ``annotation`` is set by the first write on the queue's thread; later writes of the same
    draft come after it in the queue, so they see it.
    """

    record: str
    start: int
    end: int
    annotation: str = ""
    tags: list[str] = field(default_factory=list[str])


class AnnotateController(QObject):
    """Turns wishes of palette, notes and lists into writes."""

    draft_changed = Signal(object)
    """Tuple of the draft's tags, as they are or will be written."""
    note_saved = Signal(str, str)
    note_failed = Signal(str, str)

    def __init__(
        self,
        annotations: Annotations,
        writes: WriteQueue,
        events: AppEvents,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._annotations = annotations
        self._writes = writes
        self._events = events
        self._messages = messages
        self._draft: Draft | None = None
        self._placing: Draft | None = None  # its annotation is being made
        self._ahead = LatestOnly(self)
        self._prepared = ""  # the record whose text is ready to be marked
        self.kept = KeptNotes(self)
        events.changed.connect(self._on_changed)

    def begin(self, record: str, start: int, end: int) -> None:
        """Begin with a passage; nothing is written before a tag or a note is given."""
        self._draft = Draft(record, start, end)
        self.prepare(record)

    def prepare(self, record: str) -> None:
        """Have a record's text made ready to be marked, while its passage is being chosen."""
        if record == self._prepared:
            return
        self._prepared = record
        self._ahead.submit(
            lambda _token: self._annotations.prepare(record),
            lambda _none: None,
            lambda _error: None,  # the mark itself will tell what stands against it
        )

    def begin_with(self, annotation: Annotation) -> tuple[str, ...]:
        """Begin with an annotation that exists; returns its tags as they are or will be written.

        What was just chosen for it counts over what has been read, which may be older.
        """
        if self._draft is None or self._draft.annotation != annotation.id:
            self._draft = Draft(
                annotation.target.record,
                annotation.start,
                annotation.end,
                annotation.id,
                list(annotation.tags),
            )
        return tuple(self._draft.tags)

    @property
    def tags(self) -> tuple[str, ...]:
        """The draft's tags, as they are or will be written."""
        return tuple(self._draft.tags) if self._draft is not None else ()

    @property
    def has_written(self) -> bool:
        """Whether the draft's passage is an annotation, or is about to be."""
        return self._draft is not None and bool(self._draft.annotation or self._draft.tags)

    def continues(self, record: str, annotation: str) -> bool:
        """Tell whether the draft is of this record, and is this annotation or about to be one."""
        draft = self._draft
        if draft is None or draft.record != record:
            return False
        return draft.annotation == annotation if draft is not self._placing else True

    def is_at(self, record: str, start: int, end: int) -> bool:
        """Tell whether the draft is of this passage."""
        draft = self._draft
        return draft is not None and (draft.record, draft.start, draft.end) == (record, start, end)

    def toggle_tag(self, path: str) -> None:
        """Put a tag on the draft's passage, or take it off."""
        if self._draft and path in self._draft.tags:
            self.remove_tag(path)
        else:
            self.add_tag(path, False)

    @Slot(str, bool)
    def add_tag(self, path: str, is_new: bool) -> None:
        """Tag the draft's passage."""
        if self._draft and path not in self._draft.tags:
            self._draft.tags.append(path)
            self._submit_tags(self._draft, path, create=is_new)

    @Slot(str)
    def remove_tag(self, path: str) -> None:
        """Take a tag off the draft's passage."""
        if self._draft and path in self._draft.tags:
            self._draft.tags.remove(path)
            self._submit_tags(self._draft, path, create=False)

    @Slot(str)
    def write_draft_note(self, note: str) -> None:
        """Write the note of the draft's passage."""
        if self._draft:
            self._submit_draft_note(self._draft, note)

    def _submit_draft_note(self, draft: Draft, note: str) -> None:
        self._writes.submit(
            partial(self._write_note_of, draft, tuple(draft.tags), note),
            partial(self._on_draft_note_written, draft),
            partial(self._on_draft_note_failed, draft, note),
        )

    @Slot(str, str)
    def write_note(self, annotation: str, note: str) -> None:
        """Write an annotation's note; tells `note_saved` or `note_failed`.

        One that can't be written is kept, and written again until it works.
        """
        self._writes.submit(
            partial(self._annotations.write_note, annotation, note),
            partial(self._on_note_written, annotation, note),
            partial(self._on_note_failed, annotation, note),
        )

    @Slot(str, int, int)
    def move(self, annotation: str, start: int, end: int) -> None:
        """Have an annotation begin and end elsewhere."""
        self._writes.submit(
            partial(self._annotations.move, annotation, start, end),
            self._on_moved,
            self._messages.problem,
        )

    @Slot(object)
    def delete(self, annotations: tuple[str, ...]) -> None:
        """Delete annotations, as one step that can be undone."""
        self._writes.submit(
            partial(self._annotations.delete, annotations),
            partial(self._on_deleted, annotations),
            self._messages.problem,
        )

    def _submit_tags(self, draft: Draft, path: str, *, create: bool) -> None:
        tags = tuple(draft.tags)
        if not draft.annotation:
            self._placing = draft
        self.draft_changed.emit(tags)
        self._writes.submit(
            partial(self._write_tags, draft, tags, create),
            partial(self._on_draft_written, draft),
            partial(self._on_tag_failed, draft, path),
        )

    @Slot(object, object)
    def _on_changed(self, changes: Changes, initiator: object) -> None:
        draft = self._draft
        if initiator is self or draft is None or not draft.annotation:
            return
        if changes.tags or draft.annotation in changes.annotations:
            wanted = AnnotationFilter(ids=frozenset({draft.annotation}))
            self._writes.submit(
                partial(self._annotations.find, wanted),
                partial(self._on_draft_read, draft),
                self._messages.problem,
            )

    # On the queue's thread

    def _write_tags(self, draft: Draft, tags: tuple[str, ...], create: bool) -> Changes:
        if draft.annotation:
            return self._annotations.retag(draft.annotation, tags, create_tags=create)
        return self._place(draft, lambda: self._annotate(draft, tags, "", create))

    def _write_note_of(self, draft: Draft, tags: tuple[str, ...], note: str) -> Changes:
        if draft.annotation:
            return self._annotations.write_note(draft.annotation, note)
        return self._place(draft, lambda: self._annotate(draft, tags, note, False))

    def _annotate(
        self, draft: Draft, tags: tuple[str, ...], note: str, create: bool
    ) -> tuple[Annotation, Changes]:
        return self._annotations.annotate(
            draft.record, draft.start, draft.end, tags, note, create_tags=create
        )

    @staticmethod
    def _place(draft: Draft, annotate: Callable[[], tuple[Annotation, Changes]]) -> Changes:
        annotation, changes = annotate()
        draft.annotation = annotation.id
        return changes

    # Back on the window's thread

    def _on_draft_written(self, draft: Draft, changes: Changes) -> None:
        self._events.changed.emit(changes, self)
        self._events.annotation_selected.emit(draft.annotation)
        if draft is self._placing:
            self._placing = None

    def _on_draft_read(self, draft: Draft, found: tuple[Annotation, ...]) -> None:
        draft.annotation = found[0].id if found else ""
        draft.tags = list(found[0].tags) if found else []
        if draft is self._draft:
            self.draft_changed.emit(tuple(draft.tags))

    def _on_tag_failed(self, draft: Draft, path: str, error: Exception) -> None:
        if draft is self._placing:
            self._placing = None
        if path in draft.tags:
            draft.tags.remove(path)
        else:
            draft.tags.append(path)
        if draft is self._draft:
            self.draft_changed.emit(tuple(draft.tags))
        self._messages.problem(error)

    def _on_moved(self, changes: Changes) -> None:
        self._events.changed.emit(changes, self)

    def _on_note_written(self, annotation: str, note: str, changes: Changes) -> None:
        self.kept.let_go(annotation)
        self.note_saved.emit(annotation, note)
        self._events.changed.emit(changes, self)

    def _on_note_failed(self, annotation: str, note: str, error: Exception) -> None:
        self.note_failed.emit(annotation, str(error))
        self._keep(annotation, note, partial(self.write_note, annotation, note), error)

    def _on_draft_note_written(self, draft: Draft, changes: Changes) -> None:
        self.kept.let_go(id(draft))
        self._on_draft_written(draft, changes)

    def _on_draft_note_failed(self, draft: Draft, note: str, error: Exception) -> None:
        self._keep(id(draft), note, partial(self._submit_draft_note, draft, note), error)

    def _keep(
        self, passage: object, note: str, again: Callable[[], None], error: Exception
    ) -> None:
        is_news = self.kept.keep(passage, KeptNote(note, str(error), again))
        if is_news or not isinstance(error, UserError):
            self._messages.problem(error)

    def _on_deleted(self, annotations: tuple[str, ...], changes: Changes) -> None:
        self._events.annotation_selected.emit("")
        self._events.changed.emit(changes, self)
        many = len(annotations)
        self._messages.info(
            self.tr("Deleted {n} annotations. Ctrl+Z brings them back.").format(n=many)
            if many > 1
            else self.tr("Deleted the annotation. Ctrl+Z brings it back.")
        )
