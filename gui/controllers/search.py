"""Search as one types: waits for a pause, asks, and lets only the newest answer through."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.domain.keys import Kind
from core.domain.search import SearchPage, SearchQuery
from core.errors import UserError
from core.tasks import CancelToken
from gui.workers import LatestOnly

SearchCall = Callable[[SearchQuery, CancelToken | None], SearchPage]
SHORTEST = 2
PAGE = 20


class SearchController(QObject):
    """Turns typing into queries and answers into signals."""

    answered = Signal(object)
    """The newest `SearchPage`."""
    extended = Signal(object)
    """A further page of the answer that is shown."""
    pending = Signal(bool)
    """Whether what is shown is about to be replaced."""
    cleared = Signal()
    """Nothing is asked for any more."""
    refused = Signal(str)
    """Why a query was not answered."""
    failed = Signal(object)
    """An error that is nobody's query."""

    def __init__(
        self, search: SearchCall, parent: QObject | None = None, *, debounce_ms: int = 20
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._reader = LatestOnly(self)
        self._query = SearchQuery("", limit=PAGE, facets=True)
        self._pause = QTimer(self, singleShot=True, interval=debounce_ms)
        self._pause.timeout.connect(self._ask)

    @property
    def text(self) -> str:
        """What is being asked for."""
        return self._query.text

    @Slot(str)
    def edit(self, text: str) -> None:
        """Take what stands in the search box now; asks after a pause in typing."""
        asked = " ".join(text.split())
        if asked == self._query.text:
            return
        self._query = replace(self._query, text=asked)
        if len(asked) < SHORTEST:
            self._pause.stop()
            self._reader.cancel()
            self.pending.emit(False)
            self.cleared.emit()
            return
        self.pending.emit(True)
        self._pause.start()

    @Slot(object)
    def narrow(self, kinds: frozenset[Kind]) -> None:
        """Ask again for these kinds only; empty is all."""
        if kinds != self._query.kinds:
            self._query = replace(self._query, kinds=kinds)
            self.ask_again()

    @Slot()
    def ask_again(self) -> None:
        """Ask the same once more, as when what is searched has changed."""
        if len(self._query.text) >= SHORTEST:
            self.pending.emit(True)
            self._ask()

    @Slot(int)
    def more(self, shown: int) -> None:
        """Ask for the hits after the first ``shown``."""
        query = replace(self._query, offset=shown, facets=False)
        self._reader.submit(
            lambda token: self._search(query, token), self.extended.emit, self._on_failed
        )

    @Slot()
    def _ask(self) -> None:
        query = self._query
        self._reader.submit(
            lambda token: self._search(query, token), self._on_answered, self._on_failed
        )

    def _on_answered(self, page: SearchPage) -> None:
        self.pending.emit(False)
        self.answered.emit(page)

    def _on_failed(self, error: Exception) -> None:
        self.pending.emit(False)
        if isinstance(error, UserError):
            self.refused.emit(str(error))
        else:
            self.failed.emit(error)
