"""Turns a canonical text into a document to read, and keeps the map between the two."""

import re
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
)

from core.domain.as_of import Standing
from core.domain.as_of_text import Fade
from core.domain.citing import number_sources
from core.domain.text import Passage, PassageKind, Span, SpanKind, Text
from gui.reader.blocks import SHADED, BlockShapes
from gui.reader.citations import Mark, marks_of
from gui.reader.grids import Grid, Tables
from gui.reader.letters import letters_of, set_span
from gui.reader.offsets import Inset, OffsetMap, as_inserted, utf16_length
from gui.reader.style import ReadingStyle

MARK = QTextFormat.Property.UserProperty + 2
"""Character property: number of the `Mark` that these characters draw."""
CITE_SCHEME = "cite:"
_LONGEST_LINE = 120  # characters that a line of the reading column holds at the most
_FIRST_ROWS = 40  # of a long table; then as many again as there are


class Page:
    """A rendered text: its document, the map to its offsets, and the marks drawn in it.

    Written from its beginning on, as far as is asked for; the offsets and marks are those of the
    whole from the first. Writing takes some 0.05 ms a passage. ``fades``, in the order of the
    text, are what was later or over as of a date.
    """

    def __init__(
        self, text: Text, style: ReadingStyle, parent: QObject | None, fades: Sequence[Fade]
    ) -> None:
        self.text = text
        self.document = document = QTextDocument(parent)
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(style.unit)
        document.setDefaultFont(style.font)
        tables = Tables(text, style)
        asides = {fade.end: _aside(fade.standing) for fade in fades}
        self.marks = tuple(marks_of(text, number_sources(text), tables.names, asides))
        insets = [Inset(mark.offset, utf16_length(mark.characters)) for mark in self.marks]
        insets += [Inset(offset, 1) for offset in tables.gaps]
        self.offsets = OffsetMap(text.content, insets)
        self._writer: _Writer | None = _Writer(text, style, self.marks, document, tables, fades)

    @property
    def is_whole(self) -> bool:
        """Whether all is written."""
        return self._writer is None

    def write_lines(self, count: int) -> None:
        """Write up to so many lines on the screen at least."""
        self._write(lambda writer: writer.lines >= count)

    def write_to(self, offset: int) -> None:
        """Write at least up to a code point."""
        self._write(lambda writer: writer.end >= offset)

    def write_for(self, seconds: float) -> None:
        """Write on for so long, or a little longer: by one passage at the least."""
        until, end = time.perf_counter() + seconds, self._writer.end if self._writer else 0
        self._write(lambda writer: writer.end > end and time.perf_counter() >= until)

    def write(self) -> None:
        """Write all that is left."""
        self._write(lambda _: False)

    def _write(self, is_enough: "Callable[[_Writer], bool]") -> None:
        if self._writer is not None:
            self._writer.write(is_enough)
            if self._writer.is_done:
                self._writer = None


def render(
    text: Text, style: ReadingStyle, parent: QObject | None = None, fades: Sequence[Fade] = ()
) -> Page:
    """Build the whole document for ``text``."""
    page = Page(text, style, parent, fades)
    page.write()
    return page


class _Writer:
    """Writes passages into an empty document, each call in one edit block.

    ``lines`` are those written so far, guessed low; ``end`` is the code point up to which it is.
    """

    def __init__(
        self,
        text: Text,
        style: ReadingStyle,
        marks: tuple[Mark, ...],
        document: QTextDocument,
        tables: Tables,
        fades: Sequence[Fade],
    ) -> None:
        self._text = text
        self._style = style
        self._marks = marks
        self._mark_offsets = [mark.offset for mark in marks]
        self._spans = sorted(
            (s for s in text.spans if s.kind is not SpanKind.CITE and s.end > s.start),
            key=lambda span: span.start,
        )
        self._span_starts = [span.start for span in self._spans]
        self._longest = max((s.end - s.start for s in self._spans), default=0)
        self._fades = fades
        self._fade_starts = [fade.start for fade in fades]
        self._shapes = BlockShapes(text, style)
        self._grids = tables.grids
        self._cursor = QTextCursor(document)
        self._is_open = True  # the block at the cursor is still empty, to be written
        self._at = 0  # the next passage
        self._growing: tuple[Grid, QTextTable, int] | None = None  # with the rows it has so far
        self.lines = 0
        self.end = 0

    @property
    def is_done(self) -> bool:
        """Whether all passages are written."""
        return self._at == len(self._text.passages)

    def write(self, is_enough: "Callable[[_Writer], bool]") -> None:
        """Write passages until it is enough, or all are written."""
        if is_enough(self):
            return
        self._cursor.beginEditBlock()
        while not self.is_done and not is_enough(self):
            passage = self._text.passages[self._at]
            if self._growing is not None:
                self._write_grid(*self._growing)
            elif passage.n in self._grids:
                self._write_grid(*self._begin_grid(self._grids[passage.n]))
            else:
                self._write_block(passage)
        self._cursor.endEditBlock()

    def _note(self, passage: Passage) -> None:
        """Note a passage as written."""
        self._at += 1
        self.end = passage.end
        self.lines += 1 + (passage.end - passage.start) // _LONGEST_LINE

    def _write_block(self, passage: Passage) -> None:
        shape, letters = self._shapes.shape(passage), letters_of(passage, self._style)
        if self._is_open:
            self._cursor.setBlockFormat(shape)
            self._cursor.setBlockCharFormat(letters)
        else:
            self._cursor.insertBlock(shape, letters)
        self._is_open = False
        self._write_range(passage, passage.start, passage.end, letters)
        self._note(passage)

    def _begin_grid(self, grid: Grid) -> tuple[Grid, QTextTable, int]:
        table = grid.insert(self._cursor, self._style, min(len(grid.rows), _FIRST_ROWS))
        return grid, table, 0

    def _write_grid(self, grid: Grid, table: QTextTable, row: int) -> None:
        """Write some rows of a table, as many as it has so far; a long one grows by and by.

        Qt counts one unit for each cell's begin and one for the table's end: as many as the tabs
        and line ends between them in the text.
        """
        stop = min(len(grid.rows), max(_FIRST_ROWS, 2 * row))
        if stop > table.rows():
            table.appendRows(stop - table.rows())
        for at in range(row, stop):
            self._write_row(grid, table, at)
        self._growing = (grid, table, stop)
        if stop == len(grid.rows):
            self._growing = None
            self._cursor = table.lastCursorPosition()
            self._cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
            self._is_open = True

    def _write_row(self, grid: Grid, table: QTextTable, row: int) -> None:
        passage = grid.rows[row]
        letters = letters_of(passage, self._style)
        letters.setFontPointSize(grid.scale * self._style.font.pointSizeF())
        shape = QTextBlockFormat(self._shapes.shape(passage))
        shape.setBottomMargin(0.0)
        shape.setProperty(SHADED, row % 2 == 0 and row > 0)
        start = passage.start
        cells = self._text.content[passage.start : passage.end].split("\t")
        for column, cell in enumerate(cells):
            self._cursor = table.cellAt(row, column).firstCursorPosition()
            self._cursor.setBlockFormat(shape)
            self._cursor.setBlockCharFormat(letters)
            self._write_range(passage, start, start + len(cell), letters)
            start += len(cell) + 1
        self._note(passage)

    def _write_range(
        self, passage: Passage, start: int, end: int, letters: QTextCharFormat
    ) -> None:
        """Write the text between two offsets within a passage, with its spans and marks."""
        content = self._text.content
        low = bisect_left(self._span_starts, start - self._longest)
        spans = [
            span
            for span in self._spans[low : bisect_left(self._span_starts, end)]
            if span.end > start
        ]
        first = bisect_left(self._mark_offsets, start)
        last = bisect_right(self._mark_offsets, end)
        label_end = _label_end(content, passage)
        fades = self._fades_in(start, end) if self._fades else ()
        cuts = {start, end, *self._mark_offsets[first:last]}
        if start < label_end < end:
            cuts.add(label_end)
        for span in (*spans, *fades):
            cuts.update((max(span.start, start), min(span.end, end)))
        at = self._write_marks(first, last, start)
        is_stacked = self._shapes.is_stacked(passage)
        for here, there in pairwise(sorted(cuts)):
            styled = self._styled(letters, spans, here, here < label_end)
            if any(fade.start <= here < fade.end for fade in fades):
                styled = self._faded(styled)
            words = as_inserted(content[here:there])
            if passage.kind is PassageKind.NUMBERED_ITEM and here == start:
                words = words.replace(" ", "\t", 1)  # its words hang beside its number
            self._cursor.insertText(_as_lines(words) if is_stacked else words, styled)
            at = self._write_marks(at, last, there)

    def _styled(
        self, letters: QTextCharFormat, spans: list[Span], at: int, is_label: bool
    ) -> QTextCharFormat:
        here = [span for span in spans if span.start <= at < span.end]
        if not here and not is_label:
            return letters
        styled = QTextCharFormat(letters)
        if is_label:
            styled.setForeground(self._style.muted)
        for span in here:
            set_span(styled, span, letters, self._style)
        return styled

    def _fades_in(self, start: int, end: int) -> Sequence[Fade]:
        """Return the fades that overlap a passage or cell; they lie one after another."""
        first = max(0, bisect_right(self._fade_starts, start) - 1)
        found = self._fades[first : bisect_left(self._fade_starts, end)]
        return [fade for fade in found if fade.end > start]

    def _faded(self, letters: QTextCharFormat) -> QTextCharFormat:
        faded = QTextCharFormat(letters)
        faded.setForeground(self._style.faded_link if letters.isAnchor() else self._style.faded)
        return faded

    def _write_marks(self, at: int, last: int, offset: int) -> int:
        while at < last and self._marks[at].offset <= offset:
            mark = self._marks[at]
            letters = QTextCharFormat()
            letters.setForeground(self._style.muted)
            letters.setProperty(MARK, at)
            if mark.cited:
                letters.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
                letters.setAnchor(True)
                letters.setAnchorHref(f"{CITE_SCHEME}{at}")
                if mark.source:
                    letters.setForeground(self._style.link)
            self._cursor.insertText(mark.characters, letters)
            at += 1
        return at


def _aside(standing: Standing) -> str:
    if standing is Standing.OVER:
        return QCoreApplication.translate("Reader", "ended by then")
    return QCoreApplication.translate("Reader", "later")


def _label_end(content: str, passage: Passage) -> int:
    if passage.kind is not PassageKind.FIELD:
        return passage.start
    tab = content.find("\t", passage.start, passage.end)
    return passage.start if tab < 0 else tab


def _as_lines(words: str) -> str:
    """Put cells below one another, unit for unit; an empty one takes no line."""
    return re.sub("\t+", lambda tabs: "\u2028" + "\u200b" * (len(tabs[0]) - 1), words)
