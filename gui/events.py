"""What the parts of the window tell one another; none of them knows the others."""

from PySide6.QtCore import QObject, Signal


class AppEvents(QObject):
    """The window's one set of events, handed to whoever speaks or listens.

    Spans are ``(start, end)`` in code points of the record's canonical text, or None for the
    beginning of the page.
    """

    changed = Signal(object, object)
    """``(Changes, initiator)`` after each write; the initiator need not reload itself."""
    record_requested = Signal(str, object)
    """``(key, span)``: somebody wants this record in the reader."""
    record_loaded = Signal(object, object)
    """``(Record, span)``: a requested record has been read from the workspace."""
    record_shown = Signal(str)
    """Key of the record in the front tab, "" for none."""
    annotation_selected = Signal(str)
    """Id of the annotation that is now the current one, "" for none."""
    search_marks_changed = Signal(object)
    """Tuple of the terms to mark in opened texts; empty for none."""
    note_requested = Signal(str, object)
    """``(key, span)``: somebody wants to read this note; the span is in its text, or None."""
    tag_requested = Signal()
    """The selected passage is to be tagged."""
    as_of_changed = Signal(object)
    """The `AsOf` that everything is shown as of from now on, None for today."""
    index_changed = Signal(int)
    """How many writes the search index has still to take in; 0 is up to date."""
