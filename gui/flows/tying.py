"""Passages tied to records and to one another, and those ties on the record's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.domain.annotations import Annotation, PassageTie
from core.domain.changes import Changes
from core.domain.passage_links import Meaning
from gui.controllers.annotations import AnnotationsController
from gui.controllers.tying import TyingController
from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is asked for
    from gui.dialogs.tying import TieDialog

Place = tuple[str, int, int]


class TyingFlow(QObject):
    """The selection, or the current annotation, to what it is tied to."""

    def __init__(self, desk: Desk, reads: AnnotationsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = reads
        self._tying = TyingController(desk, self)
        self._dialog: TieDialog | None = None
        self._annotation = ""  # that the dialog is about
        self._place: Place | None = None  # the passage, until it is an annotation
        self._ties: dict[str, Annotation] = {}
        desk.window.commands.tie.triggered.connect(self.open_dialog)
        desk.window.relations.followed.connect(self._on_followed)
        desk.events.record_shown.connect(self._tying.read)
        desk.events.changed.connect(self._on_changed)
        self._tying.to_record.connect(self._on_read)
        self._tying.found.connect(self._on_found)
        reads.record_read.connect(self._on_record_read)

    @Slot()
    def open_dialog(self) -> None:
        """Open the dialog for the selection, or for the current annotation."""
        tabs, current = self._desk.window.tabs, self._reads.current
        selected = tabs.reader.selection() if tabs.reader is not None else None
        if selected is not None and tabs.reader is not None and tabs.reader.text is not None:
            self._annotation, self._place = "", (tabs.key, *selected)
            self._open(tabs.reader.text.content[slice(*selected)])
        elif current is not None:
            self._annotation, self._place = current.id, None
            self._open(current.target.quote.exact)
        else:
            words = self.tr("Select a passage in the text, or choose an annotation, first.")
            self._desk.messages.info(words)

    def _open(self, quotation: str) -> None:
        from gui.dialogs.tying import TieDialog

        if self._dialog is not None:
            self._dialog.close()
        dialog = self._dialog = TieDialog(quotation, self._desk.window)
        dialog.typed.connect(self._on_typed)
        dialog.chosen.connect(self._on_chosen)
        dialog.removed.connect(self._on_removed)
        dialog.finished.connect(self._on_closed)
        self._show_ties()
        dialog.open()
        dialog.field.setFocus()

    def _show_ties(self) -> None:
        found = self._reads.find(self._annotation) if self._annotation else None
        if self._dialog is not None and found is not None:
            self._dialog.show_ties(found.links)

    @Slot()
    def _on_closed(self) -> None:
        self._dialog = None
        reader = self._desk.window.tabs.reader
        if reader is not None:
            if self._annotation and reader.selection() is not None:
                reader.clear_selection()  # so that the highlight shows
            reader.setFocus()

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._tying.offer(typed, self._annotation)

    @Slot(object, object)
    def _on_found(self, records: object, annotations: object) -> None:
        if self._dialog is not None:
            self._dialog.show_offers(records, annotations)  # type: ignore[arg-type]

    @Slot(str, str)
    def _on_chosen(self, meaning: str, target: str) -> None:
        if self._annotation:
            self._tying.tie(self._annotation, Meaning(meaning), target)
        elif self._place is not None:
            self._tying.tie_passage(self._place, Meaning(meaning), target)

    @Slot(str)
    def _on_removed(self, link: str) -> None:
        self._tying.untie((link,))

    @Slot(object, object)
    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if initiator is self._tying and self._place and len(changes.annotations) == 1:
            (self._annotation,) = changes.annotations  # the passage is one from now on
            self._place = None
            self._desk.events.annotation_selected.emit(self._annotation)
        if changes.links or changes.annotations:
            self._tying.read(self._desk.window.tabs.key)

    @Slot(str, object)
    def _on_record_read(self, _key: str, _annotations: object) -> None:
        self._show_ties()

    # On the record's own page

    @Slot(str, object)
    def _on_read(self, key: str, ties: tuple[PassageTie, ...]) -> None:
        if key == self._desk.window.tabs.key:
            self._ties = {tie.annotation.id: tie.annotation for tie in ties}
            self._desk.window.relations.show_passages(key, ties)

    @Slot(str)
    def _on_followed(self, target: str) -> None:
        annotation = self._ties.get(target)
        if annotation is not None:
            self._desk.events.annotation_selected.emit(annotation.id)
            span = (annotation.start, annotation.end)
            self._desk.events.record_requested.emit(annotation.target.record, span)
