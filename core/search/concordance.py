"""Every place that answers a query, for keywords in context."""

import re
from dataclasses import replace

import numpy as np

from core.domain.search import SearchQuery
from core.search.evaluate import FUNCTION_WORDS
from core.search.hits import find, grouped
from core.search.port import Place, Places
from core.search.snapshot import Snapshot
from core.search.snippet import Marker
from core.tasks import CancelToken

_UNFINISHED = re.compile(r"\w\Z")


def places(snapshot: Snapshot, query: SearchQuery, cancel: CancelToken) -> Places:
    """Return the passages and notes that answer, by record as ranked, then as they stand.

    The last word is taken as whole; only if nothing has it so, as begun.
    """
    whole = replace(query, text=_UNFINISHED.sub(lambda last: f"{last[0]} ", query.text))
    answer = _places(snapshot, whole, cancel)
    return answer if answer.places or whole == query else _places(snapshot, query, cancel)


def _places(snapshot: Snapshot, query: SearchQuery, cancel: CancelToken) -> Places:
    found = find(snapshot, query, cancel)
    if found is None:
        return Places()
    groups = grouped(snapshot, found, query.sort)
    rank = np.zeros(len(snapshot.records), np.int64)
    rank[groups.present] = np.arange(len(groups.present))
    below = ~snapshot.is_record[groups.documents]
    documents = groups.documents[below]
    order = np.lexsort((documents, rank[groups.records[below]]))
    marker = found.marker()
    telling = marker.words - FUNCTION_WORDS
    if telling or marker.phrases:  # "the" of "the States" is no keyword
        marker = Marker(telling, marker.phrases)
    return Places(
        tuple(_place(snapshot, number) for number in documents[order].tolist()), marker, found.hint
    )


def _place(snapshot: Snapshot, number: int) -> Place:
    facts = snapshot.records[int(snapshot.record_of[number])]
    place = snapshot.places[number]
    note = snapshot.notes.get(number)
    return Place(
        record=facts.key,
        passage=None if note else int(place["n"]),
        annotation=note.annotation if note else None,
        start=int(place["start"]),
        end=int(place["end"]),
        year=facts.year,
    )
