"""Characters of a canonical text: control characters gone, white space plain, NFC once.

Marks of direction and joiners stay: they belong to how a text reads.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

# Not in any text: control characters, soft hyphens (they only say where a line may break), byte
# order marks, noncharacters, interlinear marks and pictures' stand-ins.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\ufeff\ufff9-\ufffc\ufdd0-\ufdef\ufffe\uffff"
    "\U0001fffe\U0001ffff\U0010fffe\U0010ffff]+"
)
_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LATER_JAMO = ("\u1160", "\u11ff")  # join what precedes them though they are no marks


def clean(words: str) -> str:
    """Return words without what no text holds; breaks and tabs become a space. Not yet NFC."""
    if words.isprintable() and "\ufffc" not in words:
        return words
    words = _BREAKS.sub(" ", words)
    words = _DROPPED.sub("", words)
    return _SURROGATES.sub("\ufffd", words)


def compose(words: str, cuts: Sequence[int]) -> tuple[str, dict[int, int]]:
    """Return ``words`` in NFC, and where each of ``cuts`` (offsets in them) has come to lie.

    A cut that stands between a letter and its marks moves behind the marks.
    """
    if unicodedata.is_normalized("NFC", words):
        return words, {cut: cut for cut in cuts}
    whole = unicodedata.normalize("NFC", words)
    wanted = sorted({0, len(words), *(_behind_marks(words, cut) for cut in cuts)})
    parts: list[str] = []
    places = {0: 0}
    length = 0
    for start, end in pairwise(wanted):
        parts.append(unicodedata.normalize("NFC", words[start:end]))
        length += len(parts[-1])
        places[end] = length
    if "".join(parts) != whole:  # a rare letter that joins across a cut
        places = {place: min(moved, len(whole)) for place, moved in places.items()}
    return whole, {cut: places[wanted[bisect_left(wanted, cut)]] for cut in cuts}


def _behind_marks(words: str, cut: int) -> int:
    while 0 < cut < len(words) and _joins(words[cut]):
        cut += 1
    return cut


def _joins(character: str) -> bool:
    first, last = _LATER_JAMO
    return bool(unicodedata.combining(character)) or first <= character <= last
