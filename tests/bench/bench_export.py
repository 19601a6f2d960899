"""How long 10,000 annotations take to be exported, and how much memory.

Run: ``python -m tests.bench.bench_export [NUMBER]``. Aims: CSV within 1 s, JSON-LD 1.5 s, QDPX 3 s,
DOCX 1.5 times what pandoc alone takes for the same document in Markdown, 500 MB of memory.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from core.exporting.pandoc import run_pandoc
from core.workspace import Workspace, open_workspace
from tests.bench.bench_browser import TAGS, fill

FORMATS = ("csv", "jsonld", "qdpx", "json", "xlsx", "html", "markdown", "bundle")
NOW = datetime(2026, 3, 5, tzinfo=UTC)
RUNS = 2
_WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Return the shortest of some runs: seconds by the wall, and of this process's own work."""
    found: list[tuple[float, float]] = []
    for _ in range(RUNS):
        began, worked = time.perf_counter(), time.process_time()
        call()
        found.append((time.perf_counter() - began, time.process_time() - worked))
    return min(found)


def tell(what: str, wall: float, work: float, more: str = "") -> None:
    """Print one line."""
    own, children = (resource.getrusage(who).ru_maxrss / 1024 for who in _WHOSE)
    memory = f"{own:5.0f} MB, pandoc {children:.0f} MB"
    sys.stdout.write(f"{what:12} {wall:6.2f} s  own {work:6.2f} s  {memory} {more}\n")
    sys.stdout.flush()


def measure_document(workspace: Workspace) -> None:
    """Measure DOCX beside pandoc on what says the same in Markdown."""
    wall, work = timed(lambda: workspace.export.make("docx", now=NOW))
    tell("docx", wall, work)
    made = workspace.export.make("docx", now=NOW).data
    markdown = run_pandoc(["-f", "docx", "-t", "markdown"], made)
    arguments = ["-f", "markdown", "-t", "docx", "-o", "-"]
    tell("pandoc alone", *timed(lambda: run_pandoc(arguments, markdown)), f"to {wall:.2f} s")


def main() -> None:
    """Fill a workspace and measure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workspace"
        workspace = open_workspace(path)
        for tag in TAGS:
            workspace.codebook.add(tag)
        workspace.close()
        fill(path / "normatlas.db", number)
        workspace = open_workspace(path)
        for name in FORMATS:

            def write(name: str = name) -> object:
                return workspace.export.write(name, Path(folder) / "export", now=NOW)

            tell(name, *timed(write))
        measure_document(workspace)
        workspace.close()


if __name__ == "__main__":
    main()
