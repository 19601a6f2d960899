"""How long it takes to sync a pack of which a twentieth has changed, and to store one edit.

Run: ``python -m tests.bench.bench_sync``.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from core.reference.compilation import compile_pack
from core.services.packs import sync_pack
from core.workspace import open_workspace
from tests.core.services.pack_versions import first_version, second_version

T = TypeVar("T")
NORM = "norm:gge-13f-no-ci-damage"
STATE = "participant:united-states"


def main() -> None:
    """Measure in one run and print seconds, and the sync against the compiling."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        workspace = open_workspace(folder / "workspace")
        database = workspace._database
        one = first_version(folder / "one")
        two = second_version(folder / "two")
        compiling, first = timed(lambda: compile_pack(one))
        second = compile_pack(two)
        sync_pack(database, first)
        for entry in workspace.reference.entries()[::20]:
            workspace.annotations.annotate(entry.key, 0, 10)
        plain, report = timed(lambda: sync_pack(database, second))
        sync_pack(database, first)
        for key in (NORM, STATE):
            raw = workspace.records.form(key).raw
            edit, _ = timed(lambda raw=raw: workspace.records.save({**raw, "note": "Mine."}))
            sys.stdout.write(f"edit {key}: {edit:.2f} s\n")
        layered, _ = timed(lambda: sync_pack(database, second))
        workspace.close()
    sys.stdout.write(f"compile {compiling:.2f} s; changed {len(report.changed)}\n")
    sys.stdout.write(f"sync {plain:.2f} s; with edits {layered:.2f} s\n")
    sys.stdout.write(f"sync / compile: {plain / compiling:.2f}\n")


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds a call took, and what it gave."""
    began = time.perf_counter()
    result = call()
    return time.perf_counter() - began, result


if __name__ == "__main__":
    main()
