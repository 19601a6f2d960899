"""The words of the index as they are written: stems, beginnings, and did-you-mean.

Stems are kept here and not in the index: a word's relatives share its stem, and a search adds up
their occurrences at a discount. So one list of postings serves exact forms, stems and phrases.
"""

import heapq
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from core.search.spelling import derived, other_spellings
from core.search.stems import beginnings_of, language_of, stem_of, stems_of

MOST_BEGINNINGS = 16
_MOST_RELATIVES = 64  # looked at in languages other than English
_CANDIDATES = 4 * MOST_BEGINNINGS  # looked at in each segment
_LONGEST_TYPO = 32
_SHORTEST_HALF, _MOST_KEPT = 3, 512
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

    @cached_property
    def by_length(self) -> Mapping[int, Sequence[str]]:
        """The words by how many characters they have: only those can be a few slips away."""
        found: defaultdict[int, list[str]] = defaultdict(list)
        for word in self.sorted:
            found[len(word)].append(word)
        return found

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

    @cached_property
    def _joined(self) -> str:
        return "\n" + "\n".join(self.sorted) + "\n"

    def fitting(self, pattern: str) -> Iterator[str]:
        """Yield the words of a pattern with ``*`` for any letters and ``?`` for one.

        Its longest piece is looked for in all words at once, which is much faster than
        matching word by word.
        """
        whole = re.compile(
            "".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern), re.DOTALL
        )
        begins = re.split(r"[*?]", pattern, maxsplit=1)[0]
        if begins:
            yield from (word for word in self.beginning(begins) if whole.fullmatch(word))
            return
        piece = max(re.split(r"[*?]", pattern), key=len)
        place = self._joined.find(piece, 1)
        while place >= 0:
            end = self._joined.index("\n", place)
            word = self._joined[self._joined.rindex("\n", 0, place) + 1 : end]
            if whole.fullmatch(word):
                yield word
            place = self._joined.find(piece, end)


class Vocabulary:
    """The words of all segments together."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        self._lists = tuple(lists)
        self._nearest: dict[str, str | None] = {}  # asked again with every key struck

    def count(self, word: str) -> int:
        """Return how many documents hold the word."""
        return sum(words.counts.get(word, 0) for words in self._lists)

    def spellings(self, word: str) -> set[str]:
        """Return the word as the other standard of English spells it, where that is here."""
        return {other for other in other_spellings(word) if self.count(other)}

    def relatives(self, word: str) -> set[str]:
        """Return the other words with the same stem, in English or in the word's own language."""
        found: set[str] = set()
        if word.isascii():
            known = [other for other in derived(word) if self.count(other)]
            for stem in set(stems_of((word, *other_spellings(word), *known))):
                found.update(*(words.relatives.get(stem, ()) for words in self._lists))
        language = language_of(word)
        if language is not None:
            stem = stem_of(word, language)
            for begins in beginnings_of(stem, language) if len(stem) > 2 else ():
                near = [other for other, _ in self.most_frequent(begins, _MOST_RELATIVES)]
                found |= {other for other in near if stem_of(other, language) == stem}
        return found - {word}

    def beginnings(self, prefix: str) -> set[str]:
        """Return the most frequent other words that begin so, at most `MOST_BEGINNINGS`."""
        return {w for w, _ in self.most_frequent(prefix, MOST_BEGINNINGS + 1) if w != prefix}

    def most_frequent(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return the most frequent words that begin so, with how many documents hold them."""
        # A word that is among the most frequent of all is so in some segment, or rare in each.
        found = {w for words in self._lists for w in words.frequent(prefix, _CANDIDATES + limit)}
        counts = {word: self.count(word) for word in found}
        best = heapq.nsmallest(limit, counts, key=lambda word: (-counts[word], word))
        return [(word, counts[word]) for word in best]

    def near(self, word: str, slips: int, limit: int) -> list[tuple[str, int]]:
        """Return the words at most so many slips away with their distance, nearest first."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found: dict[str, int] = {}
        for words in self._lists if len(word) <= _LONGEST_TYPO else ():
            for length in range(len(word) - slips, len(word) + slips + 1):
                sized = words.by_length.get(length, ())
                near = process.extract(
                    word, sized, scorer=OSA.distance, score_cutoff=slips, limit=limit
                )
                found |= {other: int(distance) for other, distance, _ in near}
        best = heapq.nsmallest(limit, found, key=lambda w: (found[w], -self.count(w), w))
        return [(other, found[other]) for other in best]

    def fitting(self, pattern: str, limit: int) -> list[str]:
        """Return the most frequent words of a pattern with ``*`` and ``?``."""
        found = {word for words in self._lists for word in words.fitting(pattern)}
        return heapq.nsmallest(limit, found, key=lambda word: (-self.count(word), word))

    def nearest(self, word: str) -> str | None:
        """Return the likeliest word meant, one or two slips away; or two words run together.

        None if there is neither.
        """
        if len(word) < 4 or len(word) > _LONGEST_TYPO or word.isdigit():
            return None
        found = self._nearest.get(word, "")
        if found == "":
            found = self._likeliest(word) or self._parted(word)
            if len(self._nearest) < _MOST_KEPT:
                self._nearest[word] = found
        return found

    def _likeliest(self, word: str) -> str | None:
        ranked = [
            (distance, other[0] != word[0], -self.count(other), other)
            for other, distance in self.near(word, 1 if len(word) < _LONG else 2, 50)
            if distance == 1 or other[0] == word[0]
        ]
        return min(ranked)[3] if ranked else None

    def _parted(self, word: str) -> str | None:
        """Part two words that were typed without the space between."""
        halves = [(word[:n], word[n:]) for n in range(_SHORTEST_HALF, len(word) - 2)]
        known = [(min(map(self.count, pair)), pair) for pair in halves]
        best = max(known, default=(0, ("", "")))
        return " ".join(best[1]) if best[0] > 1 else None
