"""Records that one piece of work reads again and again, each loaded once."""

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
