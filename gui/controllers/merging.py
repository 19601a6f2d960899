"""What colleagues marked, compared and merged off the window's thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.changes import Changes
from core.domain.merging import Decisions, Merged, MergePlan
from core.domain.table_merging import TableMapping, TablePreview
from core.errors import CancelledError
from core.tasks import CancelToken
from gui.workers import LatestOnly, WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.merge import Merge


class MergeController(QObject):
    """Reads one file at a time; a merge that is begun is written whole or not at all."""

    progressed = Signal(int, int, str)
    """``(done, total, what)`` of what runs."""
    previewed = Signal(object)
    """The `TablePreview` of the file that was read last, None where it is no table."""
    planned = Signal(object)
    """Its `MergePlan`; not sent for a table while it is not known which column says what."""
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
        self._mapping: TableMapping | None = None

    @property
    def is_merging(self) -> bool:
        """Whether a merge is being written."""
        return self._token is not None

    def read(self, path: str, mapping: TableMapping | None = None) -> None:
        """Compare a file with the workspace; an earlier one that still runs is dropped.

        ``mapping`` says how a table is read; one that says no columns leaves them to their names.
        """

        def job(token: CancelToken) -> tuple[TablePreview | None, MergePlan | None]:
            file = Path(path)
            preview = self._merge.preview(file, mapping)
            used = mapping if mapping is not None and mapping.columns else None
            if preview is not None:
                told = used or preview.mapping
                if not (told.knows_words and told.knows_place):
                    return preview, None
            return preview, self._merge.plan(file, self.progressed.emit, token, mapping)

        self._mapping = mapping
        self._reads.submit(job, self._on_read, self.failed.emit)

    def _on_read(self, read: tuple[TablePreview | None, MergePlan | None]) -> None:
        preview, plan = read
        if plan is not None:
            self.planned.emit(plan)
        self.previewed.emit(preview)

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
            self._mapping,
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
