"""Pandoc's blocks as passages: one mapping for all formats that it reads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.domain.text import PassageKind, SpanKind
from core.importing import tree
from core.importing.composing import Composer, Mark, Words
from core.importing.grids import Grid, grid_of
from core.importing.inlines import BREAK, Flow, cut, lines_of, words_of
from core.importing.limits import DEEPEST, Refused
from core.importing.numerals import numbered


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block stands: in how many lists, in a quotation, in a footnote."""

    depth: int = 0  # of all that is nested
    lists: int = 0
    kind: PassageKind = PassageKind.PARAGRAPH
    term: int = 0  # levels of definitions


class BlockReader:
    """Adds blocks to a composer, one after the other; ``check`` is called now and then."""

    def __init__(self, composer: Composer, check: Callable[[], None]) -> None:
        self._composer = composer
        self._check = check
        self._lead: str | None = None  # the number that the next words of a list item begin with
        self._is_item = False  # the next words are a list item's first
        self.flow = Flow()

    def read(self, blocks: Sequence[tree.Block]) -> None:
        """Add blocks, and each footnote after the passage that has its mark."""
        self._blocks(blocks, _Place())

    def say(self, kind: PassageKind, nodes: Sequence[tree.Inline], level: int = 0) -> None:
        """Add a run of words as a passage of its own."""
        words = words_of(nodes, self.flow)
        self._composer.add(kind, _in_one_line(words), level=level)
        self._place_notes(_Place())

    def _blocks(self, blocks: Sequence[tree.Block], place: _Place) -> None:
        if place.depth > DEEPEST:
            raise Refused("its parts are nested too deeply")
        self._check()
        for block in blocks:
            _READERS[type(block)](self, block, place)
            if place.kind is not PassageKind.NOTE:
                self._place_notes(place)

    def paragraph(self, block: tree.Para | tree.Plain, place: _Place) -> None:
        """Add a paragraph, or its lines where hard breaks part it."""
        words = words_of(block.c, self.flow)
        if not words.text.strip():
            return
        if _is_picture(block.c):
            self._composer.add(PassageKind.CAPTION, _without_brackets(words))
            return
        if self._composer.ends_with(PassageKind.CAPTION, words.text):
            return  # Word files say a picture's words again under it
        for piece, is_line in _paragraphs(words):
            self._say(piece, place, is_line=is_line)

    def _say(self, words: Words, place: _Place, *, is_line: bool = False) -> None:
        kind, level = place.kind, place.lists + place.term
        if self._is_item and words.text.strip():
            self._is_item = False
            if place.kind is not PassageKind.NOTE:
                kind = PassageKind.LIST_ITEM
            if self._lead:
                words = _after(self._lead, words)
                kind = PassageKind.NUMBERED_ITEM if kind is PassageKind.LIST_ITEM else kind
                self._lead = None
        elif is_line and kind is PassageKind.PARAGRAPH:
            kind = PassageKind.LINE
        self._composer.add(kind, words, level=level)

    def heading(self, block: tree.Header, _place: _Place) -> None:
        """Add a heading."""
        words = words_of(block.c[2], self.flow)
        level = min(6, max(1, block.c[0]))
        self._composer.add(PassageKind.HEADING, _in_one_line(words), level=level)

    def lines(self, block: tree.LineBlock, place: _Place) -> None:
        """Add the lines of a verse."""
        kind = PassageKind.LINE if place.kind is PassageKind.PARAGRAPH else place.kind
        for line in block.c:
            words = words_of(line, self.flow)
            self._composer.add(kind, words, level=place.lists + place.term)

    def code(self, block: tree.CodeBlock, place: _Place) -> None:
        """Add lines of code."""
        for line in block.c[1].splitlines():
            words = Words(line.expandtabs(4))
            self._composer.add(PassageKind.VERBATIM, words, level=place.lists + place.term)

    def raw(self, block: tree.RawBlock, _place: _Place) -> None:
        """Leave out what only one format understands."""
        if block.c[1].strip():
            self.flow.raw += 1

    def quotation(self, block: tree.BlockQuote, place: _Place) -> None:
        """Add what is quoted."""
        kind = place.kind if place.kind is PassageKind.NOTE else PassageKind.QUOTATION
        self._blocks(block.c, replace(place, depth=place.depth + 1, kind=kind))

    def bullets(self, block: tree.BulletList, place: _Place) -> None:
        """Add the items of a list."""
        for item in block.c:
            self._item(item, None, place)

    def numbers(self, block: tree.OrderedList, place: _Place) -> None:
        """Add the items of a list with their numbers in the text."""
        (first, style, around), items = block.c
        for number, item in enumerate(items, first):
            self._item(item, numbered(number, style.t, around.t), place)

    def _item(self, item: Sequence[tree.Block], lead: str | None, place: _Place) -> None:
        self._lead, self._is_item = lead, True
        inside = replace(place, depth=place.depth + 1, lists=place.lists + 1)
        self._blocks(item, inside)
        self._lead, self._is_item = None, False

    def definitions(self, block: tree.DefinitionList, place: _Place) -> None:
        """Add terms, and under each what defines it."""
        for term, definitions in block.c:
            words = _in_one_line(words_of(term, self.flow))
            self._composer.add(PassageKind.TERM, words, level=place.lists + place.term)
            self._place_notes(place)
            inside = replace(place, depth=place.depth + 1, term=place.term + 1)
            for definition in definitions:
                self._blocks(definition, inside)

    def div(self, block: tree.Div, place: _Place) -> None:
        """Add what stands in a part without a meaning of its own."""
        self._blocks(block.c[1], replace(place, depth=place.depth + 1))

    def figure(self, block: tree.Figure, place: _Place) -> None:
        """Add what a figure holds, and its caption."""
        caption = self._caption(block.c[1])
        self._blocks(block.c[2], replace(place, depth=place.depth + 1))
        if not self._composer.ends_with(PassageKind.CAPTION, caption.text):
            self._composer.add(PassageKind.CAPTION, caption)

    def _caption(self, caption: tree.Caption) -> Words:
        nodes: list[tree.Inline] = []
        for block in caption[1]:
            if isinstance(block, tree.Plain | tree.Para):
                nodes += [*([tree.Space()] if nodes else []), *block.c]
        return _in_one_line(words_of(nodes, self.flow))

    def table(self, block: tree.Table, place: _Place) -> None:
        """Add a table's rows; of a page laid out as a table its contents."""
        caption = self._caption(block.c[1])
        if caption.text.strip():
            self._composer.add(PassageKind.CAPTION, caption)
        grid = grid_of(block)
        if grid.is_layout:
            for row in grid.rows:
                for cell in row.cells:
                    self._blocks(cell, replace(place, depth=place.depth + 1))
            return
        self._grid(grid)

    def _grid(self, grid: Grid) -> None:
        for row in grid.rows:
            self._check()
            kind = PassageKind.TABLE_HEAD if row.is_head else PassageKind.TABLE_ROW
            self._composer.add_row(kind, [self._cell(cell) for cell in row.cells])

    def _cell(self, blocks: Sequence[tree.Block]) -> Words:
        """Return a cell's blocks as one line; a mark parts what were paragraphs or items."""
        inner = Composer()
        reader = BlockReader(inner, self._check)
        reader.flow = self.flow
        reader._blocks(blocks, _Place(kind=PassageKind.NOTE))
        text = inner.finish()
        marks = tuple(Mark(s.start, s.end, s.kind, s.target) for s in text.spans)
        return Words(text.content.replace("\n", " "), marks)

    def rule(self, _block: tree.HorizontalRule, _place: _Place) -> None:
        """Leave a rule out: the headings tell where parts begin."""

    def _place_notes(self, place: _Place) -> None:
        """Add the notes whose marks were met, each begun with its mark."""
        while self.flow.notes:
            notes, self.flow.notes = self.flow.notes, []
            for number, blocks in notes:
                self._note(number, blocks, place)

    def _note(self, number: int, blocks: Sequence[tree.Block], place: _Place) -> None:
        kept = self._lead, self._is_item
        self._lead, self._is_item = None, False
        inner = Composer()
        reader = BlockReader(inner, self._check)
        reader.flow = self.flow
        reader._blocks(blocks, _Place(depth=place.depth + 1, kind=PassageKind.NOTE))
        text = inner.finish()
        mark = Mark(0, len(str(number)) + 2, SpanKind.NOTE, str(number))
        before: tuple[str, tuple[Mark, ...]] = (f"[{number}] ", (mark,))
        for passage in text.passages:
            here = [s for s in text.spans if passage.start <= s.start < passage.end]
            shift = len(before[0]) - passage.start
            marks = (Mark(s.start + shift, s.end + shift, s.kind, s.target) for s in here)
            said = before[0] + text.content[passage.start : passage.end]
            label = f"note {number}"
            words = Words(said, (*before[1], *marks))
            self._composer.add(PassageKind.NOTE, words, level=place.lists, label=label)
            before = ("", ())
        self._lead, self._is_item = kept


def _is_picture(nodes: Sequence[tree.Inline]) -> bool:
    if len(nodes) > 5:  # a picture, and breaks around it
        return False
    kept = [n for n in nodes if not isinstance(n, tree.Space | tree.SoftBreak | tree.LineBreak)]
    return len(kept) == 1 and isinstance(kept[0], tree.Image)


def _without_brackets(words: Words) -> Words:
    bare = words.text.strip().removeprefix("[").removesuffix("]")
    return Words(bare)


def _in_one_line(words: Words) -> Words:
    return replace(words, text=words.text.replace(BREAK, " "))


def _after(lead: str, words: Words) -> Words:
    shift = len(lead) + 1
    marks = (Mark(m.start + shift, m.end + shift, m.kind, m.target) for m in words.marks)
    return Words(f"{lead} {words.text}", tuple(marks))


def _paragraphs(words: Words) -> list[tuple[Words, bool]]:
    """Cut words at the hard breaks that part lines, and join those that only fold a sentence.

    Returns each piece, and whether it is one of several lines that stand close together.
    """
    lines = lines_of(words)
    if len(lines) == 1:
        return [(words, False)]
    groups: list[list[Words]] = [[]]
    start = end = 0
    for line in lines:
        said = line.text.strip()
        if end > start and not said[:1].islower():
            groups[-1].append(_in_one_line(cut(words, start, end - 1)))
            start = end
        end += len(line.text) + 1
        if not said:
            start = end
            groups.append([])
    groups[-1].append(_in_one_line(cut(words, start, end - 1)))
    return [(piece, len(group) > 1) for group in groups for piece in group]


_READERS: dict[type, Callable[[BlockReader, Any, _Place], None]] = {
    tree.Para: BlockReader.paragraph,
    tree.Plain: BlockReader.paragraph,
    tree.Header: BlockReader.heading,
    tree.LineBlock: BlockReader.lines,
    tree.CodeBlock: BlockReader.code,
    tree.RawBlock: BlockReader.raw,
    tree.BlockQuote: BlockReader.quotation,
    tree.BulletList: BlockReader.bullets,
    tree.OrderedList: BlockReader.numbers,
    tree.DefinitionList: BlockReader.definitions,
    tree.Div: BlockReader.div,
    tree.Figure: BlockReader.figure,
    tree.Table: BlockReader.table,
    tree.HorizontalRule: BlockReader.rule,
}
