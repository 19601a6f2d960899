"""Ties of passages: what leads to a record, what a passage may be tied to, and the writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.domain.annotations import Annotation, PassageTie
from core.domain.changes import Changes
from core.domain.passage_links import Meaning
from core.domain.records import RecordEntry
from core.errors import NotFoundError
from core.services.naming import find_by_name
from core.tasks import CancelToken
from gui.flows.desk import Desk
from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.workspace import Workspace

_MOST_RECORDS, _MOST_PASSAGES = 30, 20


class TyingController(QObject):
    """Reads off the window's thread; writes in their turn."""

    found = Signal(object, object)
    """``(records, annotations)`` that fit what was typed."""
    to_record = Signal(str, object)
    """``(key, ties)`` that lead to a record from passages."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._offers = LatestOnly(self)
        self._ties = LatestOnly(self)

    @property
    def _workspace(self) -> Workspace:
        return self._desk.workspace

    def offer(self, typed: str, but: str) -> None:
        """Ask for records of such a name, and passages that say so, but one."""
        self._offers.submit(
            partial(self._find, typed, but),
            lambda found: self.found.emit(*found),
            self._desk.messages.problem,
        )

    def read(self, key: str) -> None:
        """Ask for what leads to a record; to none, where no page is open, nothing does."""
        if not key:
            self.to_record.emit(key, ())
            return
        self._ties.submit(
            partial(self._read, key),
            lambda ties: self.to_record.emit(key, ties),
            self._desk.messages.problem,
        )

    def tie(self, annotation: str, meaning: Meaning, target: str) -> None:
        """Tie an annotation to a record or to another annotation."""
        self._write(lambda: self._workspace.passage_links.link(annotation, meaning, target)[1])

    def tie_passage(self, place: tuple[str, int, int], meaning: Meaning, target: str) -> None:
        """Mark a passage of a record and tie it."""
        links = self._workspace.passage_links
        self._write(lambda: links.link_passage(*place, meaning, target)[1])

    def untie(self, links: tuple[str, ...]) -> None:
        """Take ties away."""
        self._write(lambda: self._workspace.passage_links.unlink(links))

    def _write(self, job: Callable[[], Changes]) -> None:
        self._desk.writes.submit(job, self._on_written, self._desk.messages.problem)

    def _on_written(self, changes: Changes) -> None:
        self._desk.events.changed.emit(changes, self)

    # On a reading thread

    def _find(
        self, typed: str, but: str, token: CancelToken
    ) -> tuple[tuple[RecordEntry, ...], tuple[Annotation, ...]]:
        if not typed.strip():
            return (), ()
        entries = self._workspace.reference.entries()
        records = find_by_name(entries, typed, _MOST_RECORDS, token)
        token.check()
        passages = _saying(self._workspace.annotations.find(), typed, but)
        return records, tuple(passages[:_MOST_PASSAGES])

    def _read(self, key: str, _token: CancelToken) -> tuple[PassageTie, ...]:
        try:
            return self._workspace.passage_links.to_record(key)
        except NotFoundError:  # it has just been deleted
            return ()


def _saying(annotations: Iterable[Annotation], typed: str, but: str) -> list[Annotation]:
    """Return the annotations that have each word typed in quotation, note, tags or title."""
    words = typed.casefold().split()
    found: list[Annotation] = []
    for annotation in annotations:
        parts = (annotation.target.quote.exact, annotation.note, annotation.title, *annotation.tags)
        said = "\n".join(parts).casefold()
        if annotation.id != but and all(word in said for word in words):
            found.append(annotation)
    return found
