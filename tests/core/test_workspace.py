"""A workspace is made whole or not at all, and refused with a reason when it can't be used."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.domain.annotations import AnnotationFilter
from core.errors import WorkspaceError
from core.workspace import Workspace, open_workspace


def test_a_second_start_builds_nothing(workspace_folder: Path) -> None:
    told: list[str] = []
    opened = open_workspace(workspace_folder, progress=lambda _d, _t, what: told.append(what))
    opened.search.counts()
    opened.close()
    assert not opened.created
    assert told == []


def test_a_newer_version_is_refused_and_left_alone(workspace_folder: Path) -> None:
    file = workspace_folder / "normatlas.db"
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(WorkspaceError, match="newer version"):
        open_workspace(workspace_folder)


def test_a_damaged_database_is_refused_and_left_alone(workspace_folder: Path) -> None:
    file = workspace_folder / "normatlas.db"
    damaged = b"\0" * 4096 + file.read_bytes()[4096:]
    file.write_bytes(damaged)
    with pytest.raises(WorkspaceError, match=r"damaged|not a NormAtlas"):
        open_workspace(workspace_folder)
    assert file.read_bytes() == damaged


def test_a_folder_that_can_t_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorkspaceError, match="can't be made"):
        open_workspace(tmp_path / "file" / "workspace")


def test_a_locked_database_is_said_so(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = sqlite3.connect(workspace.path / "normatlas.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("core.storage.engine.BUSY_MILLISECONDS", 50)
    workspace._database.close()
    with pytest.raises(WorkspaceError, match="locked"):
        workspace.codebook.add("CBM")
    other.close()
    workspace.codebook.add("CBM")


@pytest.mark.slow
def test_what_was_acknowledged_survives_kill_9(workspace_folder: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from core.workspace import open_workspace\n"
        "w = open_workspace(Path(sys.argv[1]), analyst='Killed')\n"
        "for n in range(10_000):\n"
        "    at = n % 20\n"
        "    made, _ = w.annotations.annotate(sys.argv[2], at, at + 5, note=str(n))\n"
        "    print(made.id, flush=True)\n"
        "    w.search.catch_up()\n"
    )
    said: set[str] = set()
    for round_ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(workspace_folder), "norm:state-sovereignty-ict"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        said.add(process.stdout.readline().strip())
        time.sleep(0.2 + round_ / 7)  # let it write for a while: the moment must vary
        os.kill(process.pid, signal.SIGKILL)
        lines = process.stdout.read().splitlines()
        process.stdout.close()
        process.wait()
        said.update(line for line in lines if len(line) == 36)
    opened = open_workspace(workspace_folder)
    try:
        there = {a.id for a in opened.annotations.find(AnnotationFilter(analyst="Killed"))}
        assert said <= there
        assert opened.checkup.check().ok
        opened.history.undo()
        assert len(opened.annotations.find(AnnotationFilter(analyst="Killed"))) == len(there) - 1
    finally:
        opened.close()
