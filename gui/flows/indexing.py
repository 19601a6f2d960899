"""Writes to the search index, in the background."""

from PySide6.QtCore import QObject, Slot

from core.domain.changes import Changes
from gui.controllers.indexing import IndexingController
from gui.controllers.search import SearchController
from gui.flows.desk import Desk


class IndexFlow(QObject):
    """Writes to the search index, in the background."""

    def __init__(self, desk: Desk, indexing: IndexingController, search: SearchController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._indexing = indexing
        indexing.waiting_changed.connect(desk.events.index_changed)
        indexing.failed.connect(desk.messages.problem)
        indexing.failed.connect(self._on_failed)
        indexing.progressed.connect(self._on_progressed)
        indexing.caught_up.connect(search.ask_again)
        desk.events.index_changed.connect(self._on_index_changed)
        desk.events.changed.connect(self._on_changed)
        indexing.catch_up()

    @Slot(int)
    def _on_index_changed(self, waiting: int) -> None:
        words = self.tr("Index is catching up…") if waiting else self.tr("Index up to date")
        self._say(words)

    @Slot(int, int, str)
    def _on_progressed(self, done: int, total: int, _what: str) -> None:
        """Tell how far the index is built; search answers meanwhile from what is there."""
        if total and done < total:
            self._say(self.tr("Building the index, {0} %…").format(100 * done // total))

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        self._say(self.tr("Index is behind; what was written last may not be found"))

    def _say(self, words: str) -> None:
        self._desk.window.index_status.setText(words)
        self._desk.window.index_status.setToolTip(words)

    @Slot(object, object)
    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._indexing.catch_up()
