"""Paragraph shapes: one block format for each kind of passage that is no cell of a grid."""

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
_NARROWEST_VALUE = 16  # characters; where less room is left beside a label it stands above
_MARGINS = {  # above, below; in line heights
    PassageKind.PARAGRAPH: (0.0, 0.7),
    PassageKind.LIST_ITEM: (0.0, 0.3),
    PassageKind.QUOTATION: (0.3, 0.8),
    PassageKind.FIELD: (0.0, 0.2),
    PassageKind.TABLE_HEAD: (0.5, 0.0),
    PassageKind.TABLE_ROW: (0.0, 0.0),
    PassageKind.CAVEAT: (0.1, 0.7),
    PassageKind.REFERENCE: (0.0, 0.3),
    PassageKind.NUMBERED_ITEM: (0.0, 0.3),
    PassageKind.NOTE: (0.0, 0.5),
    PassageKind.VERBATIM: (0.0, 0.0),
    PassageKind.LINE: (0.0, 0.0),
    PassageKind.TERM: (0.3, 0.1),
    PassageKind.CAPTION: (0.2, 0.7),
}
_HANGING = {PassageKind.LIST_ITEM: 1.0, PassageKind.NUMBERED_ITEM: 1.6}  # line heights
_RUNS = {PassageKind.LINE, PassageKind.VERBATIM}  # lines that stand close together


class BlockShapes:
    """Makes the block format of each passage; columns are measured per run of rows or fields."""

    def __init__(self, text: Text, style: ReadingStyle) -> None:
        self._text = text
        self._style = style
        self._metrics = QFontMetricsF(style.font)
        self._stops: dict[int, float] = {}
        self._stacked: set[int] = set()
        self._made: dict[tuple[object, ...], QTextBlockFormat] = {}
        for run in _field_runs(text.passages):
            self._measure(run)

    def shape(self, passage: Passage) -> QTextBlockFormat:
        """Return the block format for ``passage``; like ones share one, to be copied for change."""
        right = is_right_to_left(self._text.content[passage.start : passage.end])
        goes_on, stop = self._goes_on(passage), self._stops.get(passage.n)
        stacked, first = self.is_stacked(passage), passage.n == 0
        alike = (passage.kind, passage.level, right, goes_on, stop, stacked, first)
        if alike not in self._made:
            self._made[alike] = self._make(passage, right)
        return self._made[alike]

    def _make(self, passage: Passage, right: bool) -> QTextBlockFormat:
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
            if self._goes_on(passage):
                below = 0.0
            elif passage.kind in _RUNS:
                below = 0.7
            block.setTopMargin(above * unit)
            block.setBottomMargin(below * unit)
            self._indent(block, passage)
        if right:
            block.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        else:
            block.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        return block

    def is_stacked(self, passage: Passage) -> bool:
        """Whether the passage's cells stand below one another, for want of room."""
        return passage.n in self._stacked or passage.kind in _ROWS

    def _goes_on(self, passage: Passage) -> bool:
        """Tell whether the next passage is a line that belongs close under this one."""
        if passage.kind not in _RUNS:
            return False
        follows = self._text.passages[passage.n + 1 : passage.n + 2]
        return bool(follows) and (follows[0].kind, follows[0].level) == (
            passage.kind,
            passage.level,
        )

    def _indent(self, block: QTextBlockFormat, passage: Passage) -> None:
        unit = self._style.unit
        if passage.kind is PassageKind.QUOTATION:
            block.setLeftMargin((1.6 + passage.level) * unit)
            block.setRightMargin(1.6 * unit)
        elif passage.kind is PassageKind.CAVEAT:
            block.setLeftMargin(0.8 * unit)
        elif passage.kind in _HANGING:
            wide = _HANGING[passage.kind]
            depth = max(1, passage.level) - 1
            self._hang(block, unit * (depth + wide), unit * depth)
        elif passage.kind is PassageKind.REFERENCE:
            self._hang(block, unit * 1.6)
        elif passage.n in self._stops:
            self._hang(block, self._stops[passage.n])
        elif self.is_stacked(passage):
            block.setBottomMargin(0.5 * unit)
        elif passage.level:
            block.setLeftMargin(passage.level * unit)

    def _hang(self, block: QTextBlockFormat, stop: float, first: float = 0.0) -> None:
        block.setLeftMargin(stop)
        block.setTextIndent(first - stop)
        # Qt measures stops from where the first line begins.
        block.setTabPositions([QTextOption.Tab(stop - first, QTextOption.TabType.LeftTab)])

    def _measure(self, run: Sequence[Passage]) -> None:
        labels = [self._text.content[p.start : p.end].partition("\t") for p in run]
        if not any(tab for _, tab, _ in labels):
            return
        gap = self._style.unit * 0.9
        widest = min(
            self._style.column * _WIDEST_LABEL, self._widest(label for label, _, _ in labels) + gap
        )
        if self._style.column - widest < _NARROWEST_VALUE * self._metrics.averageCharWidth():
            self._stacked.update(passage.n for passage in run)
        else:
            self._stops |= dict.fromkeys((passage.n for passage in run), widest)

    def _widest(self, cells: Iterable[str]) -> float:
        # The longest few by characters are enough to find the widest, and measuring is slow.
        longest = sorted(set(cells), key=len)[-4:]
        return max((self._metrics.horizontalAdvance(cell) for cell in longest), default=0.0)


def _field_runs(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Return the runs of neighbouring fields, which share one width of label."""
    runs: list[list[Passage]] = []
    before: PassageKind | None = None
    for passage in passages:
        if passage.kind is PassageKind.FIELD:
            if before is PassageKind.FIELD:
                runs[-1].append(passage)
            else:
                runs.append([passage])
        before = passage.kind
    return runs
