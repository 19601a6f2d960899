"""An import that is killed goes on where it stopped, and nothing comes in twice."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.core.services.document_files import a_paper

MANY, SEEN = 40, 12


def command(workspace: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "core.cli", "--workspace", str(workspace), *arguments, "--json"]


def run(workspace: Path, *arguments: str) -> str:
    done = subprocess.run(
        command(workspace, *arguments), capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that nothing survives")
def test_a_killed_import_goes_on(workspace_folder: Path, tmp_path: Path):
    folder = tmp_path / "papers"
    folder.mkdir()
    for n in range(MANY):
        (folder / f"{n:02}.txt").write_text(a_paper(f"Paper {n}", f"Words of number {n}."))
    going = subprocess.Popen(
        command(workspace_folder, "import", str(folder)),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert going.stdout is not None
    before = [json.loads(going.stdout.readline()) for _ in range(SEEN)]
    os.killpg(going.pid, signal.SIGKILL)
    going.wait()
    going.stdout.close()

    after = [json.loads(line) for line in run(workspace_folder, "import", str(folder)).splitlines()]
    assert sorted(r["path"] for r in after) == [str(p) for p in sorted(folder.iterdir())]
    assert {r["status"] for r in after} == {"imported"}
    known = {r["path"]: r["record"] for r in after}
    assert all(known[r["path"]] == r["record"] for r in before)  # what was told is stored
    listed = json.loads(run(workspace_folder, "list", "--kind", "document"))
    assert len(listed["records"]) == MANY
    assert json.loads(run(workspace_folder, "check"))["ok"]
    assert not list((workspace_folder / "originals" / "incoming").glob("*/*"))
    assert run(workspace_folder, "import", "--resume") == ""
