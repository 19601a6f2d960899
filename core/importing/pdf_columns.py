"""The columns of a PDF page: which pieces are read before which."""

import itertools
from dataclasses import dataclass

from core.importing.pdf_chars import Rulings
from core.importing.pdf_pieces import Piece, Row, stack_rows

_NARROWEST_GUTTER = 0.8  # times the size of type
_NARROWEST_COLUMN = 6.0
_FEWEST_ROWS = 3
_DEEPEST = 4
_MOST_ROWS = 2_000


@dataclass(slots=True)
class Column:
    """Rows that are read one after the other, and the edges that they are set to."""

    rows: list[Row]
    left: float
    right: float


@dataclass(slots=True)
class _Gutter:
    """An upright strip without ink: where it is and the last row that it passes."""

    left: float
    right: float
    last: int


def part_columns(pieces: list[Piece], rulings: Rulings, depth: int = 0) -> list[Column]:
    """Return the columns of a page in reading order.

    A page may change from one column to two and back: bands of rows are found between which no
    gutter passes, and each band with a gutter is parted at it, and its sides again.
    """
    rows = stack_rows(pieces)
    columns: list[Column] = []
    plain: list[Row] = []

    def close() -> None:
        if plain:
            columns.append(_column(list(plain)))
            plain.clear()

    at = 0
    while at < len(rows):
        gutter = _gutter(rows, at, rulings) if depth < _DEEPEST and at < _MOST_ROWS else None
        if gutter is None:
            plain.append(rows[at])
            at += 1
            continue
        while plain and plain[-1].left >= gutter.right - 1 and _near(plain[-1], rows[at]):
            at -= 1  # the right column begins above the left one
            plain.pop()
        close()
        last = _band_end(rows, at, gutter)
        for side in _sides(rows[at : last + 1], gutter):
            columns += part_columns(side, rulings, depth + 1)
        at = last + 1
    close()
    return columns


def _column(rows: list[Row]) -> Column:
    return Column(rows, min(row.left for row in rows), max(row.right for row in rows))


def _near(upper: Row, lower: Row) -> bool:
    return upper.base - lower.base < 2.0 * max(upper.size, lower.size)


def _sides(rows: list[Row], gutter: _Gutter) -> tuple[list[Piece], list[Piece]]:
    middle = (gutter.left + gutter.right) / 2
    pieces = [piece for row in rows for piece in row.pieces]
    return (
        [piece for piece in pieces if (piece.left + piece.right) / 2 < middle],
        [piece for piece in pieces if (piece.left + piece.right) / 2 >= middle],
    )


def _gutter(rows: list[Row], at: int, rulings: Rulings) -> _Gutter | None:
    """Return the gutter of columns that begin at a row, if any do."""
    items = rows[at].items()
    if len(items) < 2:
        return None
    found: list[_Gutter] = []
    for (_, left), (right, _) in itertools.pairwise(items):
        gutter = _grow(rows, at, _Gutter(left, right, at))
        if _parts_text(rows, at, gutter, rulings):
            found.append(gutter)
    return max(found, key=lambda gutter: (gutter.last, gutter.right - gutter.left), default=None)


def _grow(rows: list[Row], at: int, gutter: _Gutter) -> _Gutter:
    """Follow a gap downwards as long as ink leaves room for it."""
    for k in range(at + 1, len(rows)):
        left, right = gutter.left, gutter.right
        for start, end in rows[k].items():
            if end <= left or start >= right:
                continue
            before, after = start - left, right - end
            if before >= after:
                right = start
            else:
                left = end
        if right - left < _NARROWEST_GUTTER * rows[k].size:
            break
        gutter = _Gutter(left, right, k)
    return gutter


def _parts_text(rows: list[Row], at: int, gutter: _Gutter, rulings: Rulings) -> bool:
    """Tell columns of text from the cells of a table and from the numbers of a list."""
    band = rows[at : gutter.last + 1]
    sides: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    both = 0
    for row in band:
        items = row.items()
        before = [item for item in items if item[1] <= gutter.left + 1]
        after = [item for item in items if item[0] >= gutter.right - 1]
        if before:
            sides[0].append((before[0][0], before[-1][1]))
        if after:
            sides[1].append((after[0][0], after[-1][1]))
        both += bool(before and after)
    if both < 2 or _is_ruled(band, gutter, rulings):
        return False
    size = sorted(row.size for row in band)[len(band) // 2]
    if _drawn_in_turn(band, gutter):
        return all(_width(side) >= _NARROWEST_COLUMN * size for side in sides)
    return both >= _FEWEST_ROWS and all(_is_text(side, size) for side in sides)


def _drawn_in_turn(band: list[Row], gutter: _Gutter) -> bool:
    """Whether all that is left of a gutter was drawn before what is right of it.

    Columns are; the cells of a table are drawn row by row.
    """
    left, right = _sides(band, gutter)
    return max(piece.start for piece in left) < min(piece.start for piece in right)


def _width(lines: list[tuple[float, float]]) -> float:
    return max(end for _, end in lines) - min(start for start, _ in lines)


def _is_text(lines: list[tuple[float, float]], size: float) -> bool:
    left, width = min(start for start, _ in lines), _width(lines)
    if width < _NARROWEST_COLUMN * size:
        return False
    full = sum(end - left >= 0.7 * width for _, end in lines)
    mean = sum(end - start for start, end in lines) / len(lines)
    return full * 2 >= len(lines) and mean >= _NARROWEST_COLUMN * size


def _is_ruled(band: list[Row], gutter: _Gutter, rulings: Rulings) -> bool:
    """Whether lines are drawn across the gutter between the rows, as a table has them."""
    top, bottom = band[0].base, band[-1].base
    crossing = sum(
        bottom < y < top and start < gutter.left and end > gutter.right
        for y, start, end in rulings.across
    )
    return crossing >= 2


def _band_end(rows: list[Row], at: int, gutter: _Gutter) -> int:
    """Return the last row of a band: what hangs below both columns is let go where it is apart."""
    last = at
    for k in range(at, gutter.last + 1):
        items = rows[k].items()
        before = any(end <= gutter.left + 1 for _, end in items)
        after = any(start >= gutter.right - 1 for start, _ in items)
        if before and after:
            last = k
    end = last
    while end < gutter.last and _near(rows[end], rows[end + 1]):
        end += 1
    return end
