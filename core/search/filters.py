"""What narrows a search, as booleans over records or documents."""

from collections import Counter
from collections.abc import Collection, Iterator

import numpy as np

from core.domain.as_of import AsOf
from core.domain.codebook import SEPARATOR
from core.domain.keys import Kind
from core.domain.search import SearchQuery
from core.search.analysis import fold, words_of
from core.search.fields import LAYERS, RECORD_FIELDS
from core.search.snapshot import KINDS, Mask, Snapshot
from core.search.values import keys_named, matches_of_records


def _tag_or_below(value: str, wanted: str) -> bool:
    return fold(value) == wanted or fold(value).startswith(wanted + SEPARATOR)


def _same(value: str, wanted: str) -> bool:
    return value == wanted or " ".join(words_of(value)) == " ".join(words_of(wanted))


def years_mask(snapshot: Snapshot, low: int | None, high: int | None) -> Mask:
    """Records whose years overlap ``low`` to ``high``; those without a year do not."""
    first, last = snapshot.years
    return (first >= 0) & (last >= (low or 0)) & (first <= (9999 if high is None else high))


def as_of_mask(snapshot: Snapshot, as_of: AsOf) -> Mask:
    """Records that existed by a date, or may have."""
    return snapshot.earliest <= as_of.day


def kinds_mask(snapshot: Snapshot, kinds: Collection[str]) -> Mask:
    """Records of any of these kinds."""
    return np.isin(snapshot.kinds, [place for place, kind in enumerate(KINDS) if kind in kinds])


def layers_mask(snapshot: Snapshot, layers: Collection[str]) -> Mask:
    """Documents of these layers: reference, documents, notes."""
    imported = (snapshot.kinds == KINDS.index(Kind.DOCUMENT))[snapshot.record_of]
    notes = snapshot.in_notes
    masks = {"reference": ~imported & ~notes, "documents": imported & ~notes, "notes": notes}
    found = np.zeros(snapshot.size, bool)
    for layer in LAYERS:
        if layer in layers:
            found |= masks[layer]
    return found


def annotated_mask(snapshot: Snapshot) -> Mask:
    """Records that carry an annotation with a tag or a note."""
    found = np.array([bool(facts.tags) for facts in snapshot.records], bool)
    found[snapshot.record_of[snapshot.is_note & snapshot.live]] = True
    return found


def states_mask(snapshot: Snapshot, states: Collection[str]) -> Mask:
    """Records of which any of these is so: annotated, seed, verified, unverified."""
    found = np.zeros(len(snapshot.records), bool)
    marks = {
        "seed": ("mark", "seed"),
        "verified": ("verified", "yes"),
        "unverified": ("verified", "no"),
    }
    for state in states:
        if state == "annotated":
            found |= annotated_mask(snapshot)
        else:
            facet, value = marks[state]
            found[list(snapshot.facets[facet].get(value, ()))] = True
    return found


def facet_mask(
    snapshot: Snapshot, name: str, wanted: Collection[str], *, typing: bool = False
) -> Mask:
    """Documents of records with any of these values in a facet.

    A tag takes in those below it, and a note answers for its own tags alone. A value that fits
    nothing while it is typed stands for all that begin so.
    """
    fitting = _fitting(snapshot, name, wanted, typing=typing)
    found = np.zeros(len(snapshot.records), bool)
    for value in fitting:
        found[snapshot.facets[name].get(value, np.empty(0, np.int64))] = True
        if name == "participant":  # each is tied to itself
            own = snapshot.ordinals.get(value)
            if own is not None:
                found[own] = True
    documents = found[snapshot.record_of]
    if name == "tag":
        for number, note in snapshot.notes.items():
            documents[number] = any(tag in fitting for tag in note.tags)
    return documents


def _fitting(snapshot: Snapshot, name: str, wanted: Collection[str], *, typing: bool) -> set[str]:
    """Return the values of a facet that any of the wanted ones stands for."""
    values = snapshot.facets[name]
    if name in RECORD_FIELDS:
        found = {key for one in wanted for key in keys_named(snapshot, name, one)}
        if typing and not found:
            counts = Counter({value: len(ordinals) for value, ordinals in values.items()})
            found = {k for one in wanted for k in matches_of_records(snapshot, counts, one)}
        return found
    fits = _tag_or_below if name == "tag" else _same
    folded = [fold(one) for one in wanted]
    found = {value for value in values if any(fits(value, one) for one in folded)}
    if typing and not found:
        found = {value for value in values if any(fold(value).startswith(o) for o in folded)}
    return found


def records_mask(snapshot: Snapshot, keys: Collection[str]) -> Mask:
    """Records with these keys."""
    found = np.zeros(len(snapshot.records), bool)
    found[[snapshot.ordinals[key] for key in keys if key in snapshot.ordinals]] = True
    return found


class Narrowing:
    """What a query's filters let through, each facet's choice apart.

    Several values of one facet are alternatives; facets among themselves must all fit.
    """

    def __init__(self, snapshot: Snapshot, query: SearchQuery) -> None:
        self._always = snapshot.live
        if query.within:
            self._always = snapshot.live & layers_mask(snapshot, query.within)
        if query.as_of is not None:
            existed = as_of_mask(snapshot, AsOf(query.as_of))
            self._always = self._always & existed[snapshot.record_of]
        self._chosen: dict[str, Mask] = {}
        for name, values in (
            ("tag", query.tags),
            ("theme", query.themes),
            ("participant", query.participants),
            ("language", query.languages),
        ):
            if values:
                self._chosen[name] = facet_mask(snapshot, name, values)
        for name, records in self._by_record(snapshot, query):
            self._chosen[name] = records[snapshot.record_of]

    def _by_record(self, snapshot: Snapshot, query: SearchQuery) -> Iterator[tuple[str, Mask]]:
        if query.kinds:
            yield "kind", kinds_mask(snapshot, query.kinds)
        if query.records:
            yield "record", records_mask(snapshot, query.records)
        if query.year_from is not None or query.year_to is not None:
            yield "year", years_mask(snapshot, query.year_from, query.year_to)

    def mask(self, leaving_out: str = "") -> Mask:
        """Return the documents that all choices let through, but for those of one facet."""
        found = self._always.copy()
        for name, mask in self._chosen.items():
            if name != leaving_out:
                found &= mask
        return found
