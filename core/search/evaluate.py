"""A query's tree worked out over a snapshot: which documents answer, and how well.

Every node gives one boolean and one score for each document, so AND, OR and NOT are arithmetic.
A word may stand in a passage or in the title of the passage's record ("budapest convention
article 35" finds that article although it does not name its treaty), but a passage answers only
if something of the query stands in the passage itself.

Ranking is BM25 (K1 1.2, B 0.75, Whoosh's idf) over the weighted sum of a word's forms: as typed
1, same stem 0.5, begun so 0.3. Titles and names count twice the text.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from core.search.columns import spread
from core.search.filters import (
    annotated_mask,
    facet_mask,
    kinds_mask,
    layers_mask,
    years_mask,
)
from core.search.nodes import And, Filter, InTitle, Node, Not, Or, Phrase, Word, Years
from core.search.segment import Floats, Ints
from core.search.snapshot import K1, Mask, Snapshot
from core.tasks import CancelToken

_STEMMED, _BEGUN, _STARRED = 0.5, 0.3, 0.8
_TITLE = 2.0
_POSITION_BITS = 32
_MANY = 16  # times as many: looking each up is cheaper than merging
_SPARSE = 50  # one document in so many: sorting a few numbers is cheaper than adding up all

# Words that nearly every passage holds. They count in phrases and in the ranking, but a passage
# need not hold them.
_FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by for from in into is it its of on or that the their this to was "
        "were which with",
    )
)

Forms = Mapping[str, float]


@dataclass(slots=True)
class Match:
    """What a node gives: ``mask`` answers, ``direct`` says it of the document's own text."""

    mask: Mask
    direct: Mask
    score: Floats


class Evaluation:
    """One run over one snapshot; collects the forms to mark.

    With ``anywhere`` a word counts for a passage if it stands anywhere in the record.
    """

    def __init__(self, snapshot: Snapshot, cancel: CancelToken, *, anywhere: bool = False) -> None:
        self._snapshot = snapshot
        self._cancel = cancel
        self._anywhere = anywhere
        self.only_filters = True  # no word or phrase so far
        self.words: dict[str, None] = {}
        self.phrases: list[tuple[frozenset[str], ...]] = []

    def run(self, node: Node, fields: tuple[str, ...] = ("text", "title")) -> Match:
        """Work out a node."""
        self._cancel.check()
        match node:
            case Word():
                return self._word_match(self._forms(node), fields)
            case Phrase():
                return self._phrase_match(node, fields)
            case InTitle(inner):
                return self.run(inner, ("title",))
            case Filter() | Years():
                return self._plain(self._filter(node))
            case And() | Or() | Not():
                return self._combined(node, fields)

    def _combined(self, node: And | Or | Not, fields: tuple[str, ...]) -> Match:
        match node:
            case And(nodes):
                return self._all(nodes, fields)
            case Or(nodes):
                return self._any([self.run(n, fields) for n in nodes])
            case Not(inner):
                return self._plain(~self._unmarked(inner, fields).mask)

    def _unmarked(self, node: Node, fields: tuple[str, ...]) -> Match:
        words, phrases = dict(self.words), list(self.phrases)
        found = self.run(node, fields)
        self.words, self.phrases = words, phrases
        return found

    def _plain(self, mask: Mask) -> Match:
        size = self._snapshot.size
        return Match(mask, np.zeros(size, bool), np.zeros(size, np.float32))

    def _all(self, nodes: Iterable[Node], fields: tuple[str, ...]) -> Match:
        nodes = tuple(nodes)
        optional: set[Node] = {
            n for n in nodes if isinstance(n, Word) and n.text in _FUNCTION_WORDS
        }
        if all(n in optional or isinstance(n, Not | Filter | Years) for n in nodes):
            optional = set()
        total = self._plain(np.ones(self._snapshot.size, bool))
        for node in nodes:
            found = self.run(node, fields)
            if node not in optional:
                total.mask &= found.mask
                total.direct |= found.direct
            total.score += found.score
        return total

    def _any(self, found: Iterable[Match]) -> Match:
        total = self._plain(np.zeros(self._snapshot.size, bool))
        for one in found:
            total.mask |= one.mask
            total.direct |= one.direct
            total.score += one.score * one.mask  # half of an AND counts for nothing
        return total

    def _forms(self, word: Word) -> Forms:
        vocabulary = self._snapshot.words
        forms = {word.text: 1.0}
        if not word.prefix:
            forms |= dict.fromkeys(vocabulary.relatives(word.text), _STEMMED)
        if word.prefix or word.typing:
            weight = _STARRED if word.prefix else _BEGUN
            for begun in vocabulary.beginnings(word.text):
                forms.setdefault(begun, weight)
        self.words |= dict.fromkeys(form for form in forms if vocabulary.count(form))
        return forms

    def _word_match(self, forms: Forms, fields: tuple[str, ...]) -> Match:
        """Work out a word, or take it from the last keystroke: most words were there already."""
        self.only_filters = False
        key = (self._anywhere, fields, tuple(forms.items()))
        kept = self._snapshot.kept
        found = kept.get(key)
        if found is None:
            found = self._leaf({f: self._word(f, forms) for f in fields})
            for array in (found.mask, found.direct, found.score):
                array.flags.writeable = False  # others will read it
            kept.put(key, found)
        return found

    def _word(self, field: str, forms: Forms) -> tuple[Ints, Floats]:
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
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if len(forms) == 1:  # segments follow one another
            documents = np.concatenate([documents for documents, _ in found])
            return documents, np.concatenate([frequencies for _, frequencies in found])
        return self._added_up(found) if len(found) > 1 else found[0]

    def _added_up(self, found: list[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
        """Add up the occurrences of several forms, document by document."""
        size = self._snapshot.size
        if sum(len(documents) for documents, _ in found) < size // _SPARSE:
            documents, place = np.unique(
                np.concatenate([documents for documents, _ in found]), return_inverse=True
            )
            every = np.concatenate([frequencies for _, frequencies in found])
            return documents, np.bincount(place, weights=every).astype(np.float32)
        total = np.zeros(size, np.float32)
        for documents, frequencies in found:
            total[documents] += frequencies
        documents = np.flatnonzero(total > 0)
        return documents, total[documents]

    def _idf(self, documents: int) -> float:
        return math.log(self._snapshot.size / (documents + 1)) + 1

    def _bm25(self, field: str, documents: Ints, frequencies: Floats, idf: float) -> Floats:
        norm = self._snapshot.norms(field)[documents]
        return (idf * (frequencies * (K1 + 1)) / (frequencies + norm)).astype(np.float32)

    def _leaf(self, found: Mapping[str, tuple[Ints, Floats]]) -> Match:
        """Bring a word's places in text and title together, document by document."""
        snapshot = self._snapshot
        self.only_filters = False
        total = self._plain(np.zeros(snapshot.size, bool))
        if "text" in found:
            documents, scores = found["text"]
            total.direct[documents] = True
            total.score[documents] = scores * snapshot.weights[documents]
        titles, scores = found["title"]
        if len(titles):
            self._inherit(total, titles, scores * _TITLE)
            total.direct[titles] = True
        total.mask |= total.direct
        if self._anywhere:
            holds = np.zeros(len(snapshot.documents), bool)
            holds[snapshot.record_of[total.direct & snapshot.live]] = True
            total.mask |= holds[snapshot.record_of]
        return total

    def _inherit(self, total: Match, titles: Ints, scores: Floats) -> None:
        """Let the passages and notes of a record answer by its title."""
        snapshot = self._snapshot
        counts = snapshot.extents[titles]
        below = spread(titles, counts)
        total.score[below] += np.repeat(scores, counts)
        total.mask[below] = True
        notes = snapshot.note_numbers
        if len(notes):
            by_record = np.zeros(len(snapshot.documents), np.float32)
            by_record[snapshot.record_of[titles]] = scores
            inherited = by_record[snapshot.record_of[notes]]
            total.score[notes] += inherited
            total.mask[notes] |= inherited > 0

    def _phrase_match(self, phrase: Phrase, fields: tuple[str, ...]) -> Match:
        steps = [frozenset((word,)) for word in phrase.words]
        last = phrase.words[-1]
        if phrase.typing and (len(last) > 1 or last.isdigit()):  # the (f of 13(f) is whole
            steps[-1] |= self._snapshot.words.beginnings(last)
        if len(steps) == 1:
            self.words |= dict.fromkeys(sorted(steps[0]))
        else:
            self.phrases.append(tuple(steps))
        return self._leaf({field: self._phrase(field, steps) for field in fields})

    def _phrase(self, field: str, steps: list[frozenset[str]]) -> tuple[Ints, Floats]:
        """Return the documents where the steps follow one another, and their scores.

        As in Whoosh, such a document scores what its words score without regard to their order.
        """
        held = {forms: self._held(field, dict.fromkeys(forms, 1.0)) for forms in steps}
        order = sorted(range(len(steps)), key=lambda step: len(held[steps[step]][0]))
        among = held[steps[order[0]]][0]
        for step in order[1:]:
            among = among[_among(among, held[steps[step]][0])]
        starts = self._keys(field, steps[order[0]], among) - order[0]
        for step in order[1:]:
            starts = _common(starts, self._keys(field, steps[step], among) - step)
        documents = starts >> _POSITION_BITS
        documents = documents[np.append(True, documents[1:] != documents[:-1])[: len(documents)]]
        scores = np.zeros(len(documents), np.float32)
        for forms in steps:
            holding, frequencies = held[forms]
            there = frequencies[np.searchsorted(holding, documents)]
            scores += self._bm25(field, documents, there, self._idf(len(holding)))
        return documents, scores

    def _keys(self, field: str, forms: frozenset[str], among: Ints | None = None) -> Ints:
        """Return each occurrence of any of the forms, as one number, in order.

        The number is ``document << 32 | position``. ``among`` are the documents that matter.
        """
        found = [keys for form in forms for keys in self._snapshot.occurrences(field, form, among)]
        if len(found) == 1:
            return found[0]
        together = np.concatenate(found) if found else np.empty(0, np.int64)
        return together if len(forms) == 1 else np.sort(together)

    def _filter(self, node: Filter | Years) -> Mask:
        snapshot = self._snapshot
        if isinstance(node, Years):
            return years_mask(snapshot, node.low, node.high)[snapshot.record_of]
        if node.field == "in":
            return layers_mask(snapshot, frozenset(node.values))
        if node.field == "kind":
            return kinds_mask(snapshot, frozenset(node.values))[snapshot.record_of]
        if node.field == "is":
            return annotated_mask(snapshot)[snapshot.record_of]
        return facet_mask(snapshot, node.field, node.values)


def _among(wanted: Ints, keys: Ints) -> Mask:
    """Tell which of ``wanted`` are in the sorted ``keys``."""
    if not len(keys):
        return np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return keys[at] == wanted


def _common(some: Ints, others: Ints) -> Ints:
    """Return the numbers that both ascending arrays hold."""
    if len(some) * _MANY < len(others) or not len(some):
        return some[_among(some, others)]
    together = np.concatenate((some, others))
    together.sort(kind="stable")  # two ascending runs: they are only merged
    return together[:-1][together[1:] == together[:-1]]
