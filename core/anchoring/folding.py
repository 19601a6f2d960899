"""Texts without what formats set differently: quotation marks, dashes, breaks, white space.

A folded text has the letters, digits and signs of its text in the same order, accents as letters
of their own (Unicode's form NFD), and knows where each came from. Two texts that fold alike say
the same words.
"""

import re
import sys
import unicodedata
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from core.domain.annotations import TextPositionSelector

_QUOTES = (
    "'\"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033\u2035\u2036"
    "\u00ab\u00bb\u2039\u203a\u02bc\u02b9\uff02\uff07\u300c\u300d\u300e\u300f"
)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "".join(map(chr, (9, 10, 11, 12, 13, 28, 29, 30, 31, 0x85, 0xA0, 0x1680))) + "".join(
    map(chr, (*range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_ONE_FOR_ONE: Final = (
    dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SPACES + _UNSEEN, " ")
)
_ASCII, _LAST = 0x7F, 0xFFFF  # the last code of each kind; all signs above are before the latter
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    "\u2026": "...",
}
_RUNS = re.compile(r'-+|"{2,}')

Codes = NDArray[np.uint32]


class Folded:
    """A text and its folded form; ``places[i]`` is where the form's character ``i`` came from."""

    def __init__(self, text: str) -> None:
        codes, places = _spread(_codes(text))
        low = np.minimum(codes, _LAST)
        codes = np.where(codes > _LAST, codes, _one_for_one()[low])
        kept = np.flatnonzero(codes != ord(" "))
        codes = codes[kept]
        tight = _text(codes)
        dropped = _dropped(tight)
        if dropped:
            mask = np.ones(len(codes), dtype=bool)
            mask[dropped] = False
            kept = kept[mask]
            tight = _text(codes[mask])
        self.text = tight
        self.places = kept if places is None else places[kept]

    def at(self, offset: int) -> int:
        """Return the place in the form of what stands at or after an offset of the text."""
        return int(np.searchsorted(self.places, offset))

    def span(self, start: int, end: int) -> TextPositionSelector:
        """Return where ``form[start:end]`` (not empty) stands in the text."""
        return TextPositionSelector(int(self.places[start]), int(self.places[end - 1]) + 1)


@lru_cache(maxsize=2)
def folded(text: str) -> Folded:
    """Return a text's folded form; those last asked for are kept."""
    return Folded(text)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _one_for_one() -> Codes:
    table = np.arange(_LAST + 1, dtype=np.uint32)
    for sign, other in _ONE_FOR_ONE.items():
        table[ord(sign)] = ord(other)
    return table


def _spread(codes: Codes) -> tuple[Codes, NDArray[np.intp] | None]:
    """Write ligatures and accents out; the places are None where there are none."""
    there = np.zeros(sys.maxunicode + 1, bool)  # np.unique would first import masked arrays
    there[codes[codes > _ASCII]] = True
    signs = np.flatnonzero(there)
    written = [_written_out(chr(sign)) for sign in signs.tolist()]
    changed = [
        n for n, (sign, text) in enumerate(zip(signs, written, strict=True)) if text != chr(sign)
    ]
    if not changed:
        return codes, None
    signs, written = signs[changed], [written[n] for n in changed]
    at = np.flatnonzero((codes > _ASCII) & np.isin(codes, signs))
    which = np.searchsorted(signs, codes[at])
    lengths = np.array([len(text) for text in written])
    counts = np.ones(len(codes), dtype=np.intp)
    counts[at] = lengths[which]
    places = np.repeat(np.arange(len(codes)), counts)
    spread = codes[places]
    first = (np.cumsum(counts) - counts)[at]
    for n in range(int(lengths.max())):
        long = lengths[which] > n
        letters = np.array([ord(text[n]) if n < len(text) else 0 for text in written])
        spread[first[long] + n] = letters[which[long]]
    return spread, places


def _written_out(sign: str) -> str:
    return _LIGATURES.get(sign) or unicodedata.normalize("NFD", sign)


def _dropped(tight: str) -> list[int]:
    """Return the places of dashes inside words, as at a line's end, and of doubled signs."""
    found: list[int] = []
    for match in _RUNS.finditer(tight):
        start, end = match.span()
        inside = _is_letter(tight[max(0, start - 1) : start]) and _is_letter(tight[end : end + 1])
        found.extend(range(start if inside and tight[start] == "-" else start + 1, end))
    return found


def _is_letter(sign: str) -> bool:
    return sign.isalpha() or unicodedata.category(sign or " ").startswith("M")
