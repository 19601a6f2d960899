"""Counts of what an answer can be narrowed by."""

import numpy as np

from core.domain.search import Counts
from core.search.filters import Narrowing
from core.search.snapshot import KINDS, Mask, Snapshot
from core.search.years import year_counts

MOST_RECORDS = 200  # of the facet "record"; those with the most passages that answer


def kind_counts(snapshot: Snapshot, answering: Mask, narrowing: Narrowing) -> Counts:
    """Count the records that answer by kind, as if no kind were chosen."""
    present = _present(snapshot, answering & narrowing.mask("kind"))
    counts = np.bincount(snapshot.kinds[present], minlength=len(KINDS)).tolist()
    return {kind.value: count for kind, count in zip(KINDS, counts, strict=True) if count}


def facet_counts(snapshot: Snapshot, answering: Mask, narrowing: Narrowing) -> dict[str, Counts]:
    """Count the records that answer by each facet, as if nothing were chosen of that facet.

    "year" counts records in each year that they touch; "record" counts the passages and notes of
    each record, for the `MOST_RECORDS` with the most.
    """
    facets = {"kind": kind_counts(snapshot, answering, narrowing)}
    for name, table in snapshot.facet_tables.items():
        facets[name] = table.counts(_present(snapshot, answering & narrowing.mask(name)))
    facets["year"] = year_counts(snapshot, snapshot.records_of(answering & narrowing.mask("year")))
    facets["record"] = _records(snapshot, answering & narrowing.mask("record"))
    return facets


def _present(snapshot: Snapshot, documents: Mask) -> Mask:
    present = np.zeros(len(snapshot.records), bool)
    present[snapshot.record_of[documents]] = True
    return present


def _records(snapshot: Snapshot, documents: Mask) -> Counts:
    size = len(snapshot.records)
    below = np.bincount(snapshot.record_of[documents & ~snapshot.is_record], minlength=size)
    counts = np.maximum(below, _present(snapshot, documents))
    first: list[int] = np.argsort(-counts, kind="stable")[:MOST_RECORDS].tolist()
    found = {snapshot.records[n].key: int(counts[n]) for n in first if counts[n]}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
