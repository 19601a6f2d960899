"""What commands print: lines, aligned tables and bars on a terminal, JSON for other programs."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
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
_BETWEEN = "  "
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def write_json(value: object) -> None:
    """Print one JSON document."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def write_json_line(value: object) -> None:
    """Print one JSON object on a line of its own, at once."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def write_text(text: str) -> None:
    """Print text as it is, ending in one newline; control characters can't reach a terminal."""
    shown = _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text) if sys.stdout.isatty() else text
    sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")


def write_lines(lines: Sequence[str]) -> None:
    """Print lines."""
    for line in lines:
        sys.stdout.write(line + "\n")


def write_line_at_once(line: str) -> None:
    """Print a line that somebody may be waiting for; as `write_text`."""
    write_text(line)
    sys.stdout.flush()


def write_rows(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows: aligned columns on a terminal, tabs between the cells elsewhere."""
    if not sys.stdout.isatty():
        write_lines(["\t".join(" ".join(cell.split()) for cell in row) for row in rows])
        return
    from rich.cells import cell_len, set_cell_size

    table = [tuple(heads), *(tuple(_UNSAFE.sub("", " ".join(c.split())) for c in r) for r in rows)]
    widths = [max(map(cell_len, column)) for column in zip(*table, strict=True)]
    room = shutil.get_terminal_size().columns - len(_BETWEEN) * (len(widths) - 1)
    widths = _fit(widths, room)
    for number, row in enumerate(table):
        cells = [
            set_cell_size(cell if cell_len(cell) <= width else _cut(cell, width), width)
            for cell, width in zip(row, widths, strict=True)
        ]
        line = _BETWEEN.join(cells).rstrip()
        write_lines([bold(line) if number == 0 else line])


def _fit(widths: list[int], room: int) -> list[int]:
    """Narrow the widest columns until all fit; the first, which names the row, stays whole."""
    fitted = list(widths)
    while sum(fitted) > room and max(fitted[1:], default=0) > _NARROW:
        fitted[fitted.index(max(fitted[1:]), 1)] -= 1
    return fitted


def _cut(cell: str, width: int) -> str:
    from rich.cells import set_cell_size

    return f"{set_cell_size(cell, width - 1).rstrip()}…"


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
        # What goes into a file or a pipe meanwhile must reach it.
        redirect_stdout=sys.stdout.isatty(),
    )
    bar.add_task("", total=None)
    bar.start()
    return bar
