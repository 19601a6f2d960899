"""Taking in what others marked: shown first, then merged as one undoable step."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from core.domain.changes import Changes
from core.domain.interchange import Project
from core.domain.merging import Decisions, Merged, MergePlan
from core.domain.table_merging import TableMapping, TablePreview
from core.errors import UserError
from core.services.merge_comparison import Comparison, compare
from core.services.merge_writing import MergeWriter
from core.storage.originals import Originals
from core.storage.unit_of_work import Database
from core.tasks import CancelToken, Progress, no_progress, slow

_CHUNK = 2**20


class Merge:
    """Other people's projects, read and taken in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @slow
    def preview(self, path: Path, mapping: TableMapping | None = None) -> TablePreview | None:
        """Return how a table begins and how it would be read, None for a file that is no table.

        ``mapping`` says encoding and delimiter where the reader told them wrongly. Raises
        `UserError` for a file that can't be read.
        """
        from core.interchange import annotation_table
        from core.interchange.files import is_table, read_rows

        if not is_table(path):
            return None
        return annotation_table.preview(path, read_rows(path, mapping))

    @slow
    def plan(
        self,
        path: Path,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
        mapping: TableMapping | None = None,
    ) -> MergePlan:
        """Tell what merging a file would do; writes nothing.

        ``mapping`` says how a table is read. Raises `UserError` for a file that can't be read,
        `CancelledError`.
        """
        progress(0, 1, "Reading")
        sha256 = _hash(path)
        project = _read(path, mapping)
        with self._database.read() as session:
            found = compare(session, project, progress, cancel or CancelToken())
        return _plan(path, sha256, found)

    @slow
    def merge(
        self,
        path: Path,
        decisions: Decisions | None = None,
        sha256: str | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
        mapping: TableMapping | None = None,
    ) -> tuple[Merged, Changes]:
        """Merge a file as one undoable step, conflicts as ``decisions`` say.

        Args:
            decisions: how conflicts are settled; those left open keep what is here.
            sha256: of the file that was shown; another one is refused.
            mapping: how a table is read; its columns are told by their names without one.

        Raises `UserError` for a file that can't be read or is another one now, `CancelledError`;
        then nothing is changed.
        """
        progress(0, 1, "Reading")
        decisions, cancel = decisions or Decisions(), cancel or CancelToken()
        read = _hash(path)
        if sha256 is not None and read != sha256:
            raise UserError(
                f"{path.name} is another file than the one that was shown; open it again to see "
                "what is in it now."
            )
        project = _read(path, mapping)
        with self._database.write() as work:
            found = compare(work.session, project, progress, cancel)
            originals = Originals(self._database.file.parent)
            writer = MergeWriter(work, found, decisions, originals)
            writer.write(progress, cancel)
            plan = _plan(path, read, found)
            changes = work.commit(f"Merge “{path.name[:60]}”") if writer.written else Changes()
        still_open = tuple(i.id for i in plan.conflicts if decisions.of(i.id) is None)
        counts = Counter(item.status.value for item in plan.items)
        return Merged(plan, still_open, writer.written, counts), changes


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    if path.is_dir():
        raise UserError(f"{path} is a folder; choose a file to merge.")
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise UserError(f"{path} can't be read ({why}); choose a file to merge.") from error
    return digest.hexdigest()


def _read(path: Path, mapping: TableMapping | None) -> Project:
    from core.interchange.files import read_project

    return read_project(path, mapping)


def _plan(path: Path, sha256: str, found: Comparison) -> MergePlan:
    project = found.project
    return MergePlan(str(path), sha256, project.format, tuple(found.items()), project.remarks)
