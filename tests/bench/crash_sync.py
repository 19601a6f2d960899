"""Kills a process while it syncs a newer pack, again and again.

Run: ``python -m tests.bench.crash_sync [ROUNDS]``.

The kills are spread over the time that one sync was measured to take, and a fifth more, so that
both sides occur. After each the database is read before anything opens it: it must hold the old
state or the new one, whole, by what was withdrawn, added and renamed. Then it is opened: the
analyst's edited field and annotation must be there, and once the index is up to date the check must
find nothing.
"""

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core.reference.compilation import compile_pack
from core.services.packs import sync_pack
from core.storage.unit_of_work import Database
from core.workspace import DATABASE, Workspace, open_workspace
from tests.core.services.pack_versions import (
    ADDED,
    REMOVED,
    RENAMED,
    first_version,
    second_version,
)

ROUNDS = 60
NORM = "norm:gge-13f-no-ci-damage"
MINE, NOTE = "a category of my own", "Borogoves on what is removed"


def prepare(folder: Path, pack: Path) -> None:
    """Fill a workspace with the first version, an edited field and an annotation."""
    open_workspace(folder).close()
    database = Database(folder / DATABASE, "Ada Analyst")
    workspace = Workspace(folder, database, created=False)
    sync_pack(database, compile_pack(pack))
    problems, _ = workspace.records.save({**workspace.records.form(NORM).raw, "category": MINE})
    assert not problems
    workspace.annotations.annotate(REMOVED, 0, 5, note=NOTE)
    workspace.search.catch_up()
    workspace.close()


def sync(folder: Path, pack: Path) -> None:
    """Sync the second version, saying when; runs in the process that is killed."""
    compiled = compile_pack(pack)
    database = Database(folder / DATABASE, "Ada Analyst")
    sys.stdout.write("begin\n")
    sys.stdout.flush()
    sync_pack(database, compiled)
    sys.stdout.write("end\n")
    sys.stdout.flush()
    time.sleep(60)


def run(folder: Path, pack: Path, delay: float | None) -> float:
    """Let a process sync and kill it after ``delay``, or when done; returns its seconds."""
    command = [sys.executable, "-m", "tests.bench.crash_sync", "--sync", str(folder), str(pack)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "begin\n"
    began = time.perf_counter()
    if delay is None:
        assert process.stdout.readline() == "end\n"
    else:
        time.sleep(delay)
    took = time.perf_counter() - began
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    return took


def side(folder: Path) -> str:
    """Return "old", "new" or what is mixed, read before anything opens the workspace."""
    connection = sqlite3.connect(folder / DATABASE)
    try:
        keys = {key for (key,) in connection.execute("SELECT key FROM record")}
        withdrawn = connection.execute("SELECT withdrawn FROM record WHERE key = ?", (REMOVED,))
        signs = (bool(withdrawn.fetchone()[0]), ADDED in keys, RENAMED[1] in keys)
        sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    finally:
        connection.close()
    if not sound or loose or len(set(signs)) != 1 or (RENAMED[0] in keys) is signs[2]:
        return f"mixed {signs} {sound} {loose[:3]}"
    return "new" if signs[0] else "old"


def problems(folder: Path) -> list[str]:
    """Return what the analyst lost, and what the check finds."""
    workspace = Workspace(folder, Database(folder / DATABASE, "After"), created=False)
    try:
        found = [] if workspace.reference.entry(NORM).type == MINE else ["the edited field is lost"]
        notes = [one.note for one in workspace.annotations.find()]
        found += [] if notes == [NOTE] else [f"annotations: {notes}"]
        workspace.search.catch_up()
        report = workspace.checkup.check()
        return found + [f"check: {one.what} {one.where}" for one in report.problems]
    finally:
        workspace.close()


def main() -> None:
    """Kill and look, so many rounds."""
    if sys.argv[1:2] == ["--sync"]:
        sync(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    counts = {"old": 0, "new": 0}
    bad, chance = 0, random.Random(5)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        one, two = first_version(root / "one"), second_version(root / "two")
        prepare(root / "kept", one)
        shutil.copytree(root / "kept", root / "timed")
        whole = run(root / "timed", two, None)
        sys.stdout.write(
            f"one sync takes {whole:.2f} s; first whole one is {side(root / 'timed')}\n"
        )
        for number in range(rounds):
            folder = root / "killed"
            shutil.copytree(root / "kept", folder)
            delay = whole * 1.2 * (number + chance.random()) / rounds
            run(folder, two, delay)
            stands = side(folder)
            found = problems(folder)
            shutil.rmtree(folder)
            counts[stands] = counts.get(stands, 0) + 1
            bad += bool(found) or stands not in ("old", "new")
            for problem in found:
                sys.stdout.write(f"round {number}, {delay:.2f} s, {stands}: {problem}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{rounds} rounds: {counts}, {bad} bad\n")
    sys.exit(1 if bad or not all(counts.values()) else 0)


if __name__ == "__main__":
    main()
