"""Tables on the page: which passages form a grid, how wide its columns are, how it is laid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)

from core.domain.text import Passage, PassageKind, Text
from gui.reader.style import ReadingStyle

_PADDING = 4.0  # pixels at each side of a cell
_WIDEST_CELL = 0.42  # of the column, wished for at the most
_SCALES = (1.0, 0.82)  # of the reading font: a wide table may be set smaller
_SAMPLED = 4  # longest cells and words of a column that are measured


@dataclass(frozen=True)
class Grid:
    """A run of table rows with equally many cells; widths of its columns in pixels."""

    rows: tuple[Passage, ...]
    widths: tuple[float, ...]
    scale: float

    def insert(self, cursor: QTextCursor, style: ReadingStyle, rows: int) -> QTextTable:
        """Insert so many empty rows; a cell stands for the tab or line end of the text."""
        form = QTextTableFormat()
        form.setBorder(0)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setCellSpacing(0)
        form.setCellPadding(_PADDING)
        form.setTopMargin(0.3 * style.unit)
        form.setBottomMargin(0.6 * style.unit)
        form.setColumnWidthConstraints(
            [QTextLength(QTextLength.Type.FixedLength, width) for width in self.widths]
        )
        return cursor.insertTable(rows, len(self.widths), form)


class Tables:
    """The tables of a text: grids where there is room, else rows read cell below cell."""

    def __init__(self, text: Text, style: ReadingStyle) -> None:
        self.grids: dict[int, Grid] = {}
        """By the number of their first passage."""
        self.names: dict[int, str] = {}
        """What a cell below another is called, by the cell's offset."""
        self.gaps: list[int] = []
        """Offsets before which Qt puts a break of its own: a table that nothing stands before."""
        before = 0
        for run in _runs(text.passages):
            rows = [text.content[p.start : p.end].split("\t") for p in run]
            grid = _grid(run, rows, style)
            if grid is not None:
                self.grids[run[0].n] = grid
                if run[0].n == before:  # the beginning, or the end of another table
                    self.gaps.append(run[0].start)
                before = run[-1].n + 1
            elif run[0].kind is PassageKind.TABLE_HEAD:
                self._name(run, rows)

    def _name(self, run: Sequence[Passage], rows: Sequence[Sequence[str]]) -> None:
        """Name all cells but the first of each row, which the row is about."""
        for passage, cells in zip(run[1:], rows[1:], strict=True):
            offset = passage.start
            for at, (name, cell) in enumerate(zip(rows[0], cells, strict=False)):
                if at and cell and name:
                    self.names[offset] = name
                offset += len(cell) + 1


def _grid(
    run: Sequence[Passage], rows: Sequence[Sequence[str]], style: ReadingStyle
) -> Grid | None:
    """Return None where rows differ in length or the longest words have no room side by side."""
    if len({len(row) for row in rows}) > 1:
        return None
    for scale in _SCALES:
        widths = _widths(rows, style, scale)
        if widths is not None:
            return Grid(tuple(run), widths, scale)
    return None


def _runs(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Return the tables: each from its head, or where the one before ended, to its last row."""
    runs: list[list[Passage]] = []
    before: PassageKind | None = None
    for passage in passages:
        if passage.kind is PassageKind.TABLE_HEAD:
            runs.append([passage])
        elif passage.kind is PassageKind.TABLE_ROW:
            if before in (PassageKind.TABLE_HEAD, PassageKind.TABLE_ROW):
                runs[-1].append(passage)
            else:
                runs.append([passage])
        before = passage.kind
    return runs


def _widths(
    rows: Sequence[Sequence[str]], style: ReadingStyle, scale: float
) -> tuple[float, ...] | None:
    """Share the reading column out, from the longest word up to what each column would like."""
    font = QFont(style.font)
    font.setPointSizeF(font.pointSizeF() * scale)
    metrics = QFontMetricsF(font)
    room = style.column
    least: list[float] = []
    wished: list[float] = []
    for cells in zip(*rows, strict=True):
        words = _widest(metrics, (word for cell in cells for word in cell.split()))
        least.append(words + 2 * _PADDING + 1)
        whole = min(_widest(metrics, cells) + style.unit, room * _WIDEST_CELL)
        wished.append(max(whole + 2 * _PADDING, least[-1]))
    if sum(least) > room:
        return None
    if sum(wished) <= room:
        return tuple(wished)
    share = (room - sum(least)) / (sum(wished) - sum(least))
    return tuple(low + (high - low) * share for low, high in zip(least, wished, strict=True))


def _widest(metrics: QFontMetricsF, pieces: Iterable[str]) -> float:
    # The longest few by characters are enough to find the widest, and measuring is slow.
    longest = sorted(set(pieces), key=len)[-_SAMPLED:]
    return max((metrics.horizontalAdvance(piece) for piece in longest), default=0.0)
