"""Which values a field has in the index, and which records have them."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from core.domain.keys import Kind
from core.search.analysis import words_of
from core.search.fields import FIELDS
from core.search.segment import Ints
from core.search.snapshot import KINDS, Snapshot
from core.search.years import year_counts


def values_of(snapshot: Snapshot, field: str) -> Counter[str]:
    """Count the records by each value of a field; of fields that name records, by key."""
    if field == "kind":
        counts = np.bincount(snapshot.kinds[_live(snapshot)], minlength=len(KINDS)).tolist()
        return Counter({k.value: n for k, n in zip(KINDS, counts, strict=True) if n})
    if field == "year":
        return year_counts(snapshot, _live(snapshot))
    if field == "in":
        return _layers(snapshot)
    if field == "is":
        return _states(snapshot)
    if FIELDS[field].nested:
        return Counter()
    return Counter({v: len(o) for v, o in snapshot.facets.get(field, {}).items()})


def _live(snapshot: Snapshot) -> Ints:
    return np.array(sorted(snapshot.ordinals.values()), np.int64)


def _layers(snapshot: Snapshot) -> Counter[str]:
    kinds = values_of(snapshot, "kind")
    documents = kinds.pop(Kind.DOCUMENT.value, 0)
    alone = kinds.pop(Kind.NOTE.value, 0)
    notes = alone + sum(1 for number in snapshot.notes if snapshot.live[number])
    return Counter({"reference": kinds.total(), "documents": documents, "notes": notes})


def _states(snapshot: Snapshot) -> Counter[str]:
    marks = snapshot.facets["mark"]
    verified = values_of(snapshot, "verified")
    annotated = {int(snapshot.record_of[n]) for n in snapshot.notes if snapshot.live[n]}
    return Counter(
        {
            "annotated": len(annotated),
            "seed": len(marks.get("seed", ())),
            "verified": verified["yes"],
            "unverified": verified["no"],
        }
    )


def keys_named(snapshot: Snapshot, field: str, wanted: str) -> list[str]:
    """Return the values of a field whose key, slug, title or other name is this, folded."""
    words = " ".join(words_of(wanted))
    named = {snapshot.records[ordinal].key for ordinal in snapshot.named(words)}
    return [
        key
        for key in (*snapshot.facets[field], *(_self_tied(field, named)))
        if wanted == key or key in named or words == " ".join(words_of(key.partition(":")[2]))
    ]


def _self_tied(field: str, named: Iterable[str]) -> Iterable[str]:
    """A participant is tied to itself, also one that is tied to nothing else."""
    return (key for key in named if field == "participant" and key.startswith("participant:"))


def matches_of_records(snapshot: Snapshot, counts: Counter[str], begun: str) -> list[str]:
    """Return the keys of records one of whose names has a word that begins so, best first.

    A name that begins so comes before one with such a word inside; then the more frequent.
    """
    wanted = " ".join(words_of(begun.rpartition(":")[2]))
    scored: list[tuple[int, int, str]] = []
    for key, count in counts.items():
        place = min(_name_places(_names(snapshot, key), wanted), default=-1)
        if place >= 0:
            scored.append((place, -count, key))
    return [key for _, _, key in sorted(scored)]


def _names(snapshot: Snapshot, key: str) -> Iterable[str]:
    ordinal = snapshot.ordinals.get(key)
    names = () if ordinal is None else snapshot.records[ordinal].names
    return (*names, " ".join(words_of(key.partition(":")[2])))


def _name_places(names: Iterable[str], wanted: str) -> Iterable[int]:
    for name in names:
        if name == wanted:
            yield 0
        elif name.startswith(wanted):
            yield 1
        elif f" {wanted}" in name:
            yield 2
