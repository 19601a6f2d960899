"""Words parted at a line's end: which hyphens were put there by the break, which are the word's."""

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+(?:[-‐‑][^\W\d_]+)*)[-‐\u00ad]$")
_HEAD = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
# What commonly stands before a hyphen of its own, where neither form is found in the text.
_PREFIXES = frozenset(["self", "non", "well", "long", "short", "high", "low"])


class Hyphens:
    """Decides by the other words of the same text."""

    def __init__(self, lines: list[str]) -> None:
        self._words: Counter[str] = Counter()
        for line in lines:
            # A line's first and last words may be halves.
            self._words.update(_WORD.findall(line.casefold())[1:-1])

    def join(self, before: str, after: str) -> str:
        """Return two lines as one, where the first ends with a hyphen."""
        if before.endswith("\u00ad"):
            return before[:-1] + after
        tail, head = _TAIL.search(before), _HEAD.match(after)
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
        if head[0].isupper():
            return True
        if first in _PREFIXES:
            return True
        return self._words[first] > 0 and self._words[second] > 0 and len(first) > 3


def needs_joining(before: str) -> bool:
    """Whether a line ends with a hyphen after a letter."""
    return before.endswith(("-", "\u00ad", "‐")) and before[-2:-1].isalpha()
