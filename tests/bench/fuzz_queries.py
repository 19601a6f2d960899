"""Asks the reference tens of thousands of random queries: ``python -m tests.bench.fuzz_queries``.

Each must be answered with hits or a hint, be explained and completed, and take no longer than
three seconds. Prints how many were asked, how long they took, and whatever failed.

    --queries 20000    --seed 1    --workspace DIR
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from core.domain.search import SearchQuery
from core.services.query_text import explain
from core.workspace import Workspace, open_workspace

PIECES = (
    *("kind:", "title:", "theme:", "year:", "party:", "stated-in:", "source:", "type:", "status:"),
    *("region:", "verified:", "is:", "in:", "tag:", "note:", "participant:", "foo:", "AND", "OR"),
    *("NOT", "-", "(", ")", '"', "“", "”", "~", "~2", "~99", "*", "?", "..", ",", ":", "@", "\x00"),
    *("norm", "2011", "2011..2015", "japan", "13(f)", "A/70/174", "PC.DEC/1202", "CETS 185"),
    *("1 November 2011", "who", "ratified", "GGE", "critical infrastructure", "cyberattack", "co"),
    *("网络", "киберпреступность", "الأمن", "한국", "🔒", "e\u0301", "ﬁ", "İ", "ß", "’", "'s"),
    *("l'ONU", "États-Unis"),
    *("a" * 400, "9" * 40, "\u202e", "\ud7ff", "\U0010fffd", "\n", "\t", "\u00a0"),
)  # fmt: skip
LONGEST_SECONDS = 3.0


def query(chance: random.Random) -> str:
    """Make one query, of pieces of the language or of any characters."""
    if chance.random() < 0.3:
        codes = (
            chance.choice((0x80, 0x500, 0x3000, 0x10FFF)) for _ in range(chance.randint(1, 30))
        )
        text = "".join(chr(chance.randrange(code)) for code in codes)
        return text.encode("utf-8", "ignore").decode()
    pieces = chance.choices(PIECES, k=chance.randint(1, 12))
    return "".join(piece + chance.choice(("", " ", " ")) for piece in pieces)


def failure(workspace: Workspace, text: str) -> str | None:
    """Ask one; returns what is wrong with the answer."""
    search = workspace.search
    began = time.perf_counter()
    page = search.search(SearchQuery(text, facets=True))
    seconds = time.perf_counter() - began
    if seconds > LONGEST_SECONDS:
        return f"took {seconds:.1f} s"
    if not page.hits and not page.hint:
        return "neither hit nor hint"
    parts = explain(text)
    if any(not 0 <= part.start < part.end <= len(text) for part in parts):
        return "a part outside the text"
    found = search.complete(text, len(text) // 2)
    return None if 0 <= found.start <= found.end <= len(text) else "a completion outside the text"


def main() -> int:
    """Ask; returns 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workspace", type=Path)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    times: list[float] = []
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(options.workspace or Path(folder) / "workspace")
        for _ in range(options.queries):
            text = query(chance)
            if not text.strip():
                continue
            began = time.perf_counter()
            try:
                wrong = failure(workspace, text)
            except Exception as error:  # noqa: BLE001  (whatever it is, it is the finding)
                wrong = f"{type(error).__name__}: {error}"
            times.append(1000 * (time.perf_counter() - began))
            if wrong:
                failed += 1
                print(f"{wrong}: {text!r}")
        workspace.close()
    p95 = statistics.quantiles(times, n=20)[18]
    print(f"{len(times)} queries, {failed} failed, p95 {p95:.1f} ms, longest {max(times):.0f} ms")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
