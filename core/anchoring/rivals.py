"""Whether the words found for a passage may be but a copy of it.

Where a stretch was copied and its original then edited, the copy alone still reads as the passage
did. Such a stretch stands more often in the new text than in the old one, and its neighbours
further off tell which of the two stayed at home.
"""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from core.anchoring.grams import Grams

GRAM = 12  # characters of a stretch that does not stand twice by chance
_COPIED = 8  # grams in a row's length that make a copy, not a turn of phrase
_STEP = 100  # characters between the neighbours that are asked
_FARTHEST = 8_000  # characters away up to which neighbours are asked
_DRIFT = 200  # characters by which edits may shift a neighbour, at the least
_SHARE = 4  # and at most this part of how far off it stood
_FAR = 20  # a place this part of the text away from where it was is far off
_SAMPLES = 32  # grams of a passage that are looked for elsewhere
_ENOUGH = 4  # neighbours that must have stayed to tell a home


class Rivals:
    """Tells copies from passages that stayed, on a text that was another before."""

    def __init__(self, old: Grams, new: Grams) -> None:
        self._old, self._new = old, new
        self._counted: NDArray[np.intp] | None = None

    def doubt(self, was: int, at: int, length: int) -> bool:
        """Return whether ``new[at : at + length]`` may be a copy of ``old[was : was + length]``.

        Both are folded forms and read alike; the stretches include the passage's surroundings.
        """
        if self._counted is None:
            self._counted = _copied(self._old, self._new)
        last = max(at, at + length - GRAM + 1)
        if last >= len(self._counted) or self._counted[last] - self._counted[at] < _COPIED:
            return False
        return not self._at_home(was, at, length)

    def _at_home(self, was: int, at: int, length: int) -> bool:
        """Return whether most of its neighbours that are left stand about as far off as before."""
        stayed = strayed = 0
        for off in range(_STEP, _FARTHEST, _STEP):
            for place in (was - off, was + length + off):
                now = self._neighbour(place)
                if now is None:
                    continue
                if abs((now - at) - (place - was)) <= max(_DRIFT, off // _SHARE):
                    stayed += 1
                else:
                    strayed += 1
        return stayed >= _ENOUGH and stayed > strayed

    def _neighbour(self, place: int) -> int | None:
        """Return where what stood alone at a place of the old text stands alone now."""
        words = self._old.text[max(0, place) : place + 2 * GRAM]
        if place < 0 or len(words) < 2 * GRAM or self._old.only(words) is None:
            return None
        return self._new.only(words)


def twin_nearer(text: Grams, whole: str, at: int, hint: int) -> bool:
    """Return whether words much like those at ``at`` stand far nearer to where they stood once.

    For a text of which no former state is known: only a place far off from ``hint`` is doubted.
    """
    far = abs(at - hint)
    if far <= max(_DRIFT, len(text.text) // _FAR) or len(whole) < 2 * GRAM:
        return False
    last = len(whole) - GRAM
    offsets = range(0, last + 1, max(1, last // _SAMPLES))
    width = max(2 * GRAM, len(whole) // _SHARE)
    votes = Counter[int]()
    for offset, places in zip(offsets, text.places(whole, GRAM, offsets), strict=True):
        starts = places[np.abs(places - offset - hint) < far] - offset
        for bucket in set((starts // width).tolist()):
            votes.update((bucket, bucket + 1))  # so that no border cuts a place in two
    return max(votes.values(), default=0) * 3 >= len(offsets)


def _copied(old: Grams, new: Grams) -> NDArray[np.intp]:
    """Return, for each place of the new text, how many copied grams start before it."""
    hashes, order = new.table(GRAM)
    flags = np.zeros(len(hashes) + 1, dtype=np.intp)
    firsts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else order
    counts = np.diff(np.r_[firsts, len(hashes)])
    firsts, counts = firsts[counts > 1], counts[counts > 1]
    before, _ = old.table(GRAM)
    wanted = hashes[firsts]
    had = np.searchsorted(before, wanted, "right") - np.searchsorted(before, wanted)
    more = np.repeat(counts > had, counts)
    places = np.repeat(firsts, counts) + _ranks(counts)
    flags[order[places[more]] + 1] = 1
    return np.cumsum(flags)


def _ranks(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return 0, 1, … for the members of each group in turn."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
