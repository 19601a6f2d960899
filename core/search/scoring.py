"""How well a word, a phrase or words near each other stand in one field, document by document.

Ranking is BM25 (K1 1.2, B 0.75, Whoosh's idf) over the weighted sum of a word's forms (see
`core.search.forms`).
"""

import math

import numpy as np

from core.search.forms import Forms
from core.search.nodes import Near
from core.search.segment import Floats, Ints
from core.search.snapshot import K1, Mask, Snapshot

_POSITION_BITS = 32
_MANY = 16  # times as many: looking each up is cheaper than merging
_SPARSE = 50  # one document in so many: sorting a few numbers is cheaper than adding up all

NOWHERE: tuple[Ints, Floats] = (np.empty(0, np.int64), np.empty(0, np.float32))


class Scorer:
    """Reads the postings of one snapshot; every answer is documents, ascending, and scores."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def word(self, field: str, forms: Forms) -> tuple[Ints, Floats]:
        """Return the documents that hold any form in a field, and their scores."""
        documents, frequencies = self._held(field, forms)
        return documents, self._bm25(field, documents, frequencies, self._idf(len(documents)))

    def _held(self, field: str, forms: Forms) -> tuple[Ints, Floats]:
        """Return the documents that hold any form in a field, and how often by weight."""
        found = [
            (documents, frequencies if weight == 1 else frequencies * np.float32(weight))
            for form, weight in forms.items()
            for documents, frequencies in self._snapshot.postings(field, form)
        ]
        if not found:
            return NOWHERE
        if len(forms) == 1:  # segments follow one another
            documents = np.concatenate([documents for documents, _ in found])
            return documents, np.concatenate([frequencies for _, frequencies in found])
        return self._added_up(found) if len(found) > 1 else found[0]

    def _added_up(self, found: list[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
        """Add up the occurrences of several forms, document by document."""
        size = self._snapshot.size
        if sum(len(documents) for documents, _ in found) < size // _SPARSE:
            every = np.concatenate([documents for documents, _ in found])
            order = np.argsort(every, kind="stable")
            documents, first = _runs(every[order])
            weights = np.concatenate([frequencies for _, frequencies in found])[order]
            return documents, np.add.reduceat(weights, first)
        total = np.zeros(size, np.float32)
        for documents, frequencies in found:
            total[documents] += frequencies
        documents = np.flatnonzero(total > 0)
        return documents, total[documents]

    def _idf(self, documents: int) -> float:
        return math.log(max(1, self._snapshot.size) / (documents + 1)) + 1

    def _bm25(self, field: str, documents: Ints, frequencies: Floats, idf: float) -> Floats:
        norm = self._snapshot.norms(field)[documents]
        return (idf * (frequencies * (K1 + 1)) / (frequencies + norm)).astype(np.float32)

    def phrase(self, field: str, steps: list[frozenset[str]]) -> tuple[Ints, Floats]:
        """Return the documents where the steps follow one another, and their scores.

        As in Whoosh, such a document scores what its words score without regard to their order.
        """
        held = {forms: self._held(field, dict.fromkeys(forms, 1.0)) for forms in steps}
        order = sorted(range(len(steps)), key=lambda step: len(held[steps[step]][0]))
        among = held[steps[order[0]]][0]
        for step in order[1:]:
            among = among[_among(among, held[steps[step]][0])]
        if not len(among):
            return NOWHERE
        starts = self._keys(field, steps[order[0]], among) - order[0]
        for step in order[1:]:
            starts = _common(starts, self._keys(field, steps[step], among) - step)
        documents, _ = _runs(starts >> _POSITION_BITS)
        scores = np.zeros(len(documents), np.float32)
        for forms in steps:
            holding, frequencies = held[forms]
            there = frequencies[np.searchsorted(holding, documents)]
            scores += self._bm25(field, documents, there, self._idf(len(holding)))
        return documents, scores

    def near(self, field: str, near: Near) -> tuple[Ints, Floats]:
        """Return the documents where all words stand close by each other, and their scores."""
        words = list(dict.fromkeys(near.words))
        held = [self._held(field, {word: 1.0})[0] for word in words]
        among = min(held, key=len)
        for documents in held:
            among = among[_among(among, documents)]
        places = [self._keys(field, frozenset((word,)), among) for word in words]
        starts = np.sort(np.concatenate(places))
        span = len(near.words) - 1 + near.distance
        for keys in places:  # each must follow within the span, in the same document
            nearest = np.minimum(np.searchsorted(keys, starts), max(0, len(keys) - 1))
            if not len(keys):
                return NOWHERE
            starts = starts[(keys[nearest] >= starts) & (keys[nearest] - starts <= span)]
        idf = sum(self._idf(max(1, len(documents))) for documents in held)
        documents, first = _runs(starts >> _POSITION_BITS)
        counts = np.diff(first, append=len(starts))
        return documents, self._bm25(field, documents, counts.astype(np.float32), idf)

    def _keys(self, field: str, forms: frozenset[str], among: Ints) -> Ints:
        """Return each occurrence of any of the forms, as one number, in order.

        The number is ``document << 32 | position``. ``among`` are the documents that matter.
        """
        found = list(self._snapshot.occurrences(field, forms, among))
        together = np.concatenate(found) if found else np.empty(0, np.int64)
        return together if len(forms) == 1 else np.sort(together)


def _among(wanted: Ints, keys: Ints) -> Mask:
    """Tell which of ``wanted`` are in the sorted ``keys``."""
    if not len(keys):
        return np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return keys[at] == wanted


def _runs(ascending: Ints) -> tuple[Ints, Ints]:
    """Return the different numbers, and the place of the first of each.

    As `numpy.unique` does, whose first call imports masked arrays: 18 ms of the first answer.
    """
    new = np.ones(len(ascending), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    first = np.flatnonzero(new)
    return ascending[first], first


def _common(some: Ints, others: Ints) -> Ints:
    """Return the numbers that both ascending arrays hold."""
    if len(some) * _MANY < len(others) or not len(some):
        return some[_among(some, others)]
    together = np.concatenate((some, others))
    together.sort(kind="stable")  # two ascending runs: they are only merged
    return together[:-1][together[1:] == together[:-1]]
