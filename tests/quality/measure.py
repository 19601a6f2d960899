"""Measures the search against the graded queries: success@5, nDCG@10, MRR, and the worst ten.

Run by hand: ``python -m tests.quality.measure [--workspace DIR] [--all]``. Success is that a
record graded 3 is among the first five; the reciprocal rank is that of the first graded 3 or 2.
"""

import argparse
import math
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import yaml

from core.domain.search import SearchQuery
from core.workspace import Workspace, open_workspace

QUERIES = Path(__file__).with_name("queries.yaml")
_ASKED_FOR, _GOOD = 3, 2


@dataclass(frozen=True)
class Graded:
    """A query with its relevant records; ``held`` ones are not used for tuning."""

    text: str
    way: str
    held: bool
    grades: dict[str, int]


@dataclass(frozen=True)
class Outcome:
    """What one query found: the first ten keys."""

    query: Graded
    found: tuple[str, ...]

    @property
    def success(self) -> bool:
        """Whether what was asked for is among the first five."""
        return any(self.query.grades.get(key) == _ASKED_FOR for key in self.found[:5])

    @property
    def ndcg(self) -> float:
        """Normalised discounted cumulative gain of the first ten."""
        ideal = gain(sorted(self.query.grades.values(), reverse=True)[:10])
        return gain(self.query.grades.get(key, 0) for key in self.found[:10]) / ideal

    @property
    def reciprocal_rank(self) -> float:
        """One over the rank of the first good record, 0 for none among ten."""
        for rank, key in enumerate(self.found[:10], 1):
            if self.query.grades.get(key, 0) >= _GOOD:
                return 1 / rank
        return 0.0


def gain(grades: Iterable[int]) -> float:
    """Discounted cumulative gain of grades in order of rank."""
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def graded_queries() -> list[Graded]:
    """Read the queries; every second one of each way of asking is held out."""
    ways = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return [
        Graded(entry["q"], way, bool(n % 2), entry["by"])
        for way, entries in ways.items()
        for n, entry in enumerate(entries)
    ]


def outcomes(workspace: Workspace) -> list[Outcome]:
    """Ask all queries."""
    found: list[Outcome] = []
    for query in graded_queries():
        page = workspace.search.search(SearchQuery(query.text, limit=10))
        found.append(Outcome(query, tuple(hit.record for hit in page.hits)))
    return found


def figures(found: Sequence[Outcome]) -> tuple[float, float, float]:
    """Return success@5, nDCG@10 and MRR."""
    return (
        fmean(one.success for one in found),
        fmean(one.ndcg for one in found),
        fmean(one.reciprocal_rank for one in found),
    )


def _print(found: Sequence[Outcome], *, every: bool) -> None:
    halves = (("all", found), ("tuned", [o for o in found if not o.query.held]))
    for name, some in (*halves, ("held out", [o for o in found if o.query.held])):
        success, ndcg, mrr = figures(some)
        print(f"{name:9} {len(some):4} success@5 {success:.3f}  nDCG@10 {ndcg:.3f}  MRR {mrr:.3f}")
    for way in dict.fromkeys(one.query.way for one in found):
        success, ndcg, mrr = figures([one for one in found if one.query.way == way])
        print(f"  {way:13} success@5 {success:.3f}  nDCG@10 {ndcg:.3f}  MRR {mrr:.3f}")
    worst = sorted(found, key=lambda one: (one.success, one.ndcg))
    for one in worst[: None if every else 10]:
        held = "held" if one.query.held else ""
        print(f"{one.ndcg:.2f} {'' if one.success else 'MISS'} {held} {one.query.text}")
        print("       " + ", ".join(f"{k}={one.query.grades.get(k, 0)}" for k in one.found[:6]))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--all", action="store_true", help="print every query, worst first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(options.workspace or Path(folder) / "workspace")
        try:
            workspace.search.catch_up()
            _print(outcomes(workspace), every=options.all)
        finally:
            workspace.close()


if __name__ == "__main__":
    main()
