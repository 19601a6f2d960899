"""Annotations to lists, notes and highlights."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from core.domain.annotations import Annotation, AnnotationFilter
from gui.controllers.annotate import AnnotateController
from gui.controllers.annotations import AnnotationsController
from gui.flows.desk import Desk
from gui.reader.ends import Span, move_end, move_start


class AnnotationsFlow(QObject):
    """Annotations to highlights, stripes and the list, and from each to the others."""

    def __init__(
        self, desk: Desk, reads: AnnotationsController, writes: AnnotateController
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = reads
        panel = desk.window.annotations
        panel.scope_changed.connect(self._on_scope_changed)
        panel.view.current_changed.connect(desk.events.annotation_selected)
        panel.view.followed.connect(self._on_followed)
        panel.view.delete_requested.connect(writes.delete)
        desk.window.tabs.annotation_clicked.connect(self._on_clicked)
        desk.window.commands.tell.triggered.connect(self._on_tell)
        reads.sight = self._sight
        reads.part_read.connect(self._on_part_read)
        reads.record_read.connect(self._on_record_read)
        reads.list_read.connect(panel.show_annotations)
        reads.current_changed.connect(self._on_current_changed)

    @Slot()
    def _on_scope_changed(self) -> None:
        shows_all = self._desk.window.annotations.shows_all
        self._reads.list_scope(AnnotationFilter() if shows_all else None)

    @Slot(str)
    def _on_clicked(self, annotation: str) -> None:
        self._desk.window.raise_panel("annotationsDock")
        self._desk.events.annotation_selected.emit(annotation)

    @Slot()
    def _on_tell(self) -> None:
        """Tell of what is marked at the caret, else of the annotation that is chosen here."""
        reader, current = self._desk.window.tabs.reader, self._reads.current
        if reader is None or reader.tell_at_caret():
            return
        span = reader.span_of(current.id) if current is not None else None
        if span is not None:
            reader.reveal(*span)
            reader.tell_at_caret()
        else:
            self._desk.messages.info(self.tr("Nothing is marked where the text cursor stands."))

    @Slot(str)
    def _on_followed(self, annotation: str) -> None:
        found = self._reads.find(annotation)
        if found is not None:
            self._desk.events.annotation_selected.emit(annotation)
            span = (found.start, found.end)
            self._desk.events.record_requested.emit(found.target.record, span)

    def _sight(self, key: str) -> Span:
        reader = self._desk.window.tabs.readers().get(key)
        return reader.sight() if reader is not None else (0, 0)

    @Slot(str, object)
    def _on_part_read(self, key: str, annotations: tuple[Annotation, ...]) -> None:
        """Show what is in sight on a page that has nothing on it yet."""
        reader = self._desk.window.tabs.readers().get(key)
        if reader is not None and not reader.annotations:
            reader.set_annotations(annotations)

    @Slot(str, object)
    def _on_record_read(self, key: str, annotations: tuple[Annotation, ...]) -> None:
        reader = self._desk.window.tabs.readers().get(key)
        if reader is not None:
            reader.set_annotations(annotations)
            self._show_current(self._reads.current)
        count = self.tr("{n} annotations").format(n=len(annotations))
        self._desk.window.annotations_status.setText(count if key else "")

    @Slot(object)
    def _on_current_changed(self, annotation: Annotation | None) -> None:
        self._show_current(annotation)
        self._desk.window.note.show_annotation(annotation)

    def _show_current(self, annotation: Annotation | None) -> None:
        current = annotation.id if annotation else ""
        for reader in self._desk.window.tabs.readers().values():
            reader.set_current_annotation(current)
        self._desk.window.annotations.view.select(current)


class EndsFlow(QObject):
    """Ends of the current annotation, moved by word with keys or drawn with the mouse."""

    def __init__(
        self, desk: Desk, reads: AnnotationsController, writes: AnnotateController
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = reads
        self._writes = writes
        moves = ((move_end, 1), (move_end, -1), (move_start, -1), (move_start, 1))
        for action, (move, step) in zip(desk.window.commands.ends, moves, strict=True):
            action.triggered.connect(partial(self._move, move, step))
        desk.window.tabs.ends_moved.connect(writes.move)

    def _move(self, move: Callable[[str, Span, int], Span], step: int, *_: object) -> None:
        reader, current = self._desk.window.tabs.reader, self._reads.current
        span = reader.span_of(current.id) if reader is not None and current is not None else None
        if reader is None or reader.text is None or current is None or span is None:
            self._desk.messages.info(self.tr("Choose an annotation of this page first."))
            return
        moved = move(reader.text.content, span, step)
        if moved != span:
            reader.stretch_annotation(current.id, *moved)  # at once; keys may come fast
            self._writes.move(current.id, *moved)


class PassageNoteFlow(QObject):
    """The note panel to the database; nothing typed is left behind at the end."""

    def __init__(self, desk: Desk, writes: AnnotateController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        note = desk.window.note
        note.note_edited.connect(writes.write_note)
        writes.note_saved.connect(note.saved)
        writes.note_failed.connect(note.failed)
        desk.window.commands.note.triggered.connect(self._on_note_requested)
        desk.window.closing.connect(self._on_closing)

    @Slot()
    def _on_note_requested(self) -> None:
        self._desk.window.raise_panel("noteDock")
        self._desk.window.note.editor.setFocus()

    @Slot()
    def _on_closing(self) -> None:
        self._desk.window.note.save()
        self._desk.writes.drain()
