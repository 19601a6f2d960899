"""A query's tree worked out over a snapshot: which documents answer, and how well.

Every node gives one boolean and one score for each document, so AND, OR and NOT are arithmetic.
A word may stand in a passage or in the title of the passage's record ("budapest convention
article 35" finds that article although it does not name its treaty), but a passage answers only
if something of the query stands in the passage itself.

A word's rank in one field is `core.search.scoring`'s; titles and names count twice the text.
"""

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.search.columns import spread
from core.search.expansion import FUNCTION_WORDS
from core.search.filters import (
    facet_mask,
    kinds_mask,
    layers_mask,
    states_mask,
    years_mask,
)
from core.search.forms import Forms, forms_of
from core.search.nodes import (
    And,
    Best,
    Filter,
    Fuzzy,
    InNotes,
    InTitle,
    Near,
    Node,
    Not,
    Optional,
    Or,
    Phrase,
    Wildcard,
    Word,
    Years,
)
from core.search.scoring import NOWHERE, Scorer
from core.search.segment import Floats, Ints
from core.search.snapshot import Mask, Snapshot
from core.tasks import CancelToken

_TITLE = 2.0


@dataclass(slots=True)
class Match:
    """What a node gives: ``mask`` answers, ``direct`` says it of the document's own text."""

    mask: Mask
    direct: Mask
    score: Floats


class Evaluation:
    """One run over one snapshot; collects the forms to mark. What it worked out it keeps."""

    def __init__(self, snapshot: Snapshot, cancel: CancelToken) -> None:
        self._snapshot = snapshot
        self._scorer = Scorer(snapshot)
        self._cancel = cancel
        self._known: dict[tuple[Node, tuple[str, ...]], Match] = {}
        self.only_filters = True  # no word or phrase so far
        self.words: dict[str, None] = {}
        self.phrases: list[tuple[frozenset[str], ...]] = []

    def run(self, node: Node, fields: tuple[str, ...] = ("text", "title")) -> Match:
        """Work out a node."""
        self._cancel.check()
        found = self._known.get((node, fields))
        if found is None:
            found = self._known[node, fields] = self._run(node, fields)
        return found

    def _run(self, node: Node, fields: tuple[str, ...]) -> Match:
        match node:
            case Word() | Fuzzy() | Wildcard():
                return self._word_match(self._forms(node), fields)
            case Phrase() | Near():
                return self._phrase_match(node, fields)
            case InTitle(inner):
                return self.run(inner, ("title",))
            case InNotes(inner):
                return self._in_notes(self.run(inner, ("text",)))
            case Filter() | Years():
                return self._plain(self._filter(node))
            case And() | Or() | Not() | Best() | Optional():
                return self._combined(node, fields)

    def _combined(self, node: And | Or | Not | Best | Optional, fields: tuple[str, ...]) -> Match:
        match node:
            case And(nodes):
                return self._all(nodes, fields)
            case Or(nodes):
                return self._any([self.run(n, fields) for n in nodes])
            case Not(inner):
                return self._plain(~self._unmarked(inner, fields).mask)
            case Best(ways):
                return self._best([(self.run(n, fields), weight) for n, weight in ways])
            case Optional(inner):
                return self.run(inner, fields)

    def _in_notes(self, found: Match) -> Match:
        """Keep what notes say; the record that a note is on answers through it."""
        is_note = self._snapshot.in_notes
        return Match(
            found.mask & is_note,
            found.direct & is_note,
            np.where(is_note, found.score, 0).astype(np.float32),
        )

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
        optional = self._optional(nodes)
        total = self._plain(np.ones(self._snapshot.size, bool))
        for node in nodes:
            found = self.run(node, fields)
            if node not in optional:
                total.mask &= found.mask
                total.direct |= found.direct
            total.score += found.score
        return total

    def _optional(self, nodes: Sequence[Node]) -> set[Node]:
        """Return what need not be there: function words, unless nothing else was typed."""
        helping: set[Node] = {node for node in nodes if isinstance(node, Optional)}
        optional = helping | {
            node for node in nodes if isinstance(node, Word) and node.text in FUNCTION_WORDS
        }
        if all(n in optional or isinstance(n, Not | Filter | Years) for n in nodes):
            return helping
        return optional

    def _any(self, found: Iterable[Match]) -> Match:
        total = self._plain(np.zeros(self._snapshot.size, bool))
        for one in found:
            total.mask |= one.mask
            total.direct |= one.direct
            total.score += one.score * one.mask  # half of an AND counts for nothing
        return total

    def _best(self, found: Iterable[tuple[Match, float]]) -> Match:
        (first, weight), *others = found
        score = first.score if weight == 1 else first.score * np.float32(weight)
        if not others:  # nothing to put together
            return Match(first.mask, first.direct, score)
        total = Match(first.mask.copy(), first.direct.copy(), np.array(score))
        for one, weight in others:
            total.mask |= one.mask
            total.direct |= one.direct
            np.maximum(total.score, one.score * np.float32(weight), out=total.score)
        return total

    def _forms(self, node: Word | Fuzzy | Wildcard) -> Forms:
        vocabulary = self._snapshot.words
        forms = forms_of(node, vocabulary)
        self.words |= dict.fromkeys(form for form in forms if vocabulary.count(form))
        return forms

    def _word_match(self, forms: Forms, fields: tuple[str, ...]) -> Match:
        key = (fields, tuple(forms.items()))
        return self._kept(key, lambda: {f: self._scorer.word(f, forms) for f in fields})

    def _kept(self, key: Hashable, work: Callable[[], Mapping[str, tuple[Ints, Floats]]]) -> Match:
        """Work something out, or take it from the last keystroke: most was there already."""
        self.only_filters = False
        kept = self._snapshot.kept
        found = kept.get(key)
        if found is None:
            found = self._leaf(work())
            for array in (found.mask, found.direct, found.score):
                array.flags.writeable = False  # others will read it
            kept.put(key, found)
        return found

    def _leaf(self, found: Mapping[str, tuple[Ints, Floats]]) -> Match:
        """Bring a word's places in text and title together, document by document."""
        snapshot = self._snapshot
        self.only_filters = False
        total = self._plain(np.zeros(snapshot.size, bool))
        if "text" in found:
            documents, scores = found["text"]
            total.direct[documents] = True
            total.score[documents] = scores * snapshot.weights[documents]
        titles, scores = found.get("title", NOWHERE)
        if len(titles):
            self._inherit(total, titles, scores * _TITLE)
            total.direct[titles] = True
        total.mask |= total.direct
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

    def most(self, node: And, least: float) -> Match:
        """Work out which records hold most of what is asked for, in whatever passages.

        ``least`` is the share that a record must hold; the rarer a word, the more it counts.
        What was quoted or narrows must be there. A passage's rank is the better, the more it
        holds itself.
        """
        soft, total = self._parted(node)
        weights = [self._weight(found) for found in soft]
        size = len(self._snapshot.records)
        by_record, by_document = np.zeros(size, np.float32), np.zeros(len(total.mask), np.float32)
        for found, weight in zip(soft, weights, strict=True):
            by_record += self._holding(found.mask) * np.float32(weight)
            by_document += found.mask * np.float32(weight)
            total.direct |= found.direct
            total.score += found.score
        whole = np.float32(sum(weights) or 1.0)
        share = by_record[self._snapshot.record_of] / whole
        total.mask &= share >= least - 1e-4
        total.score *= ((share + by_document / whole) / 2) ** 2
        return total

    def _parted(self, node: And) -> tuple[list[Match], Match]:
        """Return what should be there, and what must be or only helps put together."""
        total = self._plain(self._snapshot.live.copy())
        soft: list[Match] = []
        for one in node.nodes:
            found = self.run(one)
            if isinstance(one, Not | Filter | Years):
                total.mask &= found.mask
            elif isinstance(one, Optional) or one in self._optional(node.nodes):
                total.score += found.score
            elif isinstance(one, Phrase | Near) and getattr(one, "quoted", True):
                total.mask &= self._holding(found.mask)[self._snapshot.record_of]
                total.direct |= found.direct
                total.score += found.score
            else:
                soft.append(found)
        return soft, total

    def _weight(self, found: Match) -> float:
        """How much it tells that a word is there; one that is nowhere is worth little."""
        records = int(self._holding(found.mask).sum())
        if not records:
            return 1.0
        return math.log(len(self._snapshot.records) / (records + 1)) + 1

    def _holding(self, mask: Mask) -> Mask:
        """Tell which records hold any of these documents."""
        holds = np.zeros(len(self._snapshot.records), bool)
        holds[self._snapshot.record_of[mask & self._snapshot.live]] = True
        return holds

    def _phrase_match(self, phrase: Phrase | Near, fields: tuple[str, ...]) -> Match:
        steps = [frozenset((word,)) for word in phrase.words]
        if isinstance(phrase, Near):
            self.words |= dict.fromkeys(phrase.words)
            return self._leaf({field: self._scorer.near(field, phrase) for field in fields})
        if phrase.loose:
            steps = [step | self._snapshot.words.relatives(*step) for step in steps]
        last = phrase.words[-1]
        if phrase.typing and (len(last) > 1 or last.isdigit()):  # the (f of 13(f) is whole
            steps[-1] |= self._snapshot.words.beginnings(last)
        if len(steps) == 1:
            self.words |= dict.fromkeys(sorted(steps[0]))
        else:
            self.phrases.append(tuple(steps))
        key = (fields, tuple(steps))
        return self._kept(key, lambda: {f: self._scorer.phrase(f, steps) for f in fields})

    def _filter(self, node: Filter | Years) -> Mask:
        snapshot = self._snapshot
        if isinstance(node, Years):
            return years_mask(snapshot, node.low, node.high)[snapshot.record_of]
        if node.field == "in":
            return layers_mask(snapshot, frozenset(node.values))
        if node.field == "kind":
            return kinds_mask(snapshot, frozenset(node.values))[snapshot.record_of]
        if node.field == "is":
            return states_mask(snapshot, node.values)[snapshot.record_of]
        return facet_mask(snapshot, node.field, node.values, typing=node.typing)
