"""One record as an article: its passages in Markdown, and as plain text for a terminal.

The text of a record says everything about it once, with its facts and ties; the spans on it tell
which statement rests on which source, and that becomes a remark at the statement's end: the
number of the source in the list that closes the page, the place in it, and any doubt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from core.cli.output import bold, dim
from core.domain.citing import listed_sources, number_sources
from core.domain.dates import in_words
from core.domain.records import Record
from core.domain.text import Passage, PassageKind, Span, SpanKind, Text

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_STATEMENT = "Statement"
_TAB = "\t"  # between a field's label and value, and between the cells of a row
_TABLE = {PassageKind.TABLE_HEAD, PassageKind.TABLE_ROW}
_LISTS = {PassageKind.LIST_ITEM, PassageKind.REFERENCE}
_PLAIN_FORMS = {  # before, after, and in the place of tabs
    PassageKind.QUOTATION: ("  “", "”", " "),
    PassageKind.FIELD: ("", "", ": "),
    PassageKind.TABLE_HEAD: ("  ", "", " | "),
    PassageKind.TABLE_ROW: ("  ", "", " | "),
}
_LINE_START = re.compile(r"^(\s*)([#+\-=~]|\d+[.)])")


def readable(record: Record) -> str:
    """Return a record for reading in a terminal."""
    entry = record.entry
    when = f", {in_words(entry.date)}" if entry.date else ""
    verified = "" if entry.verified else ", not verified"
    lines = [bold(entry.title), dim(f"{entry.key} ({entry.kind.value}{when}{verified})"), ""]
    page = _Page(record.text)
    for passage in _after_title(record):
        lines += _plain_lines(page, passage)
    return "\n".join(lines)


def markdown(record: Record) -> str:
    """Return a record as a Markdown document; links to records keep their keys as addresses."""
    page = _Page(record.text)
    parts = [f"# {_escape(record.entry.title)}"]
    before: PassageKind | None = None
    for passage in _after_title(record):
        parts += [_gap(before, passage.kind), _markdown_block(page, passage)]
        before = passage.kind
    return "".join(parts) + "\n"


@dataclass(frozen=True)
class _Piece:
    """A run of words between two places where a span begins or ends."""

    words: str
    spans: tuple[Span, ...]  # that cover it, links and emphasis
    cites: tuple[Span, ...]  # that end with it


class _Page:
    """A text with its sources numbered and its spans at hand by passage."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.numbers = number_sources(text)
        self.places = {
            passage.n: number for number, passage in enumerate(listed_sources(text).values(), 1)
        }
        self._by_passage: dict[int, list[Span]] = defaultdict(list)
        starts = [passage.start for passage in text.passages]
        for span in text.spans:
            self._by_passage[bisect_right(starts, span.start) - 1].append(span)

    def pieces(self, passage: Passage) -> Iterator[_Piece]:
        """Yield the passage's words, cut where spans begin or end."""
        spans = self._by_passage[passage.n]
        if passage.label == _STATEMENT:  # begins the summary, which is not to be broken in two
            spans = [replace(s, end=passage.end) if s.kind is SpanKind.CITE else s for s in spans]
        cuts = {passage.start, passage.end}
        for span in spans:
            cuts |= {span.start, span.end} if span.kind is not SpanKind.CITE else {span.end}
        for start, end in pairwise(sorted(cuts)):
            over = (s for s in spans if s.start <= start and end <= s.end)
            cites = (s for s in spans if s.kind is SpanKind.CITE and s.end == end)
            shown = tuple(s for s in over if s.kind is not SpanKind.CITE)
            yield _Piece(self.text.content[start:end], shown, tuple(cites))

    def remark(self, cites: Sequence[Span]) -> str:
        """Return what a claim rests on: " [2, para. 13(f); 3, not verified]"."""
        if not cites:
            return ""
        return f" [{'; '.join(dict.fromkeys(self._one(cite) for cite in cites))}]"

    def _one(self, cite: Span) -> str:
        number = str(self.numbers[cite.target]) if cite.target else "no source"
        doubt = None if cite.verified else "not verified"
        return ", ".join(part for part in (number, cite.locator, doubt) if part)


def _gap(before: PassageKind | None, kind: PassageKind) -> str:
    """Return what parts two passages: lists and tables hold together, the rest stands alone."""
    together = (before is kind and kind in _LISTS) or (before in _TABLE and kind in _TABLE)
    return "\n" if together else "\n\n"


def _after_title(record: Record) -> Iterable[Passage]:
    """Yield the passages without the first heading when it only repeats the title."""
    for passage in record.text.passages:
        said = record.text.content[passage.start : passage.end]
        if passage.n == 0 and said == record.entry.title:
            continue
        yield passage


def _plain_lines(page: _Page, passage: Passage) -> list[str]:
    said = "".join(piece.words + dim(page.remark(piece.cites)) for piece in page.pieces(passage))
    if passage.kind is PassageKind.HEADING:
        return ["", bold(said)]
    if passage.kind is PassageKind.LIST_ITEM:
        return [f"{'  ' * max(0, passage.level - 1)}• {said}"]
    if passage.kind is PassageKind.REFERENCE and passage.n in page.places:
        return [f"{page.places[passage.n]}. {said}"]
    before, after, between = _PLAIN_FORMS.get(passage.kind, ("", "", " "))
    return [f"{before}{said.replace(_TAB, between)}{after}"]


def _markdown_block(page: _Page, passage: Passage) -> str:
    said = "".join(
        _inline(piece) + _escape(page.remark(piece.cites)) for piece in page.pieces(passage)
    )
    if passage.kind in _TABLE:
        return _table_block(said, head=passage.kind is PassageKind.TABLE_HEAD)
    if passage.kind is PassageKind.FIELD:
        label, _, value = said.partition(_TAB)
        return f"**{label}:** {value}"
    number = page.places.get(passage.n)
    before = {
        PassageKind.HEADING: f"{'#' * max(2, passage.level)} ",
        PassageKind.LIST_ITEM: f"{'  ' * max(0, passage.level - 1)}- ",
        PassageKind.REFERENCE: f"{number}. " if number else "- ",
        PassageKind.QUOTATION: "> ",
        PassageKind.CAVEAT: "> ",
    }.get(passage.kind)
    return _shield(said) if before is None else f"{before}{said}"


def _table_block(said: str, *, head: bool) -> str:
    cells = said.split(_TAB)
    rule = f"\n|{'|'.join([' --- '] * len(cells))}|" if head else ""
    return f"| {' | '.join(cells)} |{rule}"


def _inline(piece: _Piece) -> str:
    words = _escape(piece.words)
    kinds = {span.kind: span for span in piece.spans}
    bare = words.strip()
    if not bare:
        return words
    marked = bare
    if link := kinds.get(SpanKind.LINK):
        marked = f"[{marked}](<{link.target}>)"
    for kind, mark in ((SpanKind.EMPHASIS, "*"), (SpanKind.STRONG, "**")):
        if kind in kinds:
            marked = f"{mark}{marked}{mark}"
    return words.replace(bare, marked, 1)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _shield(text: str) -> str:
    """Keep a paragraph that begins like a list or heading a paragraph."""
    return _LINE_START.sub(
        lambda start: (
            f"{start[1]}\\{start[2]}"
            if not start[2][0].isdigit()
            else f"{start[1]}{start[2][:-1]}\\{start[2][-1]}"
        ),
        text,
    )
