"""What commands print: lines, aligned tables and bars on a terminal, JSON for other programs."""

from __future__ import annotations

import html
import json
import os
import re
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.tasks import Progress, no_progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)
# Control characters in a text could steer the terminal; the styles below are let through.
_UNSAFE = re.compile(r"\x1b(?!\[[012]m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]")
_NARROW = 12  # characters that a column keeps on the narrowest terminal
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def write_json(value: object) -> None:
    """Print one JSON document."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def write_text(text: str) -> None:
    """Print text as it is, ending in one newline; control characters can't reach a terminal."""
    shown = _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text) if sys.stdout.isatty() else text
    sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")


def write_lines(lines: Sequence[str]) -> None:
    """Print lines."""
    for line in lines:
        sys.stdout.write(line + "\n")


def write_rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows: aligned columns on a terminal, tabs between the cells elsewhere."""
    if not sys.stdout.isatty():
        write_lines(["\t".join(" ".join(cell.split()) for cell in row) for row in rows])
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for place, head in enumerate(heads):
        longest = max((len(row[place]) for row in rows), default=0)
        # What comes first names the row and stays whole; the rest is cut where it must be.
        least = longest if place == 0 else min(longest, _NARROW)
        table.add_column(head, no_wrap=True, overflow="ellipsis", min_width=least)
    for row in rows:
        table.add_row(
            *(Text(_UNSAFE.sub("", cell), no_wrap=True, overflow="ellipsis") for cell in row)
        )
    Console().print(table)


def note(sentence: str) -> None:
    """Say something beside the result, on standard error."""
    sys.stderr.write(sentence + "\n")


def bold(text: str) -> str:
    """Return the text in bold where the terminal can show it."""
    return f"{_BOLD}{text}{_PLAIN}" if _styled() else text


def dim(text: str) -> str:
    """Return the text dimmed where the terminal can show it."""
    return f"{_DIM}{text}{_PLAIN}" if _styled() else text


def plain_snippet(snippet: str) -> str:
    """Turn a snippet's HTML into one line: hits in bold on a terminal, else between asterisks."""
    marked = _MARK.sub(lambda hit: bold(hit[1]) if _styled() else f"**{hit[1]}**", snippet)
    return " ".join(html.unescape(marked).split())


def _styled() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


@contextmanager
def progress_bar() -> Generator[Progress]:
    """Yield a progress callable: a bar on standard error if that is a terminal, else silence."""
    if not sys.stderr.isatty():
        yield no_progress
        return
    bars: list[Bar] = []

    def report(done: int, total: int, what: str) -> None:
        if not bars:
            bars.append(_start_bar())
        bar = bars[0]
        (task,) = bar.tasks
        if task.total != total:  # the next part of the work, which goes at its own rate
            bar.reset(task.id, total=total)
        bar.update(task.id, completed=done, description=what)

    try:
        yield report
    finally:
        for bar in bars:
            bar.stop()


def _start_bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from core.cli.rate import RateColumn

    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("", total=None)
    bar.start()
    return bar
