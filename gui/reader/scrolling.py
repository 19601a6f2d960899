"""Which part of a long document is in sight, and bringing another there, without laying out all."""

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QTextEdit

from gui.reader.lines import line_rects


def block_at(view: QTextEdit, y: int) -> QTextBlock:
    """Return the block at a height of the viewport, or that next to it.

    Qt lays out as far as it is asked for. A long text is laid out to its end only when its end is
    looked at: below the last line, as above the first, Qt finds a wrong block.
    """
    document, bar = view.document(), view.verticalScrollBar()
    layout, left = document.documentLayout(), document.documentMargin() + 1
    wanted = y + bar.value()
    found = layout.hitTest(QPointF(left, wanted), Qt.HitTestAccuracy.FuzzyHit)
    top = layout.blockBoundingRect(document.firstBlock()).top()
    is_at_end = wanted >= bar.maximum() + view.viewport().height() - 2 * left
    if bar.maximum() == 0 or is_at_end:
        bottom = layout.blockBoundingRect(document.lastBlock()).bottom()
        wanted = min(wanted, int(bottom) - 1)
    elif wanted > top:
        return document.findBlock(found)
    inside = QPointF(left, max(wanted, top + 1))
    return document.findBlock(layout.hitTest(inside, Qt.HitTestAccuracy.FuzzyHit))


def scroll_to(view: QTextEdit, position: int, share: float = 0.3) -> None:
    """Scroll so that a position stands at this share of the viewport's height."""
    document, bar, height = view.document(), view.verticalScrollBar(), view.viewport().height()
    layout = document.documentLayout()
    rect = next(line_rects(document, position, position + 1), None)
    if rect is None:
        rect = layout.blockBoundingRect(document.findBlock(position))
    wanted = int(rect.top() - share * height)
    if wanted > bar.maximum():  # it was laid out just now, and the scroll bar not told of it
        layout.hitTest(QPointF(0, wanted + height), Qt.HitTestAccuracy.FuzzyHit)
        layout.documentSizeChanged.emit(QSizeF(document.textWidth(), wanted + height))
    bar.setValue(wanted)
