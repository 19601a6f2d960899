"""How long merging 10,000 annotations takes, from each format, and the memory it needs.

The aim: at most 5 s and 500 MB. Run: ``python -m tests.bench.bench_merge``.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from core.anchoring.describe import describe
from core.domain.annotations import TextPositionSelector
from core.domain.interchange import Project, ProjectAnnotation, ProjectSource, ProjectTag
from core.interchange import bundle, qdpx_writer
from core.interchange.identity import derive, guid_of_record
from core.workspace import open_workspace

COUNT = 10_000
TAGS = 60
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def make_project(folder: Path) -> Project:
    """Return annotations all over the reference, with tags and notes."""
    workspace = open_workspace(folder)
    keys = [entry.key for entry in workspace.reference.entries()][:300]
    texts = {key: workspace.reference.record(key).text for key in keys}
    workspace.close()
    chance = random.Random(7)
    tags = [ProjectTag(derive("bench", str(n)), f"Tag {n}", color="#336699") for n in range(TAGS)]
    sources = {
        key: ProjectSource(guid_of_record(key), key, key, text, text.sha256, reference=True)
        for key, text in texts.items()
    }
    annotations: list[ProjectAnnotation] = []
    while len(annotations) < COUNT:
        source = sources[chance.choice(keys)]
        assert source.text is not None
        content = source.text.content
        start = chance.randrange(len(content) - 1)
        end = min(len(content), start + chance.randint(10, 300))
        made = BEGAN + timedelta(minutes=len(annotations))
        annotations.append(
            ProjectAnnotation(
                derive("bench-annotation", str(len(annotations))),
                source.id,
                TextPositionSelector(start, end),
                describe(content, start, end),
                source.text.sha256,
                tuple(chance.sample([tag.id for tag in tags], chance.randint(0, 3))),
                "A note of some words. " * chance.randint(0, 6),
                chance.choice(("Ada", "Bob")),
                made,
                made,
            )
        )
    return Project("bench", "Bench", (), tuple(tags), tuple(sources.values()), tuple(annotations))


def write_files(folder: Path, project: Project) -> dict[str, Path]:
    """Write the project in each format that is measured."""
    files = {name: folder / f"bench.{name}" for name in ("zip", "qdpx", "jsonld", "csv")}
    files["zip"].write_bytes(bundle.render(project))
    files["qdpx"].write_bytes(qdpx_writer.render(project))
    full = open_workspace(folder / "full")
    full.merge.merge(files["zip"])
    full.export.write("jsonld", files["jsonld"])
    full.export.write("csv", files["csv"])
    full.close()
    words = folder / "words.csv"  # as another program has it: no places, no ids
    with files["csv"].open(encoding="utf-8-sig", newline="") as given, words.open("w") as out:
        writer = csv.writer(out)
        writer.writerow(("document", "quotation", "tags", "comment"))
        for row in csv.DictReader(given):
            writer.writerow((row["title"], row["exact"], row["tags"], row["note"]))
    return {**files, "words": words}


def measure(folder: Path, path: Path) -> tuple[float, float, float, float, int]:
    """Merge a file into a new workspace, then once more; returns plan, merge and second merge in
    seconds of processor time, peak memory in MB, and how many were written."""
    workspace = open_workspace(folder)
    times = [time.process_time()]
    plan = workspace.merge.plan(path)
    times.append(time.process_time())
    merged, _ = workspace.merge.merge(path, None, plan.sha256)
    times.append(time.process_time())
    workspace.merge.merge(path)
    times.append(time.process_time())
    workspace.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    planned, first, second = (b - a for a, b in pairwise(times))
    return planned, first, second, peak, merged.written


def main() -> None:
    """Measure each format in a process of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
            project = pool.apply(make_project, (folder / "texts",))
        files = write_files(folder, project)
        for name, path in files.items():
            with get_context("spawn").Pool(1) as pool:
                found = pool.apply(measure, (folder / f"into-{name}", path))
            planned, first, second, peak, written = found
            sys.stdout.write(
                f"{name}: plan {planned:.2f} s, merge {first:.2f} s, again {second:.2f} s, "
                f"{peak:.0f} MB, {written:,} written\n"
            )


if __name__ == "__main__":
    main()
