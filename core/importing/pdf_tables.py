"""Rows of tables in a column of lines: cells that stand below one another."""

from dataclasses import replace

from core.importing.pdf_lines import Line
from core.importing.pdf_paragraphs import BULLET, NUMBER

_ALIGNED = 4.0  # points


def confirm_cells(lines: list[Line]) -> list[Line]:
    """Return a column's lines; only rows of tables keep their cells, wrapped cells are joined."""
    lines = [_without_item_cell(line) for line in lines]
    kept: list[Line] = []
    for at, found in enumerate(lines):
        line = found
        if line.cells and not _has_neighbour(lines, at):
            line = replace(line, cells=(), cell_lefts=())
        wrapped = _wrapped_cell(kept[-1], line) if kept else None
        if wrapped:
            kept[-1] = wrapped
        else:
            kept.append(line)
    return kept


def _without_item_cell(line: Line) -> Line:
    """Put a list's mark, set apart from its text, back before it."""
    if not line.cells:
        return line
    first = f"{line.cells[0]} x"
    found = BULLET.match(first) or NUMBER.match(first)
    if not found or found.end() != len(first) - 1:
        return line
    cells = (f"{line.cells[0]} {line.cells[1]}", *line.cells[2:])
    lefts = (line.cell_lefts[0], *line.cell_lefts[2:])
    if len(cells) == 1:
        return replace(line, cells=(), cell_lefts=())
    return replace(line, cells=cells, cell_lefts=lefts)


def _has_neighbour(lines: list[Line], at: int) -> bool:
    """Whether a row above or below has a cell that begins where one of this row does."""
    line = lines[at]
    for step in (-1, 1):
        for distance in (1, 2, 3):
            i = at + step * distance
            if not 0 <= i < len(lines):
                break
            other = lines[i]
            if other.cells:
                if _shared(line, other):
                    return True
                break
    return False


def _shared(line: Line, other: Line) -> bool:
    inner = line.cell_lefts[1:]
    return any(abs(a - b) < _ALIGNED for a in inner for b in other.cell_lefts[1:])


def _wrapped_cell(row: Line, line: Line) -> Line | None:
    """Return a row with a line that goes on in one of its cells, or None where none does."""
    if not row.cells or line.cells or row.base - line.base > 1.5 * row.size:
        return None
    for k, left in enumerate(row.cell_lefts):
        is_within = k + 1 == len(row.cell_lefts) or line.right < row.cell_lefts[k + 1]
        if abs(left - line.left) < _ALIGNED and is_within and (k > 0 or line.text[:1].islower()):
            cells = list(row.cells)
            cells[k] = f"{cells[k]} {line.text}"
            return replace(row, cells=tuple(cells), text=" ".join(cells), base=line.base)
    return None
