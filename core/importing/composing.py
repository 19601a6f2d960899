"""Puts a canonical text together: passages with their spans, within bounds."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.text import Passage, PassageKind, Span, SpanKind, Text
from core.importing.characters import clean, compose
from core.importing.limits import (
    LONGEST_PASSAGE,
    MOST_CHARACTERS,
    MOST_PASSAGES,
    MOST_SPANS,
    too_much_text,
)

_LONGEST_TARGET = 2000
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"]+\Z", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;。！？؟۔]['”’»)\]]* |[。！？]")
_ROWS = (PassageKind.TABLE_HEAD, PassageKind.TABLE_ROW)
_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``start <= i < end`` of a run of words with a meaning."""

    start: int
    end: int
    kind: SpanKind
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words as a reader found it, and the marks on it."""

    text: str
    marks: tuple[Mark, ...] = ()


def address(target: str) -> str | None:
    """Return a link's target where it is a web address, else None."""
    target = target.strip()
    return target if len(target) <= _LONGEST_TARGET and _ADDRESS.match(target) else None


class Composer:
    """Collects the passages of one document; raises `Refused` where they grow too many."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._passages: list[Passage] = []
        self._spans: list[Span] = []
        self._unmarked = 0

    @property
    def count(self) -> int:
        """How many passages there are so far."""
        return len(self._passages)

    def ends_with(self, kind: PassageKind, words: str) -> bool:
        """Tell whether the passage added last is of this kind and says these words."""
        if not self._passages or self._passages[-1].kind is not kind:
            return False
        return self._parts[-1].split() == words.split()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was left out, if anything."""
        if not self._unmarked:
            return ()
        return (f"{self._unmarked:,} marks of emphasis and links were left out.",)

    def add(
        self, kind: PassageKind, words: Words, *, level: int = 0, label: str | None = None
    ) -> None:
        """Add words as one passage, or as several where they are very long; none if empty."""
        text, marks = _trimmed(words, keep_spaces=kind is PassageKind.VERBATIM)
        self._place(kind, text, marks, level, label)

    def add_row(self, kind: PassageKind, cells: Sequence[Words]) -> None:
        """Add a row of a table, with a tab between its cells; none if all are empty."""
        parts: list[str] = []
        marks: list[Mark] = []
        at = 0
        for cell in cells:
            text, of_cell = _trimmed(cell, keep_spaces=False)
            marks += [Mark(m.start + at, m.end + at, m.kind, m.target) for m in of_cell]
            parts.append(text)
            at += len(text) + 1
        if any(parts):
            self._place(kind, "\t".join(parts), marks, 0, None)

    def finish(self) -> Text:
        """Return the text."""
        spans = sorted(self._spans, key=lambda span: (span.start, -span.end))
        return Text("".join(self._parts), tuple(self._passages), tuple(spans))

    def _place(
        self, kind: PassageKind, text: str, marks: Sequence[Mark], level: int, label: str | None
    ) -> None:
        if not text.strip():
            return
        ends = _ends(text, whole=kind in _ROWS)
        start = 0
        for end, within in zip(ends, _shared_out(marks, ends), strict=True):
            piece = text[start:end]
            stripped = piece if start == 0 else piece.lstrip(" ")
            self._append(kind, stripped.rstrip(" "), within, end - len(stripped), level, label)
            start = end

    def _append(
        self,
        kind: PassageKind,
        text: str,
        marks: Sequence[Mark],
        first: int,
        level: int,
        label: str | None,
    ) -> None:
        """Add one passage whose text begins at ``first`` of what the marks count in."""
        if not text:
            return
        if self._passages:
            self._parts.append("\n")
            self._length += 1
        start, end = self._length, self._length + len(text)
        number = len(self._passages)
        self._parts.append(text)
        self._length = end
        self._passages.append(Passage(number, kind, level, start, end, label))
        if self._length > MOST_CHARACTERS or number >= MOST_PASSAGES:
            raise too_much_text()
        for mark in marks:
            low = max(start, start + mark.start - first)
            high = min(end, start + mark.end - first)
            if low < high and len(self._spans) < MOST_SPANS:
                self._spans.append(Span(low, high, mark.kind, mark.target))
            elif low < high:
                self._unmarked += 1


def _trimmed(words: Words, *, keep_spaces: bool) -> tuple[str, list[Mark]]:
    """Return clean words in NFC without spaces around them, their marks moved along."""
    text = words.text
    if not words.marks:
        text = clean(text) if keep_spaces else _SPACES.sub(" ", clean(text))
        text, _ = compose(text, ())
        return (text.rstrip() if keep_spaces else text.strip()), []
    cuts = sorted({place for m in words.marks for place in (m.start, m.end)})
    text, moved = _cleaned_between(text, cuts)
    text, composed = compose(text, list(moved.values()))
    lead = 0 if keep_spaces else len(text) - len(text.lstrip())
    tail = len(text.rstrip())
    places = {cut: min(max(composed[place], lead), tail) - lead for cut, place in moved.items()}
    marks = [Mark(places[m.start], places[m.end], m.kind, m.target) for m in words.marks]
    return text[lead:tail], [mark for mark in marks if mark.start < mark.end]


def _cleaned_between(text: str, cuts: Sequence[int]) -> tuple[str, dict[int, int]]:
    """Clean the words between cuts one by one, and tell where the cuts have come to lie."""
    parts: list[str] = []
    places: dict[int, int] = {}
    length = before = 0
    for cut in [*cuts, len(text)]:
        piece = clean(text[before:cut])
        parts.append(piece)
        length += len(piece)
        places[cut] = length
        before = cut
    return "".join(parts), places


def _shared_out(marks: Sequence[Mark], ends: Sequence[int]) -> list[Sequence[Mark]]:
    """Return the marks that touch each piece of a text, by where the pieces end."""
    if len(ends) == 1:
        return [marks]
    shares: list[list[Mark]] = [[] for _ in ends]
    for mark in marks:
        for at in range(bisect_right(ends, mark.start), bisect_left(ends, mark.end) + 1):
            shares[min(at, len(ends) - 1)].append(mark)
    return list(shares)


def _ends(text: str, *, whole: bool) -> list[int]:
    """Return where to end each passage of a text: at its end, or between sentences before."""
    ends: list[int] = []
    start = 0
    while len(text) - start > LONGEST_PASSAGE and not whole:
        limit = start + LONGEST_PASSAGE
        sentences = [m.end() for m in _SENTENCE_END.finditer(text, start + 1, limit)]
        space = text.rfind(" ", start + 1, limit)
        start = sentences[-1] if sentences else space + 1 if space > start else limit
        ends.append(start)
    return [*ends, len(text)]
