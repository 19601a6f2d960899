"""Marks the words that answered, in a snippet or in a whole text."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from core.search.analysis import spans_among

Range = tuple[int, int]
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Marker:
    """Knows the folded word forms that answer a query.

    ``phrases`` are sequences of alternatives: each step is the set of forms that fit there.
    """

    words: frozenset[str] = frozenset()
    phrases: tuple[tuple[frozenset[str], ...], ...] = ()

    def spans(self, text: str) -> list[Range]:
        """Return the places of all hits in a text, in order, not overlapping."""
        if not (self.words or self.phrases):
            return []
        steps = (step for phrase in self.phrases for step in phrase)
        tokens = spans_among(text, self.words.union(*steps))
        hit = [word in self.words for _, word, _, _ in tokens]
        joined = [False] * len(tokens)  # to the one before
        for phrase in self.phrases:
            for i in _starts(phrase, tokens):
                hit[i : i + len(phrase)] = [True] * len(phrase)
                joined[i + 1 : i + len(phrase)] = [True] * (len(phrase) - 1)
        found: list[Range] = []
        for i, (_, _, start, end) in enumerate(tokens):
            if hit[i] and joined[i] and found:
                found[-1] = (found[-1][0], _closed(text, found[-1][0], end))
            elif hit[i]:
                found.append((start, end))
        return found

    def snippet(self, text: str, width: int = 220) -> str:
        """Return the stretch of ``text`` with the most hits, escaped, hits in ``<mark>``.

        ``width`` is in code points, not counting marks; words are never cut.
        """
        spans = self.spans(text)
        start, end = _window(text, spans, width)
        parts: list[str] = [_ELLIPSIS] if start > 0 else []
        place = start
        for left, right in spans:
            if left >= start and right <= end:
                parts.append(escape(text[place:left]))
                parts.append(f"<mark>{escape(text[left:right])}</mark>")
                place = right
        parts.append(escape(text[place:end]))
        if end < len(text):
            parts.append(_ELLIPSIS)
        return "".join(parts).replace("\n", " ").replace("\t", " · ")


def _closed(text: str, start: int, end: int) -> int:
    """Take in the parenthesis that closes one inside, as in 13(f)."""
    return end + (text[end : end + 1] == ")" and "(" in text[start:end])


def _starts(
    phrase: Sequence[frozenset[str]], tokens: Sequence[tuple[int, str, int, int]]
) -> list[int]:
    """Return where among the words that may be in it a phrase begins; they follow in the text."""
    first, *others = phrase
    last = len(phrase) - 1
    return [
        i
        for i in range(len(tokens) - last)
        if tokens[i][1] in first
        and tokens[i + last][0] == tokens[i][0] + last
        and all(tokens[i + k][1] in forms for k, forms in enumerate(others, 1))
    ]


def _window(text: str, spans: Sequence[Range], width: int) -> Range:
    """Choose the stretch of at most ``width`` that shows the most different hits."""
    if len(text) <= width:
        return 0, len(text)
    best, chosen = -1, 0
    starts = [s for s, _ in spans]
    for i, (left, _) in enumerate(spans):
        last = bisect_left(starts, left + width)
        different = len({text[s:e].casefold() for s, e in spans[i:last]})
        if different * 100 + last - i > best:
            best, chosen = different * 100 + last - i, left
    return _whole_words(text, max(0, min(chosen - width // 5, len(text) - width)), width)


def _whole_words(text: str, start: int, width: int) -> Range:
    end = min(len(text), start + width)
    if start > 0:
        gap = text.find(" ", start, start + 40)
        start = gap + 1 if gap >= 0 else start
    if end < len(text):
        gap = text.rfind(" ", end - 40, end)
        end = gap if gap > start else end
    return start, end
