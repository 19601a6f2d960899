"""Records that one piece of work reads again and again, each loaded once."""

from collections.abc import Collection

from core.domain.records import Record
from core.services.reference import Reference


class Shelf:
    """Gives a record by its key."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._loaded: dict[str, Record] = {}

    def __call__(self, key: str) -> Record:
        """Return a record; raises `NotFoundError`."""
        if key not in self._loaded:
            self._loaded[key] = self._reference.record(key)
        return self._loaded[key]


class CitedShelf(Shelf):
    """Gives what citing takes of records, those named and their sources read at once.

    Another's record is a whole one, and so is one under an earlier key.
    """

    def __init__(self, reference: Reference, keys: Collection[str]) -> None:
        super().__init__(reference)
        self._loaded = reference.cited(keys)
