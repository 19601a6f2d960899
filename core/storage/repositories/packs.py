"""The reference layer as a whole: filled from a compiled pack, synced with a newer one by key."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from core.domain.records import CompiledPack
from core.domain.synonyms import SynonymGroup
from core.storage.repositories.record_rows import (
    alias_rows,
    fact_rows,
    record_row,
    relation_rows,
    text_row,
)
from core.storage.tables import (
    AliasRow,
    Base,
    FactRow,
    PackEntryRow,
    PackRow,
    RecordRow,
    RelationRow,
    SynonymRow,
    TextRow,
)

REFERENCE = "reference"
TABLE, ARTICLE = "table", "article"


@dataclass(slots=True)
class Synced:
    """What a sync did, by record key; ``hashes`` are those of the texts before it, by row id."""

    hashes: dict[int, str]
    added: set[str] = field(default_factory=set[str])
    changed: set[str] = field(default_factory=set[str])
    gone: set[str] = field(default_factory=set[str])
    withdrawn: set[str] = field(default_factory=set[str])
    renamed: dict[str, str] = field(default_factory=dict[str, str])


class Packs:
    """Writes the reference layer; never touches the analyst's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self) -> tuple[str, str, str] | None:
        """Return name, version and hash of the pack in the database, or None."""
        row = self._session.scalars(select(PackRow)).first()
        return None if row is None else (row.name, row.version, row.sha256)

    def has_entries(self) -> bool:
        """Tell whether the pack's own words are kept: an older program did not keep them."""
        return self._session.scalar(select(PackEntryRow.key).limit(1)) is not None

    def ids(self) -> list[int]:
        """Return the rows of the reference layer's records."""
        query = select(RecordRow.id).where(RecordRow.origin == REFERENCE)
        return list(self._session.scalars(query))

    def hashes(self) -> dict[int, str]:
        """Return the hash of every record's text, by row id."""
        query = select(TextRow.record_id, TextRow.sha256)
        return dict(self._session.execute(query).tuples().all())

    def sync(self, pack: CompiledPack, now: datetime, used: frozenset[str] = frozenset()) -> Synced:
        """Make the reference layer what the pack says.

        Records that the pack no longer has go, unless they are in ``used``: those stay, marked
        as withdrawn. A record whose earlier or later key was known is that one, renamed.
        """
        synced = Synced(self.hashes())
        known = dict(self._session.execute(select(RecordRow.key, RecordRow.id)).tuples().all())
        gone = self._gone(pack, known)
        ids = self._place_records(pack, known, gone, synced)
        self._withdraw(gone - set(synced.renamed), used, synced)
        self._write_parts(pack, ids)
        self._write_entries(pack, synced)
        for record in pack.records:
            before = synced.hashes.get(ids[record.entry.key])
            if before is None:
                synced.added.add(record.entry.key)
            elif before != record.text.sha256:
                synced.changed.add(record.entry.key)
        self._session.execute(delete(SynonymRow).where(~SynonymRow.own))
        self._insert(SynonymRow, (_synonyms(group, now) for group in pack.synonyms))
        self._session.execute(delete(PackRow))
        self._session.add(
            PackRow(name=pack.name, version=pack.version, sha256=pack.sha256, synced=now)
        )
        return synced

    def leaving(self, pack: CompiledPack) -> set[str]:
        """Return the keys of the reference that the pack has neither as key nor as alias."""
        known = dict(self._session.execute(select(RecordRow.key, RecordRow.id)).tuples().all())
        aliases = {alias for record in pack.records for alias in record.aliases}
        return self._gone(pack, known) - aliases

    def _gone(self, pack: CompiledPack, known: Mapping[str, int]) -> set[str]:
        own = set(self._session.scalars(select(RecordRow.key).where(RecordRow.origin != REFERENCE)))
        return set(known) - own - {record.entry.key for record in pack.records}

    def _place_records(
        self, pack: CompiledPack, known: Mapping[str, int], gone: set[str], synced: Synced
    ) -> dict[str, int]:
        next_id = self.next_id()
        new: list[dict[str, Any]] = []
        old: list[dict[str, Any]] = []
        ids: dict[str, int] = {}
        later = self._later_keys()
        for record in pack.records:
            key = record.entry.key
            place = known.get(key)
            names = [*record.aliases, later.get(key, "")]
            earlier = next((name for name in names if name in gone), None)
            if place is None and earlier is not None and earlier not in synced.renamed:
                place, synced.renamed[earlier] = known[earlier], key
            if place is None:
                place, next_id = next_id, next_id + 1
                new.append(record_row(record, place, REFERENCE))
            else:
                old.append(record_row(record, place, REFERENCE))
            ids[key] = place
        if old:
            self._session.execute(update(RecordRow), old)
        self._insert(RecordRow, new)
        return ids

    def _later_keys(self) -> dict[str, str]:
        """Return the keys of records by the keys that they had earlier: a pack may be an older
        one than that in the database, when loading it is undone."""
        query = select(AliasRow.key, RecordRow.key).join(
            RecordRow, RecordRow.id == AliasRow.record_id
        )
        return dict(self._session.execute(query).tuples().all())

    def next_id(self) -> int:
        """Return a row id that no record has or had while it could come back."""
        from core.storage.repositories.own_records import OwnRecords

        return OwnRecords(self._session).next_id()

    def _write_parts(self, pack: CompiledPack, ids: dict[str, int]) -> None:
        places = list(ids.values())
        keys = set(ids)
        self._session.execute(delete(AliasRow).where(AliasRow.record_id.in_(places)))
        for table in (FactRow, TextRow):
            self._session.execute(delete(table).where(table.record_id.in_(places)))
        self._session.execute(delete(RelationRow).where(RelationRow.subject_id.in_(places)))
        taken = set(self._session.scalars(select(RecordRow.key))) - keys
        taken |= set(self._session.scalars(select(AliasRow.key)))
        pairs = [(record, ids[record.entry.key]) for record in pack.records]
        aliases = [row for r, at in pairs for row in alias_rows(r, at) if row["key"] not in taken]
        self._insert(AliasRow, aliases)
        self._insert(FactRow, (row for r, at in pairs for row in fact_rows(r, at)))
        self._insert(TextRow, (text_row(r, at) for r, at in pairs))
        self._insert(RelationRow, (row for r, _ in pairs for row in relation_rows(r, ids)))

    def _write_entries(self, pack: CompiledPack, synced: Synced) -> None:
        articles = {f"{ARTICLE}:{key}" for key in synced.withdrawn}
        kept = PackEntryRow.key.in_(synced.withdrawn | articles)
        self._session.execute(delete(PackEntryRow).where(~kept))
        self._session.execute(update(PackEntryRow).where(kept).values(withdrawn=True))
        raws = [(r.entry.kind.value, r.entry.key, r.attributes) for r in pack.records]
        raws += [(TABLE, str(table["key"]), table) for table in pack.tables]
        raws += [(ARTICLE, str(article["key"]), article) for article in pack.articles]
        self._insert(
            PackEntryRow,
            (
                {"key": key, "kind": kind, "n": n, "raw": raw, "withdrawn": False}
                for n, (kind, key, raw) in enumerate(raws)
            ),
        )

    def _insert(self, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
        values = list(rows)
        if values:
            assert isinstance(table.__table__, Table)
            self._session.execute(insert(table.__table__), values)

    def _withdraw(self, keys: set[str], used: frozenset[str], synced: Synced) -> None:
        """Take records out that the pack dropped."""
        synced.withdrawn = keys & used
        synced.gone = keys - used
        self._session.execute(
            update(RecordRow).where(RecordRow.key.in_(synced.withdrawn)).values(withdrawn=True)
        )
        self._session.execute(delete(RecordRow).where(RecordRow.key.in_(synced.gone)))


def _synonyms(group: SynonymGroup, now: datetime) -> dict[str, Any]:
    return {
        "id": group.id,
        "forms": list(group.forms),
        "note": group.note,
        "own": False,
        "created": now,
        "modified": now,
    }
