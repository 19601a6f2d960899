"""Running headers, footers and page numbers: lines that come again at the same place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.importing.pdf_lines import Line
from core.importing.symbols import own_symbol
from core.importing.units import unit_of

_OUTERMOST = 4  # rows from the page's edge that may be furniture
_NEAR = 3  # pages apart at most, so that left and right pages may differ
_SAME_PLACE = 4.0  # points
_NUMBER = re.compile(r"\d+|(?<![^\W_])[ivxlcdm]{1,8}(?![^\W_])", re.IGNORECASE)
_BARE = re.compile(
    r"(?:page|p\.|стр\.|página|صفحة|第)?\s*[-–—\[|]*\s*(?P<number>\d{1,5}|[ivxlcdm]{1,8})"
    r"\s*[-–—\]|]*\s*(?:页|頁)?\s*(?:(?:/|of|de|из|sur)\s*\d{1,5})?",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(slots=True)
class _Edge:
    """A row of lines near an edge of its page, and what it says with numbers blotted out."""

    page: int
    rank: int  # 0 is outermost
    top: bool
    base: float
    text: str
    key: str
    numbers: list[int]
    printed: list[str]
    lines: list[int]
    apart: bool  # from the next row inwards
    is_unit: bool  # the name of an article or the like


def find_furniture(lines: list[Line], labels: list[str]) -> tuple[set[int], dict[int, str]]:
    """Return which lines are furniture (places in ``lines``), and pages' printed numbers.

    ``labels`` are those that the file gives its pages, each empty where it gives none.
    """
    edges = list(_edges(lines))
    same = defaultdict[tuple[bool, str], list[_Edge]](list)
    for edge in edges:
        same[edge.top, edge.key].append(edge)
    again = {id(edge) for group in same.values() for edge in _recurring(group)}
    left_out: set[int] = set()
    numbered: list[_Edge] = []
    stopped: set[tuple[int, bool]] = set()
    for edge in sorted(edges, key=lambda edge: edge.rank):
        side = edge.page, edge.top
        if side in stopped:
            continue
        if id(edge) in again or _is_lone_number(edge, labels):
            left_out.update(edge.lines)
            numbered.append(edge)
        else:
            stopped.add(side)
    return left_out, _printed(numbered)


def _edges(lines: list[Line]) -> Iterator[_Edge]:
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at].page != lines[start].page:
            order = sorted(range(start, at), key=lambda i: -lines[i].base)
            rows = _rows(lines, order)
            yield from _ranked(lines, rows[:_OUTERMOST], rows, top=True)
            yield from _ranked(lines, rows[::-1][:_OUTERMOST], rows[::-1], top=False)
            start = at


def _rows(lines: list[Line], order: list[int]) -> list[list[int]]:
    rows: list[list[int]] = []
    for i in order:
        if rows and lines[rows[-1][0]].base - lines[i].base < 0.5 * lines[i].size:
            rows[-1].append(i)
        else:
            rows.append([i])
    return rows


def _ranked(
    lines: list[Line], rows: list[list[int]], every: list[list[int]], *, top: bool
) -> Iterator[_Edge]:
    for rank, unsorted in enumerate(rows):
        row = sorted(unsorted, key=lambda i: lines[i].left)
        text = " ".join(lines[i].text for i in row)
        found = _NUMBER.findall(text)
        base = lines[row[0]].base
        after = lines[every[rank + 1][0]].base if rank + 1 < len(every) else base + 1e3
        yield _Edge(
            page=lines[row[0]].page,
            rank=rank,
            top=top,
            base=base,
            text=text,
            key=_NUMBER.sub("#", text.casefold()).replace(" ", ""),
            numbers=[_value(number) for number in found],
            printed=found,
            lines=row,
            apart=abs(base - after) > 1.6 * lines[row[0]].size,
            is_unit=unit_of(text, is_heading=True) is not None,
        )


def _value(number: str) -> int:
    if number.isdigit():
        return int(number[:9])
    total = before = 0
    for letter in reversed(number.lower()):
        value = _ROMAN.get(letter, 0)
        total += -value if value < before else value
        before = max(before, value)
    return total


def _recurring(group: list[_Edge]) -> Iterable[_Edge]:
    """Yield what of a group stands at one place on pages near one another.

    Its numbers stay the same or count with the pages: figures of a table don't, nor does
    "Article 7". An article may begin each page, so its name is furniture only where it stays.
    """
    group.sort(key=lambda edge: edge.page)
    for at, edge in enumerate(group):
        for other in (*group[max(0, at - 6) : at], *group[at + 1 : at + 7]):
            if (
                0 < abs(edge.page - other.page) <= _NEAR
                and abs(edge.base - other.base) <= _SAME_PLACE
                and (_stays(edge, other) or (_counts(edge, other) and not edge.is_unit))
            ):
                yield edge
                break


def _stays(edge: _Edge, other: _Edge) -> bool:
    if edge.numbers != other.numbers:
        return False
    says_something = sum(letter.isalpha() for letter in edge.key) >= 3
    return says_something or own_symbol(edge.text, ()) is not None


def _counts(edge: _Edge, other: _Edge) -> bool:
    return any(
        mine - theirs == edge.page - other.page
        for mine, theirs in zip(edge.numbers, other.numbers, strict=False)
    )


def _is_lone_number(edge: _Edge, labels: list[str]) -> bool:
    """Whether a row is but its page's number, apart from the text: on a single page, too."""
    if not edge.apart or not edge.printed or not _BARE.fullmatch(edge.text):
        return False
    is_first = len(labels) < 4 and edge.numbers[0] == edge.page + 1
    return edge.rank == 0 and (is_first or edge.printed[0] == labels[edge.page])


def _printed(edges: list[_Edge]) -> dict[int, str]:
    """Return the numbers that pages bear: those that count up with the pages."""
    votes = defaultdict[tuple[int, bool], int](int)
    seen = defaultdict[int, list[tuple[tuple[int, bool], str]]](list)
    for edge in edges:
        for value, number in zip(edge.numbers, edge.printed, strict=True):
            track = (value - edge.page, number.isdigit())
            votes[track] += 1
            seen[edge.page].append((track, number))
    printed: dict[int, str] = {}
    for page, candidates in seen.items():
        track, number = max(candidates, key=lambda candidate: votes[candidate[0]])
        if votes[track] > 1 or len(seen) == 1:
            printed[page] = number
    return printed
