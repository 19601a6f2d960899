"""Who hears whom in annotating: tags, notes, history, export; one class a flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from core.domain.annotations import Annotation, AnnotationFilter
from gui.controllers.annotate import AnnotateController
from gui.controllers.annotations import AnnotationsController
from gui.controllers.codebook import CodebookController
from gui.controllers.export import ExportController
from gui.controllers.history import HistoryController
from gui.views.tag_palette import TagPalette

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.history import HistoryState
    from gui.wiring import Desk


def wire_annotating(desk: Desk) -> None:
    """Set up every flow of annotating; they live as long as the window."""
    services = desk.workspace.annotations
    reads = AnnotationsController(
        services, desk.workspace.codebook, desk.events, desk.messages, desk.window
    )
    writes = AnnotateController(services, desk.writes, desk.events, desk.messages, desk.window)
    TaggingFlow(desk, reads, writes)
    AnnotationsFlow(desk, reads, writes)
    NotesFlow(desk, writes)
    CodebookFlow(desk, reads)
    HistoryFlow(desk)
    ExportFlow(desk, reads)
    AddressFlow(desk)
    ZoomFlow(desk)
    reads.show_record(desk.window.tabs.key)


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
        self._writes.draft_changed.connect(palette.show_chosen)
        self._reads.tags_read.connect(palette.show_tags)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @Slot()
    def open_palette(self) -> None:
        """Open the palette for the selection, or for the current annotation."""
        self._open_palette(focus=True)

    def _open_palette(self, *, focus: bool) -> None:
        reader, key = self._desk.window.tabs.reader, self._desk.window.tabs.key
        if reader is None:
            return
        selected, current = reader.selection(), self._reads.current
        if self.palette.isVisible() and focus:
            self.palette.field.setFocus()
        elif selected is not None:
            self._writes.begin(key, *selected)
            self.palette.open_at(reader.selection_point(), self._reads.tags, focus=focus)
        elif current is not None and current.target.record == key:
            self._writes.begin_with(current)
            self.palette.open_at(reader.selection_point(), self._reads.tags, focus=focus)
            self.palette.show_chosen(current.tags, current.note)
        else:
            self._desk.messages.info(self.tr("Select a passage in the text first."))

    @Slot(str)
    def _on_record_shown(self, _key: str) -> None:
        self.palette.close_palette()

    @Slot(QPoint)
    def _on_selection_finished(self, _point: QPoint) -> None:
        self.palette.close_palette()
        self._open_palette(focus=False)

    @Slot(bool)
    def _on_selection_changed(self, is_any: bool) -> None:
        if not is_any and not self._holds_focus():
            self.palette.close_palette()

    @Slot()
    def _on_palette_closed(self) -> None:
        reader = self._desk.window.tabs.reader
        if reader is not None and self._holds_focus():
            reader.setFocus()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        was_inside = before is not None and self.palette.isAncestorOf(before)
        if was_inside and now is not None and not self.palette.isAncestorOf(now):
            self.palette.close_palette()

    def _holds_focus(self) -> bool:
        holder = QApplication.focusWidget()
        return holder is not None and self.palette.isAncestorOf(holder)


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

    @Slot(str)
    def _on_followed(self, annotation: str) -> None:
        found = self._reads.find(annotation)
        if found is not None:
            self._desk.events.annotation_selected.emit(annotation)
            span = (found.start, found.end)
            self._desk.events.record_requested.emit(found.target.record, span)

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


class NotesFlow(QObject):
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


class CodebookFlow(QObject):
    """The codebook's panel to the database and back."""

    def __init__(self, desk: Desk, reads: AnnotationsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = reads
        panel = desk.window.codebook
        codebook = CodebookController(
            desk.workspace.codebook, desk.writes, desk.events, desk.messages, self
        )
        reads.tags_read.connect(panel.show_tags)
        panel.add_requested.connect(codebook.add)
        panel.rename_requested.connect(codebook.rename)
        panel.recolor_requested.connect(codebook.recolor)
        panel.delete_requested.connect(codebook.delete)
        panel.tag_followed.connect(self._on_tag_followed)

    @Slot(str)
    def _on_tag_followed(self, path: str) -> None:
        self._desk.window.annotations.scope.setCurrentIndex(1)
        self._reads.list_scope(AnnotationFilter(tag=path or None))
        self._desk.window.raise_panel("annotationsDock")


class HistoryFlow(QObject):
    """Undo and redo, each action named by the step that it would take."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._history = HistoryController(
            desk.workspace.history, desk.writes, desk.events, desk.messages, self
        )
        desk.window.commands.undo.triggered.connect(self._on_undo)
        desk.window.commands.redo.triggered.connect(self._history.redo)
        self._history.state_changed.connect(self._on_state_changed)
        self._history.refresh()

    @Slot()
    def _on_undo(self) -> None:
        self._desk.window.note.save()  # so that what is being typed is the step taken back
        self._history.undo()

    @Slot(object)
    def _on_state_changed(self, state: HistoryState) -> None:
        undo, redo = self._desk.window.commands.undo, self._desk.window.commands.redo
        undo.setEnabled(state.undo is not None)
        redo.setEnabled(state.redo is not None)
        undo.setText(self.tr("&Undo: {0}").format(state.undo) if state.undo else self.tr("&Undo"))
        redo.setText(self.tr("&Redo: {0}").format(state.redo) if state.redo else self.tr("&Redo"))


class ExportFlow(QObject):
    """The export dialog over the window."""

    def __init__(self, desk: Desk, reads: AnnotationsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = reads
        self._export = ExportController(desk.workspace.export, desk.messages, self)
        desk.window.commands.export.triggered.connect(self._on_export_requested)

    @Slot()
    def _on_export_requested(self) -> None:
        from gui.dialogs.export import ExportDialog

        self._desk.window.note.save()
        record = self._desk.window.tabs.record
        ExportDialog(self._export, record, self._reads.tags, self._desk.window).open()


class AddressFlow(QObject):
    """Links onto the web: asked about with the address shown, opened in the browser."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        desk.window.tabs.address_requested.connect(self._on_address_requested)

    @Slot(str)
    def _on_address_requested(self, address: str) -> None:
        question = QMessageBox(self._desk.window)
        question.setObjectName("addressQuestion")
        question.setWindowTitle(self.tr("Open in the browser?"))
        question.setText(self.tr("This link leads out of NormAtlas, onto the web:"))
        question.setInformativeText(address)
        opens = question.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        question.setDefaultButton(QMessageBox.StandardButton.Cancel)
        opens.clicked.connect(self._on_agreed)
        question.open()

    @Slot()
    def _on_agreed(self) -> None:
        question = self.sender().window()  # type: ignore[attr-defined]
        if isinstance(question, QMessageBox):
            QDesktopServices.openUrl(QUrl(question.informativeText()))


class ZoomFlow(QObject):
    """The size of the reading font."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        tabs, commands = desk.window.tabs, desk.window.commands
        commands.zoom_in.triggered.connect(tabs.zoom_in)
        commands.zoom_out.triggered.connect(tabs.zoom_out)
        commands.zoom_reset.triggered.connect(tabs.reset_zoom)
        tabs.points_changed.connect(self._on_points_changed)
        self._on_points_changed(tabs.points)

    @Slot(float)
    def _on_points_changed(self, _points: float) -> None:
        percent = self._desk.window.tabs.zoom_percent
        self._desk.window.zoom_status.setText(self.tr("{n} %").format(n=percent))
