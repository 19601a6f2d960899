"""A query answered over a snapshot: hits grouped by record, facets, hints and suggestions."""

from dataclasses import dataclass

import numpy as np

from core.domain.keys import Kind
from core.domain.search import Counts, SearchQuery, Sort
from core.search.evaluate import Evaluation, Match
from core.search.facets import facet_counts, kind_counts
from core.search.filters import Narrowing
from core.search.nodes import And
from core.search.port import Answer, IndexHit
from core.search.query import Parsed, parse
from core.search.segment import Floats, Ints
from core.search.snapshot import KINDS, Mask, Snapshot
from core.search.snippet import Marker
from core.tasks import CancelToken

_SOURCE = 0.5  # a page about something ranks below that thing itself
_SHORTEST_NAME_BEGUN = 2  # characters


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that answer a query, before and after what narrows it."""

    parsed: Parsed
    evaluation: Evaluation
    score: Floats
    answering: Mask
    narrowing: Narrowing
    hint: str | None = None

    def mask(self) -> Mask:
        """Return the documents that answer and pass every filter."""
        return self.answering & self.narrowing.mask()

    def marker(self) -> Marker:
        """Return what marks the words that answered."""
        return Marker(frozenset(self.evaluation.words), tuple(self.evaluation.phrases))


@dataclass(frozen=True, slots=True)
class Groups:
    """The documents that answer, with their records; ``present`` in order of rank."""

    documents: Ints
    records: Ints
    scores: Floats
    present: Ints
    ranks: Floats  # by record


def answer(snapshot: Snapshot, query: SearchQuery, cancel: CancelToken) -> Answer:
    """Answer a query; raises `CancelledError` between steps if that was asked for."""
    found = find(snapshot, query, cancel)
    if found is None:
        return Answer(hint=parse(query.text).hint or "Type a word to search for.")
    facets = {"kind": kind_counts(snapshot, found.answering, found.narrowing)}
    groups = grouped(snapshot, found, query.sort)
    cancel.check()
    if query.facets:
        facets = facet_counts(snapshot, found.answering, found.narrowing)
    suggestion = _suggestion(snapshot, query.text, found.parsed)
    return Answer(
        hits=page(snapshot, groups, query),
        total=len(groups.present),
        facets=facets,
        suggestion=suggestion,
        hint=found.hint or (None if len(groups.present) else _why_nothing(suggestion)),
        marker=found.marker(),
        terms=_terms(found.evaluation),
    )


def count(snapshot: Snapshot, query: SearchQuery, cancel: CancelToken) -> dict[str, Counts]:
    """Count what a query's answer can be narrowed by; nothing for a query that asks nothing."""
    found = find(snapshot, query, cancel)
    return facet_counts(snapshot, found.answering, found.narrowing) if found else {}


def find(snapshot: Snapshot, query: SearchQuery, cancel: CancelToken) -> Found | None:
    """Work out which documents answer; None for a query that asks nothing."""
    parsed = parse(query.text)
    if parsed.node is None and not _has_filters(query):
        return None
    evaluation = Evaluation(snapshot, cancel)
    match = evaluation.run(parsed.node or And(()))
    narrowing = Narrowing(snapshot, query)
    answering = _answering(snapshot, evaluation, match)
    hint = parsed.hint
    if isinstance(parsed.node, And) and not (answering & narrowing.mask("kind")).any():
        evaluation = Evaluation(snapshot, cancel, anywhere=True)
        match = evaluation.run(parsed.node)
        answering = _answering(snapshot, evaluation, match)
        if (answering & narrowing.mask("kind")).any():
            hint = hint or "No passage has all of this; these records have it in several places."
    return Found(parsed, evaluation, match.score, answering, narrowing, hint)


def _has_filters(query: SearchQuery) -> bool:
    lists = (query.kinds, query.tags, query.themes, query.participants, query.within)
    years = (query.year_from, query.year_to)
    return any((*lists, query.records, query.languages)) or any(y is not None for y in years)


def _answering(snapshot: Snapshot, evaluation: Evaluation, found: Match) -> Mask:
    """Tell which documents answer: a passage or note by its own text, a record by anything.

    Where nothing but filters was asked for, notes answer by them too.
    """
    alone = snapshot.is_record
    if evaluation.only_filters:
        alone = alone | snapshot.is_note
    return found.mask & (found.direct | alone)


def answering(snapshot: Snapshot, query: SearchQuery, cancel: CancelToken) -> frozenset[str]:
    """Return the keys of records whose own text answers, and the ids of annotations that do."""
    found = find(snapshot, query, cancel)
    if found is None:
        return frozenset()
    mask = found.mask()
    notes = np.flatnonzero(mask & snapshot.is_note).tolist()
    own: list[int] = np.unique(snapshot.record_of[mask & ~snapshot.is_note]).tolist()
    ids = {snapshot.notes[number].annotation for number in notes}
    return frozenset(ids.union(snapshot.records[ordinal].key for ordinal in own))


def page(snapshot: Snapshot, groups: Groups, query: SearchQuery) -> tuple[IndexHit, ...]:
    """Return the hits of the page that a query asks for."""
    wanted = groups.present[query.offset : query.offset + query.limit].tolist()
    return tuple(_hit(snapshot, groups, ordinal) for ordinal in wanted)


def grouped(snapshot: Snapshot, found: Found, sort: Sort) -> Groups:
    """Bring what answers together by record, in the order wanted."""
    documents = np.flatnonzero(found.mask())
    records = snapshot.record_of[documents]
    scores = found.score[documents]
    ranks = np.zeros(len(snapshot.records), np.float32)
    np.maximum.at(ranks, records, scores)
    present = np.unique(records)
    top = float(scores.max()) if len(scores) else 0.0
    if found.parsed.plain:
        _raise_named(snapshot, found.parsed, ranks, top)
    ranks[snapshot.kinds == KINDS.index(Kind.SOURCE)] *= _SOURCE
    return Groups(documents, records, scores, _sorted(snapshot, present, ranks, sort), ranks)


def _sorted(snapshot: Snapshot, present: Ints, ranks: Floats, sort: Sort) -> Ints:
    by_rank = (present, -ranks[present])
    if sort is Sort.TITLE:
        return present[np.argsort(snapshot.title_places[present])]
    if sort is Sort.RANK:
        return present[np.lexsort(by_rank)]
    days = snapshot.days[present]
    if sort is Sort.OLDEST:
        return present[np.lexsort((*by_rank, days, days < 0))]
    return present[np.lexsort((*by_rank, -days))]


def _raise_named(snapshot: Snapshot, parsed: Parsed, ranks: Floats, top: float) -> None:
    """Put a record whose name is what was typed above all, one whose name begins so higher."""
    if len(parsed.plain) >= _SHORTEST_NAME_BEGUN:
        ranks[list(set(snapshot.named(parsed.plain, begun=True)))] += top / 2
    for ordinal in set(snapshot.named(parsed.plain)):
        ranks[ordinal] += top + (
            top / 2 if snapshot.records[ordinal].names[0] == parsed.plain else 0
        )


def _hit(snapshot: Snapshot, groups: Groups, ordinal: int) -> IndexHit:
    """Make the hit of one record: its best passage or note, or its lead if neither answers."""
    facts = snapshot.records[ordinal]
    mine = groups.records == ordinal
    own = snapshot.documents[ordinal]
    documents, scores = groups.documents[mine], groups.scores[mine]
    below = documents != own
    documents, scores = documents[below], scores[below]
    passage, start, end = facts.lead or (None, 0, 0)
    annotation: str | None = None
    if len(documents):
        best = int(documents[int(scores.argmax())])
        place = snapshot.places[best]
        note = snapshot.notes.get(best)
        annotation = note.annotation if note else None
        passage = None if note else int(place["n"])
        start, end = int(place["start"]), int(place["end"])
    return IndexHit(
        record=facts.key,
        kind=Kind(facts.kind),
        passage=passage,
        annotation=annotation,
        start=start,
        end=end,
        score=round(float(groups.ranks[ordinal]), 4),
        more=max(0, len(documents) - 1),
        year=facts.year,
    )


def _terms(evaluation: Evaluation) -> tuple[str, ...]:
    steps = (word for phrase in evaluation.phrases for step in phrase for word in sorted(step))
    return tuple(dict.fromkeys((*evaluation.words, *steps)))


def _suggestion(snapshot: Snapshot, text: str, parsed: Parsed) -> str | None:
    """Respell the words that the index does not know."""
    better = text
    for typed in reversed(parsed.typed):
        if not _is_known(snapshot, typed.word, begun=typed.end == len(text)):
            meant = snapshot.words.nearest(typed.word)
            if meant is not None:
                better = better[: typed.start] + meant + better[typed.end :]
    return better if better != text else None


def _is_known(snapshot: Snapshot, word: str, *, begun: bool) -> bool:
    words = snapshot.words
    if words.count(word) or words.relatives(word):
        return True
    return begun and bool(words.beginnings(word))


def _why_nothing(suggestion: str | None) -> str:
    if suggestion is not None:
        return "No text has these words as they are spelt."
    return "Try fewer words, other words, or fewer filters."
