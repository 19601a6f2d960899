"""A disk that is full, failing or not to be written: each is a sentence, and nothing is lost."""

import errno
import os
import resource
import shutil
import sqlite3
from collections import namedtuple

import pytest
from sqlalchemy import event

from core.domain.search import SearchQuery
from core.errors import WorkspaceError
from core.storage.disk import said_of
from core.storage.engine import workspace_error
from core.workspace import open_workspace

NORM = "norm:due-diligence"
Usage = namedtuple("Usage", "total used free")


def failure(code):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "free", "said"),
    [
        (sqlite3.SQLITE_FULL, 10**9, "is full"),
        (sqlite3.SQLITE_IOERR_WRITE, 0, "is full"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, 4096, "is full"),
        (sqlite3.SQLITE_CANTOPEN, 0, "is full"),
        (sqlite3.SQLITE_IOERR_READ, 10**9, "failed (disk I/O error)"),
        (sqlite3.SQLITE_READONLY_DBMOVED, 10**9, "can't be written"),
        (sqlite3.SQLITE_CANTOPEN, 10**9, "can't be opened"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, 10**9, "locked by another program"),
        (sqlite3.SQLITE_CORRUPT, 10**9, "is damaged"),
    ],
)
def test_the_database_says_what_is_the_matter(tmp_path, monkeypatch, code, free, said):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**10, 10**10 - free, free))
    assert said in str(workspace_error(failure(code), tmp_path / "normatlas.db"))


def test_errors_of_the_system_are_said_and_bugs_stay_bugs(tmp_path):
    assert "is full" in str(said_of(OSError(errno.ENOSPC, "No space left"), tmp_path))
    assert "can't be written" in str(said_of(OSError(errno.EROFS, "Read-only"), tmp_path))
    bug = OSError(errno.EBADF, "Bad file descriptor")
    assert said_of(bug, tmp_path) is bug


def test_a_full_disk_is_said_and_what_was_written_before_stays(workspace):
    made, _ = workspace.annotations.annotate(NORM, 0, 5, note="before")

    def bound(connection):
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    event.listen(workspace._database.engine, "begin", bound)
    with pytest.raises(WorkspaceError, match="is full; nothing was changed"):
        workspace.annotations.write_note(made.id, "x" * 100_000)
    assert workspace.annotations.get(made.id).note == "before"
    workspace.history.undo()
    assert workspace.annotations.find() == ()


def test_an_index_without_room_is_said_and_follows_later(workspace):
    workspace.search.search(SearchQuery("sovereignty "))
    note = " ".join(f"borogove{n}" for n in range(5_000))
    workspace.annotations.annotate(NORM, 0, 5, note=note)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
    try:
        for write in (workspace.search.catch_up, workspace.search.rebuild):
            with pytest.raises(WorkspaceError, match="is full"):
                write()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert workspace.search.search(SearchQuery("sovereignty ")).total
    workspace.search.catch_up()
    assert workspace.search.search(SearchQuery("borogove4999 ")).total == 1
    assert workspace.checkup.check().ok


def test_a_workspace_that_finds_no_room_leaves_nothing_behind(tmp_path, monkeypatch):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**10, 10**10, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(WorkspaceError, match="is full"):
            open_workspace(tmp_path / "new")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list((tmp_path / "new").iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_workspace_that_may_only_be_read_is_said(workspace_folder):
    (workspace_folder / "normatlas.db").chmod(0o444)
    workspace_folder.chmod(0o555)
    try:
        with pytest.raises(WorkspaceError, match="can't be written"):
            open_workspace(workspace_folder).annotations.annotate(NORM, 0, 5)
    finally:
        workspace_folder.chmod(0o755)
