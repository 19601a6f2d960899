"""The queue of files to be imported: taken from, and how each ended."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from os import fsdecode, fsencode
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from core.domain.imports import ImportOptions, ImportResult, ImportRun, ImportStatus
from core.storage.tables import ImportFileRow, ImportRunRow

WAITING, READING, DROPPED = "waiting", "reading", "dropped"
_OPEN = (WAITING, READING)


class Imports:
    """The runs of the workspace and their files, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # Runs

    def begin(
        self, run: str, roots: Sequence[str], options: ImportOptions, analyst: str, now: datetime
    ) -> None:
        """Note a wish to import."""
        self._session.add(
            ImportRunRow(
                id=run,
                roots=_coded(roots),
                options={**asdict(options), "tags": list(options.tags)},
                analyst=analyst,
                started=now,
                listed=False,
                ended=None,
            )
        )
        self._session.flush()

    def row(self, run: str) -> ImportRunRow | None:
        """Return a run's row."""
        return self._session.get(ImportRunRow, run)

    def unfinished(self) -> list[ImportRunRow]:
        """Return the runs that have something left to do, oldest first."""
        return list(
            self._session.scalars(
                select(ImportRunRow)
                .where(ImportRunRow.ended.is_(None))
                .order_by(ImportRunRow.started)
            )
        )

    def like(self, roots: Sequence[str], options: ImportOptions) -> list[str]:
        """Return unfinished runs that wish the same."""
        wished = {**asdict(options), "tags": list(options.tags)}
        coded = _coded(roots)
        return [r.id for r in self.unfinished() if r.roots == coded and r.options == wished]

    def end(self, run: str, now: datetime) -> None:
        """Note that nothing is left to do; what waits is dropped."""
        self._session.execute(
            update(ImportFileRow)
            .where(ImportFileRow.run_id == run, ImportFileRow.state.in_(_OPEN))
            .values(state=DROPPED)
        )
        self._session.execute(
            update(ImportRunRow)
            .where(ImportRunRow.id == run, ImportRunRow.ended.is_(None))
            .values(ended=now)
        )

    def state(self, run: str) -> ImportRun | None:
        """Return how far a run is."""
        row = self.row(run)
        if row is None:
            return None
        query = select(func.count(), func.count(ImportFileRow.done)).where(
            ImportFileRow.run_id == run
        )
        total, done = self._session.execute(query).tuples().one()
        roots = tuple(shown(path_bytes(root)) for root in row.roots)
        return ImportRun(run, roots, done, total, row.ended is not None)

    # Files

    def add(self, run: str, files: Iterable[tuple[bytes, bool]]) -> None:
        """Put files into the queue, each with whether it was named itself; known ones stay."""
        rows = [
            {"run_id": run, "path": path, "given": given, "state": WAITING, "attempts": 0}
            for path, given in files
        ]
        if rows:
            self._session.execute(insert(ImportFileRow).prefix_with("OR IGNORE"), rows)

    def waiting(self, run: str, paths: Sequence[bytes]) -> list[ImportFileRow]:
        """Return those of some files of a run that have no result yet."""
        found: list[ImportFileRow] = []
        for path in paths:
            found += self._session.scalars(
                select(ImportFileRow).where(
                    ImportFileRow.run_id == run,
                    ImportFileRow.path == path,
                    ImportFileRow.state == WAITING,
                )
            )
        return found

    def listed(self, run: str) -> None:
        """Note that all files of a run are in the queue."""
        self._session.execute(
            update(ImportRunRow).where(ImportRunRow.id == run).values(listed=True)
        )

    def put_back(self, run: str) -> None:
        """Let the files wait again whose reading a crash cut short."""
        self._session.execute(
            update(ImportFileRow)
            .where(ImportFileRow.run_id == run, ImportFileRow.state == READING)
            .values(state=WAITING)
        )

    def take(self, run: str, number: int) -> list[ImportFileRow]:
        """Take the next files to be read; what ends the program now has ended it this often."""
        rows = list(
            self._session.scalars(
                select(ImportFileRow)
                .where(ImportFileRow.run_id == run, ImportFileRow.state == WAITING)
                .order_by(ImportFileRow.id)
                .limit(number)
            )
        )
        for row in rows:
            row.state, row.attempts = READING, row.attempts + 1
        return rows

    def give_back(self, files: Sequence[int]) -> None:
        """Let files wait that were taken but not begun."""
        self._session.execute(
            update(ImportFileRow)
            .where(ImportFileRow.id.in_(files), ImportFileRow.state == READING)
            .values(state=WAITING, attempts=ImportFileRow.attempts - 1)
        )

    def finish(self, file: int, result: ImportResult) -> ImportResult:
        """Store what became of a file; returns it with its number."""
        run = select(ImportFileRow.run_id).where(ImportFileRow.id == file).scalar_subquery()
        last = self._session.scalar(
            select(func.max(ImportFileRow.done)).where(ImportFileRow.run_id == run)
        )
        n = (last or 0) + 1
        values = {**asdict(result), "n": n, "status": result.status.value}
        self._session.execute(
            update(ImportFileRow)
            .where(ImportFileRow.id == file)
            .values(state=result.status.value, done=n, result=values)
        )
        return _result(values)

    def results(self, run: str, after: int = 0) -> tuple[ImportResult, ...]:
        """Return what became of the files of a run, those that came after a number."""
        query = (
            select(ImportFileRow.result)
            .where(ImportFileRow.run_id == run, ImportFileRow.done > after)
            .order_by(ImportFileRow.done)
        )
        return tuple(_result(values) for values in self._session.scalars(query) if values)


def shown(path: bytes) -> str:
    """Return a path as text; bytes that are none are written as escapes."""
    return path.decode("utf-8", "backslashreplace")


def path_bytes(coded: str) -> bytes:
    """Return the bytes of a path as a run's row has it."""
    return bytes.fromhex(coded)


def options_from(row: ImportRunRow) -> ImportOptions:
    """Return what is wished for a run."""
    said = row.options
    return ImportOptions(said["title"], tuple(said["tags"]), said["edition_of"])


def roots_from(row: ImportRunRow) -> list[str]:
    """Return the paths of a run as the system takes them."""
    return [fsdecode(path_bytes(root)) for root in row.roots]


def _coded(roots: Sequence[str]) -> list[str]:
    return [fsencode(root).hex() for root in roots]


def _result(values: dict[str, Any]) -> ImportResult:
    return replace(ImportResult(**values), status=ImportStatus(values["status"]))
