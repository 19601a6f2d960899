"""Pandoc's tables as plain grids: cells that span rows or columns leave empty ones beside them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.importing import tree
from core.importing.limits import Refused

_MOST_COLUMNS = 400
_MOST_CELLS = 1_000_000
_LONGEST_CELL = 2000  # characters; a longer one belongs to a page laid out as a table

Blocks = Sequence[tree.Block]


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of cells."""

    cells: tuple[Blocks, ...]
    is_head: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``is_layout`` where it only places what is on a page."""

    rows: tuple[GridRow, ...]
    is_layout: bool


def grid_of(table: tree.Table) -> Grid:
    """Return a table as a grid."""
    _, _, columns, head, bodies, foot = table.c
    rows = list(_filled(head[1], head=True))
    for body in bodies:
        rows += _filled(body[2], head=True)
        rows += _filled(body[3], head=False)
    rows += _filled(foot[1], head=False)
    width = max((len(row.cells) for row in rows), default=0)
    if width * len(rows) > _MOST_CELLS:
        raise Refused("it holds a table with more cells than one can read; split it")
    even = tuple(GridRow(row.cells + ((),) * (width - len(row.cells)), row.is_head) for row in rows)
    even = tuple(row for row in even if any(row.cells))
    single = width <= 1 and len(columns) <= 1
    return Grid(even, single or any(_is_page(cell) for row in even for cell in row.cells))


def _filled(rows: Sequence[tree.Row], *, head: bool) -> Iterator[GridRow]:
    """Yield rows with an empty cell wherever another one reaches into them."""
    reaching: dict[int, int] = {}  # column: rows still covered
    for _, given in rows:
        cells: list[Blocks] = []
        for _, _, down, across, blocks in given:
            _skip(cells, reaching)
            for at in range(max(1, min(across, _MOST_COLUMNS))):
                reaching[len(cells)] = max(0, min(down, len(rows)) - 1)
                cells.append(() if at else blocks)
            if len(cells) > _MOST_COLUMNS:
                raise Refused(f"it holds a table of more than {_MOST_COLUMNS} columns")
        _skip(cells, reaching)
        yield GridRow(tuple(cells), head)


def _skip(cells: list[Blocks], reaching: dict[int, int]) -> None:
    """Leave empty the cells that one from above covers."""
    while reaching.get(len(cells), 0) > 0 and len(cells) <= _MOST_COLUMNS:
        reaching[len(cells)] -= 1
        cells.append(())


def _is_page(blocks: Blocks) -> bool:
    """Tell whether a cell holds what a page holds: headings, tables, long text."""
    pages = tree.Header | tree.Table | tree.Figure | tree.CodeBlock
    return any(isinstance(block, pages) for block in blocks) or _reaches(blocks, _LONGEST_CELL)


def _reaches(blocks: Blocks, limit: int) -> bool:
    """Tell whether blocks hold at least ``limit`` characters, counted up to that."""
    count = 0
    waiting: list[object] = list(blocks)
    while waiting and count < limit:
        node = waiting.pop()
        if isinstance(node, tree.Str):
            count += len(node.c)
        elif isinstance(node, str):
            continue
        elif isinstance(node, list | tuple):
            waiting += node
        else:
            count += 1
            waiting.append(getattr(node, "c", ()))
    return count >= limit
