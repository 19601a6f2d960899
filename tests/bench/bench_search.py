"""Times search over the shipped reference pack: ``python -m tests.bench.bench_search [DIR]``.

Types each query letter by letter, as the search box does, then asks each once more as a whole,
with facets. Prints build and opening times and the 50th and 95th percentile in milliseconds.
``DIR`` is a workspace to take the records from; without it one is filled in a temporary place.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from core.domain.search import IndexedRecord, SearchQuery
from core.search.whoosh_index import WhooshIndex, create_index, open_index
from core.storage.repositories.index_feed import IndexFeed
from core.storage.unit_of_work import Database
from core.tasks import CancelToken, no_progress
from core.workspace import open_workspace

QUERIES = (
    "critical infrastructure",
    "existing international law applies",
    "budapest convention",
    "due diligence",
    "attribution of cyber operations",
    "A/70/174",
    "13(f) critical infrastructure",
    '"points of contact"',
    "human rights online",
    "confidence-building measures OSCE",
    "london conference 2011",
    "ransomware OR malware",
    "states should not",
    "supply chain integrity",
    "kind:norm year:2013..2015 sovereignty",
    "participant united kingdom hague",
    "cyber",
    "paris call for trust and security in cyberspace",
    "code of conduct NOT russia",
    "freedom online coalition",
)
TARGET_P95 = 10.0  # ms


def main(folder: Path) -> int:
    """Measure; returns 1 if the target is missed."""
    open_workspace(folder / "workspace").close()
    database = Database(folder / "workspace" / "normatlas.db", "bench")
    with database.read() as session:
        records = list(IndexFeed(session).records())
    database.close()
    passages = [p for record in records for p in record.passages]
    print(f"{len(records)} records, {len(passages)} passages,", end=" ")
    print(f"{sum(len(p.text) for p in passages) / 1e6:.1f} million characters")
    index = built(records, folder / "index")
    keystrokes = [q[: n + 1] for q in QUERIES for n in range(len(q)) if q[: n + 1].strip()]
    first = report("keystrokes, first time", timed(index, keystrokes))
    warm = report("keystrokes, again", timed(index, keystrokes))
    whole = report("whole, with facets", timed(index, [*QUERIES], facets=True))
    report("one record replaced", [1000 * taken(lambda: index.apply(records[9:10], (), ()))] * 2)
    after = report("keystrokes, after that", timed(index, keystrokes))
    index.close()
    return int(max(first, warm, whole, after) > TARGET_P95)


def built(records: list[IndexedRecord], folder: Path) -> WhooshIndex:
    """Build the index, open it again, and say how long each took."""
    index = create_index(folder)
    seconds = taken(lambda: index.rebuild(records, no_progress, len(records)))
    print(f"build {seconds:.2f} s")
    index.close()
    opened: list[WhooshIndex | None] = []
    print(f"open {1000 * taken(lambda: opened.append(open_index(folder))):.0f} ms")
    assert opened[0] is not None
    return opened[0]


def timed(index: WhooshIndex, texts: list[str], *, facets: bool = False) -> list[float]:
    """Search for each; milliseconds."""
    token = CancelToken()
    return [
        1000 * taken(lambda text=text: index.search(SearchQuery(text, facets=facets), token))
        for text in texts
    ]


def taken(work: Callable[[], object]) -> float:
    """Return how many seconds it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def report(what: str, times: list[float]) -> float:
    """Print the percentiles and return the 95th."""
    p95 = statistics.quantiles(times, n=20)[18]
    p50 = statistics.median(times)
    print(f"{what:24} p50 {p50:6.2f}  p95 {p95:6.2f}  max {max(times):6.2f} ms")
    return p95


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(main(Path(sys.argv[1])))
    with tempfile.TemporaryDirectory() as place:
        sys.exit(main(Path(place)))
