"""How long a merge of many passages, its undo and the codebook itself take.

Run: ``python -m tests.bench.bench_codebook [PASSAGES]``.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from core.services.marking import mark, set_tags
from core.storage.repositories.records import Records
from core.storage.unit_of_work import Database
from core.workspace import DATABASE, Workspace, open_workspace

KEY = "instrument:budapest-convention"


def seconds(call: Callable[[], object]) -> float:
    """Time one call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def add_annotations(workspace: Workspace, many: int, tag: str) -> None:
    """Put a tag on many short passages of one text, as one step."""
    database = Database(workspace.path / DATABASE, "Bench")
    with database.write() as work:
        records = Records(work.session)
        record = records.resolve(KEY)
        assert record is not None
        text = records.text(record)
        for n in range(many):
            start = n % (len(text.content) - 30)
            row = mark(work, record, text, (start, start + 20))
            set_tags(work, row, [tag], create=True)
        work.commit("Tag many passages")
    database.close()


def main() -> None:
    """Measure in one run."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder) / "workspace")
        add_annotations(workspace, many, "CBM/Hotlines")
        add_annotations(workspace, many // 2, "Trust")
        before = workspace.codebook.tags()
        book, history = workspace.codebook, workspace.history
        taken = {
            "tags": seconds(book.tags),
            "merge": seconds(lambda: book.merge(["CBM/Hotlines"], "Trust")),
            "undo": seconds(history.undo),
            "redo": seconds(history.redo),
            "undo again": seconds(history.undo),
            "rename": seconds(lambda: book.rename("CBM", "Confidence")),
            "undo of the rename": seconds(history.undo),
            "as of": seconds(lambda: book.as_of(before[0].created)),
        }
        assert workspace.codebook.tags() == before
        workspace.close()
    for name, time_ in taken.items():
        sys.stdout.write(f"{name}: {time_ * 1000:.0f} ms\n")


if __name__ == "__main__":
    main()
