"""The tables within a record's text, cell by cell."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

from core.domain.dates import MONTHS
from core.domain.text import PassageKind, SpanKind, Text

_DATE = re.compile(rf"(?:(?:(\d{{1,2}})(?:–\d{{1,2}})? )?({'|'.join(MONTHS)}) )?(\d{{4}})\b")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?%?\Z")

SortKey = tuple[int, tuple[int, ...], float, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table: its words, where they stand in the text, and where they lead."""

    words: str
    start: int
    end: int
    target: str | None = None  # a record key or an address

    def sort_key(self) -> SortKey:
        """Order dates in words by time, numbers by size, words without case and accents, empty
        cells last."""
        if not self.words:
            return (3, (), 0.0, "")
        date = _DATE.match(self.words)
        if date:
            month = MONTHS.index(date[2]) + 1 if date[2] else 0
            return (0, (int(date[3]), month, int(date[1] or 0)), 0.0, self.words)
        if _NUMBER.match(self.words):
            return (1, (), float(self.words.rstrip("%").replace(",", ".")), "")
        return (2, (), 0.0, folded(self.words))


@dataclass(frozen=True, slots=True)
class TextTable:
    """One table: the heading above it, its columns' names, its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def folded(words: str) -> str:
    """Return words without case and accents."""
    if words.isascii():
        return words.casefold()
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def tables_of(text: Text) -> tuple[TextTable, ...]:
    """Return the tables of a text in their order; short rows are filled with empty cells."""
    targets = sorted(
        (span.start, span.target)
        for span in text.spans
        if span.kind is SpanKind.LINK and span.target
    )
    found: list[tuple[str, list[str], list[tuple[Cell, ...]]]] = []
    title = ""
    is_open = False
    for passage in text.passages:
        words = text.content[passage.start : passage.end]
        if passage.kind is PassageKind.HEADING:
            title = words
        if passage.kind is PassageKind.TABLE_HEAD:
            found.append((title, words.split("\t"), []))
        elif passage.kind is PassageKind.TABLE_ROW:
            if not is_open:
                found.append((title, [], []))
            first = bisect_left(targets, (passage.start, ""))
            last = bisect_left(targets, (passage.end, ""))
            found[-1][2].append(_cells(words, passage.start, targets[first:last]))
        is_open = passage.kind in (PassageKind.TABLE_HEAD, PassageKind.TABLE_ROW)
    return tuple(_table(*table) for table in found)


def _cells(words: str, start: int, targets: list[tuple[int, str]]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for cell in words.split("\t"):
        end = start + len(cell)
        target = next((t for s, t in targets if start <= s < end), None)
        cells.append(Cell(cell, start, end, target))
        start = end + 1
    return tuple(cells)


def _table(title: str, columns: list[str], rows: list[tuple[Cell, ...]]) -> TextTable:
    width = max((len(columns), *map(len, rows)))
    columns += [""] * (width - len(columns))
    return TextTable(title, tuple(columns), tuple(_filled(row, width) for row in rows))


def _filled(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    end = row[-1].end
    return row + (Cell("", end, end),) * (width - len(row))
