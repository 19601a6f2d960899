"""Text to words: one tokeniser and folding for index, queries and marks.

Offsets are never touched: folding works on each word alone, so a word keeps its place in the
canonical text however many letters its folded form has.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache

from core.search.hanzi import simplified

# Combining marks are no \w in Python, yet belong to the word they stand in; for the Indic
# scripts the whole block counts but for its full stops. The last two join letters invisibly.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
# Scripts written without spaces, Korean (whose particles cling to its words), and pictures: each
# character is a word of its own, and what is typed in one run is looked for as a phrase.
_SOLO = (
    "\u1100-\u11ff\u2600-\u27bf\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\uff66-\uff9f"
    "\U0001f1e6-\U0001faff\U00020000-\U0003ffff"
)
# A Korean syllable may be written as its letters, and half-width kana with marks of their own.
_SYLLABLE = (
    "[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6][\u11a8-\u11ff\ud7cb-\ud7fb]?"
    "|[\uff66-\uff9d][\uff9e\uff9f]?|[\u3040-\u30ff][\u3099\u309a]"
)
_LETTER = rf"[^\W{_SOLO}](?:[^\W{_SOLO}]|[{_MARKS}])*"
# French and Italian put little words before an apostrophe: d'Ivoire, l'ONU, qu'elle.
_ELIDED = "(?:[cdjlmnstCDJLMNST]|[Qq][Uu])(?=['’][^\\W\\d]{2})"
_TOKEN = re.compile(rf"{_SYLLABLE}|[{_SOLO}]|{_ELIDED}|{_LETTER}(?:['’]{_LETTER})*")
_ASCII_WORD = re.compile(r"\w+")
_ASCII_TOKEN = re.compile(r"(?:[cdjlmnst]|qu)(?='[^\W\d]{2})|\w+(?:'\w+)*")
_LETTERS = str.maketrans(
    {"’": "'", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
    | {"ħ": "h", "ŧ": "t", "\u0640": "", "\u200c": "", "\u200d": "", "\ufe0f": "", "\u00ad": ""}
    # Arabic: forms of alef, of ya and of ta marbuta; Persian letters; digits of both.
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ٱ": "ا"}
    | simplified()
    | {chr(start + n): str(n) for start in (0x660, 0x6F0) for n in range(10)}
)
_SHORT_I = "\ue000"  # stands for a letter of its own, which is written as one with a mark
_INDIC = "\u0900"  # from here on marks are vowels, not accents


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the form to look a word up by: no case, accents, ligatures or traditional Chinese."""
    if word.isascii():
        return word.lower()
    composed = unicodedata.normalize("NFC", word).casefold().replace("й", _SHORT_I)
    spread = unicodedata.normalize("NFKD", composed).replace(_SHORT_I, "й")
    bare = "".join(c for c in spread if c >= _INDIC or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.casefold().translate(_LETTERS)) or word


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    if text.isascii():
        return (_ASCII_TOKEN if "'" in text else _ASCII_WORD).findall(text.lower())
    return [fold(word) for word in _TOKEN.findall(text)]


def spans_among(text: str, wanted: Container[str]) -> list[tuple[int, str, int, int]]:
    """Return those of a text's folded words that are wanted, each with its number and place."""
    if text.isascii():
        found = (_ASCII_TOKEN if "'" in text else _ASCII_WORD).finditer(text.lower())
        return [(n, m[0], m.start(), m.end()) for n, m in enumerate(found) if m[0] in wanted]
    spans = enumerate(spans_of(text))
    return [(n, word, start, end) for n, (word, start, end) in spans if word in wanted]


def spans_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word with its place in the text; the same words as `words_of`."""
    if text.isascii():  # the whole is folded at once
        for match in (_ASCII_TOKEN if "'" in text else _ASCII_WORD).finditer(text.lower()):
            yield match[0], match.start(), match.end()
        return
    for match in _TOKEN.finditer(text):
        yield fold(match[0]), match.start(), match.end()
