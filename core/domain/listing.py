"""The library as a list that is told apart by a fingerprint and passed on as what differs."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.records import RecordEntry


@dataclass(frozen=True, slots=True)
class Listing:
    """The library at a moment, as what differs from the one with the fingerprint ``since``.

    ``placed`` are entries with their places in the new list, ascending; ``gone`` the keys that
    are in it no more. With ``since`` None it is the whole list.
    """

    fingerprint: str
    placed: tuple[tuple[int, RecordEntry], ...]
    gone: frozenset[str] = frozenset()
    since: str | None = None

    def upon(self, entries: Sequence[RecordEntry]) -> tuple[RecordEntry, ...]:
        """Return the library, given the one with the fingerprint ``since``."""
        if self.since is None:
            return tuple(entry for _, entry in self.placed)
        over = self.gone | {entry.key for _, entry in self.placed}
        listed = [entry for entry in entries if entry.key not in over]
        for place, entry in self.placed:
            listed.insert(place, entry)
        return tuple(listed)


def fingerprint_of(entries: Sequence[RecordEntry]) -> str:
    """Return what tells this list apart from any other."""
    import hashlib  # 4 MB with it, and the window never hashes

    return hashlib.sha256(repr(tuple(entries)).encode()).hexdigest()


def difference(
    since: str, before: Sequence[RecordEntry], fingerprint: str, after: Sequence[RecordEntry]
) -> Listing:
    """Return ``after`` as what differs from ``before``, whose fingerprint is ``since``."""
    known = {entry.key: entry for entry in before}
    order = {key: n for n, key in enumerate(known)}
    placed: list[tuple[int, RecordEntry]] = []
    last = -1
    for place, entry in enumerate(after):
        stays = known.get(entry.key) == entry and order[entry.key] > last
        if stays:  # what changed its place is placed again
            last = order[entry.key]
        else:
            placed.append((place, entry))
    gone = frozenset(known) - {entry.key for entry in after}
    return Listing(fingerprint, tuple(placed), gone, since)
