"""How long it takes to narrow, group and change 100,000 annotations.

Run: ``python -m tests.bench.bench_browser [NUMBER]``. Targets: narrowing within 50 ms.
"""

import random
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from core.domain.annotations import AnnotationFilter
from core.domain.browsing import Grouping
from core.domain.keys import Kind
from core.tasks import no_progress
from core.workspace import Workspace, open_workspace

TAGS = ("CBM", "CBM/Hotlines", "Law", "Law/Sovereignty", "Capacity", "Open questions")
ANALYSTS = ("Ada Analyst", "Ben Baker", "Cem Celik")
NOTE = "Compare this with the wording that the group agreed on two years earlier."
RUNS = 7


def fill(file: Path, number: int) -> None:
    """Put annotations straight into a workspace's database."""
    chance = random.Random(1)
    database = sqlite3.connect(file)
    rows = database.execute("SELECT record_id, content, sha256 FROM record_text").fetchall()
    texts = [row for row in rows if len(row[1]) > 600]
    tags = [row[0] for row in database.execute("SELECT id FROM tag")]
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    marks: list[tuple[object, ...]] = []
    ties: list[tuple[object, ...]] = []
    for n in range(number):
        record, content, sha256 = chance.choice(texts)
        start = chance.randrange(0, len(content) - 400)
        end = start + chance.randint(30, 300)
        one = str(uuid.UUID(int=chance.getrandbits(128)))
        at = (begin + timedelta(minutes=5 * n)).isoformat(timespec="microseconds")
        verdict = chance.choices(["exact", "moved", "changed", "lost"], [90, 5, 3, 2])[0]
        place = (start, end, content[start:end], "", "", sha256, None)
        note, analyst = chance.choice(["", NOTE]), chance.choice(ANALYSTS)
        marks.append((one, record, *place, note, analyst, at, at, verdict, 1.0))
        chosen = chance.sample(tags, chance.randint(0, 3))
        ties += [(one, tag, place) for place, tag in enumerate(chosen)]
    database.executemany(f"INSERT INTO annotation VALUES ({','.join('?' * 15)})", marks)
    database.executemany("INSERT INTO annotation_tag VALUES (?, ?, ?)", ties)
    database.commit()
    database.close()


def milliseconds(call: Callable[[], object]) -> list[float]:
    """Time a call some times, in milliseconds, sorted."""
    found: list[float] = []
    for _ in range(RUNS):
        began = time.perf_counter()
        call()
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found)


def tell(what: str, found: list[float]) -> None:
    """Print one line."""
    median = statistics.median(found)
    sys.stdout.write(f"{what:34} median {median:7.1f}  most {found[-1]:7.1f} ms\n")


def narrow(workspace: Workspace) -> None:
    """Measure filters and groupings."""
    browsing = workspace.browsing
    filters = {
        "all": AnnotationFilter(),
        "tag with children": AnnotationFilter(tag="CBM"),
        "analyst and state": AnnotationFilter(analyst=ANALYSTS[0], states=frozenset({"anchored"})),
        "kind": AnnotationFilter(kinds=frozenset({Kind.INSTRUMENT})),
        "dates": AnnotationFilter(since=datetime(2026, 6, 1, tzinfo=UTC)),
        "a rare word": AnnotationFilter(text="sovereignty"),
        "a frequent word": AnnotationFilter(text="state"),
        "one letter": AnnotationFilter(text="e"),
        "everything at once": AnnotationFilter(
            tag="Law", analyst=ANALYSTS[1], text="state", kinds=frozenset({Kind.NORM})
        ),
    }
    began = time.perf_counter()
    browsing.listing(AnnotationFilter(text="first"))
    tell("first look, words folded", [(time.perf_counter() - began) * 1000])
    for name, wanted in filters.items():
        tell(name, milliseconds(partial(browsing.listing, wanted)))
    for grouping in (Grouping.RECORD, Grouping.TAG, Grouping.DAY):
        call = partial(browsing.listing, AnnotationFilter(), grouping)
        tell(f"all by {grouping}", milliseconds(call))
    page = browsing.listing().ids[50_000:50_200]
    tell("a window of 200 rows", milliseconds(lambda: browsing.rows(page)))


def change(workspace: Workspace) -> None:
    """Measure what many annotations are changed by."""
    ids = workspace.browsing.listing().ids[:5000]
    for name, call in (
        ("tag 5,000", lambda: workspace.annotations.change_tags(ids, ["CBM"], ["Law"])),
        ("undo that", workspace.history.undo),
        ("delete 5,000", lambda: workspace.annotations.delete(ids)),
        ("undo that", workspace.history.undo),
    ):
        began = time.perf_counter()
        call()
        tell(name, [(time.perf_counter() - began) * 1000])
    began = time.perf_counter()
    workspace.browsing.listing(AnnotationFilter(text="state"))
    tell("first look after a change", [(time.perf_counter() - began) * 1000])


def show(folder: Path) -> None:
    """Measure a filter from the window's wish until its rows stand in the table."""
    from PySide6.QtWidgets import QApplication

    from core.hosting.remote import RemoteWorkspace
    from gui.models.browser import BrowserModel

    application = QApplication([])
    workspace = RemoteWorkspace(folder, None, no_progress)
    model = BrowserModel()

    def look(wanted: AnnotationFilter, grouping: Grouping) -> None:
        model.show(workspace.browsing.listing(wanted, grouping), grouping)

    try:
        look(AnnotationFilter(text="first"), Grouping.NONE)
        for name, wanted in (
            ("all", AnnotationFilter()),
            ("tag with children", AnnotationFilter(tag="CBM")),
            ("a frequent word", AnnotationFilter(text="state")),
            ("a rare word", AnnotationFilter(text="sovereignty")),
        ):
            tell(f"window: {name}", milliseconds(partial(look, wanted, Grouping.NONE)))
    finally:
        workspace.close()
        application.quit()


def main() -> None:
    """Fill a workspace and measure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workspace"
        workspace = open_workspace(path)
        for tag in TAGS:
            workspace.codebook.add(tag)
        workspace.close()
        fill(path / "normatlas.db", number)
        workspace = open_workspace(path)
        narrow(workspace)
        change(workspace)
        workspace.close()
        show(path)


if __name__ == "__main__":
    main()
