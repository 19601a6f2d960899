"""The reference layer as a whole: filled from a compiled pack, synced with a newer one by key."""

import unicodedata
from collections.abc import Iterable
from dataclasses import astuple
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from core.domain.records import CompiledPack, CompiledRecord
from core.domain.synonyms import SynonymGroup
from core.storage.tables import (
    AliasRow,
    AnnotationRow,
    Base,
    FactRow,
    PackRow,
    QueueRow,
    RecordRow,
    RelationRow,
    SynonymRow,
    TextRow,
)

_REFERENCE = "reference"


class Packs:
    """Writes the reference layer; never touches the analyst's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def current(self) -> tuple[str, str] | None:
        """Return version and hash of the pack in the database, or None."""
        row = self._session.scalars(select(PackRow)).first()
        return None if row is None else (row.version, row.sha256)

    def sync(self, pack: CompiledPack, now: datetime) -> frozenset[str]:
        """Make the reference layer what the pack says; returns keys whose record changed.

        Records that the pack no longer has go, unless they carry annotations: those stay, marked
        as withdrawn. What changed is queued for the index.
        """
        hashes = self._hashes()
        ids = self._place_records(pack)
        self._session.execute(delete(AliasRow).where(AliasRow.record_id.in_(ids.values())))
        for table in (FactRow, TextRow):
            self._session.execute(delete(table).where(table.record_id.in_(ids.values())))
        self._session.execute(delete(RelationRow))
        self._insert(AliasRow, (_alias for r in pack.records for _alias in _aliases(r, ids)))
        self._insert(FactRow, (fact for r in pack.records for fact in _facts(r, ids[r.entry.key])))
        self._insert(TextRow, (_text(r, ids[r.entry.key]) for r in pack.records))
        self._insert(RelationRow, (tie for r in pack.records for tie in _relations(r, ids)))
        gone = self._withdraw(set(hashes) - set(ids))
        changed = {r.entry.key for r in pack.records if hashes.get(r.entry.key) != r.text.sha256}
        if hashes:
            rows = [{"what": "record", "key": key} for key in sorted(changed | gone)]
            self._insert(QueueRow, rows)
        self._session.execute(delete(SynonymRow).where(~SynonymRow.own))
        self._insert(SynonymRow, (_synonyms(group, now) for group in pack.synonyms))
        self._session.execute(delete(PackRow))
        self._session.add(
            PackRow(name=pack.name, version=pack.version, sha256=pack.sha256, synced=now)
        )
        return frozenset(changed)

    def _hashes(self) -> dict[str, str]:
        query = (
            select(RecordRow.key, TextRow.sha256)
            .join(TextRow, TextRow.record_id == RecordRow.id)
            .where(RecordRow.origin == _REFERENCE)
        )
        return {row.key: row.sha256 for row in self._session.execute(query)}

    def _place_records(self, pack: CompiledPack) -> dict[str, int]:
        known = {
            row.key: row.id for row in self._session.execute(select(RecordRow.key, RecordRow.id))
        }
        next_id = max(known.values(), default=0) + 1
        new: list[dict[str, Any]] = []
        old: list[dict[str, Any]] = []
        ids: dict[str, int] = {}
        for record in pack.records:
            key = record.entry.key
            place = known.get(key)
            if place is None:
                place, next_id = next_id, next_id + 1
                new.append(_row(record, place))
            else:
                old.append(_row(record, place))
            ids[key] = place
        self._insert(RecordRow, new)
        if old:
            self._session.execute(update(RecordRow), old)
        return ids

    def _insert(self, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
        values = list(rows)
        if values:
            assert isinstance(table.__table__, Table)
            self._session.execute(insert(table.__table__), values)

    def _withdraw(self, keys: set[str]) -> set[str]:
        """Take records out that the pack dropped; returns the keys that are gone for good."""
        used = set(
            self._session.scalars(
                select(RecordRow.key)
                .join(AnnotationRow, AnnotationRow.record_id == RecordRow.id)
                .where(RecordRow.key.in_(keys))
            )
        )
        self._session.execute(
            update(RecordRow).where(RecordRow.key.in_(used)).values(withdrawn=True)
        )
        self._session.execute(delete(RecordRow).where(RecordRow.key.in_(keys - used)))
        return keys - used


def _row(record: CompiledRecord, place: int) -> dict[str, Any]:
    entry = record.entry
    return {
        "id": place,
        "key": entry.key,
        "kind": entry.kind.value,
        "title": entry.title,
        "sort_title": sort_title(entry.title),
        "summary": entry.summary,
        "date": entry.date,
        "year": entry.year,
        "year_to": entry.year_to,
        "type": entry.type,
        "status": entry.status,
        "region": entry.region,
        "themes": list(entry.themes),
        "names": list(entry.names),
        "seed": entry.seed,
        "verified": entry.verified,
        "source": record.source,
        "note": record.note,
        "sources": list(record.sources),
        "see_also": list(record.see_also),
        "fields": [list(astuple(field)) for field in record.fields],
        "attributes": record.attributes,
        "origin": _REFERENCE,
        "withdrawn": False,
    }


def _synonyms(group: SynonymGroup, now: datetime) -> dict[str, Any]:
    return {
        "id": group.id,
        "forms": list(group.forms),
        "note": group.note,
        "own": False,
        "created": now,
        "modified": now,
    }


def sort_title(title: str) -> str:
    """Return what a title is sorted by: no accents, no case, "Åland" beside "Albania"."""
    folded = unicodedata.normalize("NFKD", title).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c)).lstrip("“\"'«( ")


def _aliases(record: CompiledRecord, ids: dict[str, int]) -> list[dict[str, Any]]:
    return [{"key": alias, "record_id": ids[record.entry.key]} for alias in record.aliases]


def _facts(record: CompiledRecord, place: int) -> list[dict[str, Any]]:
    return [
        {
            "record_id": place,
            "n": n,
            "text": fact.text,
            "year": fact.year,
            "source": fact.source,
            "verified": fact.verified,
        }
        for n, fact in enumerate(record.facts)
    ]


def _text(record: CompiledRecord, place: int) -> dict[str, Any]:
    text = record.text
    return {
        "record_id": place,
        "content": text.content,
        "sha256": text.sha256,
        "passages": [
            [p.n, p.kind.value, p.level, p.start, p.end, p.label, p.page] for p in text.passages
        ],
        "spans": [[s.start, s.end, s.kind.value, s.target, s.verified] for s in text.spans],
    }


def _relations(record: CompiledRecord, ids: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "subject_id": ids[tie.subject],
            "predicate": tie.predicate,
            "object_id": ids[tie.object],
            "since": tie.since,
            "until": tie.until,
            "role": tie.role,
            "locator": tie.locator,
            "source": tie.source,
            "verified": tie.verified,
            "note": tie.note,
        }
        for tie in record.relations
    ]
