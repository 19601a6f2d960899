"""From a search to a tag on all that it found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from core.domain.auto_tagging import Proposal, Proposals, Stretch
from core.domain.search import SearchQuery
from core.errors import CancelledError, UserError
from gui.controllers.annotations import AnnotationsController
from gui.controllers.auto_tagging import AutoTaggingController
from gui.controllers.search import SearchController
from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is first asked for
    from gui.dialogs.tag_hits import TagHitsDialog


class AutoTaggingFlow(QObject):
    """The query in force to the list of its hits, and what is chosen there to the database."""

    def __init__(self, desk: Desk, reads: AnnotationsController, search: SearchController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reads = reads
        self._search = search
        self._query = SearchQuery("")
        self._dialog: TagHitsDialog | None = None
        self._tagging = AutoTaggingController(
            desk.workspace.auto_tagging, desk.writes, desk.events, self
        )
        self._tagging.proposed.connect(self._on_proposed)
        self._tagging.progressed.connect(self._on_progressed, Qt.ConnectionType.QueuedConnection)
        self._tagging.tagged.connect(self._on_tagged)
        self._tagging.failed.connect(self._on_failed)
        desk.window.commands.tag_hits.triggered.connect(self._on_wanted)
        desk.window.codebook.view.auto_tag_requested.connect(self.open)
        desk.window.closing.connect(self._on_closing)

    @Slot()
    def _on_wanted(self) -> None:
        self.open("")

    @Slot(str)
    def open(self, path: str) -> None:
        """List the hits of the search in force; ``path`` is the tag meant for them, or ""."""
        if not self._search.text:
            self._desk.window.field.setFocus()
            self._desk.messages.info(self.tr("Search for what is to be tagged first."))
            return
        from gui.dialogs.tag_hits import TagHitsDialog

        if self._dialog is not None:
            self._dialog.close()
        self._query = self._search.query
        dialog = TagHitsDialog(self._query.text, self._reads.tags, path, self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(self._on_hits_wanted)
        dialog.read_requested.connect(self._on_read)
        dialog.tagging_requested.connect(self._on_tagging_requested)
        dialog.stop_requested.connect(self._tagging.stop)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.show()
        dialog.ask()
        (dialog.table.view if path else dialog.tag).setFocus()

    @Slot(object)
    def _on_hits_wanted(self, stretch: Stretch) -> None:
        self._tagging.propose(self._query, stretch)

    @Slot(object)
    def _on_proposed(self, proposals: Proposals) -> None:
        if self._dialog is not None:
            self._dialog.show_proposals(proposals)

    @Slot(str, object)
    def _on_read(self, record: str, span: tuple[int, int]) -> None:
        self._desk.window.show_reading()
        self._desk.events.record_requested.emit(record, span)

    @Slot(object, str)
    def _on_tagging_requested(self, chosen: tuple[Proposal, ...], path: str) -> None:
        if self._dialog is not None:
            self._dialog.busy(is_busy=True)
        self._tagging.tag(chosen, path)

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        if self._dialog is not None:
            self._dialog.show_progress(done, total)

    @Slot(int)
    def _on_tagged(self, many: int) -> None:
        words = self.tr("Tagged {n} passages. Ctrl+Z takes them all back.")
        self._desk.messages.info(words.format(n=many))
        if self._dialog is not None:
            self._dialog.busy(is_busy=False)
            self._dialog.close()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._dialog is None or not isinstance(error, UserError | CancelledError):
            self._desk.messages.problem(error)
        if self._dialog is not None:
            stopped = self.tr("Stopped; nothing was tagged.")
            is_stopped = isinstance(error, CancelledError)
            self._dialog.show_failure(stopped if is_stopped else str(error))

    @Slot()
    def _on_finished(self) -> None:
        self._dialog = None

    @Slot()
    def _on_closing(self) -> None:
        if self._dialog is not None:
            self._tagging.stop()
            self._dialog.busy(is_busy=False)
            self._dialog.close()
