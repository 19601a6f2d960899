"""A query cut into tokens, each with its place; every character belongs to one or to a space."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.search.fields import FIELDS

QUOTES = '"“”„«»'
_PLAIN = rf"[^\s(){QUOTES}]"

# A minus excludes and a field's name counts only where a word begins. A parenthesis right after a
# number or letter belongs to a symbol, 13(f); after a number also with a space between.
_LEXER = re.compile(
    r"(?P<field>[A-Za-z]+(?:-[A-Za-z]+)*:)"
    rf"|(?P<quote>[{QUOTES}][^{QUOTES}]*(?P<closed>[{QUOTES}](?:~\d{{0,3}})?)?)"
    r"|(?P<op>(?:AND|OR|NOT)(?![^\s()]))"
    rf"|(?P<minus>(?<![^\s(])-(?=[^\s)\-]))"
    r"|(?P<symbol>(?<!\S)\d{1,3}\s\([a-z]{1,4}\)(?!\w))"
    r"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<chunk>(?:{_PLAIN}|(?<=\w)\(\w{{0,5}}(?:\)|\Z))+)|(?P<space>\s+)"
)
_CHUNK = re.compile(rf"{_PLAIN}+")


class Token(NamedTuple):
    """``kind`` is field, quote, op, minus, open, close or chunk."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Cut up a query."""
    place = 0
    while place < len(text):
        match = _LEXER.match(text, place)
        assert match is not None, "every character begins one of the alternatives"
        kind = {"closed": "quote", "symbol": "chunk"}.get(str(match.lastgroup), match.lastgroup)
        if kind == "field" and match[0][:-1].lower() not in FIELDS:
            match = _CHUNK.match(text, place) or match
            kind = "chunk"
        if kind and kind != "space":
            yield Token(kind, match[0], match.start(), match.end())
        place = match.end()
