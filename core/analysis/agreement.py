"""Agreement of two coders on the same units, corrected for chance."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from core.domain.text import Passage

_MOST_ANSWERS = 1_000_000  # of each coder; the package takes some 100 bytes for one

Coded = tuple[frozenset[int], frozenset[int]]
"""Which units, counted from 0, the first and the second coder gave a tag."""


def cohen_kappa(both: int, only_first: int, only_second: int, neither: int) -> float | None:
    """Return Cohen's kappa of two coders on one yes-or-no question, None where it has no value.

    Cohen, A coefficient of agreement for nominal scales, 1960: agreement beyond that which the
    coders' own shares of yes and no let expect.
    """
    units = both + only_first + only_second + neither
    if not units:
        return None
    first, second = both + only_first, both + only_second
    chance = first * second + (units - first) * (units - second)  # in parts of units squared
    if chance == units * units:
        return None
    return ((both + neither) * units - chance) / (units * units - chance)


def krippendorff_alpha(units: int, coded: Sequence[Coded]) -> float | None:
    """Return Krippendorff's nominal alpha of two coders over several yes-or-no questions.

    None where it has no value, as all answers are the same, and for more than a million of
    them, which would not fit into memory. Krippendorff, Content Analysis, chapter 12.
    """
    answers = units * len(coded)
    yes = sum(len(first) + len(second) for first, second in coded)
    if answers > _MOST_ANSWERS or yes in {0, 2 * answers}:
        return None
    import krippendorff
    import numpy as np

    counts = np.zeros((answers, 2), dtype=np.int64)  # of no and of yes, a row a unit
    for number, pair in enumerate(coded):
        for tagged in pair:
            counts[[number * units + unit for unit in tagged], 1] += 1
    counts[:, 0] = 2 - counts[:, 1]
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def passages_within(passages: Sequence[Passage], start: int, end: int) -> range:
    """Return the numbers of the passages that ``text[start:end]`` touches; they follow on."""
    first = bisect_right(passages, start, key=lambda passage: passage.end)
    return range(first, bisect_left(passages, end, key=lambda passage: passage.start))


def with_those_above(paths: Iterable[str], known: frozenset[str]) -> frozenset[str]:
    """Return tags with every tag of the codebook that stands above one of them."""
    found: set[str] = set()
    for path in paths:
        parts = path.split("/")
        above = ("/".join(parts[:length]) for length in range(1, len(parts)))
        found |= {path, *(one for one in above if one in known)}
    return frozenset(found)
