"""Opening what a search found: a record at a place, with its annotation, or a note."""

from core.domain.notes import note_id
from gui.flows.desk import Desk


def open_found(desk: Desk, key: str, span: tuple[int, int], annotation: str | None) -> None:
    """Show a hit where it stands: the record's page, and beside it the note that says so."""
    desk.window.show_reading()
    desk.events.search_marks_changed.emit(desk.window.results.terms)
    if note_id(key) is not None:
        desk.events.note_requested.emit(key, span)
        return
    if annotation is not None and note_id(annotation) is not None:
        desk.events.record_requested.emit(key, None)
        desk.events.note_requested.emit(annotation, None)
        return
    desk.events.record_requested.emit(key, span)
    if annotation is not None:
        desk.events.annotation_selected.emit(annotation)
