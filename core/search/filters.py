"""What narrows a search, as booleans over records or documents."""

from collections.abc import Callable, Collection, Iterator

import numpy as np

from core.domain.codebook import SEPARATOR
from core.domain.keys import Kind
from core.domain.search import SearchQuery
from core.search.analysis import fold, words_of
from core.search.query import LAYERS
from core.search.snapshot import KINDS, Mask, Snapshot


def _same(value: str, wanted: str) -> bool:
    return " ".join(words_of(value)) == " ".join(words_of(wanted))


def _tag_or_below(value: str, wanted: str) -> bool:
    return fold(value) == fold(wanted) or fold(value).startswith(fold(wanted) + SEPARATOR)


def _key_or_slug(value: str, wanted: str) -> bool:
    return fold(wanted) in (value, value.partition(":")[2])


_FITS: dict[str, Callable[[str, str], bool]] = {
    "theme": _same,
    "tag": _tag_or_below,
    "participant": _key_or_slug,
    "language": str.__eq__,
}


def years_mask(snapshot: Snapshot, low: int | None, high: int | None) -> Mask:
    """Records whose years overlap ``low`` to ``high``; those without a year do not."""
    first, last = snapshot.years
    return (first >= 0) & (last >= (low or 0)) & (first <= (9999 if high is None else high))


def kinds_mask(snapshot: Snapshot, kinds: Collection[str]) -> Mask:
    """Records of any of these kinds."""
    return np.isin(snapshot.kinds, [place for place, kind in enumerate(KINDS) if kind in kinds])


def layers_mask(snapshot: Snapshot, layers: Collection[str]) -> Mask:
    """Documents of these layers: reference, documents, notes."""
    imported = (snapshot.kinds == KINDS.index(Kind.DOCUMENT))[snapshot.record_of]
    notes = snapshot.is_note
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


def facet_mask(snapshot: Snapshot, name: str, wanted: Collection[str]) -> Mask:
    """Documents of records with any of these themes, tags (below them too), participants or
    languages.

    A note answers for its own tags alone.
    """
    fits = _FITS[name]
    found = np.zeros(len(snapshot.records), bool)
    for value, ordinals in snapshot.facets[name].items():
        if any(fits(value, one) for one in wanted):
            found[ordinals] = True
    if name == "participant":  # each is tied to itself
        for one in wanted:
            own = snapshot.ordinals.get(f"{Kind.PARTICIPANT}:{one.rpartition(':')[2]}")
            if own is not None:
                found[own] = True
    documents = found[snapshot.record_of]
    if name == "tag":
        for number, note in snapshot.notes.items():
            documents[number] = any(fits(tag, one) for tag in note.tags for one in wanted)
    return documents


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
