"""SQLite files of others: opened to be read alone, with nothing in them trusted or run."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.interchange.problems import MAX_FILE, refused, too_large

MAGIC = b"SQLite format 3\0"

_LONGEST_VALUE = 256 * 2**20  # bytes of one cell
_STEP = 100_000  # instructions between two looks at how many there were
_MOST_STEPS = 20_000  # about a minute of work

Cell = str | int | float | bytes | None


class ForeignDatabase:
    """The tables of an open file; raises `FileRefusedError` for what can't be read."""

    def __init__(self, name: str, connection: sqlite3.Connection) -> None:
        self._name = name
        self._connection = connection
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        self.tables = {
            str(table): str(sql)
            for table, sql in made
            if not str(sql).lstrip().upper().startswith("CREATE VIRTUAL")
        }

    def columns(self, table: str) -> set[str]:
        """Return the names of a table's columns, none for one that is not there."""
        if table not in self.tables:
            return set()
        rows = self._connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        return {str(name) for (name,) in rows}

    def rows(self, query: str) -> Iterator[tuple[Cell, ...]]:
        """Give what a query finds."""
        try:
            for row in self._connection.execute(query):  # noqa: UP028 - a cursor is not to be closed
                yield row
        except sqlite3.Error as error:
            raise _damaged(self._name, error) from error


@contextmanager
def open_foreign(path: Path) -> Generator[ForeignDatabase]:
    """Open a database of another program; raises `FileRefusedError`."""
    if path.stat().st_size > MAX_FILE:
        raise too_large(path.name, MAX_FILE)
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise refused(path.name, "another program has it open; close it there first")
    try:
        # immutable: nothing is written beside a file that is only looked at
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True)
    except sqlite3.Error as error:
        raise _damaged(path.name, error) from error
    try:
        _fence(connection)
        yield ForeignDatabase(path.name, connection)
    except sqlite3.Error as error:
        raise _damaged(path.name, error) from error
    finally:
        connection.close()


def _fence(connection: sqlite3.Connection) -> None:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return steps > _MOST_STEPS

    connection.text_factory = _text
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    connection.set_progress_handler(count, _STEP)


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


def _damaged(name: str, error: sqlite3.Error) -> Exception:
    return refused(name, f"its database is damaged or no database ({error})")
