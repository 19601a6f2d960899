"""The composition of a workspace: a folder with the database, the index, and the services."""

import getpass
import os
from pathlib import Path

import platformdirs

from core.errors import WorkspaceError
from core.services.agreement import AgreementService
from core.services.annotations import Annotations
from core.services.auto_tagging import AutoTagging
from core.services.browsing import Browsing
from core.services.checkup import Checkup
from core.services.citing import Citing
from core.services.codebook import Codebook
from core.services.codebook_files import CodebookFiles
from core.services.documents import Documents
from core.services.export import Export
from core.services.history import History
from core.services.importing import Importing
from core.services.merge import Merge
from core.services.notes import Notes
from core.services.pack_files import PackFiles
from core.services.packs import fill, is_current
from core.services.passage_links import PassageLinks
from core.services.presets import ExportPresets
from core.services.projects import Projects
from core.services.recent_searches import RecentSearches
from core.services.records import Records
from core.services.reference import Reference
from core.services.review import Review
from core.services.saved_searches import SavedSearches
from core.services.search import Search
from core.services.settings import SettingsService
from core.services.shelves import Shelves
from core.services.synonyms import Synonyms
from core.services.trash import Trash
from core.storage.disk import said_of
from core.storage.engine import (
    DATABASE_ERRORS,
    SCHEMA,
    check_database,
    make_engine,
    workspace_error,
)
from core.storage.migrations import back_up, upgrade
from core.storage.unit_of_work import Clock, Database, utc_now
from core.tasks import Progress, no_progress

DATABASE = "normatlas.db"
INDEX = "index"


class Workspace:
    """An open workspace: its services; close it when done."""

    def __init__(self, path: Path, database: Database, *, created: bool) -> None:
        self.path = path
        self.analyst = database.analyst
        self.created = created
        self._database = database
        self.reference = Reference(database)
        self.records = Records(database)
        self.review = Review(database)
        self.pack_files = PackFiles(database)
        self.annotations = Annotations(database)
        self.browsing = Browsing(database)
        self.agreement = AgreementService(database)
        self.passage_links = PassageLinks(database)
        self.codebook = Codebook(database)
        self.codebook_files = CodebookFiles(self.codebook)
        self.notes = Notes(database)
        self.history = History(database)
        self.search = Search(database, path / INDEX)
        self.auto_tagging = AutoTagging(database, self.search)
        self.importing = Importing(database, self.search, path)
        self.documents = Documents(database, path)
        self.shelves = Shelves(database)
        self.trash = Trash(database, path)
        self.saved_searches = SavedSearches(database, self.search)
        self.recent_searches = RecentSearches(database)
        self.synonyms = Synonyms(database)
        self.settings = SettingsService(database)
        self.citing = Citing(self.reference, self.annotations, self.settings)
        self.export = Export(self.annotations, self.reference, self.settings, Projects(database))
        self.export_presets = ExportPresets(database)
        self.merge = Merge(database)
        self.checkup = Checkup(database, self.search, self.importing)

    def close(self) -> None:
        """Close index and database."""
        self.search.close()
        self._database.close()


def default_path() -> Path:
    """Return where the workspace is when nobody says: ``NORMATLAS_WORKSPACE`` or the user's
    data folder."""
    said = os.environ.get("NORMATLAS_WORKSPACE")
    return Path(said) if said else platformdirs.user_data_path("normatlas", appauthor=False)


def default_analyst() -> str:
    """Return who writes when nobody says: ``NORMATLAS_ANALYST`` or the system user's name."""
    said = os.environ.get("NORMATLAS_ANALYST")
    if said:
        return said
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user id without a name, as in some containers
        return "analyst"


def open_workspace(
    path: Path | None = None,
    *,
    analyst: str | None = None,
    progress: Progress = no_progress,
    clock: Clock = utc_now,
) -> Workspace:
    """Open a workspace; at first use it is made and filled with the reference pack.

    Raises `WorkspaceError` when it is locked, damaged, unwritable, or a newer version's.
    """
    folder = (path or default_path()).expanduser().absolute()
    file = folder / DATABASE
    analyst = analyst or default_analyst()
    created = not file.exists()
    try:
        if created:
            _create(folder, analyst, progress, clock)
        else:
            _prepare(file)
    except DATABASE_ERRORS as error:
        raise workspace_error(error, file) from error
    except OSError as error:
        raise said_of(error, folder) from error
    database = Database(file, analyst, clock)
    workspace = Workspace(folder, database, created=created)
    try:
        if not created and not is_current(database):
            fill(database, progress)
        if created:
            workspace.search.catch_up(progress)
    except BaseException:
        workspace.close()
        raise
    return workspace


def _create(folder: Path, analyst: str, progress: Progress, clock: Clock) -> None:
    """Make the database beside its place and move it there whole: never half a workspace."""
    new = folder / f"{DATABASE}.{os.getpid()}.new"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        new.unlink(missing_ok=True)
        new.touch()
    except OSError as error:
        raise WorkspaceError(
            f"The workspace {folder} can't be made ({error.strerror}); choose a folder that may be "
            "written with --workspace."
        ) from error
    database = Database(new, analyst, clock)
    try:
        upgrade(database.engine)
        fill(database, progress)
        database.close()
        _use_log(new)
        _move_into_place(new, folder / DATABASE)
    finally:
        database.close()
        for leftover in folder.glob(f"{new.name}*"):
            leftover.unlink(missing_ok=True)


def _use_log(file: Path) -> None:
    engine = make_engine(file)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        # Outside a transaction, as SQLite wants it; the mode stays with the file.
        driver.rollback()
        driver.execute("PRAGMA journal_mode=WAL")
    engine.dispose()


def _move_into_place(new: Path, file: Path) -> None:
    if os.name == "nt":
        try:
            new.rename(file)
        except FileExistsError:
            return  # another process was first; its workspace is as good
        return
    try:
        os.link(new, file)
    except FileExistsError:
        return  # another process was first; its workspace is as good
    except OSError:
        new.rename(file)  # a file system without hard links


def _prepare(file: Path) -> None:
    """Check an existing database; one of an older version is backed up and upgraded."""
    version = check_database(file)
    if version == SCHEMA:
        return
    if not version or version > SCHEMA:
        raise WorkspaceError(
            f"The workspace {file.parent} was made by a newer version of NormAtlas; update the "
            "program, or choose another workspace with --workspace."
        )
    back_up(file, file.with_name(f"{DATABASE}.before-{SCHEMA}"))
    engine = make_engine(file)
    try:
        upgrade(engine)
    finally:
        engine.dispose()
