"""How long a durable annotation takes, beside the bare commit of one row on the same disk.

Run: ``python -m tests.bench.bench_annotations``.
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from core.workspace import open_workspace

KEY = "norm:gge-13f-no-ci-damage"
RUNS = 60


def milliseconds(call: Callable[[int], object]) -> list[float]:
    """Time ``call(n)`` some dozens of times; each in milliseconds, sorted."""
    found: list[float] = []
    for n in range(RUNS):
        began = time.perf_counter()
        call(n)
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found)


def bare_commit(file: Path) -> Callable[[int], object]:
    """Return what commits one row durably, with SQLite alone."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (n)")
    return lambda n: connection.execute("INSERT INTO t VALUES (?)", (n,))


def main() -> None:
    """Measure in one run and print the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Path(folder) / "workspace")
        workspace.codebook.add("CBM")
        bare = milliseconds(bare_commit(Path(folder) / "bare.db"))
        ours = milliseconds(
            lambda n: workspace.annotations.annotate(KEY, n, n + 20, ["CBM"], f"note {n}")
        )
        follow = milliseconds(lambda _n: workspace.search.catch_up())
        began = time.perf_counter()
        entries = workspace.reference.entries()
        library = (time.perf_counter() - began) * 1000
        records = sorted(
            milliseconds_of(lambda key=entry.key: workspace.reference.record(key))
            for entry in entries[::5]
        )
        workspace.close()
    for name, found in (("bare", bare), ("annotate", ours), ("catch_up", follow)):
        p95 = found[int(len(found) * 0.95)]
        sys.stdout.write(f"{name}: median {statistics.median(found):.2f} ms, p95 {p95:.2f} ms\n")
    ratio = statistics.median(ours) / statistics.median(bare)
    sys.stdout.write(f"annotate / bare commit: {ratio:.1f}\n")
    sys.stdout.write(f"library of {len(entries)}: {library:.1f} ms; ")
    sys.stdout.write(
        f"read a record: median {statistics.median(records):.1f}, "
        f"p95 {records[int(len(records) * 0.95)]:.1f}, most {records[-1]:.1f} ms\n"
    )


def milliseconds_of(call: Callable[[], object]) -> float:
    """Time one call, in milliseconds."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
