"""Reading DOCX, ODT, HTML and EPUB against pandoc alone on the same files, in one run.

Run as ``python -m tests.bench.bench_readers FILE-OR-FOLDER… [--rounds N]``. Each HTML file is also
turned into the other formats first, so that all formats are measured on the same texts. Prints the
ratio of our whole reading (checks, metadata, pandoc, passages, labels) to ``pandoc -t json``
written to a file; a ratio of 1.2 is the aim.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from core.errors import UnreadableError
from core.importing.pandoc import executable
from core.importing.reading import read_file
from core.tasks import CancelToken

FORMATS = ("docx", "odt", "epub", "html")


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def alone(path: Path, form: str, folder: Path) -> None:
    command = [executable(), "--from", form, "--to", "json", str(path), "-o", str(folder / "out")]
    subprocess.run(command, check=True, capture_output=True)


def with_variants(paths: list[Path], folder: Path) -> list[Path]:
    """Return the files, and of each HTML file one in every other format."""
    made: list[Path] = []
    for path in paths:
        made.append(path)
        for form in FORMATS if path.suffix == ".html" else ():
            if form != "html":
                made.append(folder / f"{path.stem}.{form}")
                command = [executable(), str(path), "-o", str(made[-1])]
                subprocess.run(command, check=True, capture_output=True)
    return made


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("paths", type=Path, nargs="+")
    given.add_argument("--rounds", type=int, default=3)
    asked = given.parse_args()
    paths = [f for p in asked.paths for f in (sorted(p.iterdir()) if p.is_dir() else [p])]
    paths = [path for path in paths if path.suffix.removeprefix(".") in FORMATS]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        totals = {form: [0.0, 0.0, 0] for form in FORMATS}
        for path in with_variants(paths, folder):
            form = path.suffix.removeprefix(".")
            try:
                read_file(path, cancel=CancelToken())
                alone(path, form, folder)
            except (UnreadableError, subprocess.CalledProcessError):
                continue
            ours, theirs = zip(
                *(
                    (
                        seconds(lambda p=path: read_file(p, cancel=CancelToken())),
                        seconds(lambda p=path, f=form: alone(p, f, folder)),
                    )
                    for _ in range(asked.rounds)
                ),
                strict=True,
            )
            totals[form][0] += statistics.median(ours)
            totals[form][1] += statistics.median(theirs)
            totals[form][2] += 1
    for form, (ours, theirs, count) in totals.items():
        if count:
            took = f"{ours:6.2f} s  pandoc {theirs:6.2f} s  {ours / theirs:.2f}"
            print(f"{form:5} {count:3.0f} files  {took}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
