"""Search as one types: waits for a pause, asks, and lets only the newest answer through."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.domain.narrowing import choose, widened, without
from core.domain.search import FacetCounts, Likeness, SearchPage, SearchQuery, Sort
from core.errors import UserError
from core.tasks import CancelToken
from gui.workers import LatestOnly

SHORTEST = 2
PAGE = 20
FACETS_AFTER_MS = 120  # an answer is shown first; its counts can wait for the next keystroke


class Searching(Protocol):
    """What the controller asks of the search service."""

    def search(self, query: SearchQuery, cancel: CancelToken | None = None) -> SearchPage:
        """Answer a query."""
        ...

    def facets(self, query: SearchQuery, cancel: CancelToken | None = None) -> FacetCounts:
        """Count what a query's answer can be narrowed by."""
        ...


class SearchController(QObject):
    """Turns typing and choices into queries, and answers into signals."""

    answered = Signal(object)
    """The newest `SearchPage`."""
    extended = Signal(object)
    """A further page of the answer that is shown."""
    counted = Signal(object, object)
    """``(FacetCounts, SearchQuery)`` of the answer that is shown, some time after it."""
    narrowed = Signal(object)
    """The `SearchQuery`, after a change of what narrows or orders it."""
    pending = Signal(bool)
    """Whether what is shown is about to be replaced."""
    cleared = Signal()
    """Nothing is asked for any more."""
    refused = Signal(str)
    """Why a query was not answered."""
    failed = Signal(object)
    """An error that is nobody's query."""

    def __init__(
        self, service: Searching, parent: QObject | None = None, *, debounce_ms: int = 20
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._reader = LatestOnly(self)
        self._counter = LatestOnly(self)
        self._query = SearchQuery("", limit=PAGE)
        self._pause = QTimer(self, singleShot=True, interval=debounce_ms)
        self._pause.timeout.connect(self._ask)
        self._count_pause = QTimer(self, singleShot=True, interval=FACETS_AFTER_MS)
        self._count_pause.timeout.connect(self._count)

    @property
    def text(self) -> str:
        """What is being asked for."""
        return self._query.text

    @property
    def query(self) -> SearchQuery:
        """What is being asked for, with all that narrows and orders it."""
        return self._query

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        return self._query.like is not None or len(self._query.text) >= SHORTEST

    @Slot(str)
    def edit(self, text: str) -> None:
        """Take what stands in the search box now; asks after a pause in typing."""
        asked = " ".join(text.split())
        if asked == self._query.text:
            return
        self._query = replace(self._query, text=asked, like=None)
        self._counter.cancel()
        self._count_pause.stop()
        if len(asked) < SHORTEST:
            self._pause.stop()
            self._reader.cancel()
            self.pending.emit(False)
            self._narrow(replace(widened(self._query), sort=Sort.RANK))
            self.cleared.emit()
            return
        self.pending.emit(True)
        self._pause.start()

    # What narrows and orders

    @Slot(str, object)
    def choose(self, facet: str, values: tuple[str, ...]) -> None:
        """Narrow to these values of a facet instead of those before; none is all."""
        self._renew(choose(self._query, facet, values))

    @Slot(str, str)
    def drop(self, facet: str, value: str) -> None:
        """Narrow no more to a value."""
        self._renew(without(self._query, facet, value))

    @Slot()
    def widen(self) -> None:
        """Take back all that narrows."""
        self._renew(widened(self._query))

    @Slot(object)
    def stay_within(self, layers: frozenset[str]) -> None:
        """Search these layers only; none is all."""
        self._renew(replace(self._query, within=layers))

    @Slot(object)
    def order(self, sort: Sort) -> None:
        """Put the answer in another order."""
        self._renew(replace(self._query, sort=sort))

    def see_as_of(self, as_of: str | None) -> None:
        """Answer from what existed by this EDTF date from now on; None is today."""
        self._renew(replace(self._query, as_of=as_of))

    @Slot(object)
    def run(self, query: SearchQuery) -> None:
        """Ask for a query with all that narrows and orders it."""
        self._pause.stop()
        as_of = self._query.as_of
        self._narrow(replace(query, limit=PAGE, offset=0, facets=False, as_of=as_of))
        self.ask_again()

    @Slot(str, int, int)
    def resemble(self, record: str, start: int, end: int) -> None:
        """Ask for passages that resemble this one, with nothing that narrows."""
        self._pause.stop()
        like = Likeness(record, start, end)
        self._narrow(SearchQuery("", limit=PAGE, as_of=self._query.as_of, like=like))
        self.ask_again()

    def _renew(self, query: SearchQuery) -> None:
        if query != self._query:
            self._narrow(query)
            self.ask_again()

    def _narrow(self, query: SearchQuery) -> None:
        if query != self._query:
            self._query = query
            self.narrowed.emit(query)

    # Asking

    @Slot()
    def ask_again(self) -> None:
        """Ask the same once more, as when what is searched has changed."""
        if self.asks:
            self.pending.emit(True)
            self._ask()

    @Slot(int)
    def more(self, shown: int) -> None:
        """Ask for the hits after the first ``shown``."""
        query, search = replace(self._query, offset=shown), self._service.search
        self._reader.submit(lambda token: search(query, token), self.extended.emit, self._on_failed)

    @Slot()
    def _ask(self) -> None:
        query, search = self._query, self._service.search
        self._reader.submit(lambda token: search(query, token), self._on_answered, self._on_failed)

    @Slot()
    def _count(self) -> None:
        query, count = self._query, self._service.facets
        self._counter.submit(
            lambda token: count(query, token),
            lambda facets: self.counted.emit(facets, query),
            self._on_failed,
        )

    def _on_answered(self, page: SearchPage) -> None:
        self.pending.emit(False)
        self.answered.emit(page)
        self._count_pause.start()

    def _on_failed(self, error: Exception) -> None:
        self.pending.emit(False)
        if isinstance(error, UserError):
            self.refused.emit(str(error))
        else:
            self.failed.emit(error)
