"""Measures search beside SQLite FTS5 and tantivy: ``python -m tests.bench.bench_engines``.

The same passages, top 20 with highlighted snippets and the exact total, each engine in a fresh
process and all in one run, so that ratios hold on any machine. Sizes: S the reference pack, M
100,000 passages, L all. Installs nothing: an engine that is missing is named and left out.

    --sizes S,M,L    --engines ours,fts5,tantivy    --rounds 2
    --corpora DIR    the collections; ../shared/corpora beside the project if not said
    --work DIR       for records, indexes and results; kept and used again
    --rebuild        build the indexes anew
    --cpu            count processor time, of all threads: for a machine that others use too
"""

import argparse
import gc
import importlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from core.search.stems import stems_of
from tests.bench.corpora import FOLDER, SIZES, collected, long_document, passages_of
from tests.bench.engines import ENGINES, Asked, Ours, missing

CPU = "NORMATLAS_BENCH_CPU"
YEARS = ((1960, 1979), (1980, 1994), (1995, 2015), (2001, 2004))
CLASSES: dict[str, tuple[str, ...]] = {
    "rare": ("ransomware", "cyberspace", "tuvalu", "plebiscite", "spyware", "glacier",
             "microfinance", "hotline"),
    "common": ("security", "international", "development", "states", "nations", "general",
               "human", "cooperation"),
    "and": ("climate security", "nuclear weapons", "small islands", "human rights violations",
            "international law cyberspace", "information technology developing countries",
            "namibia independence", "peace and security", "use of force",
            "responsibility of states"),
    "or": ("ransomware OR malware", "security OR development", "namibia OR angola OR mozambique",
           "terrorism OR extremism", "glacier OR drought", "cyber OR nuclear"),
    "phrase": ("international law", "united nations", "human rights", "right to self determination",
               "law of the sea", "of the", "critical infrastructure", "nuclear non proliferation",
               "the state of the", "threat or use of force"),
    "prefix": ("cyber", "secur", "develop", "namib", "int", "terr", "glac", "sov"),
    "fuzzy": ("terorism", "sovereinty", "securty", "namibai", "cypruss", "developmnt"),
    "years": ("apartheid", "nuclear weapons", "climate", "terrorism"),
    "facets": ("security council", "cyber", "development", "human rights"),
}  # fmt: skip
TYPED = (
    "critical infrastructure", "international law applies", "due diligence", "human rights online",
    "confidence building measures", "ransomware", "small island developing states",
    "states should not", "peace and security", "the responsibility to protect",
    "non proliferation of nuclear weapons", "code of conduct",
)  # fmt: skip
LIMITS = {  # ms: keystrokes, whole queries, open and first answer, findable after a commit
    "S": (10, 20, 50, 100),
    "M": (16, 40, 60, 100),
    "L": (50, 120, 120, 100),
}


def queries(how: str) -> list[Asked]:
    """Return the queries of one class."""
    found = [t.split() for t in CLASSES[how]]
    if how == "or":
        return [Asked("or", tuple(w for w in words if w != "OR")) for words in found]
    if how in ("years", "facets"):
        return [
            Asked(how, tuple(words), years)
            for words, years in zip(found, YEARS, strict=True)
        ]  # fmt: skip
    return [Asked({"rare": "word", "common": "word"}.get(how, how), tuple(w)) for w in found]


def keystrokes() -> list[Asked]:
    """Return a query for each key struck from the second on; a space finishes a word."""
    found: list[Asked] = []
    for text in TYPED:
        for end in range(2, len(text) + 1):
            typed = text[:end]
            how = "and" if typed.endswith(" ") else "typing"
            found.append(Asked(how, tuple(typed.split())))
    return found


def milliseconds(work: Callable[[], object]) -> float:
    """Time one piece of work; with ``--cpu`` only what the processor did for it."""
    clock = time.process_time if os.environ.get(CPU) else time.perf_counter
    began = clock()
    work()
    return 1000 * (clock() - began)


def build(name: str, size: str, work: Path, corpora: Path) -> dict[str, float]:
    """Build one engine's index in this process."""
    records = collected(size, work, corpora)
    folder = work / name / size
    shutil.rmtree(folder, ignore_errors=True)
    engine = ENGINES[name](folder)
    took = milliseconds(lambda: engine.build(records)) / 1000
    size_mb = engine.size() / 1e6
    if isinstance(engine, Ours):
        engine.keep_texts(records)
    text = sum(len(p.text.encode()) for _, p in passages_of(records)) / 1e6
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "seconds": took, "mb_per_s": text / took, "index_mb": size_mb, "text_mb": text,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "peak_child_mb": children,
    }  # fmt: skip


def ask(name: str, size: str, work: Path) -> dict[str, Any]:
    """Open one engine's index in this process and ask it everything."""
    engine = ENGINES[name](work / name / size)
    _import_all(name)
    first = Asked("and", ("critical", "infrastructure"))
    found: dict[str, Any] = {"open_ms": milliseconds(lambda: (engine.open(), engine.ask(first)))}
    gc.collect()
    typed = keystrokes()
    found["typing first"] = [milliseconds(lambda a=a: engine.ask(a)) for a in typed]
    found["typing"] = [milliseconds(lambda a=a: engine.ask(a)) for a in typed]
    for how in CLASSES:
        if how == "fuzzy" and name == "ours" and not _is_fuzzy(engine):
            continue
        asked = queries(how)
        found[f"{how} first"] = [milliseconds(lambda a=a: engine.ask(a)) for a in asked]
        passes = [[milliseconds(lambda a=a: engine.ask(a)) for a in asked] for _ in range(3)]
        found[how] = [statistics.median(times) for times in zip(*passes, strict=True)]
        found[f"{how} totals"] = [engine.ask(a)[0] for a in asked]
    found["rss_mb"] = _resident()
    return found


def change(name: str, size: str, work: Path) -> dict[str, Any]:
    """Add documents and notes to a copy of the index; each until it is found."""
    copy = work / name / f"{size}-changed"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(work / name / size, copy)
    engine = ENGINES[name](copy)
    engine.open()

    def document(n: int) -> None:
        engine.add(long_document(n))
        assert engine.ask(Asked("word", (f"ruritania{n}",)))[0] > 0

    def note(n: int) -> None:
        engine.note(n, "norm:gge-13f-no-ci-damage")
        assert engine.ask(Asked("word", (f"borogove{n}",)))[0] > 0

    found = {"document": [milliseconds(lambda n=n: document(n)) for n in range(25)]}
    if isinstance(engine, Ours):
        found["note"] = [milliseconds(lambda n=n: note(n)) for n in range(25)]
    shutil.rmtree(copy)
    return found


def _is_fuzzy(engine: Ours) -> bool:
    return engine.ask(Asked("fuzzy", ("sovereinty",)))[0] > 0


def _import_all(name: str) -> None:
    """Import what the engine needs: the limits are beyond imports."""
    for module in {"ours": ("core.search.whoosh_index",), "tantivy": ("tantivy",)}.get(name, ()):
        importlib.import_module(module)
    if name == "ours":
        stems_of(["import"])


def _resident() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(n for n in status.read_text().splitlines() if n.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def child(step: str, name: str, size: str, args: argparse.Namespace) -> dict[str, Any]:
    """Run one step in a process of its own and return what it measured."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_engines", "--step", step, "--engines", name,
         "--sizes", size, "--work", str(args.work), "--corpora", str(args.corpora)],
        stdout=subprocess.PIPE, check=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""},
    )  # fmt: skip
    return json.loads(ran.stdout)


def report(size: str, names: list[str], found: dict[str, dict[str, Any]]) -> None:
    """Print one size's table; ratios are the other's p50 and p95 over ours."""
    print(f"\n== {size} ==")
    for name in names:
        if built := found[name].get("build"):
            print(
                f"build {name:8} {built['seconds']:7.1f} s {built['mb_per_s']:6.2f} MB/s  index "
                f"{built['index_mb']:6.1f} MB for {built['text_mb']:.1f} MB of text, peak "
                f"{built['peak_mb']:.0f} + {built['peak_child_mb']:.0f} MB"
            )
        asked = found[name]["ask"]
        opened = min(a["open_ms"] for a in asked)
        print(f"open  {name:8} {opened:7.1f} ms, resident {asked[-1]['rss_mb']:.0f} MB at the end")
        for what, times in found[name]["change"].items():
            print(f"find  {name:8} {what} p50 {statistics.median(times):.1f} max {max(times):.1f}")
    classes = ["typing first", "typing", *(c for how in CLASSES for c in (f"{how} first", how))]
    print(f"\n{'p50 / p95 ms':14}" + "".join(f"{n:>19}" for n in names) + "   others / ours")
    for what in classes:
        cells: dict[str, tuple[float, float]] = {}
        for name in names:
            if all(what in a for a in found[name]["ask"]):
                rounds = zip(*(a[what] for a in found[name]["ask"]), strict=True)
                cells[name] = percentiles([statistics.median(times) for times in rounds])
        row = "".join(
            f"{f'{cells[n][0]:.2f} / {cells[n][1]:.2f}' if n in cells else '-':>19}" for n in names
        )
        ratios = [
            f"{n} {cells[n][0] / cells['ours'][0]:.1f}x {cells[n][1] / cells['ours'][1]:.1f}x"
            for n in names
            if n != "ours" and n in cells and "ours" in cells
        ]
        print(f"{what:14}{row}   {', '.join(ratios)}")
    if "ours" in names:
        verdict(size, found["ours"], names, found)


def percentiles(times: Iterable[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile."""
    times = sorted(times)
    return statistics.median(times), statistics.quantiles(times, n=20, method="inclusive")[18]


def verdict(size: str, ours: dict[str, Any], names: list[str], found: dict[str, Any]) -> None:
    """Say which of the limits are kept."""
    typing, whole, opened, findable = LIMITS[size]

    def p95(name: str, *classes: str) -> float:
        asked = found[name]["ask"]
        held = [c for c in classes if c in asked[0]]
        rounds = [times for c in held for times in zip(*(a[c] for a in asked), strict=True)]
        return percentiles(map(statistics.median, rounds))[1]

    lines = [
        ("keystrokes, warm, p95", p95("ours", "typing"), typing),
        ("keystrokes, first, p95", p95("ours", "typing first"), typing),
        ("whole queries p95", p95("ours", *CLASSES), whole),
        ("open and first answer", min(a["open_ms"] for a in ours["ask"]), opened),
        ("a document findable, max", max(ours["change"]["document"]), findable),
        ("a note findable, max", max(ours["change"]["note"]), findable),
    ]
    if "fts5" in names:
        lines.append(("phrases p95 (FTS5's)", p95("ours", "phrase"), p95("fts5", "phrase")))
    for what, value, limit in lines:
        kept = "kept  " if value <= limit else "MISSED"
        print(f"{kept} {what:28} {value:7.1f} of {limit:.1f} ms")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="S,M,L")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--corpora", type=Path, default=FOLDER)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "search-bench")
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--cpu", action="store_true")
    parser.add_argument("--step", choices=("build", "ask", "change"))
    args = parser.parse_args()
    if args.cpu:
        os.environ[CPU] = "1"
    return args


def step(args: argparse.Namespace) -> dict[str, Any]:
    """Run one step in this process."""
    name, size = args.engines, args.sizes
    if args.step == "build":
        return build(name, size, args.work, args.corpora)
    return {"ask": ask, "change": change}[args.step](name, size, args.work)


def main() -> int:
    """Run all, or one step in a child."""
    args = arguments()
    if args.step:
        print(json.dumps(step(args)))
        return 0
    sizes, names = args.sizes.split(","), args.engines.split(",")
    for name, why in missing().items():
        print(f"left out: {why}")
        names = [n for n in names if n != name]
    for size in (s for s in SIZES if s in sizes):
        collected(size, args.work, args.corpora)
        found: dict[str, dict[str, Any]] = {name: {"ask": []} for name in names}
        for name in names:
            if args.rebuild or not (args.work / name / size).exists():
                found[name]["build"] = child("build", name, size, args)
        for _ in range(args.rounds):
            for name in names:
                found[name]["ask"].append(child("ask", name, size, args))
        for name in names:
            found[name]["change"] = child("change", name, size, args)
        (args.work / f"result-{size}.json").write_text(json.dumps(found), encoding="utf-8")
        report(size, names, found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
