"""Runs of pandoc's inline nodes as words with marks, cut at hard line breaks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.domain.text import SpanKind
from core.importing import tree
from core.importing.composing import Mark, Words, address
from core.importing.limits import DEEPEST, Refused

BREAK = "\u2028"
"""A hard line break inside a run of words."""

_KINDS: dict[type, SpanKind] = {
    tree.Emph: SpanKind.EMPHASIS,
    tree.Underline: SpanKind.UNDERLINE,
    tree.Strong: SpanKind.STRONG,
    tree.Strikeout: SpanKind.STRIKEOUT,
    tree.Superscript: SpanKind.SUPERSCRIPT,
    tree.Subscript: SpanKind.SUBSCRIPT,
}
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
_MATH = {"InlineMath": "$", "DisplayMath": "$$"}
_LINE_BREAKS = ("\\\\", "\\newline", "<br>", "<br/>", "<br />")


@dataclass(slots=True)
class Flow:
    """What all runs of a document share: its footnotes so far, and the pictures left out."""

    notes: list[tuple[int, list[tree.Block]]] = field(
        default_factory=list[tuple[int, list[tree.Block]]]
    )
    """Notes whose marks were met and which are still to be placed, by number."""
    numbered: int = 0
    pictures: int = 0
    raw: int = 0


def words_of(nodes: Sequence[tree.Inline], flow: Flow) -> Words:
    """Return nodes as words; hard breaks are `BREAK`, footnotes leave their marks in the text."""
    run = _Run(flow)
    run.read(nodes, 0)
    return Words("".join(run.parts), tuple(run.marks))


def lines_of(words: Words) -> list[Words]:
    """Return words cut at their hard breaks."""
    if BREAK not in words.text:
        return [words]
    lines: list[Words] = []
    start = 0
    for line in words.text.split(BREAK):
        end = start + len(line)
        lines.append(cut(words, start, end))
        start = end + 1
    return lines


def cut(words: Words, start: int, end: int) -> Words:
    """Return a part of words with its marks."""
    marks = (
        Mark(max(m.start, start) - start, min(m.end, end) - start, m.kind, m.target)
        for m in words.marks
        if m.start < end and m.end > start
    )
    return Words(words.text[start:end], tuple(marks))


class _Run:
    """Collects the words of one run of nodes."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._length = 0
        self.parts: list[str] = []
        self.marks: list[Mark] = []

    def read(self, nodes: Sequence[tree.Inline], depth: int) -> None:
        """Add the words of nodes."""
        if depth > DEEPEST:
            raise Refused("its parts are nested too deeply")
        say, length = self.parts.append, self._length
        for node in nodes:  # nine of ten are words and spaces: this loop is most of the mapping
            if isinstance(node, tree.Str):
                words = node.c
                say(words)
                length += len(words)
            elif isinstance(node, (tree.Space, tree.SoftBreak)):
                say(" ")
                length += 1
            else:
                self._length = length
                _READERS[type(node)](self, node, depth + 1)
                length = self._length
        self._length = length

    def _say(self, words: str) -> None:
        self.parts.append(words)
        self._length += len(words)

    def marked(self, node: tree.Emph, depth: int) -> None:
        start = self._length
        self.read(node.c, depth)
        self._mark(start, _KINDS[type(node)])

    def _mark(self, start: int, kind: SpanKind, target: str | None = None) -> None:
        if start < self._length:
            self.marks.append(Mark(start, self._length, kind, target))

    def hard_break(self, _node: tree.LineBreak, _depth: int) -> None:
        self._say(BREAK)

    def inside(self, node: tree.SmallCaps, depth: int) -> None:
        self.read(node.c, depth)

    def second(self, node: tree.Span | tree.Cite, depth: int) -> None:
        self.read(node.c[1], depth)

    def quoted(self, node: tree.Quoted, depth: int) -> None:
        before, after = _QUOTES.get(node.c[0].t, ("", ""))
        self._say(before)
        self.read(node.c[1], depth)
        self._say(after)

    def code(self, node: tree.Code, _depth: int) -> None:
        start = self._length
        self._say(node.c[1])
        self._mark(start, SpanKind.CODE)

    def math(self, node: tree.Math, _depth: int) -> None:
        start = self._length
        around = _MATH.get(node.c[0].t, "$")
        self._say(f"{around}{node.c[1]}{around}")
        self._mark(start, SpanKind.CODE)

    def raw_inline(self, node: tree.RawInline, _depth: int) -> None:
        if node.c[1].strip().lower() in _LINE_BREAKS:
            self._say(BREAK)
        else:
            self._flow.raw += 1

    def link(self, node: tree.Link, depth: int) -> None:
        start = self._length
        self.read(node.c[1], depth)
        target = address(node.c[2][0])
        if target:
            self._mark(start, SpanKind.LINK, target)

    def image(self, node: tree.Image, depth: int) -> None:
        """Leave the words that stand for a picture; a file's name is none."""
        self._flow.pictures += 1
        said = _Run(Flow())
        said.read(node.c[1], depth)
        words = "".join(said.parts).strip() or node.c[2][1].strip()
        if words and not is_file_name(words):
            self._say(f"[{words}]")

    def note(self, node: tree.Note, _depth: int) -> None:
        self._flow.numbered += 1
        number = self._flow.numbered
        start = self._length
        self._say(f"[{number}]")
        self._mark(start, SpanKind.NOTE, str(number))
        self._flow.notes.append((number, node.c))


def is_file_name(words: str) -> bool:
    """Tell whether words are but the name of a picture's file."""
    name = words.lower()
    return " " not in words and name.endswith(
        (".png", ".jpg", ".jpeg", ".gif", ".svg", ".emf", ".wmf", ".webp", ".bmp", ".tif", ".tiff")
    )


_READERS: dict[type, Callable[[_Run, Any, int], None]] = {
    tree.LineBreak: _Run.hard_break,
    tree.SmallCaps: _Run.inside,
    tree.Span: _Run.second,
    tree.Cite: _Run.second,
    tree.Quoted: _Run.quoted,
    tree.Code: _Run.code,
    tree.Math: _Run.math,
    tree.RawInline: _Run.raw_inline,
    tree.Link: _Run.link,
    tree.Image: _Run.image,
    tree.Note: _Run.note,
    **dict.fromkeys(_KINDS, _Run.marked),
}
