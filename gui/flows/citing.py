"""Copying with a citation: from the reader, a hit, an annotation, the library."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget

from gui.controllers.annotations import AnnotationsController
from gui.controllers.citing import CitingController
from gui.flows.desk import Desk


class CitingFlow(QObject):
    """What is meant is what the keyboard is on; else the record in front."""

    def __init__(self, desk: Desk, annotations: AnnotationsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._annotations = annotations
        self._citing = CitingController(desk.workspace.citing, desk.messages, self)
        desk.window.commands.copy_cited.triggered.connect(self._on_copy_cited)
        desk.window.commands.copy_citation.triggered.connect(self._on_copy_citation)
        desk.window.tabs.citation_requested.connect(self._on_copy_cited)

    @Slot()
    def _on_copy_cited(self) -> None:
        """Copy the passage of the hit, of the annotation, the selection or that at the caret."""
        place = self._hit() or self._annotation() or self._read()
        if place is None:
            self._desk.messages.info(self.tr("Open a record first, and choose a passage in it."))
            return
        self._citing.copy_passage(*place)

    @Slot()
    def _on_copy_citation(self) -> None:
        """Copy the citation alone, of whatever the keyboard is on."""
        window = self._desk.window
        chosen = self._chosen()
        hit = self._hit()
        key = window.library.current_key() if self._is_in(window.library) else None
        reader, record = window.tabs.reader, window.tabs.record
        if chosen:
            self._citing.copy_citations(chosen)
        elif hit is not None:
            self._citing.copy_citation(hit[0], hit[1:])
        elif key is not None:
            self._citing.copy_citation(key)
        elif record is not None and reader is not None:
            self._citing.copy_citation(record.entry.key, reader.selection())
        else:
            self._desk.messages.info(self.tr("Choose a record first, in the library or a tab."))

    def _is_in(self, place: QWidget) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is place or place.isAncestorOf(focused))

    def _hit(self) -> tuple[str, int, int] | None:
        results = self._desk.window.results
        row = results.position()[0] - 1
        if not self._desk.window.searching or row < 0:
            return None
        hit = results.model.hit(row)
        return (hit.record, hit.start, hit.end)

    def _chosen(self) -> tuple[str, ...]:
        view = self._desk.window.annotations.view
        if not self._is_in(view):
            return ()
        return tuple(view.cards.card(index.row()).target for index in view.selectedIndexes())

    def _annotation(self) -> tuple[str, int, int] | None:
        found = next(map(self._annotations.find, self._chosen()), None)
        return (found.target.record, found.start, found.end) if found is not None else None

    def _read(self) -> tuple[str, int, int] | None:
        tabs = self._desk.window.tabs
        reader, record = tabs.reader, tabs.record
        if reader is None or record is None:
            return None
        around = record.text.passage_at(reader.caret())
        return (record.entry.key, *(reader.selection() or (around.start, around.end)))
