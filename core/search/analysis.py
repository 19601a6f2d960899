"""Text to words: one tokeniser and folding for index, queries and marks; English stems.

Offsets are never touched: folding works on each word alone, so a word keeps its place in the
canonical text however many letters its folded form has.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

# Combining marks are no \w in Python, yet belong to the word they stand in; for the Indic
# scripts the whole block counts but for its full stops. The last two join letters invisibly.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
# Scripts written without spaces, and pictures: each character is a word of its own, and what is
# typed in one run is looked for as a phrase.
_SOLO = (
    "\u2600-\u27bf\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001f1e6-\U0001faff\U00020000-\U0003ffff"
)
_TOKEN = re.compile(
    rf"[{_SOLO}]|[^\W{_SOLO}](?:[^\W{_SOLO}]|[{_MARKS}])*"
    rf"(?:['’][^\W{_SOLO}](?:[^\W{_SOLO}]|[{_MARKS}])*)*"
)
_ASCII_TOKEN = re.compile(r"\w+(?:'\w+)*")
_LETTERS = str.maketrans(
    {"’": "'", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"ħ": "h", "ŧ": "t", "\u0640": "", "\u200c": "", "\u200d": "", "\ufe0f": ""}
)
_INDIC = "\u0900"  # from here on marks are vowels, not accents


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the form under which a word is looked up: no case, accents or ligatures."""
    if word.isascii():
        return word.lower()
    spread = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(c for c in spread if c >= _INDIC or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.casefold().translate(_LETTERS)) or word


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    return [fold(word) for word in _TOKEN.findall(text)]


def spans_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word with its place in the text; the same words as `words_of`."""
    for match in _TOKEN.finditer(text):
        yield fold(match[0]), match.start(), match.end()


class _Stemming(threading.local):
    """A stemmer for each thread, since one must not be shared."""

    def __init__(self) -> None:
        import Stemmer  # at first use: the window must not wait for it

        library: Any = Stemmer
        self.stems: Callable[[list[str]], list[str]] = library.Stemmer("english").stemWords


@cache
def _stemming() -> _Stemming:
    return _Stemming()


def stems_of(words: Iterable[str]) -> list[str]:
    """Return the English stem of each folded word."""
    return _stemming().stems(list(words))
