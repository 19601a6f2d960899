"""Asks what may be typed next, off the window's thread; only the newest answer counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.domain.query_parts import Completion, Completions
from core.domain.records import RecordEntry
from core.services.naming import find_by_name
from core.tasks import CancelToken
from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.reference import Reference
    from core.services.search import Search

_RECORDS = 5  # offered beside what may be typed


class CompletionController(QObject):
    """Turns a text and where the cursor stands in it into completions."""

    completed = Signal(str, object)
    """``(text that was asked for, Completions)``."""
    failed = Signal(object)

    def __init__(self, search: Search, reference: Reference, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._reference = reference
        self._reader = LatestOnly(self)

    def ask(self, text: str, cursor: int, *, records: bool) -> None:
        """Ask for completions, with ``records`` that are named so; retires what was asked for."""

        def complete(token: CancelToken) -> Completions:
            found = self._search.complete(text, cursor)
            token.check()
            if not records:
                return found
            named = find_by_name(self._reference.entries(), text, _RECORDS, token)
            return replace(found, items=(*map(_completion, named), *found.items))

        self._reader.submit(
            complete, lambda answer: self.completed.emit(text, answer), self.failed.emit
        )


def _completion(entry: RecordEntry) -> Completion:
    detail = f"{entry.kind.value} · {entry.year}" if entry.year else entry.kind.value
    return Completion(entry.title, entry.title, "record", detail, record=entry.key)


class NamesController(QObject):
    """Turns what is typed into the records that are named so."""

    found = Signal(object)
    """Tuple of `RecordEntry`."""
    failed = Signal(object)

    def __init__(self, reference: Reference, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reference = reference
        self._reader = LatestOnly(self)

    def ask(self, typed: str) -> None:
        """Ask for the records with such a name; retires what was asked for."""
        self._reader.submit(
            lambda token: find_by_name(self._reference.entries(), typed, cancel=token),
            self.found.emit,
            self.failed.emit,
        )
