"""The analyst's documents, read and changed off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.domain.changes import Changes
from core.domain.documents import Collection, DocumentCard, DocumentForm, DocumentMetadata
from core.domain.own_records import FieldProblem
from core.domain.records import RecordEntry
from core.errors import NotFoundError
from core.tasks import CancelToken
from gui.flows.desk import Desk
from gui.workers import LatestOnly

if TYPE_CHECKING:
    from core.workspace import Workspace

Change = Callable[[], Changes]
Opened = tuple[DocumentForm, tuple[RecordEntry, ...]]


@dataclass(frozen=True)
class Held:
    """All that is there: what can be read, what is in the trash, and the collections."""

    cards: tuple[DocumentCard, ...] = ()
    trash: tuple[DocumentCard, ...] = ()
    collections: tuple[Collection, ...] = ()


class DocumentsController(QObject):
    """What fails is said in the window."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._workspace: Workspace = desk.workspace
        self._lists = LatestOnly(self)
        self._forms = LatestOnly(self)
        self._originals = LatestOnly(self)

    def read(self, done: Callable[[Held], None]) -> None:
        """Read all cards."""

        def job(token: CancelToken) -> Held:
            cards = self._workspace.documents.cards()
            token.check()
            return Held(cards, self._workspace.trash.cards(), self._workspace.shelves.collections())

        self._lists.submit(job, done, self._desk.messages.problem)

    def read_form(self, key: str, done: Callable[[Opened], None]) -> None:
        """Read what a document's details show, and the records that it can be linked to."""

        def job(_token: CancelToken) -> Opened:
            return self._workspace.documents.form(key), self._workspace.reference.entries()

        self._forms.submit(job, done, self._desk.messages.problem)

    def read_again(self, key: str, done: Callable[[DocumentForm | None], None]) -> None:
        """Read a document as it stands after all earlier changes; None if it is gone."""

        def job() -> DocumentForm | None:
            try:
                return self._workspace.documents.form(key)
            except NotFoundError:
                return None

        self._desk.writes.submit(job, done, self._desk.messages.problem)

    def lend_original(self, key: str, done: Callable[[Path], None]) -> None:
        """Have a copy of the file that a document was read from."""
        self._originals.submit(
            lambda _token: self._workspace.documents.lend(key),
            done,
            self._desk.messages.problem,
        )

    def change(self, job: Change, words: str = "") -> None:
        """Make a change after all earlier ones; says ``words`` when it is done."""

        def done(changes: Changes) -> None:
            self._tell(changes)
            if words:
                self._desk.messages.info(words)

        self._desk.writes.submit(job, done, self._desk.messages.problem)

    def edit(
        self,
        key: str,
        said: DocumentMetadata,
        done: Callable[[tuple[FieldProblem, ...]], None],
    ) -> None:
        """Store what a form says; ``done`` is told what is wrong with it."""

        def stored(result: tuple[tuple[FieldProblem, ...], Changes]) -> None:
            self._tell(result[1])
            done(result[0])

        self._desk.writes.submit(
            lambda: self._workspace.documents.edit(key, said), stored, self._desk.messages.problem
        )

    def edit_many(
        self,
        keys: Sequence[str],
        said: DocumentMetadata,
        done: Callable[[tuple[FieldProblem, ...]], None],
    ) -> None:
        """Store what is said of several; ``done`` is told what is wrong with it."""

        def stored(result: tuple[tuple[FieldProblem, ...], Changes]) -> None:
            self._tell(result[1])
            done(result[0])

        services = self._workspace.documents
        self._desk.writes.submit(
            lambda: services.edit_many(keys, said), stored, self._desk.messages.problem
        )

    def empty_trash(self, words: str, emptied: Callable[[], None]) -> None:
        """Delete for good what is in the trash; ``words`` has a place for how many."""

        def done(number: int) -> None:
            self._desk.messages.info(words.format(number))
            emptied()

        self._desk.writes.submit(self._workspace.trash.empty, done, self._desk.messages.problem)

    def _tell(self, changes: Changes) -> None:
        if changes:
            self._desk.events.changed.emit(changes, self)
