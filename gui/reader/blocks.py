"""Paragraph shapes: one block format for each kind of passage."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextBlockFormat, QTextFormat, QTextOption

from core.domain.text import Passage, PassageKind, Text
from gui.reader.direction import is_right_to_left
from gui.reader.style import ReadingStyle

SHADED = QTextFormat.Property.UserProperty + 1
"""Block property: true where a quiet background is painted behind the block."""

_ROWS = (PassageKind.TABLE_HEAD, PassageKind.TABLE_ROW)
_WIDEST_LABEL = 0.34  # of the column
_WIDEST_CELL = 0.42
_MARGINS = {  # above, below; in line heights
    PassageKind.PARAGRAPH: (0.0, 0.7),
    PassageKind.LIST_ITEM: (0.0, 0.3),
    PassageKind.QUOTATION: (0.3, 0.8),
    PassageKind.FIELD: (0.0, 0.2),
    PassageKind.TABLE_HEAD: (0.5, 0.0),
    PassageKind.TABLE_ROW: (0.0, 0.0),
    PassageKind.CAVEAT: (0.1, 0.7),
    PassageKind.REFERENCE: (0.0, 0.3),
}


class BlockShapes:
    """Makes the block format of each passage; columns are measured per run of rows or fields."""

    def __init__(self, text: Text, style: ReadingStyle) -> None:
        self._text = text
        self._style = style
        self._metrics = QFontMetricsF(style.font)
        self._stops: dict[int, list[float]] = {}
        self._odd: set[int] = set()
        for run in _runs(text.passages):
            self._measure(run)

    def shape(self, passage: Passage) -> QTextBlockFormat:
        """Return the block format for ``passage``."""
        block = QTextBlockFormat()
        unit = self._style.unit
        height = 112 if passage.kind is PassageKind.HEADING else 132
        block.setLineHeight(height, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if passage.kind is PassageKind.HEADING:
            block.setHeadingLevel(passage.level)
            block.setTopMargin(
                0.7 * unit if passage.n == 0 else unit * (1.5 - 0.15 * passage.level)
            )
            block.setBottomMargin(unit * 0.4)
        else:
            above, below = _MARGINS[passage.kind]
            block.setTopMargin(above * unit)
            block.setBottomMargin(below * unit)
            self._indent(block, passage)
        content = self._text.content[passage.start : passage.end]
        if is_right_to_left(content):
            block.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        else:
            block.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return block

    def _indent(self, block: QTextBlockFormat, passage: Passage) -> None:
        unit = self._style.unit
        if passage.kind is PassageKind.QUOTATION:
            block.setLeftMargin(1.6 * unit)
            block.setRightMargin(1.6 * unit)
        elif passage.kind is PassageKind.CAVEAT:
            block.setLeftMargin(0.8 * unit)
        elif passage.kind is PassageKind.LIST_ITEM:
            self._hang(block, [unit * max(1, passage.level)], unit * max(0, passage.level - 1))
        elif passage.kind is PassageKind.REFERENCE:
            self._hang(block, [unit * 1.6])
        elif passage.n in self._stops:
            self._hang(block, self._stops[passage.n])
            if passage.n in self._odd:
                block.setProperty(SHADED, True)

    def _hang(self, block: QTextBlockFormat, stops: list[float], first: float = 0.0) -> None:
        last = stops[-1]
        block.setLeftMargin(last)
        block.setTextIndent(first - last)
        # Qt measures stops from where the first line begins.
        tabs = [QTextOption.Tab(stop - first, QTextOption.TabType.LeftTab) for stop in stops]
        block.setTabPositions(tabs)

    def _measure(self, run: Sequence[Passage]) -> None:
        rows = [self._text.content[p.start : p.end].split("\t") for p in run]
        is_table = run[0].kind in _ROWS
        count = max(len(row) for row in rows)
        if count < 2:
            return
        limit = self._style.column * (_WIDEST_CELL if is_table else _WIDEST_LABEL)
        gap = self._style.unit * 0.9
        widths = [
            min(limit, self._widest(row[at] for row in rows if at < len(row)) + gap)
            for at in range(count - 1)
        ]
        room = self._style.column * 0.75
        if sum(widths) > room:
            widths = [width * room / sum(widths) for width in widths]
        stops = [sum(widths[: at + 1]) for at in range(count - 1)]
        for at, passage in enumerate(run):
            self._stops[passage.n] = stops
            if is_table and at % 2 == 0:
                self._odd.add(passage.n)

    def _widest(self, cells: Iterable[str]) -> float:
        # The longest few by characters are enough to find the widest, and measuring is slow.
        longest = sorted(set(cells), key=len)[-4:]
        return max((self._metrics.horizontalAdvance(cell) for cell in longest), default=0.0)


def _runs(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Return the runs of neighbouring fields, and of tables from head to last row."""
    runs: list[list[Passage]] = []
    before: PassageKind | None = None
    for passage in passages:
        if passage.kind is PassageKind.FIELD or passage.kind in _ROWS:
            goes_on = before is passage.kind or (
                passage.kind is PassageKind.TABLE_ROW and before is PassageKind.TABLE_HEAD
            )
            if goes_on and passage.kind is not PassageKind.TABLE_HEAD:
                runs[-1].append(passage)
            else:
                runs.append([passage])
        before = passage.kind
    return runs
