"""The codebook's panel to the database and back, and its dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.changes import Changes
from core.domain.codebook import TagEvent
from gui.controllers.annotations import AnnotationsController
from gui.controllers.codebook import CodebookController
from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is first asked for
    from gui.dialogs.tag_split import SplitDialog


class CodebookFlow(QObject):
    """Wishes of the panel to writes; questions where one has to choose."""

    def __init__(self, desk: Desk, reads: AnnotationsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = reads
        self._split: SplitDialog | None = None
        self._codebook = CodebookController(
            desk.workspace, desk.writes, desk.events, desk.messages, self
        )
        self._listen()

    def _listen(self) -> None:
        panel, codebook = self._desk.window.codebook, self._codebook
        view, tree, details = panel.view, panel.tree, panel.details
        self._reads.tags_read.connect(panel.show_tags)
        panel.add_requested.connect(codebook.add)
        panel.starter_requested.connect(codebook.start)
        tree.rename_requested.connect(codebook.rename)
        tree.move_requested.connect(codebook.move)
        tree.merge_requested.connect(codebook.merge)
        details.described.connect(codebook.describe)
        details.recolored.connect(codebook.recolor)
        details.favoured.connect(codebook.favour)
        codebook.described.connect(details.saved)
        codebook.not_described.connect(details.failed)
        view.pasted.connect(codebook.move)
        view.sort_requested.connect(codebook.sort)
        view.step_requested.connect(self._on_step)
        view.followed.connect(self._on_followed)
        view.merge_requested.connect(self._on_merge)
        view.delete_requested.connect(self._on_delete)
        view.history_requested.connect(codebook.read_history)
        codebook.history_read.connect(self._on_history_read)
        view.split_requested.connect(self._on_split)
        view.dated_requested.connect(self._on_dated)
        codebook.passages_read.connect(self._on_passages_read)
        self._desk.events.changed.connect(self._on_changed)
        self._desk.window.closing.connect(self._on_closing)

    @Slot(str)
    def _on_followed(self, path: str) -> None:
        self._desk.window.annotations.scope.setCurrentIndex(1)
        self._reads.list_scope(AnnotationFilter(tag=path or None))
        self._desk.window.raise_panel("annotationsDock")

    @Slot(str, str)
    def _on_step(self, path: str, step: str) -> None:
        place = self._desk.window.codebook.tree.step(path, step)
        if place is not None:
            self._codebook.move((path,), *place)

    @Slot(object)
    def _on_merge(self, paths: tuple[str, ...]) -> None:
        from gui.dialogs.tag_changes import MergeDialog

        dialog = MergeDialog(paths, self._reads.tags, self._desk.window)
        dialog.chosen.connect(self._codebook.merge)
        _open(dialog)

    @Slot(str)
    def _on_delete(self, path: str) -> None:
        from gui.dialogs.tag_changes import DeleteTagDialog

        tag = next((tag for tag in self._reads.tags if tag.path == path), None)
        if tag is None:
            return  # it has just gone
        if not tag.total and not self._desk.window.codebook.tree.has_below(path):
            self._delete(path, None, False)
            return
        dialog = DeleteTagDialog(tag, self._reads.tags, self._desk.window)
        dialog.chosen.connect(self._delete)
        _open(dialog)

    @Slot(str, object, bool)
    def _delete(self, path: str, give_to: str | None, keep_below: bool) -> None:
        self._codebook.delete(path, give_to, keep_below=keep_below)

    @Slot(str, object)
    def _on_history_read(self, path: str, events: tuple[TagEvent, ...]) -> None:
        from gui.dialogs.tag_history import TagHistoryDialog

        _open(TagHistoryDialog(path, events, self._desk.window))

    @Slot(str)
    def _on_split(self, path: str) -> None:
        from gui.dialogs.tag_split import SplitDialog

        if self._split is not None:
            self._split.close()
        dialog = SplitDialog(path, self._reads.tags, self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._codebook.split)
        dialog.read_requested.connect(self._on_read_requested)
        dialog.finished.connect(self._on_split_finished)
        self._split = dialog
        dialog.show()
        dialog.into.setFocus()
        self._codebook.read_passages(path)

    @Slot(str, object)
    def _on_passages_read(self, path: str, found: tuple[Annotation, ...]) -> None:
        if self._split is not None and self._split.path == path:
            self._split.show_annotations(found)

    @Slot(str)
    def _on_read_requested(self, annotation: str) -> None:
        found = self._split.annotation(annotation) if self._split is not None else None
        if found is not None:
            span = (found.start, found.end)
            self._desk.window.show_reading()
            self._desk.events.record_requested.emit(found.target.record, span)
            self._desk.events.annotation_selected.emit(annotation)

    @Slot()
    def _on_split_finished(self) -> None:
        self._split = None

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if self._split is not None and (changes.tags or changes.annotations):
            self._codebook.read_passages(self._split.path)

    @Slot()
    def _on_dated(self) -> None:
        from gui.dialogs.dated_codebook import DatedCodebookDialog

        dialog = DatedCodebookDialog(self._desk.window)
        dialog.wanted.connect(self._codebook.read_dated)
        dialog.export_requested.connect(self._codebook.export)
        self._codebook.dated_read.connect(dialog.show_tags)
        _open(dialog)
        dialog.ask()

    @Slot()
    def _on_closing(self) -> None:
        self._desk.window.codebook.details.save()
        if self._split is not None:
            self._split.close()


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
