"""A database is checked when opened, filled and synced by key, and keeps to its schema."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import core.storage.migrations as migrations
from core.domain.annotations import AnnotationFilter, Verdict
from core.errors import WorkspaceError
from core.services.annotations import Annotations
from core.services.packs import sync_pack
from core.services.reference import Reference
from core.storage.engine import SCHEMA, check_database
from core.storage.repositories.index_feed import IndexFeed
from core.storage.repositories.packs import Packs
from core.storage.tables import Base
from core.storage.unit_of_work import Database
from tests.builders import a_pack, a_record

ONE = a_record("norm:one", "One", "States should talk to each other.")
TWO = a_record("norm:two", "Two", "States should listen.")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "normatlas.db", "Ada Analyst")
    migrations.upgrade(made.engine)
    yield made
    made.close()


def sync(database: Database, *records: object, version: str = "1") -> frozenset[str]:
    return sync_pack(database, a_pack(*records, version=version)).changed


def test_the_migrations_make_the_mapped_tables(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_an_older_schema_is_brought_up_to_date(database: Database) -> None:
    sync(database, ONE)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with database.engine.execution_options(immediate=True).connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
        connection.commit()
    assert check_database(database.file) == "0001"
    migrations.upgrade(database.engine)
    assert check_database(database.file) == SCHEMA
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []
    assert Reference(database).record("norm:one").entry.title == "One"


def test_the_schema_that_is_checked_at_open_is_the_newest() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA


def test_foreign_keys_hold(database: Database) -> None:
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (a)")
    with pytest.raises(WorkspaceError, match="not a NormAtlas database"):
        check_database(other)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all, but long enough to look at" * 100)
    with pytest.raises(WorkspaceError, match="damaged"):
        check_database(broken)


def test_a_sync_keeps_what_stands_on_the_records(database: Database) -> None:
    sync(database, ONE, TWO)
    annotations = Annotations(database)
    made, _ = annotations.annotate_quote("norm:one", "talk to each other", note="kept")
    gone, _ = annotations.annotate_quote("norm:two", "listen")
    newer = a_record("norm:one", "One", "All States should always talk to each other.")
    assert sync(database, newer, version="2") == {"norm:one"}

    found = annotations.get(made.id)
    assert (found.verdict, found.note) == (Verdict.MOVED, "kept")
    text = Reference(database).record("norm:one").text.content
    assert text[found.start : found.end] == "talk to each other"
    assert annotations.get(gone.id).target.record == "norm:two", "withdrawn, not deleted"


def test_a_sync_drops_records_that_nothing_stands_on(database: Database) -> None:
    sync(database, ONE, TWO)
    sync(database, ONE, version="2")
    assert [entry.key for entry in Reference(database).entries()] == ["norm:one"]
    with database.read() as session:
        assert {(row.what, row.key) for row in IndexFeed(session).queue(10, 100)} == {
            ("record", "norm:two")
        }


def test_what_is_not_committed_is_not_there(database: Database) -> None:
    sync(database, ONE)
    with database.write() as work:
        Packs(work.session).sync(a_pack(version="9"), work.now)
    assert len(Reference(database).entries()) == 1
    assert Annotations(database).find(AnnotationFilter()) == ()


def test_writers_of_one_process_take_turns_however_long_one_takes(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.storage.engine.BUSY_MILLISECONDS", 1)
    begun = threading.Event()
    done: list[str] = []

    def write_second() -> None:
        begun.set()
        with database.write() as work:
            work.commit("Second")
            done.append("second")

    second = threading.Thread(target=write_second)
    with database.write() as work:
        second.start()
        begun.wait()
        second.join(0.05)  # SQLite would have given up by now
        done.append("first")
        work.commit("First")
    second.join()
    assert done == ["first", "second"]
