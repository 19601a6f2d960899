"""Selection to palette to annotation; annotations to lists, notes and highlights."""

from PySide6.QtCore import QObject, QPoint, Slot

from core.domain.annotations import Annotation, AnnotationFilter
from core.services.history import HistoryState
from gui.controllers.annotate import AnnotateController
from gui.controllers.annotations import AnnotationsController
from gui.controllers.codebook import CodebookController
from gui.controllers.history import HistoryController
from gui.flows.desk import Desk
from gui.reader.view import Reader
from gui.views.tag_palette import TagPalette


class PaletteFlow(QObject):
    """A selected passage brings up the palette, the palette writes."""

    def __init__(
        self, desk: Desk, annotate: AnnotateController, annotations: AnnotationsController
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._annotate = annotate
        self._annotations = annotations
        self._palette = TagPalette(desk.window)
        self._palette.tag_added.connect(annotate.add_tag)
        self._palette.tag_removed.connect(annotate.remove_tag)
        self._palette.note_written.connect(annotate.write_draft_note)
        self._palette.closed.connect(self._on_palette_closed)
        annotate.draft_changed.connect(self._palette.show_chosen)
        annotations.tags_read.connect(self._palette.show_tags)
        desk.events.tag_requested.connect(self._on_tag_requested)
        desk.events.record_shown.connect(self._on_record_shown)
        desk.window.commands.tag.triggered.connect(desk.events.tag_requested)
        self._known: set[Reader] = set()

    @Slot(str)
    def _on_record_shown(self, _key: str) -> None:
        self._palette.close_palette()
        reader = self._desk.window.tabs.reader
        self._known = {
            known for known in self._desk.window.tabs.readers().values() if known in self._known
        }
        if reader is not None and reader not in self._known:
            self._known.add(reader)
            reader.selection_finished.connect(self._on_selection_finished)

    @Slot(QPoint)
    def _on_selection_finished(self, point: QPoint) -> None:
        self._open(point, focus=False)

    @Slot()
    def _on_tag_requested(self) -> None:
        reader = self._desk.window.tabs.reader
        if reader is not None:
            self._open(reader.selection_point(), focus=True)

    def _open(self, point: QPoint, *, focus: bool) -> None:
        tabs = self._desk.window.tabs
        selected = tabs.reader.selection() if tabs.reader else None
        current = self._annotations.current
        if selected is not None:
            self._annotate.begin(tabs.key, *selected)
            self._palette.open_at(point, self._annotations.tags, focus=focus)
        elif current is not None and current.target.record == tabs.key:
            self._annotate.begin_with(current)
            self._palette.open_at(point, self._annotations.tags, focus=focus)
            self._palette.show_chosen(current.tags, current.note)
        else:
            self._desk.messages.info(
                self.tr("Select a passage first: with the mouse, or Shift and the arrow keys.")
            )

    @Slot()
    def _on_palette_closed(self) -> None:
        reader = self._desk.window.tabs.reader
        if reader is not None:
            reader.setFocus()


class AnnotationsFlow(QObject):
    """The list, the note and the highlights show the same annotations."""

    def __init__(
        self, desk: Desk, annotate: AnnotateController, annotations: AnnotationsController
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._annotations = annotations
        window, panel = desk.window, desk.window.annotations
        self._known: set[Reader] = set()
        desk.events.record_shown.connect(self._on_record_shown)
        annotations.record_read.connect(self._on_record_read)
        annotations.list_read.connect(panel.show_annotations)
        annotations.current_changed.connect(self._on_current_changed)
        panel.scope_changed.connect(self._on_scope_changed)
        panel.view.current_changed.connect(desk.events.annotation_selected)
        panel.view.followed.connect(self._on_followed)
        panel.view.delete_requested.connect(annotate.delete)
        window.note.note_edited.connect(annotate.write_note)
        annotate.note_saved.connect(window.note.saved)
        annotate.note_failed.connect(window.note.failed)
        window.commands.note.triggered.connect(self._on_note_wanted)
        window.closing.connect(window.note.save)
        annotations.refresh()

    @Slot(str)
    def _on_record_shown(self, _key: str) -> None:
        readers = set(self._desk.window.tabs.readers().values())
        for reader in readers - self._known:
            reader.annotation_clicked.connect(self._desk.events.annotation_selected)
        self._known = readers

    @Slot(str, object)
    def _on_record_read(self, key: str, found: tuple[Annotation, ...]) -> None:
        reader = self._desk.window.tabs.readers().get(key)
        if reader is not None:
            reader.set_annotations(found)
        words = self.tr("{n} annotations").format(n=len(found))
        self._desk.window.annotations_status.setText(words if key else "")

    @Slot(object)
    def _on_current_changed(self, current: Annotation | None) -> None:
        window = self._desk.window
        window.note.show_annotation(current)
        if window.tabs.reader is not None:
            window.tabs.reader.set_current_annotation(current.id if current else "")
        if current is not None:
            window.annotations.view.select(current.id)

    @Slot()
    def _on_scope_changed(self) -> None:
        everything = self._desk.window.annotations.shows_all
        self._annotations.list_scope(AnnotationFilter() if everything else None)

    @Slot(str)
    def _on_followed(self, annotation: str) -> None:
        found = self._annotations.find(annotation)
        if found is not None:
            self._desk.events.annotation_selected.emit(annotation)
            span = (found.start, found.end)
            self._desk.events.record_requested.emit(found.target.record, span)

    @Slot()
    def _on_note_wanted(self) -> None:
        self._desk.window.raise_panel("noteDock")
        self._desk.window.note.editor.setFocus()


class CodebookFlow(QObject):
    """The codebook's wishes to writes."""

    def __init__(
        self, desk: Desk, codebook: CodebookController, annotations: AnnotationsController
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._annotations = annotations
        panel = desk.window.codebook
        annotations.tags_read.connect(panel.show_tags)
        panel.add_requested.connect(codebook.add)
        panel.rename_requested.connect(codebook.rename)
        panel.recolor_requested.connect(codebook.recolor)
        panel.delete_requested.connect(codebook.delete)
        panel.tag_followed.connect(self._on_tag_followed)

    @Slot(str)
    def _on_tag_followed(self, path: str) -> None:
        self._annotations.list_scope(AnnotationFilter(tag=path))
        self._desk.window.raise_panel("annotationsDock")


class HistoryFlow(QObject):
    """Undo and redo name the step that they take."""

    def __init__(self, desk: Desk, history: HistoryController) -> None:
        super().__init__(desk.window)
        self._commands = desk.window.commands
        self._commands.undo.triggered.connect(history.undo)
        self._commands.redo.triggered.connect(history.redo)
        history.state_changed.connect(self._on_state_changed)
        history.refresh()

    @Slot(object)
    def _on_state_changed(self, state: HistoryState) -> None:
        undo, redo = self.tr("&Undo"), self.tr("&Redo")
        self._commands.undo.setText(f"{undo}: {state.undo}" if state.undo else undo)
        self._commands.undo.setEnabled(state.undo is not None)
        self._commands.redo.setText(f"{redo}: {state.redo}" if state.redo else redo)
        self._commands.redo.setEnabled(state.redo is not None)
