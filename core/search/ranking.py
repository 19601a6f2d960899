"""Ranks of records from the scores of their documents, and what their names add.

A record whose name was typed as a whole comes first. In a longer query each run of words that is
a record's name raises that record by the share of the query that it says.
"""

import math
from collections.abc import Sequence

from core.domain.keys import Kind
from core.search import questions
from core.search.expansion import FUNCTION_WORDS, Lexicon
from core.search.segment import Floats
from core.search.snapshot import KINDS, Snapshot

_SOURCE = 0.5  # a page about something ranks below that thing itself
_SHORTEST_NAME_BEGUN = 2  # characters
_LONGEST_NAME = 10  # words looked up as one
_NAMED = 0.8  # of the best score, for a name that is the whole of what was asked
_MOST_WORDS = 16


def raise_named(
    snapshot: Snapshot, plain: str, lexicon: Lexicon, ranks: Floats, top: float
) -> None:
    """Raise the ranks of records whose names are in the words typed, folded."""
    if not plain:
        return
    if len(plain) >= _SHORTEST_NAME_BEGUN:
        ranks[list(set(snapshot.named(plain, begun=True)))] += top / 2
    for ordinal in set(snapshot.named(plain)):
        ranks[ordinal] += top + (top / 2 if snapshot.records[ordinal].names[0] == plain else 0)
    for ordinal, share in _named_within(snapshot, plain.split(), lexicon).items():
        ranks[ordinal] += top * _NAMED * share**1.5


def lower_sources(snapshot: Snapshot, ranks: Floats) -> None:
    """Put pages about something below that thing."""
    ranks[snapshot.kinds == KINDS.index(Kind.SOURCE)] *= _SOURCE


def _named_within(snapshot: Snapshot, words: Sequence[str], lexicon: Lexicon) -> dict[int, float]:
    """Return the records named by a run of the words, longest runs first, with their share."""
    telling = [w for w in words[:_MOST_WORDS] if not questions.only_asks(w)]
    weights = [_weight(snapshot, word) for word in telling]
    whole = sum(weights)
    found: dict[int, float] = {}
    place = 0
    while place < len(telling):
        taken = 1
        for length in range(min(_LONGEST_NAME, len(telling) - place), 0, -1):
            named = _named(snapshot, telling[place : place + length], lexicon)
            if named and not set(telling[place : place + length]) <= FUNCTION_WORDS:
                share = sum(weights[place : place + length]) / whole
                for ordinal in named:
                    found[ordinal] = max(found.get(ordinal, 0.0), share)
                taken = length
                break
        place += taken
    return found


def _named(snapshot: Snapshot, words: Sequence[str], lexicon: Lexicon) -> set[int]:
    """Return the records that have these words for a name, or a synonym of them."""
    found = set(snapshot.named(" ".join(words)))
    for way in () if found else lexicon.ways(words, capitals=True):
        found.update(snapshot.named(" ".join(way.words)))
    return found


def _weight(snapshot: Snapshot, word: str) -> float:
    if word in FUNCTION_WORDS:
        return 0.1
    return math.log((snapshot.size + 1) / (snapshot.words.count(word) + 1)) + 1
