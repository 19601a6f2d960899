"""What colleagues marked, compared and merged off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.changes import Changes
from core.domain.merging import Decisions, Merged, MergePlan
from core.errors import CancelledError
from core.tasks import CancelToken
from gui.workers import LatestOnly, WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.merge import Merge

Read = Callable[[CancelToken], MergePlan]


class MergeController(QObject):
    """Reads one file at a time; a merge that is begun is written whole or not at all."""

    progressed = Signal(int, int, str)
    """``(done, total, what)`` of what runs."""
    planned = Signal(object)
    """The `MergePlan` of the file that was read last."""
    merged = Signal(object, object)
    """``(Merged, Changes)``."""
    stopped = Signal()
    """A merge was stopped; nothing is changed."""
    failed = Signal(object)

    def __init__(self, merge: Merge, writes: WriteQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._merge = merge
        self._writes = writes
        self._reads = LatestOnly(self)
        self._token: CancelToken | None = None

    @property
    def is_merging(self) -> bool:
        """Whether a merge is being written."""
        return self._token is not None

    def read(self, path: str) -> None:
        """Compare a file with the workspace; an earlier one that still runs is dropped."""

        def job(token: CancelToken) -> MergePlan:
            return self._merge.plan(Path(path), self.progressed.emit, token)

        self._reads.submit(job, self.planned.emit, self.failed.emit)

    def merge(self, plan: MergePlan, decisions: Decisions) -> None:
        """Merge the very file that was read."""
        token = self._token = CancelToken()
        job = partial(
            self._merge.merge,
            Path(plan.path),
            decisions,
            plan.sha256,
            self.progressed.emit,
            token,
        )
        self._writes.submit(job, self._on_merged, self._on_failed)

    @Slot()
    def stop(self) -> None:
        """Give up what runs; nothing is changed."""
        self._reads.cancel()
        if self._token is not None:
            self._token.cancel()

    def _on_merged(self, done: tuple[Merged, Changes]) -> None:
        self._token = None
        self.merged.emit(*done)

    def _on_failed(self, error: Exception) -> None:
        self._token = None
        if isinstance(error, CancelledError):
            self.stopped.emit()
        else:
            self.failed.emit(error)
