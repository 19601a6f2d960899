"""Find a quotation in a text: exactly, else by weighted likeness.

The weights follow the shape that web annotation clients use: the quotation counts most, its
surroundings less, the old position least. What is unknown (no prefix, no hint) is left out of the
sum, so that a score is always a share of what could be compared.
"""

import unicodedata
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz.distance import Indel, Levenshtein

from core.anchoring.candidates import candidates
from core.anchoring.grams import Grams, read_through
from core.domain.annotations import TextPositionSelector

QUOTE_WEIGHT = 50.0
PREFIX_WEIGHT = 20.0
SUFFIX_WEIGHT = 20.0
POSITION_WEIGHT = 2.0

CONTEXT = 32
"""Characters of context on each side, where they are enough to tell the passage apart."""

MAX_CONTEXT = 512
"""Most characters of context on each side."""

STRANGE = 0.75
"""Score below which the very words stand in strange surroundings."""

MIN_QUOTE = 0.5
"""Least likeness of the quotation itself for an approximate match."""

MAX_SCORED = 1000
"""Exact places that are scored; beyond it those nearest to the old position."""

MAX_BY_LETTER = 4_000
"""Longest quotations compared letter by letter; longer ones by samples."""

SAMPLES = 400
SAMPLE_LENGTH = 12
"""How many stretches of a long quotation are looked for, and how long each is."""


@dataclass(frozen=True, slots=True)
class Match:
    """The best place of a quotation; ``exact`` tells whether it has the very words."""

    position: TextPositionSelector
    score: float
    exact: bool


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
    starts = read_through(content, prefix + exact + suffix)
    return tuple(TextPositionSelector(s + lead, s + lead + length) for s in starts)


def match_quote(content: str | Grams, quote: Quote) -> Match | None:
    """Return the best place of a quotation, or None when nothing is like it.

    The very words win over altered ones, unless these stand between what surrounded them and
    those do not.
    """
    content = content if isinstance(content, Grams) else Grams(content)
    if not quote.exact or not content.text:
        return None
    places = _nearest(content, quote, quote.prefix, quote.suffix)
    if not places:
        places = _nearest(content, quote, "", "")
    best = _best(content.text, quote, places, exact=True)
    if best is not None and best.score >= STRANGE:
        return best
    near = candidates(content, quote.exact, quote.prefix, quote.suffix, quote.hint)
    altered = _best(content.text, quote, near, exact=False)
    return max(filter(None, (best, altered)), key=lambda match: match.score, default=None)


def _nearest(
    content: Grams, quote: Quote, prefix: str, suffix: str
) -> tuple[TextPositionSelector, ...]:
    """Return the exact places between that context, at most those nearest to the hint."""
    hint, lead = quote.hint or 0, len(prefix)
    starts = nsmallest(
        MAX_SCORED,
        (at + lead for at in content.occurrences(prefix + quote.exact + suffix)),
        key=lambda start: (abs(start - hint), start),
    )
    return tuple(TextPositionSelector(start, start + len(quote.exact)) for start in starts)


def _best(
    content: str, quote: Quote, places: tuple[TextPositionSelector, ...], *, exact: bool
) -> Match | None:
    scored: list[tuple[float, TextPositionSelector]] = []
    for place in places:
        likeness = 1.0 if exact else _quote_likeness(quote.exact, content[place.start : place.end])
        if likeness >= MIN_QUOTE:
            scored.append((_score(content, quote, place, likeness), place))
    if not scored:
        return None
    score, place = min(scored, key=lambda s: (-s[0], s[1].start))
    return Match(place, score, exact)


def _score(content: str, quote: Quote, place: TextPositionSelector, likeness: float) -> float:
    total, got = QUOTE_WEIGHT, QUOTE_WEIGHT * likeness
    if quote.prefix:
        before = content[max(0, place.start - len(quote.prefix)) : place.start]
        total += PREFIX_WEIGHT
        got += PREFIX_WEIGHT * _context_likeness(quote.prefix, before)
    if quote.suffix:
        after = content[place.end : place.end + len(quote.suffix)]
        total += SUFFIX_WEIGHT
        got += SUFFIX_WEIGHT * _context_likeness(quote.suffix, after)
    if quote.hint is not None:
        total += POSITION_WEIGHT
        got += POSITION_WEIGHT * max(0.0, 1 - abs(place.start - quote.hint) / len(content))
    return got / total


def _context_likeness(wanted: str, found: str) -> float:
    """Return how alike two contexts are, 0 to 1.

    Unrelated prose shares about half of its letters in order, so half counts as nothing.
    """
    return max(0.0, 2 * Indel.normalized_similarity(wanted, found) - 1)


def _quote_likeness(wanted: str, found: str) -> float:
    """Return how alike two stretches are, 0 to 1."""
    if max(len(wanted), len(found)) <= MAX_BY_LETTER:
        return Levenshtein.normalized_similarity(wanted, found)
    return min(_share(wanted, found), _share(found, wanted))


def _share(of: str, within: str) -> float:
    """Return which share of evenly spread samples of one stretch stands in another."""
    last = len(of) - SAMPLE_LENGTH
    if last < 0:
        return 0.0
    starts = range(0, last + 1, max(1, last // SAMPLES))
    return sum(of[at : at + SAMPLE_LENGTH] in within for at in starts) / len(starts)
