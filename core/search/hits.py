"""A query answered over a snapshot: hits grouped by record, facets, hints and suggestions."""

from dataclasses import dataclass, replace

import numpy as np

from core.domain.keys import Kind
from core.domain.search import Counts, SearchQuery, Sort
from core.search.evaluate import Evaluation, Match
from core.search.expansion import FUNCTION_WORDS, Lexicon, expanded
from core.search.facets import facet_counts, kind_counts
from core.search.filters import Narrowing
from core.search.nodes import And, Node
from core.search.port import Answer, IndexHit
from core.search.query import Parsed, parse
from core.search.questions import is_question
from core.search.ranking import lower_sources, raise_named
from core.search.segment import Floats, Ints
from core.search.snapshot import Mask, Snapshot
from core.search.snippet import Marker
from core.search.suggestion import suggested, unknown_words
from core.tasks import CancelToken

_FEW = 10  # records; where fewer have all words, those that have most come after them
_MOST_PARTLY = 20  # of those
_BELOW = 0.95  # of the lowest score of those that have all
_LEAST_SHARE = 0.4  # of the words, by how much they tell, that such a record must hold


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that answer a query, before and after what narrows it."""

    parsed: Parsed
    evaluation: Evaluation
    score: Floats
    answering: Mask
    narrowing: Narrowing
    hint: str | None = None
    partly: Mask | None = None  # those of ``answering`` that do not have all words

    def mask(self) -> Mask:
        """Return the documents that answer and pass every filter."""
        return self.answering & self.narrowing.mask()

    def in_full(self) -> bool:
        """Tell whether anything has all words and passes every filter."""
        mask = self.mask()
        return bool((mask if self.partly is None else mask & ~self.partly).any())

    def marker(self) -> Marker:
        """Return what marks the words that answered; "the" of "the States" tells nothing."""
        words, phrases = frozenset(self.evaluation.words), tuple(self.evaluation.phrases)
        telling = words - FUNCTION_WORDS
        return Marker(telling if telling or phrases else words, phrases)


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
    found, suggestion = _found_or_respelt(snapshot, query, cancel)
    if found is None:
        return Answer(hint=parse(query.text).hint or "Type a word to search for.")
    facets = {"kind": kind_counts(snapshot, found.answering, found.narrowing)}
    groups = grouped(snapshot, found, query.sort)
    cancel.check()
    if query.facets:
        facets = facet_counts(snapshot, found.answering, found.narrowing)
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
    found, _ = _found_or_respelt(snapshot, query, cancel)
    return facet_counts(snapshot, found.answering, found.narrowing) if found else {}


def _found_or_respelt(
    snapshot: Snapshot, query: SearchQuery, cancel: CancelToken
) -> tuple[Found | None, str | None]:
    """Return what answers, or where nothing does in full what answers a better-spelt query so; and
    that query, if there is one."""
    found = find(snapshot, query, cancel, partly=True)
    if found is None:
        return None, None
    suggestion = suggested(snapshot, query.text, found.parsed)
    if suggestion is not None and not found.in_full():
        respelt = find(snapshot, replace(query, text=suggestion), cancel, partly=True)
        if respelt is not None and respelt.in_full():
            unknown = unknown_words(snapshot, query.text, found.parsed)
            hint = f"Nothing has {unknown}; this answers “{suggestion.strip()}”."
            return replace(respelt, hint=hint), suggestion
    return found, suggestion


def find(
    snapshot: Snapshot, query: SearchQuery, cancel: CancelToken, *, partly: bool = False
) -> Found | None:
    """Work out which documents answer; None for a query that asks nothing.

    With ``partly``, where few records have all words, those that have most of them answer too.
    """
    parsed = parse(query.text)
    if parsed.node is None and not _has_filters(query):
        return None
    evaluation = Evaluation(snapshot, cancel)
    node = understood(snapshot, parsed, query.text)
    match = evaluation.run(node)
    narrowing = Narrowing(snapshot, query)
    answering = _answering(snapshot, evaluation, match)
    found = Found(parsed, evaluation, match.score, answering, narrowing, parsed.hint)
    if not isinstance(node, And) or evaluation.only_filters:
        return found
    present = len(snapshot.records_of(answering & narrowing.mask("kind")))
    if present == 0 or (partly and present < _FEW and parsed.plain):
        return _with_most(snapshot, found, node, partly=partly and bool(parsed.plain))
    return found


def understood(snapshot: Snapshot, parsed: Parsed, text: str) -> Node:
    """Return what a query means in full, with what its words may also mean."""
    if parsed.node is None:
        return And(())
    question = is_question(parsed.plain.split(), text)
    return expanded(parsed.node, lexicon_of(snapshot), question=question)


def lexicon_of(snapshot: Snapshot) -> Lexicon:
    """Return what is known of words here."""
    return Lexicon(snapshot.words, (*snapshot.synonyms, snapshot.named_alike))


def _with_most(snapshot: Snapshot, found: Found, node: And, *, partly: bool) -> Found:
    """Add records that have the words in several places or, ``partly``, most of the words."""
    match = found.evaluation.most(node, _LEAST_SHARE if partly else 1.0)
    added = _answering(snapshot, found.evaluation, match) & found.narrowing.mask("kind")
    records = np.zeros(len(snapshot.records), bool)
    records[snapshot.record_of[found.answering & found.narrowing.mask("kind")]] = True
    first = bool(records.any())
    added &= ~records[snapshot.record_of]
    if not added.any():
        return found
    if partly:
        added = _best_records(snapshot, added, match.score)
    ceiling = float(found.score[found.answering].min()) if first else 0.0
    score = found.score.copy()
    best = float(match.score[added].max()) or 1.0
    score[added] = match.score[added] * (ceiling * _BELOW / best if first else 1.0)
    hint = found.hint
    if not first:
        hint = hint or "No passage has all of this; these records have it in several places."
        if partly and not _has_all(snapshot, found, node):
            hint = found.hint or "No record has all of this; these have most of it."
    return replace(found, score=score, answering=found.answering | added, hint=hint, partly=added)


def _has_all(snapshot: Snapshot, found: Found, node: And) -> bool:
    match = found.evaluation.most(node, 1.0)
    return bool((_answering(snapshot, found.evaluation, match) & found.narrowing.mask()).any())


def _best_records(snapshot: Snapshot, mask: Mask, score: Floats) -> Mask:
    """Keep the documents of the `_MOST_PARTLY` records with the best scores."""
    ranks = np.zeros(len(snapshot.records), np.float32)
    documents = np.flatnonzero(mask)
    np.maximum.at(ranks, snapshot.record_of[documents], score[documents])
    holding = np.zeros(len(snapshot.records), bool)
    holding[snapshot.record_of[documents]] = True
    answering = np.flatnonzero(holding)  # a record that answers by its notes has no rank itself
    kept = np.zeros(len(snapshot.records), bool)
    kept[answering[np.argsort(-ranks[answering], kind="stable")[:_MOST_PARTLY]]] = True
    return mask & kept[snapshot.record_of]


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
    return frozenset() if found is None else names_of(snapshot, found.mask())


def names_of(snapshot: Snapshot, mask: Mask) -> frozenset[str]:
    """Return the keys of records, and the ids of annotations, of some documents."""
    notes = np.flatnonzero(mask & snapshot.is_note).tolist()
    own: list[int] = snapshot.records_of(mask & ~snapshot.is_note).tolist()
    ids = {snapshot.notes[number].annotation for number in notes}
    return frozenset(ids.union(snapshot.records[ordinal].key for ordinal in own))


def page(snapshot: Snapshot, groups: Groups, query: SearchQuery) -> tuple[IndexHit, ...]:
    """Return the hits of the page that a query asks for."""
    wanted = groups.present[query.offset : query.offset + query.limit]
    shown = np.zeros(len(snapshot.records), bool)
    shown[wanted] = True
    rows = np.flatnonzero(shown[groups.records])
    few = replace(
        groups,
        documents=groups.documents[rows],
        records=groups.records[rows],
        scores=groups.scores[rows],
    )
    return tuple(_hit(snapshot, few, ordinal) for ordinal in wanted.tolist())


def grouped(snapshot: Snapshot, found: Found, sort: Sort) -> Groups:
    """Bring what answers together by record, in the order wanted."""
    mask = found.mask()
    documents = np.flatnonzero(mask)
    records = snapshot.record_of[documents]
    scores = found.score[documents]
    ranks = np.zeros(len(snapshot.records), np.float32)
    np.maximum.at(ranks, records, scores)
    present = snapshot.records_of(mask)
    top = float(scores.max()) if len(scores) else 0.0
    raise_named(snapshot, found.parsed.plain, lexicon_of(snapshot), ranks, top)
    lower_sources(snapshot, ranks)
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


def _why_nothing(suggestion: str | None) -> str:
    if suggestion is not None:
        return "No text has these words as they are spelt."
    return "Try fewer words, other words, or fewer filters."
