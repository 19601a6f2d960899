"""Find a quotation in a text: exactly, else by weighted likeness.

The weights follow the shape that web annotation clients use: the quotation counts most, its
surroundings less, the old position least. What is unknown (no prefix, no hint) is left out of the
sum, so that a score is always a share of what could be compared.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein

from core.anchoring.candidates import candidates
from core.domain.annotations import TextPositionSelector

QUOTE_WEIGHT = 50.0
PREFIX_WEIGHT = 20.0
SUFFIX_WEIGHT = 20.0
POSITION_WEIGHT = 2.0

MARGIN = 0.05
"""How much a match must lead the next one by to count as the only one."""

MIN_QUOTE = 0.5
"""Least likeness of the quotation itself for an approximate match."""

MAX_SCORED = 1000
"""Exact places that are scored; beyond it those nearest to the old position."""

MAX_BY_LETTER = 4_000
MAX_BY_WORD = 2_000_000
"""Longest quotations compared letter by letter and word by word; longer ones line by line."""


@dataclass(frozen=True, slots=True)
class Match:
    """The best place of a quotation. ``unique``: no other place is about as good."""

    position: TextPositionSelector
    score: float
    exact: bool
    unique: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """What is looked for; ``hint`` is the start it had, or None."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    hint: int | None = None


def find_quote(
    content: str, exact: str, prefix: str = "", suffix: str = ""
) -> tuple[TextPositionSelector, ...]:
    """Return every place, also overlapping ones, where the quotation stands between its context.

    The arguments are put into NFC first, as the canonical text is. An empty quotation stands
    nowhere.
    """
    exact, prefix, suffix = (unicodedata.normalize("NFC", s) for s in (exact, prefix, suffix))
    if not exact:
        return ()
    lead, length = len(prefix), len(exact)
    starts = occurrences(content, prefix + exact + suffix)
    return tuple(TextPositionSelector(s + lead, s + lead + length) for s in starts)


def occurrences(content: str, wanted: str) -> Iterator[int]:
    """Yield where ``wanted`` starts in ``content``, overlapping ones too."""
    at = content.find(wanted)
    while at >= 0:
        yield at
        at = content.find(wanted, at + 1)


def match_quote(content: str, quote: Quote) -> Match | None:
    """Return the best place of a quotation, or None when nothing is like it.

    An exact place always wins over an approximate one.
    """
    if not quote.exact or not content:
        return None
    places = find_quote(content, quote.exact, quote.prefix, quote.suffix)
    if not places:
        places = find_quote(content, quote.exact)
    if places:
        return _best(content, quote, places, exact=True)
    near = candidates(content, quote.exact, quote.prefix, quote.suffix, quote.hint)
    return _best(content, quote, near, exact=False)


def _best(
    content: str, quote: Quote, places: tuple[TextPositionSelector, ...], *, exact: bool
) -> Match | None:
    if len(places) > MAX_SCORED:
        hint = quote.hint or 0
        places = tuple(sorted(places, key=lambda p: (abs(p.start - hint), p.start))[:MAX_SCORED])
    scored: list[tuple[float, float, TextPositionSelector]] = []
    for place in places:
        likeness = 1.0 if exact else _quote_likeness(quote.exact, content[place.start : place.end])
        if likeness >= MIN_QUOTE:
            context, score = _scores(content, quote, place, likeness)
            scored.append((score, context, place))
    if not scored:
        return None
    scored.sort(key=lambda s: (-s[0], s[2].start))
    score, context, place = scored[0]
    unique = all(context - other >= MARGIN for _, other, _ in scored[1:])
    return Match(place, score, exact, unique)


def _scores(
    content: str, quote: Quote, place: TextPositionSelector, likeness: float
) -> tuple[float, float]:
    """Return the score without the position, which tells places apart, and the whole score."""
    total, got = QUOTE_WEIGHT, QUOTE_WEIGHT * likeness
    if quote.prefix:
        before = content[max(0, place.start - len(quote.prefix)) : place.start]
        total += PREFIX_WEIGHT
        got += PREFIX_WEIGHT * _context_likeness(quote.prefix, before)
    if quote.suffix:
        after = content[place.end : place.end + len(quote.suffix)]
        total += SUFFIX_WEIGHT
        got += SUFFIX_WEIGHT * _context_likeness(quote.suffix, after)
    context = got / total
    if quote.hint is not None:
        total += POSITION_WEIGHT
        got += POSITION_WEIGHT * max(0.0, 1 - abs(place.start - quote.hint) / len(content))
    return context, got / total


def _context_likeness(wanted: str, found: str) -> float:
    """Return how alike two contexts are, 0 to 1.

    Unrelated prose shares about half of its letters in order, so half counts as nothing.
    """
    return max(0.0, 2 * Indel.normalized_similarity(wanted, found) - 1)


def _quote_likeness(wanted: str, found: str) -> float:
    """Return how alike two stretches are, 0 to 1, in ever larger units as they get longer."""
    longest = max(len(wanted), len(found))
    if longest <= MAX_BY_LETTER:
        return Levenshtein.normalized_similarity(wanted, found)
    if longest <= MAX_BY_WORD:
        return Levenshtein.normalized_similarity(wanted.split(), found.split())
    return Levenshtein.normalized_similarity(wanted.split("\n"), found.split("\n"))
