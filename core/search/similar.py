"""Passages that share the most telling words of another passage.

A word tells the more, the oftener it stands in the passage and the fewer passages have it
(tf-idf; Salton and Buckley 1988). What shares too few of them is no likeness but chance.
"""

import math
from collections import Counter

import numpy as np

from core.domain.search import SearchQuery
from core.search.analysis import words_of
from core.search.evaluate import Evaluation
from core.search.expansion import FUNCTION_WORDS
from core.search.facets import facet_counts, kind_counts
from core.search.filters import Narrowing
from core.search.hits import Found, grouped, names_of, page
from core.search.nodes import Word
from core.search.port import Answer
from core.search.query import Parsed
from core.search.snapshot import Snapshot
from core.tasks import CancelToken

_MOST_WORDS = 20
_LEAST_WORDS = 3  # shared
_LEAST_SHARED = 0.25  # of the telling words' weight
_LONGEST = 5000  # words of the passage looked at
_COMMON = 0.2  # a word in more of all passages than this tells nothing


def telling_words(snapshot: Snapshot, text: str) -> dict[str, float]:
    """Return the words of a text that tell it from others with their weights, best first."""
    weights: dict[str, float] = {}
    for word, number in Counter(words_of(text)[:_LONGEST]).items():
        known = snapshot.words.count(word)
        if word in FUNCTION_WORDS or len(word) < 2 or not 1 < known < snapshot.size * _COMMON:
            continue
        weights[word] = (1 + math.log(number)) * math.log(snapshot.size / known)
    best = sorted(weights, key=lambda word: (-weights[word], word))[:_MOST_WORDS]
    return {word: weights[word] for word in best}


def similar(
    snapshot: Snapshot, text: str, apart_from: str, query: SearchQuery, cancel: CancelToken
) -> Answer:
    """Return what resembles ``text`` outside the record ``apart_from``, narrowed as ``query``."""
    words = telling_words(snapshot, text)
    found = _find(snapshot, words, apart_from, query, cancel)
    groups = grouped(snapshot, found, query.sort)
    facets = {"kind": kind_counts(snapshot, found.answering, found.narrowing)}
    if query.facets:
        facets = facet_counts(snapshot, found.answering, found.narrowing)
    return Answer(
        hits=page(snapshot, groups, query),
        total=len(groups.present),
        facets=facets,
        hint=None if len(groups.present) else "No other record shares enough of its words.",
        marker=found.marker(),
        terms=tuple(words),
    )


def resembling(
    snapshot: Snapshot, text: str, apart_from: str, query: SearchQuery, cancel: CancelToken
) -> frozenset[str]:
    """Return the keys of all records, and ids of all annotations, that `similar` finds."""
    words = telling_words(snapshot, text)
    return names_of(snapshot, _find(snapshot, words, apart_from, query, cancel).mask())


def _find(
    snapshot: Snapshot,
    words: dict[str, float],
    apart_from: str,
    query: SearchQuery,
    cancel: CancelToken,
) -> Found:
    evaluation = Evaluation(snapshot, cancel)
    shared = np.zeros(snapshot.size, np.int64)
    weight = np.zeros(snapshot.size, np.float32)
    score = np.zeros(snapshot.size, np.float32)
    for word, telling in words.items():
        match = evaluation.run(Word(word))
        shared += match.direct
        weight += match.direct * np.float32(telling)
        score += match.score
    answering = (shared >= min(_LEAST_WORDS, max(1, len(words)))) & ~snapshot.is_record
    answering &= weight >= _LEAST_SHARED * sum(words.values())
    own = snapshot.ordinals.get(apart_from)
    if own is not None:
        answering &= snapshot.record_of != own
    return Found(Parsed(None), evaluation, score, answering, Narrowing(snapshot, query))
