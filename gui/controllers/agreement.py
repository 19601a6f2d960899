"""Two analysts compared off the window's thread; their differences settled in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.domain.agreement import Agreement, Difference
from core.domain.changes import Changes
from core.tasks import CancelToken
from gui.flows.desk import Desk
from gui.workers import LatestOnly

if TYPE_CHECKING:
    from core.services.agreement import AgreementService


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to compare, on which record (None: all that both marked), and whether a passage
    counts for a tag where it carries one below. Without names: the first two that there are."""

    first: str = ""
    second: str = ""
    record: str | None = None
    below: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """Who there is to compare, and what came of it; None where there are no two."""

    analysts: tuple[str, ...]
    wanted: Wanted
    agreement: Agreement | None


class AgreementController(QObject):
    """What fails is said in the window."""

    compared = Signal(object)
    """A `Compared`."""
    differences_read = Signal(str, object)
    """``(tag, tuple of Difference)``."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._service: AgreementService = desk.workspace.agreement
        self._looks = LatestOnly(self)
        self._differences = LatestOnly(self)

    def compare(self, wanted: Wanted) -> None:
        """Compare; tells `compared`."""

        def job(token: CancelToken) -> Compared:
            there = self._service.analysts()
            token.check()
            names = self._names(wanted, there)
            if names is None:
                return Compared(there, wanted, None)
            found = self._service.compare(*names, wanted.record, below=wanted.below, cancel=token)
            return Compared(there, wanted, found)

        self._looks.submit(job, self.compared.emit, self._desk.messages.problem)

    def _names(self, wanted: Wanted, there: tuple[str, ...]) -> tuple[str, str] | None:
        """Return whom to compare: those wanted where they are there, else oneself and another."""
        us = self._desk.workspace.analyst
        order = [name for name in (wanted.first, wanted.second) if name in there]
        order += sorted((name for name in there if name not in order), key=lambda one: one != us)
        if wanted.first and wanted.first == wanted.second:
            return None
        return (order[0], order[1]) if len(order) > 1 else None

    def read_differences(self, agreement: Agreement, tag: str, wanted: Wanted) -> None:
        """Read where the two differ on a tag; tells `differences_read`."""
        read = partial(
            self._service.differences,
            agreement.first,
            agreement.second,
            tag,
            wanted.record,
            below=wanted.below,
        )
        self._differences.submit(
            lambda _token: read(),
            partial(self.differences_read.emit, tag),
            self._desk.messages.problem,
        )

    def settle(self, difference: Difference, applies: bool, done: Callable[[], None]) -> None:
        """Have both say the same of a passage, as one step."""

        def written(changes: Changes) -> None:
            self._desk.events.changed.emit(changes, self)
            done()

        write = partial(self._service.settle, difference, applies)
        self._desk.writes.submit(write, written, self._desk.messages.problem)
