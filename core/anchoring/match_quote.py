"""Find a quotation in a text: exactly, else by weighted likeness.

The weights follow the shape that web annotation clients use: the quotation counts most, its
surroundings less, the old position least. What is unknown (no prefix, no hint) is left out of the
sum, so that a score is always a share of what could be compared.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest

from rapidfuzz.distance import Indel, Levenshtein

from core.anchoring.candidates import candidates
from core.domain.annotations import TextPositionSelector

QUOTE_WEIGHT = 50.0
PREFIX_WEIGHT = 20.0
SUFFIX_WEIGHT = 20.0
POSITION_WEIGHT = 2.0

CONTEXT = 32
"""Characters of context on each side, where they are enough to tell the passage apart."""

MAX_CONTEXT = 512
"""Most characters of context on each side."""

MARGIN = 0.05
"""How much a match must lead the next one by to count as the only one."""

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
    """The best place of a quotation.

    ``exact``: the very words. ``unique``: no other place is about as good. ``held``: both sides
    of the context are whole, or one that by itself tells the passage apart.
    """

    position: TextPositionSelector
    score: float
    exact: bool
    unique: bool
    held: bool


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
    places = _nearest(content, quote, quote.prefix, quote.suffix)
    if not places:
        places = _nearest(content, quote, "", "")
    if places:
        return _best(content, quote, places, exact=True)
    near = candidates(content, quote.exact, quote.prefix, quote.suffix, quote.hint)
    return _best(content, quote, near, exact=False)


def _nearest(
    content: str, quote: Quote, prefix: str, suffix: str
) -> tuple[TextPositionSelector, ...]:
    """Return the exact places between that context, at most those nearest to the hint."""
    hint, lead = quote.hint or 0, len(prefix)
    starts = nsmallest(
        MAX_SCORED,
        (at + lead for at in occurrences(content, prefix + quote.exact + suffix)),
        key=lambda start: (abs(start - hint), start),
    )
    return tuple(TextPositionSelector(start, start + len(quote.exact)) for start in starts)


def _best(
    content: str, quote: Quote, places: tuple[TextPositionSelector, ...], *, exact: bool
) -> Match | None:
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
    return Match(place, score, exact, unique, _held(content, quote, place))


def _held(content: str, quote: Quote, place: TextPositionSelector) -> bool:
    """Tell whether the context holds the place.

    `describe` lets each side grow until it is the only one of its kind. A side that it had to cut
    short, by the end of the text or by the limit, says nothing by itself, save at that same end.
    """
    first, last = place.start - len(quote.prefix), place.end + len(quote.suffix)
    before = first >= 0 and content.startswith(quote.prefix, first)
    after = content.startswith(quote.suffix, place.end)
    if before and after:
        return True
    if before:
        return first == 0 or CONTEXT <= len(quote.prefix) < MAX_CONTEXT
    return after and (last == len(content) or CONTEXT <= len(quote.suffix) < MAX_CONTEXT)


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
