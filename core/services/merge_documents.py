"""Texts that a colleague's file brings along: each becomes a document with its original."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from os.path import splitext

from sqlalchemy import Table, insert

from core.domain.documents import ReadDocument, ReadingStatus
from core.domain.imports import ImportOptions
from core.domain.interchange import Original, ProjectSource
from core.domain.keys import Kind, is_key, kind_of
from core.domain.text import Text
from core.services.composing import compose
from core.services.intake import metadata_values, named
from core.services.merge_places import Places
from core.services.records import free_key
from core.storage.originals import Originals
from core.storage.repositories.document_records import DocumentRecords
from core.storage.repositories.documents import Documents, Held
from core.storage.repositories.own_records import OwnRecords
from core.storage.tables import (
    DocumentBatchRow,
    DocumentEditionRow,
    DocumentRow,
    DocumentTagRow,
)
from core.storage.unit_of_work import UnitOfWork


def carries_text(source: ProjectSource) -> bool:
    """Tell whether a source brings a text that can be a document here."""
    return source.text is not None and bool(source.text.content.strip())


def original_of(source: ProjectSource) -> Original:
    """Return the file that a document is kept with: its own, else its text as a plain one."""
    if source.original is not None and source.original.data is not None:
        return source.original
    data = source.text.content.encode() if source.text is not None else b""
    return Original(f"{source.title[:100]}.txt", hashlib.sha256(data).hexdigest(), data)


class DocumentsAdder:
    """Adds documents in one step; undoing it takes away the one row that they all stand by."""

    def __init__(self, work: UnitOfWork, originals: Originals) -> None:
        self._work = work
        self._originals = originals
        self._stored = Documents(work.session)
        self._batch = str(uuid.uuid4())

    def add(self, sources: Sequence[ProjectSource], places: Places) -> None:
        """Add the sources, all of which carry a text, and settle where they are now."""
        if not sources:
            return
        work = self._work
        work.session.add(DocumentBatchRow(id=self._batch, analyst=work.analyst, at=work.now))
        work.session.flush()
        for source in sources:
            original = original_of(source)
            held = self._stored.holding(original.sha256)
            place = self._insert(source, original) if held is None else self._revive(held)
            places.settle(source.id, place)

    def tag(self, sources: Sequence[ProjectSource], places: Places, tags: dict[str, str]) -> None:
        """Put tags on whole documents; ``tags`` are the ids here by the foreign ones."""
        pairs = {
            (place, tags[tag])
            for source in sources
            for tag in source.tags
            if tag in tags and (place := places.record_of(source.id)) is not None
        }
        if pairs:
            rows = [{"document_id": place, "tag_id": tag} for place, tag in sorted(pairs)]
            statement = insert(_table(DocumentTagRow)).prefix_with("OR IGNORE")
            self._work.session.execute(statement, rows)

    def _revive(self, held: Held) -> int:
        """Bring a document back that was undone or is in the trash, into this step."""
        table = _table(DocumentRow)
        if held.undone:
            statement = table.update().where(table.c.id == held.id).values(batch=self._batch)
            self._work.session.execute(statement)
            self._work.session.expire_all()
        row = self._stored.row(held.id)
        assert row is not None
        row.trashed = None
        compose(self._work, [held.id])
        return held.id

    def _insert(self, source: ProjectSource, original: Original) -> int:
        work, text = self._work, source.text
        assert text is not None
        place = OwnRecords(work.session).next_id()
        document = _document(source, text, original)
        said = document.metadata
        edition = self._add_edition(place, document, original)
        values = {
            "id": place,
            "key": self._key(source, str(said.title)),
            "batch": self._batch,
            "edition": edition,
            **metadata_values(said),
            "title": str(said.title),
            "status": ReadingStatus.UNREAD.value,
            "trashed": None,
            "analyst": work.analyst,
            "created": source.created or work.now,
            "modified": source.created or work.now,
        }
        work.session.execute(insert(_table(DocumentRow)), [values])
        row = self._stored.row(place)
        assert row is not None
        DocumentRecords(work.session).put_up(row, text)
        return place

    def _key(self, source: ProjectSource, title: str) -> str:
        """Return the key that the colleague has it under, where it is free."""
        wished = source.key or ""
        if is_key(wished) and kind_of(wished) is Kind.DOCUMENT:
            return free_key(self._work.session, Kind.DOCUMENT, wished.partition(":")[2])
        return free_key(self._work.session, Kind.DOCUMENT, title, source.metadata.symbol)

    def _add_edition(self, place: int, document: ReadDocument, original: Original) -> int:
        suffix = splitext(original.name)[1].lower()
        kept = self._originals.keep_bytes(original.data or b"", suffix)
        row = DocumentEditionRow(
            document_id=place,
            sha256=kept.sha256,
            suffix=kept.suffix,
            name=original.name,
            path=b"",
            format=document.format,
            size=kept.size,
            pages=[],
            remarks=[],
            passages=len(document.text.passages),
            characters=len(document.text.content),
            imported=self._work.now,
            parked=None,
        )
        self._work.session.add(row)
        self._work.session.flush()
        return row.id


def _document(source: ProjectSource, text: Text, original: Original) -> ReadDocument:
    metadata = replace(source.metadata, title=source.metadata.title or source.title)
    if metadata.address is None and source.address is not None:
        metadata = replace(metadata, address=source.address)
    read = ReadDocument(text, metadata, source.format or "text")
    return named(read, original.name.encode(), ImportOptions())


def _table(row: type[DocumentRow | DocumentTagRow]) -> Table:
    table = row.__table__
    assert isinstance(table, Table)
    return table
