"""Kills a process while it writes, again and again.

Run: ``python -m tests.bench.crash_writes [ROUNDS]``.

The process tags, writes notes, merges tags, deletes, undoes and redoes as fast as it can, and says
after each step how everything then stood. It is killed with SIGKILL at a random moment. Then the
workspace is opened: it must stand as was last said, or one step further that was written but not
said any more, and taking that step back must lead to what was said. The check must be clean, and
undo and redo must lead away and back.
"""

import hashlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from core.errors import UserError
from core.workspace import Workspace, open_workspace

ROUNDS = 200
RECORD = "norm:state-sovereignty-ict"
_MOST = 40  # annotations, so that saying how all stands takes little time beside writing


def standing(workspace: Workspace) -> str:
    """Return a print of all annotations and tags."""
    marks = [
        (one.id, one.start, one.end, one.tags, one.note, one.analyst)
        for one in workspace.annotations.find()
    ]
    tags = [(tag.path, tag.color, tag.definition) for tag in workspace.codebook.tags()]
    return hashlib.sha256(repr((sorted(marks), sorted(tags))).encode()).hexdigest()


def write(folder: Path, seed: int) -> None:
    """Change the workspace without end; runs in the process that is killed."""
    chance = random.Random(seed)
    workspace = open_workspace(folder, analyst="Killed")
    sys.stdout.write(f"said {standing(workspace)} start\n")
    sys.stdout.flush()
    noted = ""
    while True:
        ids = [one.id for one in workspace.annotations.find() if one.id != noted]
        tags = [tag.path for tag in workspace.codebook.tags()]
        what, noted = _step(workspace, chance, ids, tags)
        if what:
            sys.stdout.write(f"said {standing(workspace)} {what}\n")
            sys.stdout.flush()


def _step(
    workspace: Workspace, chance: random.Random, ids: list[str], tags: list[str]
) -> tuple[str, str]:
    """Do one thing; returns its name, "" for nothing, and the annotation whose note it wrote.

    Notes on the same annotation would become one step with the one before, so none follows another.
    """
    at, sort = chance.randrange(20), chance.random()
    try:
        if len(ids) > _MOST:
            workspace.annotations.delete(chance.sample(ids, len(ids) // 2))
            return "delete", ""
        if sort < 0.3 or not ids:
            name = f"Tag {chance.randrange(8)}/{chance.randrange(4)}"
            workspace.annotations.annotate(RECORD, at, at + 5, [name], create_tags=True)
            return "annotate", ""
        if sort < 0.45:
            noted = chance.choice(ids)
            workspace.annotations.write_note(noted, f"Note {chance.randrange(10**9)}")
            return "note", noted
        if sort < 0.6 and tags:
            some = chance.sample(ids, min(5, len(ids)))
            workspace.annotations.change_tags(some, [chance.choice(tags)])
            return "retag", ""
        if sort < 0.7 and len(tags) > 1:
            one, other = chance.sample(tags, 2)
            workspace.codebook.merge([one], other)
            return "merge", ""
        if sort < 0.9:
            workspace.history.undo()
            return "undo", ""
        workspace.history.redo()
    except UserError:  # a tag can't be merged into one below it; nothing to undo, or to redo
        return "", ""
    return "redo", ""


def kill_once(folder: Path, seed: int, longest: float) -> list[str]:
    """Let a writer run and kill it; returns the prints that it said, the newest last."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.crash_writes", "--write", str(folder), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        assert first.startswith("said "), "the writer did not begin"
        time.sleep(random.Random(seed).uniform(0.0, longest))
        assert process.poll() is None, "the writer ended by itself"
    finally:
        process.send_signal(signal.SIGKILL)
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
        process.stdout.close()
        process.wait()
    return [line.split()[1] for line in lines if line.startswith("said ") and line.endswith("\n")]


def problems(folder: Path, said: str) -> tuple[list[str], bool]:
    """Return what is wrong after a kill, and whether one step more had been written than said."""
    workspace = open_workspace(folder, analyst="After")
    try:
        found: list[str] = []
        stands = standing(workspace)
        further = stands != said
        if further and not _leads_to(workspace, said):
            found.append("an acknowledged step is not there")
        workspace.search.catch_up()
        report = workspace.checkup.check()
        found += [f"check: {problem.what} {problem.where}" for problem in report.problems]
        before = standing(workspace)
        if workspace.history.state().undo is not None:
            workspace.history.undo()
            workspace.history.redo()
            if standing(workspace) != before:
                found.append("undo and redo do not lead back")
        return found, further
    finally:
        workspace.close()


def _leads_to(workspace: Workspace, said: str) -> bool:
    """Tell whether taking one step back, or again, leads to what was said; leave it so if not."""
    history = workspace.history
    for there, back in ((history.undo, history.redo), (history.redo, history.undo)):
        try:
            there()
        except UserError:
            continue
        matches = standing(workspace) == said
        back()
        if matches:
            return True
    return False


def main() -> None:
    """Kill and look, so many rounds."""
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]), int(sys.argv[3]))
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    steps = further = bad = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workspace"
        open_workspace(path).close()
        for seed in range(rounds):
            said = kill_once(path, seed, longest=0.6)
            found, more = problems(path, said[-1])
            steps, further, bad = steps + len(said) - 1, further + more, bad + bool(found)
            for problem in found:
                sys.stdout.write(f"round {seed}: {problem}\n")
            sys.stdout.flush()
            if seed % 20 == 19:
                sys.stdout.write(f"{seed + 1} rounds, {steps} steps said, {bad} bad\n")
                sys.stdout.flush()
    sys.stdout.write(
        f"{rounds} rounds, {steps} steps acknowledged, {further} times one more was written, "
        f"{bad} rounds with something lost\n"
    )
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
