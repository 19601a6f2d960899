"""Import: a queue in the database, worked off by two readers, that survives any end."""

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from core.domain.documents import ReadDocument
from core.domain.imports import ImportOptions, ImportResult, ImportRun, ImportStatus
from core.domain.keys import is_key
from core.errors import NotFoundError, UserError
from core.services.import_workers import Workers
from core.services.intake import Intake, Read, Wish
from core.services.search import Search
from core.services.walking import walk
from core.storage.originals import Originals
from core.storage.repositories.documents import Documents
from core.storage.repositories.imports import Imports, options_from, roots_from, shown
from core.storage.run_lock import RunLock
from core.storage.unit_of_work import Database
from core.tasks import CancelToken, Progress, no_progress, slow

Told = Callable[[ImportResult], None]
_LOCKS = "imports"
_LISTED_AT_ONCE = 500


def _nobody(_result: ImportResult) -> None:
    """Tell nobody."""


class Importing:
    """Files into documents."""

    def __init__(
        self, database: Database, search: Search, folder: Path, read: Read | None = None
    ) -> None:
        self._database = database
        self._search = search
        self._folder = folder
        self._originals = Originals(folder)
        self._read = read or _read_file

    @slow
    def start(self, paths: Sequence[str], options: ImportOptions = ImportOptions()) -> str:  # noqa: B008 - frozen
        """Note what is to be imported; returns the run's id, which `work` takes.

        A run that wished the same and was cut short is gone on with. Raises `UserError` for
        wishes that don't fit the paths.
        """
        self._check(paths, options)
        roots = [str(Path(path).absolute()) for path in paths]
        with self._database.write() as work:
            imports = Imports(work.session)
            for run in imports.like(roots, options):
                with self._lock(run) as lock:
                    if lock.take():
                        return run
            run = str(uuid.uuid4())
            imports.begin(run, roots, options, work.analyst, work.now)
            work.commit()
            return run

    @slow
    def work(
        self,
        run: str,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
        told: Told = _nobody,
    ) -> ImportRun:
        """Import what waits in a run; documents can be read and found while others come in.

        Stops when ``cancel`` says so; what waits then stays in the queue. ``told`` is called with
        each result, from this thread.

        Raises:
            UserError: another process works on it.
            DiskFullError: there is no room for more; what is in stays in.
        """
        cancel = cancel or CancelToken()
        with self._lock(run) as lock:
            if not lock.take():
                raise UserError("That import is running already, in another window or command.")
            wish = self._prepare(run, cancel)
            intake = Intake(self._database, self._originals, self._read)
            workers = Workers(self._database, intake, self._search, wish, cancel)
            for result in self.results(run):  # of an earlier go
                told(result)
            done = self.state(run).done
            progress(done, wish.files, "")

            def tell(result: ImportResult) -> None:
                nonlocal done
                done += 1
                told(result)
                progress(done, wish.files, result.path)

            workers.run(tell)
            if not cancel.cancelled:
                self.end(run)
        return self.state(run)

    def _prepare(self, run: str, cancel: CancelToken) -> Wish:
        """Have all files of a run in its queue, none taken."""
        with self._database.write() as work:
            imports = Imports(work.session)
            row = imports.row(run)
            if row is None:
                raise NotFoundError("There is no such import; it may have been forgotten.")
            imports.put_back(run)
            if [other.id for other in imports.unfinished()] == [run]:  # nobody else copies now
                self._originals.sweep()
            listed, roots, options = row.listed, roots_from(row), options_from(row)
            work.commit()
        if not listed:
            self._list(run, roots, cancel)
        return Wish(run, options, self.state(run).total)

    def _list(self, run: str, roots: list[str], cancel: CancelToken) -> None:
        files: list[tuple[bytes, bool]] = []
        refused: dict[bytes, str] = {}
        for found in walk(roots, self._folder, cancel):
            files.append((found.path, found.given))
            if found.refusal is not None:
                refused[found.path] = found.refusal
        with self._database.write() as work:
            imports = Imports(work.session)
            for at in range(0, len(files), _LISTED_AT_ONCE):
                imports.add(run, files[at : at + _LISTED_AT_ONCE])
            for row in imports.waiting(run, list(refused)):
                reason = refused[row.path]
                path = shown(row.path)
                imports.finish(row.id, ImportResult(0, path, ImportStatus.REFUSED, reason=reason))
            imports.listed(run)
            work.commit()

    def end(self, run: str) -> None:
        """Leave what waits in a run unimported, for good."""
        with self._database.write() as work:
            Imports(work.session).end(run, work.now)
            work.commit()

    def state(self, run: str) -> ImportRun:
        """Return how far a run is; raises `NotFoundError`."""
        with self._database.read() as session:
            found = Imports(session).state(run)
        if found is None:
            raise NotFoundError("There is no such import; it may have been forgotten.")
        return found

    def results(self, run: str, after: int = 0) -> tuple[ImportResult, ...]:
        """Return what became of the files of a run, those that came after a number."""
        with self._database.read() as session:
            return Imports(session).results(run, after)

    @slow
    def unfinished(self) -> tuple[ImportRun, ...]:
        """Return the runs that were cut short and that nobody works on."""
        return tuple(self.state(run) for run, free in self._unfinished().items() if free)

    def running(self) -> bool:
        """Tell whether something is being imported, here or by another process."""
        return not all(self._unfinished().values())

    def _unfinished(self) -> dict[str, bool]:
        """Return the runs with something left to do, and whether nobody works on each."""
        with self._database.read() as session:
            runs = [row.id for row in Imports(session).unfinished()]
        free: dict[str, bool] = {}
        for run in runs:
            with self._lock(run) as lock:
                free[run] = lock.take()
        return free

    @slow
    def preview(
        self,
        paths: Sequence[str],
        options: ImportOptions = ImportOptions(),  # noqa: B008 - frozen
        cancel: CancelToken | None = None,
        told: Told = _nobody,
    ) -> tuple[ImportResult, ...]:
        """Read files and tell what would become of them; nothing is written."""
        from core.services.import_preview import preview

        self._check(paths, options)
        results: list[ImportResult] = []
        files = walk(paths, self._folder, cancel or CancelToken())
        for result in preview(self._database, self._read, files, options, cancel or CancelToken()):
            results.append(result)
            told(result)
        return tuple(results)

    def _check(self, paths: Sequence[str], options: ImportOptions) -> None:
        if not paths:
            raise UserError("Name the files or folders to import.")
        alone = options.title or options.edition_of
        if alone and (len(paths) > 1 or Path(paths[0]).is_dir()):
            raise UserError("A title, or an edition of a document, goes with one file alone.")
        key = options.edition_of
        if key is not None:
            with self._database.read() as session:
                stored = Documents(session)
                if not is_key(key) or not stored.stands(stored.row_of(key)):
                    raise NotFoundError(
                        f"There is no document “{key}” that it could be an edition of. "
                        "'normatlas list --kind document' names them."
                    )

    def _lock(self, run: str) -> RunLock:
        return RunLock(self._folder / _LOCKS / f"{run}.lock")


def _read_file(path: Path, cancel: CancelToken) -> ReadDocument:
    from core.importing.reading import read_file  # pandoc and PDFium wait until they are needed

    return read_file(path, cancel=cancel)
