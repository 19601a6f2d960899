"""A text folded as a search folds its words, whose places are still known in the text itself."""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache

from core.search.analysis import fold

_SIGNS = str.maketrans(
    dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("‐‑‒–—―−", "-")
)
_KEPT = 4  # texts; the open one is searched again at every keystroke


class _Table(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __init__(self, *, case: bool) -> None:
        super().__init__()
        self._case = case
        self.uneven: set[str] = set()
        """Characters met that do not fold to exactly one."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        # A mark belongs to the letter before it: alone it would not be dropped.
        folded = fold("a" + character.translate(_SIGNS))[1:]
        if self._case and character != character.lower():
            folded = folded.upper()
        if len(folded) != 1:
            self.uneven.add(character)
        self[code] = folded
        return folded


_TABLES = {case: _Table(case=case) for case in (False, True)}


class FoldedText:
    """A text without accents, ligatures and typographic signs; without case unless ``case``.

    ``folded`` is what to search in. Offsets count code points of either text.
    """

    __slots__ = ("_folded_starts", "_is_uneven", "_starts", "folded")

    def __init__(self, content: str, *, case: bool = False) -> None:
        table = _TABLES[case]
        self.folded = content.translate(table)
        self._folded_starts, self._starts, self._is_uneven = [0], [0], [False]
        shift = 0  # of the folded text against the text
        for place in _places_of(content, table):
            width = len(table[ord(content[place])])
            if width:
                self._cut(place + shift, place, uneven=True)
            shift += width - 1
            self._cut(place + 1 + shift, place + 1, uneven=False)

    def _cut(self, folded: int, place: int, *, uneven: bool) -> None:
        self._folded_starts.append(folded)
        self._starts.append(place)
        self._is_uneven.append(uneven)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``folded[start:end]`` stands in the text, whole characters of it.

        A mark goes with the letter before it.
        """
        return self._place(start, closing=False), self._place(end, closing=True)

    def _place(self, folded: int, *, closing: bool) -> int:
        at = bisect_right(self._folded_starts, folded) - 1
        into = folded - self._folded_starts[at]
        if self._is_uneven[at]:
            return self._starts[at] + (closing and into > 0)
        return self._starts[at] + into


def _places_of(content: str, table: _Table) -> list[int]:
    """Return the places of all characters that do not fold to exactly one."""
    if content.isascii() or not table.uneven:
        return []
    uneven = "".join(re.escape(character) for character in sorted(table.uneven))
    return [match.start() for match in re.finditer(f"[{uneven}]", content)]


@lru_cache(maxsize=_KEPT)
def fold_text(content: str, *, case: bool) -> FoldedText:
    """Return a text folded; the last few are kept."""
    return FoldedText(content, case=case)


def fold_wanted(wanted: str, *, case: bool) -> str:
    """Fold what is looked for just as the texts are."""
    return unicodedata.normalize("NFC", wanted).translate(_TABLES[case])
