"""The words of the index as they are written: stems, beginnings, and did-you-mean.

Stems are kept here and not in the index: a word's relatives share its stem, and a search adds up
their occurrences at a discount. So one list of postings serves exact forms, stems and phrases.
"""

from bisect import bisect_left
from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np

from core.search.analysis import stems_of

MOST_BEGINNINGS = 16
_CANDIDATES = 4 * MOST_BEGINNINGS  # looked at in each segment
_LONGEST_TYPO = 32
_LONG = 8  # characters from which on two slips are forgiven


class Stems(Protocol):
    """Finds the words that share a stem."""

    def get(self, stem: str, default: list[str] | tuple[()] = ()) -> list[str] | tuple[()]:
        """Return the words with a stem."""
        ...


class Counts:
    """How many documents hold each word; found by bisection, nothing is copied."""

    def __init__(self, words: list[str], numbers: "np.ndarray[Any, Any]") -> None:
        self._words = words
        self.numbers = numbers

    def get(self, word: str, default: int = 0) -> int:
        """Return a word's count."""
        place = bisect_left(self._words, word)
        if place < len(self._words) and self._words[place] == word:
            return int(self.numbers[place])
        return default

    def __getitem__(self, word: str) -> int:
        return self.get(word)


class WordList:
    """The words of one segment, sorted; unchanging."""

    def __init__(self, words: list[str], counts: "np.ndarray[Any, Any]", relatives: Stems) -> None:
        self.sorted = words
        self.counts = Counts(words, counts)
        self.relatives = relatives

    def beginning(self, prefix: str) -> list[str]:
        """Return all words that begin so."""
        begin, end = self._range(prefix)
        return self.sorted[begin:end]

    def frequent(self, prefix: str, most: int) -> list[str]:
        """Return the most frequent words that begin so."""
        begin, end = self._range(prefix)
        if end - begin <= most:
            return self.sorted[begin:end]
        order = np.argsort(-self.counts.numbers[begin:end], kind="stable")[:most]
        return [self.sorted[begin + place] for place in order.tolist()]

    def _range(self, prefix: str) -> tuple[int, int]:
        begin = bisect_left(self.sorted, prefix)
        return begin, bisect_left(self.sorted, prefix + "\U0010ffff", begin)


class Vocabulary:
    """The words of all segments together."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        self._lists = tuple(lists)

    def count(self, word: str) -> int:
        """Return how many documents hold the word."""
        return sum(words.counts.get(word, 0) for words in self._lists)

    def relatives(self, word: str) -> set[str]:
        """Return the other words with the same English stem."""
        if not word.isascii():
            return set()
        stem = stems_of([word])[0]
        return {w for words in self._lists for w in words.relatives.get(stem, ())} - {word}

    def beginnings(self, prefix: str) -> set[str]:
        """Return the most frequent other words that begin so, at most `MOST_BEGINNINGS`."""
        # A word that is among the most frequent of all is so in some segment, or rare in each.
        found = {w for words in self._lists for w in words.frequent(prefix, _CANDIDATES)}
        counts = {word: self.count(word) for word in found - {prefix}}
        return set(sorted(counts, key=lambda w: (-counts[w], w))[:MOST_BEGINNINGS])

    def nearest(self, word: str) -> str | None:
        """Return the likeliest word meant, one or two slips away; None if there is none."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(word) < 4 or len(word) > _LONGEST_TYPO or word.isdigit():
            return None
        slips = 1 if len(word) < _LONG else 2
        best: tuple[int, bool, int, str] | None = None
        for words in self._lists:
            near = process.extract(
                word, words.sorted, scorer=OSA.distance, score_cutoff=slips, limit=50
            )
            for other, distance, _ in near:
                if distance > 1 and other[0] != word[0]:
                    continue
                rank = (int(distance), other[0] != word[0], -self.count(other), other)
                best = min(best, rank) if best else rank
        return best[3] if best else None
