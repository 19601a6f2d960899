"""Merging small segments while nobody waits.

A commit adds a small segment, and each costs a little at every search. The merged file is written
beside the index, without its lock; what was deleted meanwhile is carried over when it is put in
place. Large segments are left alone until half of them is deleted.
"""

# pyright: standard
import uuid
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.search.columns import Array, Source, merged
from core.search.commits import UNFINISHED, Commit
from core.search.segment_file import write_segment
from core.search.snapshot import Part

_SMALL = 5000  # documents
_FEWEST = 4  # small segments that are worth a merge
_AGE = 2  # a segment with one living document in so many is small, whatever its size


class Merger:
    """One merge: chosen and written first, put in place later."""

    def __init__(self, folder: Path, parts: Sequence[Part]) -> None:
        self._parts = _chosen(parts)
        self._file = folder / f"{UNFINISHED}{uuid.uuid4().hex}"
        self._size = 0
        self._numbers: list[Array] = []  # by part: each document's number in the new segment

    def write(self) -> bool:
        """Write the merged segment; False if there is nothing worth merging."""
        if not self._parts:
            return False
        sources = [Source(part.segment.columns, part.living) for part in self._parts]
        base = 0
        for source in sources:
            self._numbers.append(np.cumsum(source.live) - 1 + base)
            base += int(source.live.sum())
        self._size = base
        write_segment(self._file, merged(sources))
        return True

    def put_in_place(self, commit: Commit) -> bool:
        """Name it in a commit; False if what it was merged from is no longer there."""
        present = {entry.segment_id(): entry for entry in commit.segments}
        names = [part.segment.id for part in self._parts]
        if not present.keys() >= set(names) or not self._file.exists():
            return False
        deleted = [
            numbers[sorted(set(present[part.segment.id].deleted_docs()) - part.deleted)]
            for part, numbers in zip(self._parts, self._numbers, strict=True)
        ]
        commit.replace(names, self._file, self._size, np.concatenate(deleted))
        return True

    def clean_up(self) -> None:
        """Remove what was not put in place."""
        self._file.unlink(missing_ok=True)


def _chosen(parts: Sequence[Part]) -> list[Part]:
    """Choose neighbours only, so that the order of documents stays as it is."""
    runs: list[list[Part]] = [[]]
    for part in parts:
        if _is_small(part):
            runs[-1].append(part)
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=len)
    is_worn = any(part.segment.size > _SMALL for part in longest)
    return longest if len(longest) >= _FEWEST or is_worn else []


def _is_small(part: Part) -> bool:
    size = part.segment.size
    return size <= _SMALL or len(part.deleted) * _AGE > size
