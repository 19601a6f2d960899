"""Reading the records: the library's entries, one record, suggestions for a wrong key."""

from collections.abc import Collection

from rapidfuzz import process

from core.domain.addresses import place_of, read_address
from core.domain.keys import Kind, kind_of
from core.domain.listing import Listing, difference, fingerprint_of
from core.domain.records import Record, RecordEntry
from core.errors import NotFoundError
from core.storage.repositories.records import Records
from core.storage.unit_of_work import Database
from core.tasks import slow

_NEAR = 70  # percent of likeness from which a key is worth suggesting


class Reference:
    """The records of the workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listed: tuple[str, tuple[RecordEntry, ...]] | None = None

    @slow
    def entries(self, kind: Kind | None = None) -> tuple[RecordEntry, ...]:
        """Return the library's entries by kind, then title."""
        with self._database.read() as session:
            return Records(session).entries(kind)

    @slow
    def listing(self, known: str | None = None) -> Listing:
        """Return all entries, as what differs from the listing with the fingerprint ``known``.

        After most changes that is an entry or two, where the library may have thousands.
        """
        entries = self.entries()
        fingerprint = fingerprint_of(entries)
        before, self._listed = self._listed, (fingerprint, entries)
        if known == fingerprint:
            return Listing(fingerprint, (), since=known)
        if known is not None and before is not None and before[0] == known:
            return difference(known, before[1], fingerprint, entries)
        return Listing(fingerprint, tuple(enumerate(entries)))

    def entry(self, key: str) -> RecordEntry:
        """Return one entry; earlier keys resolve. Raises `NotFoundError`."""
        with self._database.read() as session:
            records = Records(session)
            return records.entry(find_record(records, key))

    @slow
    def record(self, key: str) -> Record:
        """Return a whole record; earlier keys resolve. Raises `NotFoundError`."""
        with self._database.read() as session:
            records = Records(session)
            return records.record(find_record(records, key))

    @slow
    def cited(self, keys: Collection[str]) -> dict[str, Record]:
        """Return what citing takes of records and of the sources they rest on, by key.

        Keys that a record had before are not among them; `record` finds those.
        """
        with self._database.read() as session:
            records = Records(session)
            found = records.cited(sorted(set(keys)))
            sources = {span.target for record in found.values() for span in record.text.spans}
            sources |= {record.source for record in found.values()}
            missing = sorted(key for key in sources if key is not None and key not in found)
            return found | records.cited(missing)

    @slow
    def passage_at(self, address: str) -> tuple[str, tuple[int, int] | None]:
        """Return the record that a passage's address names, and where the passage is now.

        There is no place where the record alone is meant, or its words are no longer there.
        Raises `UserError` for what is no address, `NotFoundError` where there is no such record.
        """
        wanted = read_address(address)
        with self._database.read() as session:
            records = Records(session)
            place = find_record(records, wanted.record)
            return records.entry(place).key, place_of(wanted, records.text(place).content)


def find_record(records: Records, key: str) -> int:
    """Return a record's row id; raises `NotFoundError` with the nearest keys."""
    kind_of(key)
    found = records.resolve(key)
    if found is not None:
        return found
    near = [match[0] for match in process.extract(key, records.keys(), limit=3, score_cutoff=_NEAR)]
    hint = f"Did you mean {' or '.join(near)}?" if near else "Use 'normatlas list' to see the keys."
    raise NotFoundError(f"There is no record “{key}”. {hint}")
