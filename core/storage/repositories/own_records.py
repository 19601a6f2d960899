"""The analyst's layer over the reference: what is changed, and the records it makes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from core.domain.records import CompiledRecord, Origin
from core.storage.repositories.record_rows import (
    alias_rows,
    fact_rows,
    record_row,
    relation_rows,
    text_row,
)
from core.storage.tables import (
    AliasRow,
    AnnotationRow,
    Base,
    DocumentRow,
    DraftRow,
    FactRow,
    OwnRecordRow,
    PackEntryRow,
    QueueRow,
    RecordRow,
    RelationRow,
    TextRow,
)


class OwnRecords:
    """The analyst's layer, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # What is said

    def pack_entries(self) -> list[PackEntryRow]:
        """Return the records and tables as the pack has them, in its order."""
        return list(self._session.scalars(select(PackEntryRow).order_by(PackEntryRow.n)))

    def pack_entry(self, key: str) -> PackEntryRow | None:
        """Return one record as the pack has it."""
        return self._session.get(PackEntryRow, key)

    def rows(self) -> list[OwnRecordRow]:
        """Return all that the analyst says, oldest first."""
        return list(self._session.scalars(select(OwnRecordRow).order_by(OwnRecordRow.id)))

    def row(self, record_id: int) -> OwnRecordRow | None:
        """Return what the analyst says of one record."""
        return self._session.get(OwnRecordRow, record_id)

    def any(self) -> bool:
        """Tell whether the analyst says anything."""
        return self._session.scalar(select(OwnRecordRow.id).limit(1)) is not None

    def current_keys(self) -> dict[int, str]:
        """Return the present keys of the records that the layer is about, by row id."""
        query = select(RecordRow.id, RecordRow.key).join(
            OwnRecordRow, OwnRecordRow.id == RecordRow.id
        )
        return dict(self._session.execute(query).tuples().all())

    def next_id(self) -> int:
        """Return a row id that no record has, nor had while a step could bring it back."""
        stored = self._session.scalar(select(func.max(RecordRow.id))) or 0
        own = self._session.scalar(select(func.max(OwnRecordRow.id))) or 0
        documents = self._session.scalar(select(func.max(DocumentRow.id))) or 0
        return max(stored, own, documents, *self._ids_in_history(OwnRecordRow, "id")) + 1

    def annotated_in_history(self) -> set[int]:
        """Return the records on which undo or redo could put an annotation."""
        return self._ids_in_history(AnnotationRow, "record_id")

    def _ids_in_history(self, table: type[Base], column: str) -> set[int]:
        query = text(
            "SELECT json_extract(value, :before), json_extract(value, :after) "
            "FROM history_step, json_each(history_step.images) "
            "WHERE state <> 'dropped' AND instr(images, :name) > 0 "
            "AND json_extract(value, '$.table') = :name"
        )
        sides = {side: f"$.{side}.{column}" for side in ("before", "after")}
        rows = self._session.execute(query, {**sides, "name": table.__tablename__})
        return {0} | {number for row in rows for number in row if number is not None}

    # What it makes

    def store(
        self, records: Iterable[tuple[CompiledRecord, Origin, bool]], said: set[str]
    ) -> set[int]:
        """Write compiled records, with whose they are and whether they are withdrawn.

        Of records that are not in ``said`` only the text can be another than before.

        Returns the row ids of those whose text is another than before, and queues them for the
        index.
        """
        found = list(records)
        keys = [record.entry.key for record, _, _ in found]
        ids = dict(self._session.execute(select(RecordRow.key, RecordRow.id)).tuples().all())
        before = self._hashes([ids[key] for key in keys if key in ids])
        found = [
            (record, origin, withdrawn)
            for record, origin, withdrawn in found
            if record.entry.key in said
            or before.get(ids.get(record.entry.key, 0)) != record.text.sha256
        ]
        for record, origin, withdrawn in found:
            self._store_record(record, ids, origin, withdrawn=withdrawn)
        for record, _, _ in found:
            self._store_ties(record, ids)
        changed = {
            ids[record.entry.key]: record.entry.key
            for record, _, _ in found
            if before.get(ids[record.entry.key]) != record.text.sha256
        }
        self._insert(QueueRow, [{"what": "record", "key": k} for k in sorted(changed.values())])
        return set(changed)

    def _hashes(self, places: list[int]) -> dict[int, str]:
        query = select(TextRow.record_id, TextRow.sha256).where(TextRow.record_id.in_(places))
        return dict(self._session.execute(query).tuples().all())

    def _store_record(
        self, record: CompiledRecord, ids: dict[str, int], origin: Origin, *, withdrawn: bool
    ) -> None:
        key = record.entry.key
        place = ids.get(key)
        whose = Origin.ANALYST if origin is Origin.ANALYST else Origin.REFERENCE
        if place is None:
            place = ids[key] = self._place_of(key)
            row = record_row(record, place, whose.value) | {"withdrawn": withdrawn}
            self._insert(RecordRow, [row])
        else:
            row = record_row(record, place, whose.value) | {"withdrawn": withdrawn}
            self._session.execute(update(RecordRow), [row])
            for table in (AliasRow, FactRow, TextRow):
                self._session.execute(delete(table).where(table.record_id == place))
        self._insert(FactRow, fact_rows(record, place))
        self._insert(TextRow, [text_row(record, place)])
        aliases = [row for row in alias_rows(record, place) if not self._is_taken(row["key"])]
        self._insert(AliasRow, aliases)

    def _place_of(self, key: str) -> int:
        return self._session.scalars(select(OwnRecordRow.id).where(OwnRecordRow.key == key)).one()

    def _is_taken(self, key: str) -> bool:
        record = self._session.scalar(select(RecordRow.id).where(RecordRow.key == key))
        return record is not None or self._session.get(AliasRow, key) is not None

    def _store_ties(self, record: CompiledRecord, ids: dict[str, int]) -> None:
        place = ids[record.entry.key]
        self._session.execute(delete(RelationRow).where(RelationRow.subject_id == place))
        self._insert(RelationRow, relation_rows(record, ids))

    def _insert(self, table: type[Base], rows: list[dict[str, Any]]) -> None:
        if rows:
            assert isinstance(table.__table__, Table)
            self._session.execute(insert(table.__table__), rows)

    def remove(self, keys: Iterable[str]) -> None:
        """Take records out of what can be read, and queue that for the index."""
        gone = sorted(keys)
        self._session.execute(delete(RecordRow).where(RecordRow.key.in_(gone)))
        self._insert(QueueRow, [{"what": "record", "key": key} for key in gone])

    def stale(self) -> set[str]:
        """Return the keys of own records that can be read but that nobody says any more."""
        query = select(RecordRow.key).where(
            RecordRow.origin == Origin.ANALYST.value,
            RecordRow.id.not_in(select(OwnRecordRow.id)),
        )
        return set(self._session.scalars(query))

    def rename(self, renamed: Mapping[str, str]) -> None:
        """Follow the keys that a pack gave to records that the analyst changed."""
        for earlier, key in renamed.items():
            self._session.execute(
                update(OwnRecordRow).where(OwnRecordRow.key == earlier).values(key=key)
            )

    # Drafts

    def drafts(self) -> list[DraftRow]:
        """Return what is half written, newest first."""
        return list(self._session.scalars(select(DraftRow).order_by(DraftRow.modified.desc())))

    def keep_draft(self, draft: str, kind: str, raw: dict[str, Any], now: datetime) -> None:
        """Keep what is half written."""
        self._session.merge(DraftRow(id=draft, kind=kind, raw=raw, modified=now))

    def drop_draft(self, draft: str) -> None:
        """Forget what was half written."""
        self._session.execute(delete(DraftRow).where(DraftRow.id == draft))
