"""The stem of a word, by its script and, for Latin letters, by what its ending tells.

English, French, Spanish and Russian stems are Snowball's; the Arabic one takes off the article,
the particles written together with a word, and the commonest endings (after Larkey, Ballesteros
and Connell, "Light Stemming for Arabic", 2007).
"""

import re
import threading
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

_CYRILLIC = re.compile(r"[\u0400-\u04ff]+\Z")
_ARABIC = re.compile(r"[\u0620-\u06ff]+\Z")
# Endings that English does not have, on words long enough to have a stem before them.
_SPANISH = re.compile(
    r"\w{3,}(?:cion|ciones|sion|siones|dad|dades|mente|icos?|icas?|ados?|adas?)\Z"
)
_FRENCH = re.compile(
    r"\w{3,}(?:ites?|iques?|ement|ements|aux|euses?|eurs?|iennes?|elles?|aires?)\Z"
)
_ARABIC_BEGINNINGS = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ك")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


class _Stemming(threading.local):
    """Stemmers for each thread, since one must not be shared."""

    def __init__(self, language: str) -> None:
        import Stemmer  # at first use: the window must not wait for it

        library: Any = Stemmer
        self.stems: Callable[[list[str]], list[str]] = library.Stemmer(language).stemWords


@cache
def _stemming(language: str) -> _Stemming:
    return _Stemming(language)


def stems_of(words: Iterable[str], language: str = "english") -> list[str]:
    """Return the stem of each folded word in a language."""
    return _stemming(language).stems(list(words))


def language_of(word: str) -> str | None:
    """Return what a folded word is, other than English, by its script or ending; None if unsure."""
    if word.isascii():
        if _SPANISH.match(word):
            return "spanish"
        return "french" if _FRENCH.match(word) else None
    if _CYRILLIC.match(word):
        return "russian"
    return "arabic" if _ARABIC.match(word) else None


def stem_of(word: str, language: str) -> str:
    """Return a folded word's stem in a language that `language_of` gives, or English."""
    if language == "arabic":
        return _arabic(word)
    return stems_of((word,), language)[0]


def beginnings_of(stem: str, language: str) -> list[str]:
    """Return what words with a stem begin with."""
    if language != "arabic":
        return [stem]
    return [stem, *(before + stem for before in _ARABIC_BEGINNINGS)]


def _arabic(word: str) -> str:
    for before in _ARABIC_BEGINNINGS:
        if word.startswith(before) and len(word) - len(before) >= (3 if len(before) == 1 else 2):
            word = word[len(before) :]
            break
    for after in _ARABIC_ENDINGS:
        if word.endswith(after) and len(word) - len(after) >= 3:
            return word[: -len(after)]
    return word
