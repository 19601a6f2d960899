"""Plain text of other tools: which units its positions count, and our canonical form of it.

Tools count code points, UTF-16 units, and CRLF as one or two. Where the text tells the counts
apart, the reading is chosen under which most passages say what their tool wrote of them.
"""

import re
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.text import Passage, PassageKind, Text

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_STEP = re.compile(".{256}[^ -~]*[ -~]")  # an ASCII character never joins what is before it
_MOST_COMPARED = 300
_SHORTEST_TITLE = 4

Convert = Callable[[int], int | None]
"""A tool's position to a code point of the raw text; None when it lies outside."""

KindAt = Callable[[int], tuple[PassageKind, int]]


@dataclass(frozen=True, slots=True)
class Selection:
    """A tool's positions and what it says stands there."""

    start: int
    end: int
    said: str = ""


def decode(data: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 by its mark, else by its looks."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data[: 2**20]).best()
        return data.decode(best.encoding if best else "cp1252", errors="replace")


def choose_reading(raw: str, selections: Sequence[Selection]) -> Convert:
    """Return how a tool's positions are to be read on ``raw``."""
    points = np.frombuffer(raw.encode("utf-32-le", errors="surrogatepass"), dtype=np.uint32)
    starts = [np.ones(len(points), dtype=np.int64)]
    feeds = (points[:-1] == 13) & (points[1:] == 10) if len(points) > 1 else np.zeros(0, bool)
    if feeds.any():
        joined = np.ones(len(points), dtype=np.int64)
        joined[1:][feeds] = 0
        starts.append(joined)
    if (points > 0xFFFF).any():
        starts += [widths + (points > 0xFFFF) for widths in list(starts)]
    readings = [_reading(widths) for widths in starts]
    if len(readings) == 1:
        return readings[0]
    sample = [s for s in selections if len(s.said.split()) and s.end > s.start][:_MOST_COMPARED]
    return max(readings, key=lambda read: sum(_agrees(raw, read, s) for s in sample))


def _reading(widths: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Convert:
    ends = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(widths)))

    def convert(position: int) -> int | None:
        if not 0 <= position <= int(ends[-1]):
            return None
        return int(np.searchsorted(ends, position, side="left"))

    return convert


def _agrees(raw: str, read: Convert, selection: Selection) -> bool:
    start, end = read(selection.start), read(selection.end)
    if start is None or end is None:
        return False
    found = " ".join(raw[start:end].split())
    said = " ".join(selection.said.split())
    short = said.removesuffix("…").removesuffix("...").rstrip()
    return found == said or (len(short) >= _SHORTEST_TITLE and found.startswith(short))


def _paragraph(_start: int) -> tuple[PassageKind, int]:
    return PassageKind.PARAGRAPH, 0


class CanonicalText:
    """Raw text as a canonical one: NFC, one newline between lines, no empty lines."""

    def __init__(self, raw: str, kind_at: KindAt = _paragraph) -> None:
        """``kind_at`` tells what the line is that starts at a place of ``raw``."""
        self._raw = raw
        self._raw_starts: list[int] = []
        self._raw_ends: list[int] = []
        self._starts: list[int] = []
        self._steps: list[list[tuple[int, int]] | None] = []  # None: the line is as it was
        lines: list[str] = []
        passages: list[Passage] = []
        at = 0
        for start, end in _lines(raw):
            line = _clean(raw[start:end])
            if not line.strip():
                continue
            self._raw_starts.append(start)
            self._raw_ends.append(end)
            self._starts.append(at)
            self._steps.append(None if line == raw[start:end] else _steps(raw[start:end]))
            passages.append(Passage(len(passages), *kind_at(start), at, at + len(line)))
            lines.append(line)
            at += len(line) + 1
        self.text = Text("\n".join(lines), tuple(passages))

    @classmethod
    def verbatim(cls, text: Text) -> "CanonicalText":
        """Return a text that is canonical as it is."""
        made = cls("")
        made._raw, made.text = text.content, text
        made._raw_starts, made._raw_ends = [0], [len(text.content)]
        made._starts, made._steps = [0], [None]
        return made

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a raw stretch lies in the canonical text, or None when nothing is left."""
        first, last = self._point(start, forward=True), self._point(end, forward=False)
        return (first, last) if first < last else None

    def _point(self, raw: int, *, forward: bool) -> int:
        line = bisect_right(self._raw_starts, raw) - 1
        if line < 0:
            return 0
        start, end = self._raw_starts[line], self._raw_ends[line]
        if raw > end:  # in what stood between two lines
            if forward and line + 1 < len(self._starts):
                return self._starts[line + 1]
            raw = end
        return self._starts[line] + self._inside(line, raw - start)

    def _inside(self, line: int, offset: int) -> int:
        steps = self._steps[line]
        if steps is None:
            return offset
        before, placed = steps[bisect_right(steps, (offset, sys.maxsize)) - 1]
        first = self._raw_starts[line]
        return placed + len(_clean(self._raw[first + before : first + offset]))


def _lines(raw: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(raw):
        found.append((start, match.start()))
        start = match.end()
    return [*found, (start, len(raw))]


def _steps(line: str) -> list[tuple[int, int]]:
    """Return (raw, canonical) offsets of places in a line where no character joins another."""
    steps = [(0, 0)]
    for match in _STEP.finditer(line):
        raw, placed = steps[-1]
        steps.append((match.end() - 1, placed + len(_clean(line[raw : match.end() - 1]))))
    return steps


def _clean(line: str) -> str:
    return unicodedata.normalize("NFC", _CONTROL.sub("", line))
