"""An article's Markdown as passages: the few forms that an article may have, the rest refused."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from core.domain.text import PassageKind, Span, SpanKind
from core.reference.claims import MAX_LENGTH, UNVERIFIED, Citation, claim_start, read_citations

DEEPEST_HEADING = 4
DEEPEST_LIST = 3
MAX_PROBLEMS = 50  # a file
_KEPT = 256  # articles

_CITATION = "citation"
_OPENING = re.compile(rf"\[\s*(?=@|{UNVERIFIED}\b)")
_ADDRESS = re.compile(r"\bhttps?:|\bwww\.", re.IGNORECASE)
_LEFT_OVER = re.compile(r"\]\(|\[\^|\[@|&#?\w+;")
_TRAILING = ".,;:!?)”’"
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
_ALLOWED_INVISIBLE = {"\n", "\u200c", "\u200d", "\u200e", "\u200f", "\u00ad"}
_REFUSED = {
    "html_block": "raw HTML is not allowed",
    "html_inline": "raw HTML is not allowed",
    "image": "images are not allowed",
    "fence": "blocks of code are not allowed",
    "code_block": "indented blocks of code are not allowed; begin the line at the margin",
    "code_inline": "code marks (`) are not allowed",
    "hr": "rules (---) are not allowed",
    "table_open": "tables are not allowed",
    "ordered_list_open": "numbered lists are not allowed; begin items with “- ”",
    "hardbreak": "line breaks inside a paragraph are not allowed",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One passage of an article; ``spans`` count from the start of ``words``, ``line`` from 1."""

    kind: PassageKind
    level: int
    words: str
    spans: tuple[Span, ...]
    line: int


@dataclass(slots=True)
class Parsed:
    """What a file gave: its passages, and what is wrong as (line, reason)."""

    blocks: list[Block] = field(default_factory=list[Block])
    problems: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def refuse(self, line: int, what: str) -> None:
        """Note a problem, up to a number that a person would read."""
        if len(self.problems) < MAX_PROBLEMS and (line, what) not in self.problems:
            self.problems.append((line, what))


@lru_cache(maxsize=_KEPT)
def parse_article(text: str) -> Parsed:
    """Parse an article. Targets of links and citations are not looked up here.

    What was parsed is kept, for whoever only reads it: an edit of one record asks for the articles
    of all its neighbours.
    """
    parsed = Parsed()
    text = unicodedata.normalize("NFC", text)
    _check_characters(text, parsed)
    if not parsed.problems:
        _Reader(parsed).read(_PARSER.parse(text))
    return parsed


def _check_characters(text: str, parsed: Parsed) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if line.isascii() and line.isprintable():
            continue
        for character in line:
            if (
                unicodedata.category(character) in _INVISIBLE
                and character not in _ALLOWED_INVISIBLE
            ):
                parsed.refuse(number, f"holds the invisible character U+{ord(character):04X}")
                break


def _read_citation(state: StateInline, silent: bool) -> bool:
    """Take a citation for what it is before it can be taken for the words of a link."""
    opening = _OPENING.match(state.src, state.pos)
    if opening is None:
        return False
    end = state.src.find("]", opening.end(), opening.end() + MAX_LENGTH)
    if end < 0:
        return False
    if not silent:
        token = state.push(_CITATION, "", 0)
        token.content = state.src[opening.end() : end]
    state.pos = end + 1
    return True


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 16})
    parser.enable("table")
    parser.disable(["reference", "entity"])
    parser.inline.ruler.before("link", _CITATION, _read_citation)
    return parser


_PARSER = _parser()


class _Reader:
    """Walks the tokens of one article."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._lists = 0
        self._quotes = 0
        self._heading = 0
        self._line = 1

    def read(self, tokens: Sequence[Token]) -> None:
        """Turn block tokens into passages."""
        for token in tokens:
            if token.map:
                self._line = token.map[0] + 1
            self._nest(token)
            if token.type in _REFUSED:
                self._parsed.refuse(self._line, _REFUSED[token.type])
            elif token.type == "inline":
                self._passage(token)

    def _nest(self, token: Token) -> None:
        if token.type in {"bullet_list_open", "bullet_list_close"}:
            self._lists += token.nesting
            if self._lists > DEEPEST_LIST:
                self._parsed.refuse(self._line, f"lists deeper than {DEEPEST_LIST} levels")
        elif token.type in {"blockquote_open", "blockquote_close"}:
            self._quotes += token.nesting
            if self._quotes > 1 or (self._quotes and self._lists):
                self._parsed.refuse(self._line, "quotations inside lists or quotations")
        elif token.type == "heading_open":
            self._heading = int(token.tag[1])
            if self._heading == 1:
                self._parsed.refuse(self._line, "the record has the title; begin with “## ”")
            elif self._heading > DEEPEST_HEADING:
                self._parsed.refuse(self._line, f"headings below level {DEEPEST_HEADING}")
        elif token.type == "heading_close":
            self._heading = 0

    def _passage(self, token: Token) -> None:
        kind, level = PassageKind.PARAGRAPH, 0
        if self._heading:
            kind, level = PassageKind.HEADING, self._heading
        elif self._quotes:
            kind = PassageKind.QUOTATION
            if self._lists:
                self._parsed.refuse(self._line, "lists inside quotations")
        elif self._lists:
            kind, level = PassageKind.LIST_ITEM, self._lists
        line = _Line(self._parsed, self._line, is_heading=bool(self._heading))
        words, spans = line.read(token.children or [])
        if words:
            self._parsed.blocks.append(Block(kind, level, words, spans, self._line))
        elif spans or token.children:
            self._parsed.refuse(self._line, "a passage without words")


class _Line:
    """Walks the inline tokens of one passage."""

    def __init__(self, parsed: Parsed, line: int, *, is_heading: bool) -> None:
        self._parsed = parsed
        self._line = line
        self._is_heading = is_heading
        self._words = ""
        self._spans: list[Span] = []
        self._open: list[tuple[SpanKind, int, str | None]] = []
        self._cites: list[tuple[int, tuple[Citation, ...]]] = []

    def read(self, tokens: Sequence[Token]) -> tuple[str, tuple[Span, ...]]:
        """Return the words and spans of the passage."""
        for token in tokens:
            if token.type in _REFUSED:
                self._refuse(_REFUSED[token.type])
            elif token.type in {"text", "text_special"}:
                self._text(token.content)
            elif token.type == "softbreak":
                self._line += 1
                self._text(" ")
            elif token.type == _CITATION:
                self._citation(token.content)
                self._line += token.content.count("\n")
            elif token.type.endswith("_open"):
                self._start(token)
            elif token.type.endswith("_close") and self._open:
                self._end()
        return self._finish()

    def _refuse(self, what: str) -> None:
        self._parsed.refuse(self._line, what)

    def _text(self, words: str) -> None:
        if _ADDRESS.search(words):
            self._refuse("web addresses are not allowed; cite a source")
        left_over = _LEFT_OVER.search(words)
        if left_over:
            self._refuse(f"“{left_over[0]}” does not belong to a link or citation that can be read")
        if not self._words or self._words[-1].isspace():
            words = words.lstrip()
        if self._cites and self._cites[-1][0] == len(self._words):
            words = self._close_up(words)
        self._words += words

    def _close_up(self, words: str) -> str:
        """Put what closes a sentence after its citation before it: a mark follows the full stop."""
        if not words or words[0] not in _TRAILING:
            # The space before a citation was taken away; the one that follows it stays.
            return words if not words or words[0].isspace() or not self._words else " " + words
        count = len(words) - len(words.lstrip(_TRAILING))
        self._words += words[:count]
        at = self._cites[-1][0]
        self._cites = [(len(self._words) if o == at else o, c) for o, c in self._cites]
        return words[count:]

    def _citation(self, content: str) -> None:
        cites = read_citations(content)
        if cites is None:
            self._refuse(
                f"“[{' '.join(content.split())[:60]}]” is not a citation; write [@source:slug], "
                "[@source:slug, place], [unverified] or [unverified: @source:slug]"
            )
        elif self._is_heading:
            self._refuse("a heading can't carry a citation")
        elif not self._words.strip():
            self._refuse("a citation must follow the claim that it supports")
        else:
            self._words = self._words.rstrip()
            self._cites.append((len(self._words), cites))

    def _start(self, token: Token) -> None:
        kind = {"em_open": SpanKind.EMPHASIS, "strong_open": SpanKind.STRONG}.get(token.type)
        target = None
        if token.type == "link_open":
            kind, target = SpanKind.LINK, str(token.attrGet("href") or "")
            if token.info == "auto" or token.attrGet("title"):
                self._refuse("web addresses and titles of links are not allowed")
        if kind is None:
            self._refuse(f"“{token.type.removesuffix('_open')}” is not allowed")
            return
        self._open.append((kind, len(self._words), target))

    def _end(self) -> None:
        kind, start, target = self._open.pop()
        start += len(self._words[start:]) - len(self._words[start:].lstrip())
        if start < len(self._words):
            self._spans.append(Span(start, len(self._words), kind, target))
        elif kind is SpanKind.LINK:
            self._refuse("a link without words")

    def _finish(self) -> tuple[str, tuple[Span, ...]]:
        words = self._words.rstrip()
        if "()" in words or "[]" in words:
            self._refuse("empty brackets: write the citation without others around it")
        spans = [*self._spans, *self._claims(words)]
        return words, tuple(s for s in spans if s.start < s.end <= len(words))

    def _claims(self, words: str) -> Iterator[Span]:
        floor, last = 0, 0
        for end, cites in self._cites:
            if end != last:
                floor = claim_start(words, last, end)
                last = end
            for cite in cites:
                yield Span(floor, end, SpanKind.CITE, cite.source, cite.verified, cite.place)
