"""Kills a process while it writes, again and again.

Run: ``python -m tests.bench.crash_writes [ROUNDS]``.

The process tags, writes notes and memos, moves ends, ties passages, merges, renames, defines and
deletes tags, deletes passages, keeps filters, undoes and redoes as fast as it can, brings the index
up to date now and then, and says after each step how everything then stood. It is killed with
SIGKILL at a random moment. Then the workspace is opened: it must stand as was last said, or one
step further that was written but not said any more, and taking that step back must lead to what was
said. The check must be clean, undo and redo must lead away and back, and the search must find each
note and tag where the database has it; every tenth round the whole index is compared with the
database, word by word.
"""

import hashlib
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from core.domain.annotations import AnnotationFilter
from core.domain.passage_links import Meaning
from core.domain.search import SearchQuery
from core.errors import UserError
from core.workspace import Workspace, open_workspace
from tests.bench.crash_index import differences

ROUNDS = 200
RECORD = "norm:state-sovereignty-ict"
OTHER = "norm:due-diligence"
_MOST = 40  # annotations, so that saying how all stands takes little time beside writing
_MEMOS = 12  # notes on no passage
_EACH = 10  # rounds after which the whole index is compared

Step = Callable[["Writer"], str]


def standing(workspace: Workspace) -> str:
    """Return a print of all annotations, tags and filters."""
    marks = [
        (one.id, one.start, one.end, one.tags, one.note, one.analyst, repr(one.links))
        for one in workspace.annotations.find()
    ]
    tags = [(tag.path, tag.color, tag.definition) for tag in workspace.codebook.tags()]
    filters = [(saved.id, saved.name, repr(saved.wanted)) for saved in workspace.browsing.filters()]
    memos = [(one.id, one.text, one.record, one.tag) for one in workspace.notes.find()]
    stands = (sorted(marks), sorted(tags), filters, sorted(memos))
    return hashlib.sha256(repr(stands).encode()).hexdigest()


class Writer:
    """Changes the workspace at random.

    Edits of the same thing become one step, also with one that undo laid bare: of each sort none
    is edited twice, so that one step back is what was said before.
    """

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace, self.chance = workspace, random.Random(seed)
        self.edited: set[str] = set()
        self.ids: list[str] = []
        self.tags: list[str] = []

    def step(self) -> str:
        """Do one thing; returns its name, or "" where there was nothing to do it to."""
        self.ids = [one.id for one in self.workspace.annotations.find()]
        self.tags = [tag.path for tag in self.workspace.codebook.tags()]
        doing = self.chance.choices(list(STEPS), list(STEPS.values()))[0]
        if len(self.ids) > _MOST:
            doing = Writer.delete
        elif len(self.ids) < 2 or len(self.tags) < 2:
            doing = Writer.annotate
        try:
            return doing(self)
        except UserError:  # no tag goes below itself, nothing may be left to undo or to redo
            return ""

    def _one(self, sort: str, values: Sequence[str]) -> str:
        """Choose one that was not edited yet; raises `UserError` where all were."""
        left = [value for value in values if f"{sort} {value}" not in self.edited]
        if not left:
            raise UserError("All were edited.")
        one = self.chance.choice(left)
        self.edited.add(f"{sort} {one}")
        return one

    def annotate(self) -> str:
        """Tag a passage, with a note of one word that no other has."""
        at, name = self.chance.randrange(20), f"Tag {self.chance.randrange(8)}"
        if self.chance.random() < 0.5:
            name = f"{name}/{self.chance.randrange(4)}"
        note = f"Borogove{self.chance.randrange(10**9)}" if self.chance.random() < 0.5 else ""
        self.workspace.annotations.annotate(RECORD, at, at + 5, [name], note, create_tags=True)
        return "annotate"

    def note(self) -> str:
        """Write the note of a passage."""
        words = f"Borogove{self.chance.randrange(10**9)}"
        self.workspace.annotations.write_note(self._one("note", self.ids), words)
        return "note"

    def memo(self) -> str:
        """Write a note on a record or a tag or on its own, or write in one, or delete it."""
        words = f"Borogove{self.chance.randrange(10**9)}"
        notes = self.workspace.notes.find()
        if len(notes) > _MEMOS:
            self.workspace.notes.delete([self.chance.choice(notes).id])
        elif notes and self.chance.random() < 0.3:
            one = self._one("memo", [note.id for note in notes])
            self.workspace.notes.write(one, words)
        else:
            on = self.chance.choice(({}, {"record": OTHER}, {"tag": self.chance.choice(self.tags)}))
            note, _ = self.workspace.notes.add(f"{words}\n\n[[{RECORD}]]", **on)
            self.edited.add(f"memo {note.id}")  # what is written in it next would be one step
        return "memo"

    def move(self) -> str:
        """Move the ends of a passage."""
        at = self.chance.randrange(20)
        self.workspace.annotations.move(self._one("move", self.ids), at, at + 7)
        return "move"

    def retag(self) -> str:
        """Put a tag on five passages."""
        some = self.chance.sample(self.ids, min(5, len(self.ids)))
        self.workspace.annotations.change_tags(some, [self.chance.choice(self.tags)])
        return "retag"

    def tie(self) -> str:
        """Tie a passage to a record."""
        meaning = self.chance.choice(list(Meaning))
        self.workspace.passage_links.link(self.chance.choice(self.ids), meaning, OTHER)
        return "tie"

    def delete(self) -> str:
        """Delete half of the passages, or one."""
        number = len(self.ids) // 2 if len(self.ids) > _MOST else 1
        self.workspace.annotations.delete(self.chance.sample(self.ids, number))
        return "delete"

    def merge(self) -> str:
        """Merge one tag into another."""
        one, other = self.chance.sample(self.tags, 2)
        self.workspace.codebook.merge([one], other)
        return "merge"

    def rename(self) -> str:
        """Rename a tag."""
        new = f"Tag {self.chance.randrange(8)}/{self.chance.randrange(9)}"
        self.workspace.codebook.rename(self.chance.choice(self.tags), new)
        return "rename"

    def define(self) -> str:
        """Write a tag's definition."""
        words = f"Means {self.chance.randrange(10**6)}"
        self.workspace.codebook.define(self._one("define", self.tags), words)
        return "define"

    def drop(self) -> str:
        """Delete a tag, and give its passages to another."""
        one, other = self.chance.sample(self.tags, 2)
        self.workspace.codebook.delete(one, give_to=other)
        return "drop"

    def keep(self) -> str:
        """Keep a filter by name, or delete one."""
        filters = self.workspace.browsing.filters()
        if len(filters) > 3:
            self.workspace.browsing.delete(self.chance.choice(filters).id)
        else:
            wanted = AnnotationFilter(tag=self.chance.choice(self.tags))
            self.workspace.browsing.save(f"Filter {self.chance.randrange(99)}", wanted)
        return "keep"

    def undo(self) -> str:
        """Take the last step back."""
        self.workspace.history.undo()
        return "undo"

    def redo(self) -> str:
        """Do the step again that was undone last."""
        self.workspace.history.redo()
        return "redo"

    def index(self) -> str:
        """Bring the index up to date; the kill may fall into that."""
        self.workspace.search.catch_up()
        return "index"


STEPS: dict[Step, int] = {
    Writer.annotate: 25,
    Writer.note: 12,
    Writer.move: 8,
    Writer.memo: 8,
    Writer.retag: 10,
    Writer.tie: 4,
    Writer.delete: 4,
    Writer.merge: 5,
    Writer.rename: 4,
    Writer.define: 4,
    Writer.drop: 2,
    Writer.keep: 3,
    Writer.undo: 20,
    Writer.redo: 10,
    Writer.index: 6,
}
"""How often each is done, of all together."""


def write(folder: Path, seed: int) -> None:
    """Change the workspace without end; runs in the process that is killed."""
    workspace = open_workspace(folder, analyst=f"Killed {seed}")
    writer, what = Writer(workspace, seed), "start"
    while True:
        if what:
            sys.stdout.write(f"said {standing(workspace)} {what}\n")
            sys.stdout.flush()
        what = writer.step()


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
        found += unlike(workspace)
        report = workspace.checkup.check()
        found += [f"check: {problem.what} {problem.where}" for problem in report.problems]
        before = standing(workspace)
        if workspace.history.state().undo is not None:
            workspace.history.undo()
            workspace.history.redo()
            if standing(workspace) != before:
                found.append("undo and redo do not lead back")
        workspace.search.catch_up()
        return found, further
    finally:
        workspace.close()


def unlike(workspace: Workspace) -> list[str]:
    """Return where the search finds other notes or tags than the database has."""
    found: list[str] = []
    marks = workspace.annotations.find()
    tags = [tag.path for tag in workspace.codebook.tags()]
    for one in [one for one in marks if one.note.startswith("Borogove")][-5:]:
        hits = workspace.search.search(SearchQuery(f"{one.note.lower()} ")).hits
        if [hit.annotation for hit in hits] != [one.id]:
            found.append(f"search: {one.note} leads to {[hit.annotation for hit in hits]}")
    for note in workspace.notes.find()[:5]:
        word = note.text.partition("\n")[0].lower()
        hits = workspace.search.search(SearchQuery(f"{word} ")).hits
        if [hit.annotation or hit.record for hit in hits] != [note.key]:
            found.append(f"search: {word} leads to {[hit.record for hit in hits]}")
    for tag in tags:
        wanted = SearchQuery("", tags=(tag,), within=frozenset({"reference"}))
        found_records = workspace.search.answering(wanted)
        there = any(one == tag or one.startswith(f"{tag}/") for mark in marks for one in mark.tags)
        if found_records != (frozenset({RECORD}) if there else frozenset()):
            found.append(f"search: tag {tag} leads to {sorted(found_records)}")
    return found


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
            said = kill_once(path, seed, longest=0.8)
            found, more = problems(path, said[-1])
            if seed % _EACH == _EACH - 1:
                found += [f"index: {what}" for what in differences(path)]
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
