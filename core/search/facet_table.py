"""The values of one facet, laid out so that all are counted in one step."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.domain.codebook import SEPARATOR
from core.domain.keys import Kind

Ints = np.ndarray[Any, np.dtype[np.int64]]
Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class FacetTable:
    """Values side by side: record ``ordinals[i]`` has the value ``values[places[i]]``."""

    values: tuple[str, ...]
    places: Ints
    ordinals: Ints

    def counts(self, present: Mask) -> dict[str, int]:
        """Count the records that are ``present``, by value; most frequent first, zeros left out."""
        found = np.bincount(self.places[present[self.ordinals]], minlength=len(self.values))
        pairs = zip(self.values, found.tolist(), strict=True)
        return dict(sorted((pair for pair in pairs if pair[1]), key=lambda p: (-p[1], p[0])))


def tabulate(name: str, values: Mapping[str, Ints], records: Mapping[str, int]) -> FacetTable:
    """Lay out a facet's values; a filter's idea of who has a value is the table's too.

    A tag holds what the tags below it hold, and each participant is tied to itself.
    """
    held: defaultdict[str, set[int]] = defaultdict(set)
    for value, ordinals in values.items():
        for above in _with_those_above(value) if name == "tag" else (value,):
            held[above].update(ordinals.tolist())
    if name == "participant":
        for key, ordinal in records.items():
            if key.startswith(f"{Kind.PARTICIPANT}:"):
                held[key].add(ordinal)
    order = sorted(held)
    places = [np.full(len(held[value]), n, np.int64) for n, value in enumerate(order)]
    ordinals = [np.array(sorted(held[value]), np.int64) for value in order]
    empty = np.empty(0, np.int64)
    return FacetTable(
        tuple(order),
        np.concatenate(places) if places else empty,
        np.concatenate(ordinals) if ordinals else empty,
    )


def _with_those_above(path: str) -> list[str]:
    parts = path.split(SEPARATOR)
    return [SEPARATOR.join(parts[: n + 1]) for n in range(len(parts))]
