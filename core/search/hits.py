"""A query answered over a snapshot: hits grouped by record, facets, hints and suggestions."""

from dataclasses import dataclass

import numpy as np

from core.domain.keys import Kind
from core.domain.search import SearchQuery
from core.search.evaluate import Evaluation, Match
from core.search.filters import kinds_mask, narrowed
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
class _Groups:
    """The documents that answer, with their records; ``present`` in order of rank."""

    documents: Ints
    records: Ints
    scores: Floats
    present: Ints
    ranks: Floats  # by record


def answer(snapshot: Snapshot, query: SearchQuery, cancel: CancelToken) -> Answer:
    """Answer a query; raises `CancelledError` between steps if that was asked for."""
    parsed = parse(query.text)
    if parsed.node is None and not _has_filters(query):
        return Answer(hint=parsed.hint or "Type a word to search for.")
    evaluation = Evaluation(snapshot, cancel)
    found = evaluation.run(parsed.node or And(()))
    narrow = narrowed(snapshot, query)
    mask = _answering(snapshot, evaluation, found) & narrow
    hint = parsed.hint
    if isinstance(parsed.node, And) and not mask.any():
        evaluation = Evaluation(snapshot, cancel, anywhere=True)
        found = evaluation.run(parsed.node)
        mask = _answering(snapshot, evaluation, found) & narrow
        if mask.any():
            hint = hint or "No passage has all of this; these records have it in several places."
    facets = {"kind": _kind_counts(snapshot, mask)}
    if query.kinds:
        mask &= kinds_mask(snapshot, query.kinds)[snapshot.record_of]
    groups = _grouped(snapshot, mask, found.score, parsed)
    cancel.check()
    if query.facets:
        facets |= _facet_counts(snapshot, groups.present)
    page = groups.present[query.offset : query.offset + query.limit].tolist()
    suggestion = _suggestion(snapshot, query.text, parsed)
    return Answer(
        hits=tuple(_hit(snapshot, groups, ordinal) for ordinal in page),
        total=len(groups.present),
        facets=facets,
        suggestion=suggestion,
        hint=hint or (None if len(groups.present) else _why_nothing(suggestion)),
        marker=Marker(frozenset(evaluation.words), tuple(evaluation.phrases)),
        terms=_terms(evaluation),
    )


def _has_filters(query: SearchQuery) -> bool:
    chosen = (query.kinds, query.tags, query.themes, query.participants, query.within)
    return any(chosen) or query.year_from is not None or query.year_to is not None


def _answering(snapshot: Snapshot, evaluation: Evaluation, found: Match) -> Mask:
    """Tell which documents answer: a passage or note by its own text, a record by anything.

    Where nothing but filters was asked for, notes answer by them too.
    """
    alone = snapshot.is_record
    if evaluation.only_filters:
        alone = alone | snapshot.is_note
    return found.mask & (found.direct | alone)


def _grouped(snapshot: Snapshot, mask: Mask, score: Floats, parsed: Parsed) -> _Groups:
    documents = np.flatnonzero(mask)
    records = snapshot.record_of[documents]
    scores = score[documents]
    ranks = np.zeros(len(snapshot.records), np.float32)
    np.maximum.at(ranks, records, scores)
    present = _different(records, len(ranks))
    top = float(scores.max()) if len(scores) else 0.0
    if parsed.plain:
        _raise_named(snapshot, parsed, ranks, top)
    ranks[snapshot.kinds == KINDS.index(Kind.SOURCE)] *= _SOURCE
    order = np.lexsort((present, -ranks[present]))
    return _Groups(documents, records, scores, present[order], ranks)


def _raise_named(snapshot: Snapshot, parsed: Parsed, ranks: Floats, top: float) -> None:
    """Put a record whose name is what was typed above all, one whose name begins so higher."""
    if len(parsed.plain) >= _SHORTEST_NAME_BEGUN:
        ranks[list(set(snapshot.named(parsed.plain, begun=True)))] += top / 2
    for ordinal in set(snapshot.named(parsed.plain)):
        ranks[ordinal] += top + (
            top / 2 if snapshot.records[ordinal].names[0] == parsed.plain else 0
        )


def _hit(snapshot: Snapshot, groups: _Groups, ordinal: int) -> IndexHit:
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


def _kind_counts(snapshot: Snapshot, mask: Mask) -> dict[str, int]:
    records = _different(snapshot.record_of[mask], len(snapshot.records))
    counts = np.bincount(snapshot.kinds[records], minlength=len(KINDS)).tolist()
    return {kind.value: count for kind, count in zip(KINDS, counts, strict=True) if count}


def _different(ordinals: Ints, most: int) -> Ints:
    """Return each ordinal once, ascending."""
    found = np.zeros(most, bool)
    found[ordinals] = True
    return np.flatnonzero(found)


def _facet_counts(snapshot: Snapshot, present: Ints) -> dict[str, dict[str, int]]:
    chosen = np.zeros(len(snapshot.records), bool)
    chosen[present] = True
    facets: dict[str, dict[str, int]] = {}
    for name in ("theme", "tag"):
        counts = {v: int(chosen[o].sum()) for v, o in snapshot.facets[name].items()}
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        facets[name] = {value: count for value, count in ordered if count}
    years, counts = np.unique(snapshot.years[0][present], return_counts=True)
    pairs = zip(years.tolist(), counts.tolist(), strict=True)
    facets["year"] = {str(year): count for year, count in pairs if year >= 0}
    return facets


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
        return f"Nothing was found. Did you mean “{suggestion}”?"
    return "Nothing was found. Try fewer words, other words, or fewer filters."
