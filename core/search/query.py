"""What a user types, read into a tree; never raises, whatever is typed.

The language: words (all must be there), ``"phrases"``, ``AND``, ``OR``, ``NOT`` in capitals,
parentheses, ``begin*``, and the fields of `FIELDS` as in ``kind:norm year:2011..2015``.
Symbols are typed as they are printed: ``A/70/174``, ``13(f)``. Where the text does not follow the
language its words are searched, and a hint says why.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from core.domain.keys import Kind
from core.search.analysis import fold, words_of
from core.search.nodes import And, Filter, InTitle, Node, Not, Or, Phrase, Word, Years

MOST_WORDS = 64  # of one query; the rest is left out, and the hint says so
_DEEPEST = 40  # parentheses inside each other
FIELDS = ("kind", "year", "tag", "theme", "participant", "title", "in", "is")
KINDS = tuple(kind.value for kind in Kind)
LAYERS = ("reference", "documents", "notes")


class TypedWord(NamedTuple):
    """A word with its place in the query, for did-you-mean."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as understood. ``plain`` is what may be the name of a record, folded."""

    node: Node | None
    hint: str | None = None
    typed: tuple[TypedWord, ...] = ()
    plain: str = ""


class _SyntaxError(Exception):
    """Says in a sentence what is wrong; becomes the hint."""


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


_LEXER = re.compile(
    r'(?P<field>[A-Za-z]+:)|(?P<quote>["“”„«»][^"“”„«»]*(?P<closed>["“”«»])?)'
    r"|(?P<op>(?:AND|OR|NOT)(?![^\s()]))|(?P<open>\()|(?P<close>\))"
    r'|(?P<chunk>(?:[^\s()"“”„«»]|(?<=\w)\(\w{0,5}(?:\)|\Z))+)|(?P<space>\s+)'
)
_PARAGRAPH = re.compile(r"(\d{1,3})([a-z])\Z")
_YEARS = re.compile(r"(?:(\d{4})?(\.\.|-|–)(\d{4})?|(\d{4}))\Z")


def parse(text: str) -> Parsed:
    """Read a query; on a mistake its words are taken as they stand and ``hint`` says why."""
    try:
        parser = _Parser(text)
        node = parser.whole()
    except _SyntaxError as mistake:
        return _as_words(text, f"{mistake} The words were searched as they stand.")
    return Parsed(node, parser.hint, tuple(parser.typed), " ".join(parser.plain))


def _as_words(text: str, hint: str) -> Parsed:
    found = words_of(text)
    nodes = tuple(Word(word) for word in dict.fromkeys(found[:MOST_WORDS]))
    return Parsed(And(nodes) if nodes else None, hint, plain=" ".join(found[:MOST_WORDS]))


def _tokens(text: str) -> Iterator[_Token]:
    """Cut up the text. A field's name counts only where it begins a word."""
    place = 0
    while place < len(text):
        match = _LEXER.match(text, place)
        if match is None:  # cannot be: every character begins one of the alternatives
            raise _SyntaxError(f"“{text[place]}” was not understood.")
        kind = match.lastgroup if match.lastgroup != "closed" else "quote"
        if kind == "field" and match[0][:-1].lower() not in FIELDS:
            match = re.compile(r'[^\s()"“”„«»]+').match(text, place) or match
            kind = "chunk"
        if kind and kind != "space":
            yield _Token(kind, match[0], match.start(), match.end())
        place = match.end()


class _Parser:
    """Reads one query by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0
        self.hint: str | None = None
        self.typed: list[TypedWord] = []
        self.plain: list[str] = []
        self.named = True  # no operator so far: the words may be a record's name

    def whole(self) -> Node | None:
        """Read to the end."""
        node = self.any_of()
        if self.at < len(self.tokens):
            raise _SyntaxError("A closing parenthesis has no opening one.")
        if not self.named:
            self.plain = []
        return node

    def peek(self, kind: str, text: str | None = None) -> bool:
        """Whether the next token is such a one."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token is not None and token.kind == kind and text in (None, token.text)

    def any_of(self) -> Node | None:
        """``all_of OR all_of …``."""
        if self.peek("op", "OR"):
            raise _SyntaxError("OR needs words on both sides.")
        found = [self.all_of()]
        while self.peek("op", "OR"):
            self.operand_follows()
            found.append(self.all_of())
        nodes = [node for node in found if node is not None]
        return Or(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)

    def all_of(self) -> Node | None:
        """``one AND one one …``."""
        nodes: list[Node] = []
        while self.at < len(self.tokens) and not self.peek("close") and not self.peek("op", "OR"):
            if self.peek("op", "AND"):
                if not nodes:
                    raise _SyntaxError("AND needs words on both sides.")
                self.operand_follows()
            node = self.one()
            if node is not None:
                nodes.append(node)
        return And(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)

    def operand_follows(self) -> None:
        """Step over an operator; something must come after it."""
        word = self.tokens[self.at].text
        self.named = False
        self.at += 1
        if self.at == len(self.tokens) or self.peek("close") or self.peek("op", "OR"):
            raise _SyntaxError(f"{word} needs words on both sides.")
        if self.peek("op", "AND"):
            raise _SyntaxError(f"{word} is followed by AND.")

    def one(self) -> Node | None:
        """``NOT`` any number of times, then a word, phrase, field or group."""
        negations = 0
        while self.peek("op", "NOT"):
            self.named = False
            negations += 1
            self.at += 1
        if negations and (self.at == len(self.tokens) or self.peek("close") or self.peek("op")):
            raise _SyntaxError("NOT needs a word after it.")
        node = self.group() if self.peek("open") else self.leaf()
        return Not(node) if node is not None and negations % 2 else node

    def group(self) -> Node | None:
        """What stands in parentheses."""
        self.named = False
        self.deeper()
        self.at += 1
        node = self.any_of()
        if not self.peek("close"):
            raise _SyntaxError("An opening parenthesis is not closed.")
        self.at += 1
        self.depth -= 1
        return node

    def deeper(self) -> None:
        """Count one more level, up to what is sensible."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _SyntaxError("There are too many parentheses inside each other.")

    def leaf(self) -> Node | None:
        """A word, phrase or field."""
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "field":
            return self.field(token.text[:-1].lower())
        if token.kind == "quote":
            return self.quoted(token)
        if token.kind == "chunk":
            return self.chunk(token)
        raise _SyntaxError(f"{token.text} needs words on both sides.")

    def quoted(self, token: _Token) -> Node | None:
        """A phrase; one not closed yet goes to the end."""
        closed = len(token.text) > 1 and token.text[-1] in '"“”«»'
        if not closed and token.text not in '"“”„«»':
            self.hint = "The quotation is not closed; it was taken to the end."
        words = self.counted(words_of(token.text))
        self.plain += words
        open_end = not closed and not self.text[-1:].isspace()
        if len(words) == 1:
            return Phrase((words[0],), typing=open_end)
        return Phrase(tuple(words), typing=open_end) if words else None

    def chunk(self, token: _Token) -> Node | None:
        """What stands between spaces: a word, or a symbol, which is a phrase."""
        words = self.counted(words_of(token.text))
        if not words:
            return None
        self.plain += words
        star = token.text.endswith("*")
        typing = token.end == len(self.text) and not star
        if len(words) == 1:
            self.typed.append(TypedWord(words[0], token.start, token.end))
            word = Word(words[0], prefix=star, typing=typing)
            symbol = _PARAGRAPH.match(words[0])
            return Or((word, Phrase(symbol.groups()))) if symbol else word  # 13f for 13(f)
        phrase = Phrase(tuple(words), typing=typing or star)
        if "-" in token.text and "/" not in token.text:
            return Or((phrase, Word("".join(words))))  # cyber-attack, cyberattack
        return phrase

    def counted(self, words: list[str]) -> list[str]:
        """Cut what exceeds the limit of words."""
        room = max(0, MOST_WORDS - len(self.plain))
        if len(words) > room:
            self.hint = f"Only the first {MOST_WORDS} words were searched."
        return words[:room]

    def field(self, name: str) -> Node | None:
        """The value of a field, checked."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or (name != "title" and token.kind not in ("chunk", "quote", "op")):
            raise _SyntaxError(f"{name}: needs a value.")
        if name == "title":
            named, plain = self.named, list(self.plain)
            self.deeper()
            node = self.one()
            self.depth -= 1
            self.named, self.plain = named, plain
            return InTitle(node) if node is not None else None
        self.at += 1
        value = token.text.strip('"“”„«»')
        if name == "year":
            return _years(value)
        return _filter(name, value)


def _years(value: str) -> Years:
    match = _YEARS.match(value)
    if match is None or value in ("..", "-", "–"):
        raise _SyntaxError(f"“{value}” is no year; write year:2015 or year:2011..2015.")
    if match[4]:
        return Years(int(match[4]), int(match[4]))
    return Years(*(int(year) if year else None for year in (match[1], match[3])))


def _filter(name: str, value: str) -> Filter:
    values = tuple(" ".join(words_of(v)) if name == "theme" else fold(v) for v in value.split(","))
    values = tuple(v.strip("/ ") for v in values if v.strip("/ "))
    if name == "kind":
        values = tuple(v if v in KINDS else v.removesuffix("s") for v in values)
    allowed = {"kind": KINDS, "in": LAYERS, "is": ("annotated",)}.get(name)
    unknown = [v for v in values if allowed and v not in allowed]
    if unknown or not values:
        choice = f" Choose from {', '.join(allowed)}." if allowed else ""
        raise _SyntaxError(f"“{value}” is no value for {name}:.{choice}")
    return Filter(name, values)
