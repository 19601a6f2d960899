"""Where an altered quotation may stand, found through short pieces that survived.

Pieces ("seeds") of the quotation with its context are looked up exactly; places that several
seeds agree on are laid against the quotation to find its ends. The work is bounded by the
constants here, whatever the text.
"""

from collections import defaultdict
from heapq import nsmallest

import numpy as np
from rapidfuzz.distance import Levenshtein

from core.anchoring.grams import LENGTHS, Grams
from core.domain.annotations import TextPositionSelector

MAX_SEEDS = 64
MAX_HITS = 200
"""Places looked at for each seed."""

MAX_ALL_HITS = 300
"""Places from which on no commoner seeds are asked."""

MAX_PLACES = 16
"""Places laid against the quotation."""

MAX_LONG_PLACES = 3
"""Places compared for a quotation that is placed by its ends."""

SLACK = 0.25
"""How far seeds of one place may drift apart, as a share of what is looked for."""

END_LENGTH = 512
"""Of longer quotations only their two ends of this length are laid against the text."""


def candidates(
    content: Grams, exact: str, prefix: str, suffix: str, hint: int | None
) -> tuple[TextPositionSelector, ...]:
    """Return places where ``exact`` may stand in altered form, most promising first."""
    if len(exact) > 2 * END_LENGTH:
        return _by_ends(content, exact, prefix, suffix, hint)
    wanted = prefix + exact + suffix
    ends = (len(prefix), len(prefix) + len(exact))
    found: dict[TextPositionSelector, None] = {}
    for start, end in _windows(content, wanted, hint):
        place = _lay(wanted, content.text[start:end], ends)
        if place[0] < place[1]:
            found[TextPositionSelector(start + place[0], start + place[1])] = None
    return tuple(found)


def _by_ends(
    content: Grams, exact: str, prefix: str, suffix: str, hint: int | None
) -> tuple[TextPositionSelector, ...]:
    """Place a long quotation by its head and its tail."""
    tail_hint = None if hint is None else hint + len(exact) - END_LENGTH
    heads = candidates(content, exact[:END_LENGTH], prefix, "", hint)
    tails = candidates(content, exact[-END_LENGTH:], "", suffix, tail_hint)
    pairs = [
        TextPositionSelector(head.start, tail.end)
        for head in heads
        for tail in tails
        if len(exact) / 2 <= tail.end - head.start <= len(exact) * 2
    ]
    pairs.sort(key=lambda p: abs((p.end - p.start) - len(exact)))
    return tuple(pairs[:MAX_LONG_PLACES])


def _windows(content: Grams, wanted: str, hint: int | None) -> list[tuple[int, int]]:
    """Return stretches of ``content`` that share seeds with ``wanted``."""
    for length in LENGTHS:  # the longer a seed, the less it says by chance
        if length <= len(wanted):
            hits = _seed_hits(content, wanted, length)
            if hits:
                return _clusters(content, wanted, hits, hint)
    return []


def _seed_hits(content: Grams, wanted: str, length: int) -> list[tuple[int, int]]:
    """Return (place in content, place in wanted) of the seeds that occur."""
    last = len(wanted) - length
    step = max(1, -(-last // MAX_SEEDS))
    offsets = sorted({*range(0, last + 1, step), last})
    seeds = zip(offsets, content.places(wanted, length, offsets), strict=True)
    found = [(offset, places) for offset, places in seeds if len(places)]
    hits: list[tuple[int, int]] = []
    for offset, places in sorted(found, key=lambda seed: len(seed[1])):  # the rarest tell most
        few = np.partition(places, MAX_HITS)[:MAX_HITS] if len(places) > MAX_HITS else places
        hits.extend((place, offset) for place in few.tolist())
        if len(hits) >= MAX_ALL_HITS:
            break
    return hits


def _clusters(
    content: Grams, wanted: str, hits: list[tuple[int, int]], hint: int | None
) -> list[tuple[int, int]]:
    """Group seeds that lie in about the order and distance they had; the largest groups win."""
    width = max(4, int(len(wanted) * SLACK))
    groups: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, offset in hits:
        bucket = (place - offset) // width
        groups[bucket].append((place, offset))
        groups[bucket + 1].append((place, offset))  # so that no border cuts a place in two

    def rank(item: tuple[int, list[tuple[int, int]]]) -> tuple[int, int, int]:
        bucket, group = item
        far = 0 if hint is None else abs(bucket * width - hint)
        return (-len({offset for _, offset in group}), far, bucket)

    found: dict[tuple[int, int], None] = {}
    for _, group in nsmallest(2 * MAX_PLACES, groups.items(), key=rank):
        first, last = min(group, key=lambda h: (h[1], h[0])), max(group, key=lambda h: (h[1], h[0]))
        start = max(0, first[0] - first[1])
        end = min(len(content.text), last[0] + len(wanted) - last[1])
        if start < end:
            found[start, end] = None
    return list(found)[:MAX_PLACES]


def _lay(wanted: str, window: str, ends: tuple[int, int]) -> tuple[int, int]:
    """Return where ``wanted[ends[0]:ends[1]]`` comes to lie in ``window``."""
    start, end = 0, len(window)
    for operation in Levenshtein.opcodes(wanted, window):
        source, target = operation.src_start, operation.dest_start
        if source <= ends[0] <= operation.src_end:
            start = min(target + ends[0] - source, operation.dest_end)
            if operation.tag == "insert" and ends[0] > 0:
                start = target  # what was put in at the border counts as part of the quotation
        if source < ends[1] <= operation.src_end:
            end = min(target + ends[1] - source, operation.dest_end)
    return start, end
