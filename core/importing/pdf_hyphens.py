"""Words parted at a line's end: which hyphens were put there by the break, which are the word's."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+(?:[-‐‑][^\W\d_]+)*)[-‐\u00ad]$")
_LONGEST_WORD = 200
_HEAD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
# What commonly stands before a hyphen of its own, where neither form is found in the text.
_PREFIXES = frozenset(["self", "non", "well", "long", "short", "high", "low"])
# What is a word by itself, yet commonly begins one that is written solid.
_SOLID = frozenset(
    [
        *("under", "over", "with", "there", "here", "where", "further", "never", "none", "some"),
        *("every", "back", "fore", "through", "mean", "like", "wide", "after", "counter", "inter"),
    ]
)
_ENDINGS = frozenset(["либо", "нибудь", "то", "таки"])  # Russian particles


class Hyphens:
    """Decides by the other words of the same text."""

    def __init__(self, lines: list[str]) -> None:
        self._words: Counter[str] = Counter()
        goes_on = False
        for line in lines:
            words = _WORD.findall(line.casefold())
            halved = needs_joining(line)
            # Halves of words are none.
            self._words.update(words[goes_on : len(words) - halved])
            goes_on = halved

    def join(self, before: str, after: str) -> str:
        """Return two lines as one, where the first ends with a hyphen."""
        if before.endswith("\u00ad"):
            return before[:-1] + after
        near = max(0, len(before) - _LONGEST_WORD)
        tail, head = _TAIL.search(before, near), _HEAD.match(after)
        if not tail or not head:
            return before + after if before[-2:-1].isalnum() else f"{before} {after}"
        first, second = tail[1].casefold(), head[0].casefold()
        if self._keeps(first, second, head[0]):
            return before + after
        return before[:-1] + after

    def _keeps(self, first: str, second: str, head: str) -> bool:
        whole, parted = self._words[first + second], self._words[f"{first}-{second}"]
        if whole != parted:
            return parted > whole
        if head[0].isupper() or first in _PREFIXES or second in _ENDINGS:
            return True
        are_words = self._words[first] > 0 and self._words[second] > 0
        return are_words and len(first) > 3 and first not in _SOLID


def needs_joining(before: str) -> bool:
    """Whether a line ends with a hyphen after a letter."""
    return before.endswith(("-", "\u00ad", "‐")) and before[-2:-1].isalpha()
