"""How long notes take to be listed, linked to, completed and found, where there are many.

Run: ``python -m tests.bench.bench_notes [NOTES]``.
"""

import random
import sys
import tempfile
import uuid
from pathlib import Path

from core.domain.keys import Kind
from core.domain.notes import NoteFilter
from core.domain.search import SearchQuery
from core.storage.tables import NoteRow
from core.storage.unit_of_work import Database
from core.workspace import DATABASE, Workspace, open_workspace
from tests.bench.bench_codebook import seconds

RECORD = "norm:due-diligence"
ROUNDS = 5


def add_notes(workspace: Workspace, many: int) -> None:
    """Write many notes, half of them on records, each with a link, as one step."""
    chance = random.Random(1)
    keys = [entry.key for entry in workspace.reference.entries() if entry.kind is not Kind.SOURCE]
    database = Database(workspace.path / DATABASE, "Bench")
    with database.write() as work:
        for n in range(many):
            words = " ".join(chance.choices(("norm", "state", "harm", "line", "cyber"), k=60))
            text = f"# Note {n}\n\n{words} [[{chance.choice(keys)}]] {words}"
            on = chance.choice(keys) if n % 2 else None
            times = (work.now, work.now)
            row = NoteRow(id=str(uuid.UUID(int=n)), record_key=on, text=text, analyst="Bench")
            row.created, row.modified = times
            work.session.add(row)
        work.commit("Write many notes")
    database.close()


def main() -> None:
    """Measure in one run, the best of some rounds."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder) / "workspace")
        add_notes(workspace, many)
        notes = workspace.notes
        workspace.search.catch_up()
        one = notes.find(NoteFilter(record=RECORD))[0]
        calls = {
            "all": notes.find,
            "on a record": lambda: notes.find(NoteFilter(record=RECORD)),
            "that say so": lambda: notes.find(NoteFilter(text="note 77")),
            "backlinks": lambda: notes.backlinks(RECORD),
            "completion": lambda: notes.choices("due dil"),
            "search": lambda: workspace.search.search(SearchQuery("in:notes harm")),
            "write": lambda: notes.write(one.id, f"{random.random()} [[norm:due-diligence]]"),
        }
        for name, call in calls.items():
            best = min(seconds(call) for _ in range(ROUNDS))
            sys.stdout.write(f"{name}: {best * 1000:.0f} ms\n")
        workspace.close()


if __name__ == "__main__":
    main()
