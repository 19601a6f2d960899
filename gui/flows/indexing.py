"""Writes to the search index, in the background."""

from PySide6.QtCore import QObject, Slot

from core.domain.changes import Changes
from core.domain.search import IndexState
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
        indexing.stands.connect(self._on_stands)
        indexing.caught_up.connect(search.ask_again)
        indexing.waiting_changed.connect(self._on_waiting_changed)
        desk.events.changed.connect(self._on_changed)
        indexing.catch_up()

    @Slot(object)
    def _on_stands(self, state: IndexState) -> None:
        """Tell how the index stands; search answers meanwhile from what is there."""
        words = {
            "current": self.tr("Index up to date"),
            "waiting": self.tr("Index is catching up…"),
            "busy": self.tr("Index waits for another NormAtlas"),
            "building": self.tr("Building the index, {0} %…"),
            "repairing": self.tr("Repairing the index, {0} %…"),
        }[state.what].format(state.percent or 0)
        more = {
            "waiting": self.tr("What was written last can be found in a moment."),
            "busy": self.tr("It writes to the index; {0} changes can be found once it is done."),
            "building": self.tr("Search answers when it is built."),
            "repairing": self.tr("Search answers meanwhile from what is there."),
        }.get(state.what, "")
        self._say(words, more.format(state.waiting))

    @Slot(object)
    def _on_failed(self, _error: Exception) -> None:
        self._say(self.tr("Index is behind; what was written last may not be found"))

    @Slot(int)
    def _on_waiting_changed(self, waiting: int) -> None:
        if waiting:
            self._say(self.tr("Index is catching up…"))

    def _say(self, words: str, more: str = "") -> None:
        self._desk.window.index_status.setText(words)
        self._desk.window.index_status.setToolTip(f"{words}. {more}" if more else words)

    @Slot(object, object)
    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._indexing.catch_up()
