"""Measures imports: ``python -m tests.bench.bench_import [FILES] [CORPORA]``.

In one run: DOCX, ODT, HTML and EPUB against pandoc alone on the same files, two at a time as the
import does, by the clock and by processor time: treaties, and short resolutions of which each is
a file of its own; then a mixed folder of ``FILES`` (1,000): files a second, peak memory, and what
a search takes meanwhile against what it takes before and after. The files are made of the
collections that `tests.bench.corpora` tells of.
"""

import re
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypandoc

from core.domain.search import SearchQuery
from core.workspace import Workspace, open_workspace
from tests.bench.bench_search import QUERIES
from tests.bench.corpora import FOLDER

AGAINST = ("docx", "odt", "html", "epub")
MIXED = (*AGAINST, "md", "txt")
BASES = 24  # resolutions that are converted by pandoc; the others differ from them by a word
NAMED = re.compile(r"\b[SA](?:/RES)?/\s*\d+|(?<=resolution )\d+(?= ?\()", re.IGNORECASE)
MARK = "XQZMARK"  # stands in each file once, for a word that makes it a file of its own
EACH = 40  # files of a format against pandoc


def make_bases(corpora: Path, folder: Path) -> dict[str, list[Path]]:
    """Convert some resolutions into every format."""
    pandoc = pypandoc.get_pandoc_path()
    sources = sorted((corpora / "unsc").glob("*.txt"), key=lambda p: -p.stat().st_size)
    found: dict[str, list[Path]] = {name: [] for name in MIXED}
    for n, source in enumerate(sources[: BASES * 8 : 8]):
        words = NAMED.sub(MARK, source.read_text("utf-8", "replace")).split("\n")
        text = folder / f"{n}.md"
        title = f"# Resolution number {n} {MARK}"
        text.write_text("\n\n".join([title, *filter(str.strip, words)]))
        found["md"].append(text)
        plain = folder / f"{n}.txt"
        plain.write_text(text.read_text())
        found["txt"].append(plain)
        for name in AGAINST:
            made = folder / f"{n}.{name}"
            subprocess.run([pandoc, "-s", "-o", made, text], check=True, capture_output=True)
            found[name].append(made)
    return found


def make_treaties(corpora: Path, folder: Path) -> dict[str, list[Path]]:
    """Convert the treaties, English and Chinese, into every format that is compared."""
    folder.mkdir()
    pandoc = pypandoc.get_pandoc_path()
    found: dict[str, list[Path]] = {name: [] for name in AGAINST}
    for source in sorted((corpora / "treaties").glob("*.html")):
        for name in AGAINST:
            made = folder / f"{source.stem}.{name}"
            title = f"title={source.stem} {MARK}"
            command = [pandoc, "-s", "-M", title, "-o", made, source]
            subprocess.run(command, check=True, capture_output=True)
            found[name].append(made)
    return found


def make_variant(base: Path, target: Path, word: str) -> None:
    """Write a file that differs from another by a word."""
    if not zipfile.is_zipfile(base):
        target.write_bytes(base.read_bytes().replace(MARK.encode(), word.encode()))
        return
    with zipfile.ZipFile(base) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            content = old.read(item).replace(MARK.encode(), word.encode())
            new.writestr(item, content, item.compress_type)


def make_folder(bases: dict[str, list[Path]], names: tuple[str, ...], n: int, at: Path) -> Path:
    """Make a folder of files, the formats in turn."""
    at.mkdir()
    for number in range(n):
        name = names[number % len(names)]
        base = bases[name][number // len(names) % len(bases[name])]
        make_variant(base, at / f"{number:05}.{name}", f"{at.name}{number}")
    return at


def take_in(workspace: Workspace, folder: Path) -> float:
    """Import a folder; returns seconds, in which everything can be found."""
    began = time.perf_counter()
    run = workspace.importing.start([str(folder)])
    state = workspace.importing.work(run)
    seconds = time.perf_counter() - began
    refused = [r for r in workspace.importing.results(run) if r.status != "imported"]
    print(f"  {state.done} files, {len(refused)} not imported {refused[:1]}")
    return seconds


def processor() -> float:
    """Return seconds of processor time of this process and of those that it started and saw end."""
    both = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def compare(workspace: Workspace, folder: Path, name: str, what: str) -> None:
    """Import a folder after pandoc alone has read it; print both."""
    began = processor()
    alone = pandoc_alone(folder, name)
    between = processor()
    ours = take_in(workspace, folder)
    spent = (processor() - between) / (between - began)
    print(
        f"{what} as {name}: pandoc {alone:.1f} s, import {ours:.1f} s, ratio {ours / alone:.2f},"
        f" of processor time {spent:.2f}"
    )


def pandoc_alone(folder: Path, name: str) -> float:
    """Read the files of a folder with pandoc into its tree, two at a time."""
    pandoc = pypandoc.get_pandoc_path()

    def read(path: Path) -> None:
        command = [pandoc, "-f", name, "-t", "json", path]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    began = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(read, sorted(folder.iterdir())))
    return time.perf_counter() - began


def search_times(workspace: Workspace, done: threading.Event, most: int) -> list[float]:
    """Search with pauses, as somebody does who reads; returns milliseconds."""
    found: list[float] = []
    while not done.is_set() and len(found) < most:
        began = time.perf_counter()
        workspace.search.search(SearchQuery(QUERIES[len(found) % len(QUERIES)]))
        found.append(1000 * (time.perf_counter() - began))
        done.wait(0.1)
    return found


def p95(times: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(times, n=20)[-1]


def peak() -> tuple[float, float]:
    """Return the peak memory in MB of this process, and of the largest that it started."""
    selfs, children = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return tuple(resource.getrusage(who).ru_maxrss / 1024 for who in (selfs, children))  # type: ignore[return-value]


def main(files: int, corpora: Path) -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        (work / "bases").mkdir()
        bases = make_bases(corpora, work / "bases")
        workspace = open_workspace(work / "workspace")
        workspace.search.catch_up()
        treaties = make_treaties(corpora, work / "treaties")
        for name in AGAINST:
            n = len(treaties[name])
            folder = make_folder(treaties, (name,), n, work / f"treaties-{name}")
            compare(workspace, folder, name, f"{n} treaties")
            folder = make_folder(bases, (name,), EACH, work / name)
            compare(workspace, folder, name, f"{EACH} resolutions")
        mixed = make_folder(bases, MIXED, files, work / "mixed")
        idle = search_times(workspace, threading.Event(), 100)
        done, times = threading.Event(), list[float]()
        searcher = threading.Thread(
            target=lambda: times.extend(search_times(workspace, done, 100_000))
        )
        searcher.start()
        seconds = take_in(workspace, mixed)
        done.set()
        searcher.join()
        idle += search_times(workspace, threading.Event(), 100)  # with all that came in
        print(f"{files} mixed files: {seconds:.0f} s, {files / seconds:.1f} files a second")
        print(f"search idle p50 {statistics.median(idle):.1f} p95 {p95(idle):.1f} ms; during the")
        print(
            f"import p50 {statistics.median(times):.1f} p95 {p95(times):.1f} ms ({len(times)}"
            f" searches), ratio of p95 {p95(times) / p95(idle):.1f}"
        )
        print("peak memory: {:.0f} MB here, {:.0f} MB in the largest reader".format(*peak()))
        workspace.close()


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
        Path(sys.argv[2]) if len(sys.argv) > 2 else FOLDER,
    )
