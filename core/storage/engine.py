"""The SQLite engine: pragmas, transactions, and the checks made when a database is opened."""

import sqlite3
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DatabaseError, OperationalError

from core.errors import WorkspaceError
from core.storage.disk import disk_full, is_full, may_only_read, unwritable

APPLICATION_ID = 0x4E41544C  # "NATL", in the file's header
SCHEMA = "0012"  # head of the migrations; a test holds the two together
_PRIMARY = 0xFF  # of an error's code; the rest says more of where it happened
BUSY_MILLISECONDS = 10_000  # for other programs' writes; those of this one take turns


def make_engine(file: Path) -> Engine:
    """Return an engine on a SQLite file: foreign keys on, write-ahead log, durable commits."""
    engine = create_engine(URL.create("sqlite", database=str(file)))
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are begun by `_begin`: the driver's own begin too late for reads.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA cache_size=-16000")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A write takes its lock at once: upgrading a read lock later can fail for good.
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def check_database(file: Path) -> str:
    """Return the schema version of a workspace's database.

    Raises `WorkspaceError` when the file is not ours, is damaged, locked or unreadable.
    """
    try:
        connection = sqlite3.connect(file, timeout=BUSY_MILLISECONDS / 1000)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            if application != APPLICATION_ID:
                raise WorkspaceError(
                    f"{file} is not a NormAtlas database. Choose another workspace folder, or "
                    "move that file away to start anew."
                )
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise workspace_error(error, file) from error
    return row[0] if row else ""


def workspace_error(error: Exception, file: Path) -> WorkspaceError:
    """Say in a sentence what an error of the database means for the user."""
    original = error.orig if isinstance(error, DatabaseError) else error
    code = getattr(original, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return WorkspaceError(
            f"The workspace {file.parent} is locked by another program; close it and try again."
        )
    # A full disk often shows as a failed read, or as a log that can't be made.
    in_the_way = code in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
    if code == sqlite3.SQLITE_FULL or (in_the_way and is_full(file.parent)):
        return disk_full(file.parent)
    if code == sqlite3.SQLITE_READONLY or (in_the_way and may_only_read(file)):
        return unwritable(file.parent)
    if code == sqlite3.SQLITE_IOERR:
        return WorkspaceError(
            f"The disk that holds {file.parent} failed ({original}); nothing was changed. See "
            "whether it is connected and sound, and try again."
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return WorkspaceError(
            f"The database {file} can't be opened; check that the folder exists and may be "
            "written, or choose another with --workspace."
        )
    return WorkspaceError(
        f"The database {file} is damaged ({original}). Restore it from a backup, or move it away "
        "to start anew."
    )


DATABASE_ERRORS = (DatabaseError, OperationalError, sqlite3.DatabaseError)
