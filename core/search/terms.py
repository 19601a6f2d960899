"""The leaves of a query: what one word, symbol, quotation or field's value means."""

import re

from core.search.analysis import fold, words_of
from core.search.fields import FIELDS, RECORD_FIELDS, VALUE_FIELDS
from core.search.lexer import QUOTES
from core.search.nodes import Filter, Fuzzy, Near, Node, Or, Phrase, Wildcard, Word, Years

APART = re.compile(rf"(?P<quotation>.*[{QUOTES}])~(?P<most>\d*)\Z", re.S)  # "…"~5
_FARTHEST = 100  # words between two that are near each other
_PARAGRAPH = re.compile(r"(\d{1,3})([a-z])\Z")
_FUZZY = re.compile(r"(?P<word>[^~*?]{2,})~(?P<slips>[12])?\Z")
_PATTERN = re.compile(r"[\w'’]*[*?][\w'’*?]*[\w'’]\Z")
_YEARS = re.compile(r"(?:(\d{4})?(\.\.|-|–)(\d{4})?|(\d{4}))\Z")
_LONG = 8  # letters from which on two slips are forgiven


class MistakeError(Exception):
    """Says in a sentence what is wrong with a value; becomes the hint."""


def quote_node(text: str, words: list[str], *, typing: bool) -> Node | None:
    """Return what a quotation means; ``~N`` after it lets the words stand apart."""
    if not words:
        return None
    apart = APART.match(text)
    if apart and len(words) > 1:
        return Near(tuple(words), min(int(apart["most"] or 10), _FARTHEST))
    return Phrase(tuple(words), typing=typing, quoted=True)


def before_slips(text: str) -> str:
    """Return a word without ``~N`` behind it; other text as it is."""
    before, tilde, after = text.rpartition("~")
    slips = tilde and (not after or after.isdigit())
    return before if slips and words_of(before) else text


def chunk_node(text: str, words: list[str], *, typing: bool) -> tuple[Node, bool]:
    """Return what stands between spaces, and whether its spelling is worth checking."""
    fuzzy = _FUZZY.match(text)
    if fuzzy and len(words) == 1:
        slips = int(fuzzy["slips"] or (1 if len(words[0]) < _LONG else 2))
        return Fuzzy(words[0], slips), False
    if _PATTERN.match(text) and text.strip("*?"):
        return Wildcard("".join(c if c in "*?" else fold(c) for c in _pieces(text))), False
    star = text.endswith("*")
    typing = typing and not star
    if len(words) == 1:
        word = Word(words[0], star, typing, capitals=len(words[0]) > 1 and text.isupper())
        symbol = _PARAGRAPH.match(words[0])
        return (Or((word, Phrase(symbol.groups()))) if symbol else word), not star  # 13f
    phrase = Phrase(tuple(words), typing=typing or star)
    if "-" in text and "/" not in text:
        return Or((phrase, Word("".join(words)))), False  # cyber-attack, cyberattack
    return phrase, False


def _pieces(pattern: str) -> list[str]:
    return re.findall(r"[*?]|[^*?]+", re.sub(r"\*+", "*", pattern))


def filter_node(name: str, value: str, *, typing: bool) -> Filter | Years:
    """Return what a field's value means; raises `MistakeError` for one that can't be."""
    if name == "year":
        return _years(value, typing=typing)
    pieces = [piece.strip("/ ") for piece in value.split(",")]
    values = tuple(_value(name, piece) for piece in pieces if piece)
    typing = typing and not value.endswith(",")
    choices = FIELDS[name].choices
    if choices:
        values = _chosen(values, choices, typing=typing)
    if not values or not all(values):
        choice = f" Choose from {', '.join(choices)}." if choices else ""
        raise MistakeError(f"“{value}” is no value for {name}:, which was left out.{choice}")
    return Filter(name, values, typing)


def _value(name: str, piece: str) -> str:
    if name in VALUE_FIELDS or (name in RECORD_FIELDS and ":" not in piece):
        return " ".join(words_of(piece))
    return fold(piece)


def _chosen(values: tuple[str, ...], choices: tuple[str, ...], *, typing: bool) -> tuple[str, ...]:
    """Take plurals for singulars, and while the last is typed all that begin so."""
    found: list[str] = []
    for n, value in enumerate(values):
        begun = [choice for choice in choices if choice.startswith(value)]
        if value in choices or value.removesuffix("s") in choices:
            found.append(value if value in choices else value.removesuffix("s"))
        elif typing and n == len(values) - 1 and begun:
            found += begun
        else:
            return ()
    return tuple(found)


def _years(value: str, *, typing: bool) -> Years:
    match = _YEARS.match(value)
    if match is None or value in ("..", "-", "–"):
        begun = re.match(r"(?:(\d{4})(?:\.|\.\.|-|–))?(\d{0,3})\Z", value)
        if typing and begun and (begun[1] or begun[2]):
            return _begun_years(begun[1], begun[2])
        raise MistakeError(
            f"“{value}” is no year and was left out; write year:2015 or year:2011..2015."
        )
    if match[4]:
        return Years(int(match[4]), int(match[4]))
    return Years(*(int(year) if year else None for year in (match[1], match[3])))


def _begun_years(first: str | None, digits: str) -> Years:
    """All years that begin with the digits typed so far."""
    low, high = (int(digits.ljust(4, "0")), int(digits.ljust(4, "9"))) if digits else (None, None)
    return Years(int(first), high) if first else Years(low, high)
