"""Time of the PDF reader against pdftotext of poppler, file by file, turn by turn in one run.

Run as ``python -m tests.bench.bench_pdf [FOLDER]``: the PDF files of a folder, and two made here.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from core.importing.pdf import read_pdf
from core.tasks import CancelToken
from tests.core.importing.typesetting import typeset

TIMES = 7


def spent(*works: Callable[[], object]) -> list[float]:
    """Return the least time of a few runs of each in seconds, by turns."""
    least = [float("inf")] * len(works)
    for _ in range(TIMES):
        for n, work in enumerate(works):
            before = time.perf_counter()
            work()
            least[n] = min(least[n], time.perf_counter() - before)
    return least


def made(folder: Path) -> list[Path]:
    """Return a report of 20 pages and a book of 300, typeset here."""
    paths: list[Path] = []
    for name, chapters in (("report", 5), ("book", 75)):
        text = "#lorem(900) #footnote[#lorem(20)]\n\n#lorem(600)"
        body = "\n\n".join(f"= Chapter {n}\n\n{text}" for n in range(chapters))
        path = folder / f"{name}.pdf"
        page = '#set page(header: [A/76/135], numbering: "1")\n#set par(justify: true)\n'
        path.write_bytes(typeset(page + body))
        paths.append(path)
    return paths


def main() -> int:
    """Measure and print."""
    ours = theirs = 0.0
    with tempfile.TemporaryDirectory() as folder:
        given = sorted(Path(sys.argv[1]).rglob("*.pdf")) if len(sys.argv) > 1 else []
        for path in [*given, *made(Path(folder))]:
            try:
                read_pdf(path, CancelToken())
            except Exception as error:  # noqa: BLE001 - only those that both read are compared
                print(f"{path.name}: {error}")
                continue
            command = ["pdftotext", "-q", str(path), "/dev/null"]
            mine, other = spent(
                lambda path=path: read_pdf(path, CancelToken()),
                lambda command=command: subprocess.run(command, check=False),
            )
            ours, theirs = ours + mine, theirs + other
            print(f"{path.name:40} {mine:7.3f} s  pdftotext {other:7.3f} s  {mine / other:5.1f}x")
    print(f"{'all':40} {ours:7.3f} s  pdftotext {theirs:7.3f} s  {ours / theirs:5.1f}x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
