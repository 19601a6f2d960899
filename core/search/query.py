"""What a user types, read into a tree; never raises, whatever is typed.

The language: words (all must be there), ``"phrases"``, ``"near words"~5``, ``AND``, ``OR``,
``NOT`` in capitals, ``-without``, parentheses, ``begin*``, ``pat*n`` and ``pat?ern``,
``misspelt~``, and the fields of `core.search.fields` as in ``kind:norm year:2011..2015``.
Symbols are typed as they are printed: ``A/70/174``, ``13(f)``. What does not follow the language
is left out or completed, and a hint says so.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from core.domain.query_parts import QueryPart, Role
from core.search.analysis import words_of
from core.search.fields import FIELDS
from core.search.lexer import QUOTES, Token, tokens
from core.search.nodes import And, InNotes, InTitle, Node, Not, Or
from core.search.terms import APART, MistakeError, before_slips, chunk_node, filter_node, quote_node

MOST_WORDS = 64  # of one query; the rest is left out, and the hint says so
_DEEPEST = 40  # parentheses inside each other


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
    parts: tuple[QueryPart, ...] = ()


def parse(text: str) -> Parsed:
    """Read a query; on a mistake the rest still counts and ``hint`` says what was wrong."""
    parser = _Parser(text)
    node = parser.whole()
    if node is None and parser.hint and words_of(text):  # nothing but operators or mistakes
        return _as_words(text, parser.hint)
    plain = " ".join(parser.plain) if parser.named else ""
    return Parsed(node, parser.hint, tuple(parser.typed), plain, tuple(parser.parts))


def _as_words(text: str, hint: str) -> Parsed:
    from core.search.nodes import Word

    found = words_of(text)[:MOST_WORDS]
    nodes = tuple(Word(word) for word in dict.fromkeys(found))
    parts = (QueryPart(Role.WORD, 0, len(text), text.strip()),)
    return Parsed(And(nodes), hint, plain=" ".join(found), parts=parts)


class _Parser:
    """Reads one query by recursive descent."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(tokens(text))
        self.at = 0
        self.depth = 0
        self.hint: str | None = None
        self.typed: list[TypedWord] = []
        self.plain: list[str] = []
        self.words = 0
        self.parts: list[QueryPart] = []
        self.named = True  # no operator so far: the words may be a record's name

    def whole(self) -> Node | None:
        """Read to the end; a closing parenthesis too many is stepped over."""
        nodes: list[Node] = []
        while self.at < len(self.tokens):
            node = self.any_of()
            if node is not None:
                nodes.append(node)
            if self.peek("close"):
                self.mistake("A closing parenthesis has no opening one.")
                self.at += 1
        return And(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)

    def mistake(self, sentence: str) -> None:
        """Keep the first thing that was wrong."""
        self.hint = self.hint or sentence

    def peek(self, kind: str, text: str | None = None) -> bool:
        """Whether the next token is such a one."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return token is not None and token.kind == kind and text in (None, token.text)

    def any_of(self) -> Node | None:
        """``all_of OR all_of …``."""
        found = [self.all_of()]
        while self.peek("op", "OR"):
            self.operator(whole=found[-1] is not None)
            found.append(self.all_of())
        nodes = [node for node in found if node is not None]
        return Or(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)

    def all_of(self) -> Node | None:
        """``one AND one one …``."""
        nodes: list[Node] = []
        while self.at < len(self.tokens) and not self.peek("close") and not self.peek("op", "OR"):
            if self.peek("op", "AND"):
                self.operator(whole=bool(nodes))
                continue
            node = self.one()
            if node is not None:
                nodes.append(node)
        return And(tuple(nodes)) if len(nodes) > 1 else next(iter(nodes), None)

    def operator(self, *, whole: bool) -> None:
        """Step over AND or OR; something should stand on both sides."""
        token = self.tokens[self.at]
        self.named = False
        self.at += 1
        self.part(Role.OPERATOR, token.start, token.end, token.text)
        after = self.at < len(self.tokens) and not (
            self.peek("close") or self.peek("op", "OR") or self.peek("op", "AND")
        )
        if not whole or not after:
            self.mistake(f"{token.text} needs words on both sides; it was left out.")

    def one(self) -> Node | None:
        """``NOT`` or ``-`` any number of times, then a word, phrase, field or group."""
        first = self.at
        while self.peek("op", "NOT") or self.peek("minus"):
            self.named = False
            self.at += 1
        negations = self.at - first
        if negations and (self.at == len(self.tokens) or self.peek("close") or self.peek("op")):
            self.mistake("NOT needs a word after it; it was left out.")
            start, end = self.tokens[first].start, self.tokens[self.at - 1].end
            self.part(Role.OPERATOR, start, end, self.text[start:end])
            return None
        before = len(self.parts)
        node = self.group() if self.peek("open") else self.leaf()
        if negations % 2:
            node = Not(node) if node is not None else None
        if negations:
            for place in range(before, len(self.parts)):
                self.parts[place] = replace(
                    self.parts[place],
                    start=self.tokens[first].start,
                    negated=bool(negations % 2),
                )
        return node

    def group(self) -> Node | None:
        """What stands in parentheses; one not closed goes to the end."""
        start = self.tokens[self.at].start
        self.at += 1
        if self.depth == _DEEPEST:
            self.mistake("There are too many parentheses inside each other; some were left out.")
            return None
        self.named = False
        outer, self.parts = self.parts, []
        self.depth += 1
        node = self.any_of()
        self.depth -= 1
        inner, self.parts = self.parts, outer
        if self.peek("close"):
            self.at += 1
        else:
            self.mistake("An opening parenthesis is not closed; it was taken to the end.")
        end = self.tokens[self.at - 1].end
        part = QueryPart(Role.GROUP, start, end, self.text[start:end], parts=tuple(inner))
        self.parts.append(part)
        return node

    def leaf(self) -> Node | None:
        """A word, phrase or field."""
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "field":
            return self.field(token)
        if token.kind == "quote":
            return self.quoted(token)
        return self.chunk(token)

    def quoted(self, token: Token) -> Node | None:
        """A phrase, or words near each other; one not closed goes to the end."""
        apart = APART.match(token.text)
        quotation = apart["quotation"] if apart else token.text
        closed = len(quotation) > 1 and quotation[-1] in QUOTES
        if not closed and token.text.strip(QUOTES):
            self.mistake("The quotation is not closed; it was taken to the end.")
        label = token.text if apart else token.text.strip(QUOTES + " ")
        self.part(Role.PHRASE, token.start, token.end, label)
        words = self.counted(quotation)
        self.plain += words
        open_end = not closed and not self.text[-1:].isspace()
        return quote_node(token.text, words, typing=open_end)

    def chunk(self, token: Token) -> Node | None:
        """What stands between spaces: a word, a pattern, or a symbol, which is a phrase."""
        self.part(Role.WORD, token.start, token.end, token.text)
        words = self.counted(before_slips(token.text))
        if not words:
            return None
        self.plain += words
        node, checked = chunk_node(token.text, words, typing=token.end == len(self.text))
        if checked:
            self.typed.append(TypedWord(words[0], token.start, token.end))
        return node

    def counted(self, text: str) -> list[str]:
        """Return the words of a text, cut to what the query's limit leaves."""
        words = words_of(text)
        room = MOST_WORDS - self.words
        if len(words) > room:
            self.mistake(f"Only the first {MOST_WORDS} words were searched.")
        self.words += min(len(words), room)
        return words[:room]

    def field(self, name_token: Token) -> Node | None:
        """A field with its value; one without is left out."""
        name = name_token.text[:-1].lower()
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if FIELDS[name].nested and token is not None and token.kind not in ("close", "op"):
            return self.nested(name, name_token)
        if token is None or token.kind not in ("chunk", "quote"):
            self.part(Role.FIELD, name_token.start, name_token.end, f"{name}:", field=name)
            self.mistake(f"{name}: needs a value; it was left out.")
            return None
        self.at += 1
        value = token.text.strip(QUOTES)
        self.part(
            Role.FIELD,
            name_token.start,
            token.end,
            f"{name}: {value}",
            field=name,
            value=value,
        )
        closed = token.kind == "quote" and len(token.text) > 1 and token.text[-1] in QUOTES
        try:
            return filter_node(name, value, typing=token.end == len(self.text) and not closed)
        except MistakeError as mistake:
            self.mistake(str(mistake))
            return None

    def nested(self, name: str, name_token: Token) -> Node | None:
        """``title:`` or ``note:`` with a word, phrase or group."""
        if self.depth == _DEEPEST:
            self.mistake("There are too many fields inside each other; some were left out.")
            self.at = len(self.tokens)
            return None
        named, plain = self.named, list(self.plain)
        outer, self.parts = self.parts, []
        self.depth += 1
        node = self.one()
        self.depth -= 1
        self.parts = outer
        self.named, self.plain = named, plain
        end = self.tokens[self.at - 1].end
        value = self.text[name_token.end : end].strip()
        self.part(
            Role.FIELD,
            name_token.start,
            end,
            f"{name}: {value.strip(QUOTES)}",
            field=name,
            value=value,
        )
        if node is None:
            return None
        return InTitle(node) if name == "title" else InNotes(node)

    def part(
        self,
        role: Role,
        start: int,
        end: int,
        label: str,
        *,
        field: str | None = None,
        value: str | None = None,
    ) -> None:
        """Add a part to those of the group being read."""
        self.parts.append(QueryPart(role, start, end, label, field=field, value=value))
