"""The analyst's layer over the reference: the pages that it touches, written anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from core.domain.records import Origin
from core.services.reanchoring import reanchor, texts_beneath
from core.storage.repositories.own_records import OwnRecords
from core.storage.repositories.records import Records
from core.storage.unit_of_work import UnitOfWork
from core.tasks import without_collector

if TYPE_CHECKING:
    from core.reference.layered import LayeredPack, RawEntry


def layered_pack(session: Session) -> LayeredPack:
    """Return all records as they stand, the analyst's changes laid over the pack's."""
    from core.reference.layered import LayeredPack

    return LayeredPack(layered_entries(OwnRecords(session)))


def layered_entries(own: OwnRecords) -> list[RawEntry]:
    """Return all records and tables as plain fields, with whose they are."""
    from core.reference.layered import RawEntry
    from core.reference.layers import lay_over

    keys = own.current_keys()
    rows = {keys.get(row.id, row.key): row for row in own.rows()}
    entries: list[RawEntry] = []
    for entry in own.pack_entries():
        row = rows.pop(entry.key, None)
        if row is None:
            entries.append(RawEntry(entry.kind, entry.raw, entry.withdrawn))
        else:
            raw = lay_over(entry.raw, row.changes)
            entries.append(RawEntry(entry.kind, raw, entry.withdrawn, Origin.EDITED, entry.raw))
    for key, row in rows.items():
        raw = lay_over({"key": key}, row.changes)
        entries.append(RawEntry(row.kind, raw, row.withdrawn, Origin.ANALYST))
    return entries


@without_collector()
def recompose(work: UnitOfWork, keys: Iterable[str], before: Iterable[str] = ()) -> frozenset[str]:
    """Write the pages of ``keys`` and of what they touch anew; annotations on them re-anchor.

    ``before`` are records that were touched by what was said before. Returns the keys of the
    records whose text is another now.
    """
    work.session.flush()
    keys = set(keys)
    own = OwnRecords(work.session)
    pack = layered_pack(work.session)
    own.remove(own.stale())
    affected = pack.neighbours(keys) | pack.existing(before)
    found = [
        (record, entry.origin, entry.withdrawn)
        for record in pack.compile(affected)
        if (entry := pack.entry(record.entry.key)) is not None
    ]
    texts = texts_beneath(work, Records(work.session).ids_of([r.entry.key for r, _, _ in found]))
    changed = own.store(found, pack.existing(keys))
    work.session.expire_all()
    reanchor(work, sorted(changed), texts)
    return frozenset(Records(work.session).keys_of(changed))
