"""Documents as records: put up, brought up to date, taken down with what hangs on them."""

import json
import zlib
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from core.domain.dates import in_words, years
from core.domain.keys import Kind
from core.domain.records import CompiledRecord, Field, RecordEntry
from core.domain.text import PassageKind, Text
from core.storage.repositories.documents import Documents
from core.storage.repositories.hanging import annotations_in, put_back, take_off
from core.storage.repositories.record_rows import record_row, text_row
from core.storage.tables import (
    Base,
    DocumentEditionRow,
    DocumentRow,
    QueueRow,
    RecordRow,
    RelationRow,
    StashRow,
    TextRow,
)

ORIGIN = "document"
_SUMMARY = 240  # characters
_EDITION = "edition"
_PROSE = {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.QUOTATION}


class DocumentRecords:
    """The records that documents make, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._documents = Documents(session)

    def put_up(self, row: DocumentRow, text: Text) -> None:
        """Make the record of a document that is none yet, and queue it for the index."""
        edition = self._documents.edition(row.edition)
        record = _record(row, edition, text, summary_of(text, row.title))
        self._insert(RecordRow, [record_row(record, row.id, ORIGIN)])
        self._insert(TextRow, [text_row(record, row.id)])
        self._write_ties(row)
        self._queue("record", [row.key])

    def bring_back(self, row: DocumentRow) -> None:
        """Make the record of a document again, with all that hung on it."""
        self.put_up(row, self.parked_text(row.edition))
        self._unpark(row.edition)
        stash = self._session.get(StashRow, row.id)
        if stash is not None:
            images = stash.rows
            self._session.delete(stash)
            self._session.flush()
            put_back(self._session, images)
            self._queue("annotation", sorted(annotations_in(images)))

    def take_down(self, document: int) -> None:
        """Make a document no record any more; its text and what hangs on it are kept apart."""
        key, edition = self._standing(document)
        images = take_off(self._session, document)
        self._park(edition, document)
        self._session.execute(delete(RecordRow).where(RecordRow.id == document))
        self._session.merge(StashRow(document_id=document, rows=images))
        self._queue("record", [key])
        self._queue("annotation", sorted(annotations_in(images)))

    def refresh(self, row: DocumentRow) -> bool:
        """Bring a standing record up to what is said of its document; tells if its text changed."""
        _, before = self._standing(row.id)
        edition = self._documents.edition(row.edition)
        changed = before != row.edition
        if changed:
            text = self.parked_text(row.edition)
            self._park(before, row.id)
            self._replace_text(row, edition, text)
            self._unpark(row.edition)
            summary = summary_of(text, row.title)
        else:
            text = Text("", ())
            summary = self._session.scalars(
                select(RecordRow.summary).where(RecordRow.id == row.id)
            ).one()
        values = record_row(_record(row, edition, text, summary), row.id, ORIGIN)
        self._session.execute(update(RecordRow), [values])
        self._session.execute(delete(RelationRow).where(RelationRow.subject_id == row.id))
        self._write_ties(row)
        self._queue("record", [row.key])
        return changed

    def stands(self, document: int) -> bool:
        """Tell whether a document is a record now."""
        query = select(RecordRow.id).where(RecordRow.id == document)
        return self._session.scalar(query) is not None

    def park(self, edition: int, text: Text) -> None:
        """Keep the text of an edition that no record has."""
        content = text_row(CompiledRecord(_NO_ENTRY, text), 0)
        self._write_parked(edition, content)

    def parked_text(self, edition: int) -> Text:
        """Return the text of an edition that no record has."""
        from core.storage.repositories.records import text_from

        packed = self._session.scalars(
            select(DocumentEditionRow.parked).where(DocumentEditionRow.id == edition)
        ).one()
        assert packed is not None, "a text is either a record's or parked"
        content, passages, spans = json.loads(zlib.decompress(packed))
        return text_from(content, passages, spans)

    def _park(self, edition: int, document: int) -> None:
        row = self._session.execute(
            select(TextRow.content, TextRow.passages, TextRow.spans).where(
                TextRow.record_id == document
            )
        ).one()
        self._write_parked(
            edition, {"content": row.content, "passages": row.passages, "spans": row.spans}
        )

    def _write_parked(self, edition: int, row: dict[str, Any]) -> None:
        rows = [row["content"], row["passages"], row["spans"]]
        packed = zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 1)
        self._session.execute(
            update(DocumentEditionRow)
            .where(DocumentEditionRow.id == edition)
            .values(parked=packed)
            .execution_options(synchronize_session=False)
        )

    def _unpark(self, edition: int) -> None:
        self._session.execute(
            update(DocumentEditionRow)
            .where(DocumentEditionRow.id == edition)
            .values(parked=None)
            .execution_options(synchronize_session=False)
        )

    def _standing(self, document: int) -> tuple[str, int]:
        """Return a standing record's key, and the edition that it has the text of."""
        key, attributes = (
            self._session.execute(
                select(RecordRow.key, RecordRow.attributes).where(RecordRow.id == document)
            )
            .tuples()
            .one()
        )
        return key, attributes[_EDITION]

    def _replace_text(self, row: DocumentRow, edition: DocumentEditionRow, text: Text) -> None:
        values = text_row(_record(row, edition, text, ""), row.id)
        self._session.execute(delete(TextRow).where(TextRow.record_id == row.id))
        self._insert(TextRow, [values])

    def _write_ties(self, row: DocumentRow) -> None:
        there = set(
            self._session.scalars(
                select(RecordRow.id).where(
                    RecordRow.id.in_([link.target_id for link in self._documents.links(row.id)])
                )
            )
        )
        ties = [
            {
                "subject_id": row.id,
                "predicate": link.predicate,
                "object_id": link.target_id,
                "verified": True,
            }
            for link in self._documents.links(row.id)
            if link.target_id in there
        ]
        self._insert(RelationRow, ties)

    def _queue(self, what: str, keys: list[str]) -> None:
        self._insert(QueueRow, [{"what": what, "key": key} for key in keys])

    def _insert(self, table: type[Base], rows: list[dict[str, Any]]) -> None:
        if rows:
            assert isinstance(table.__table__, Table)
            self._session.execute(insert(table.__table__), rows)


_NO_ENTRY = RecordEntry("", Kind.DOCUMENT, "", "")


def summary_of(text: Text, title: str) -> str:
    """Return the beginning of a text's first words that are no heading, cut at a word."""
    for passage in text.passages:
        words = " ".join(text.content[passage.start : passage.end].split())
        if passage.kind in _PROSE and len(words) > 20 and words != title:
            if len(words) <= _SUMMARY:
                return words
            return words[:_SUMMARY].rpartition(" ")[0].rstrip(",;:") + "…"
    return ""


def _record(
    row: DocumentRow, edition: DocumentEditionRow, text: Text, summary: str
) -> CompiledRecord:
    first, last = years(row.date) if row.date else (None, None)
    entry = RecordEntry(
        key=row.key,
        kind=Kind.DOCUMENT,
        title=row.title,
        summary=summary,
        date=row.date,
        year=first if first is not None else last,
        year_to=last,
        type=edition.format,
        status=row.status,
        names=(row.symbol,) if row.symbol else (),
    )
    attributes: dict[str, object] = {_EDITION: edition.id}
    return CompiledRecord(entry, text, fields=_fields(row, edition), attributes=attributes)


def _fields(row: DocumentRow, edition: DocumentEditionRow) -> tuple[Field, ...]:
    """Return the details of a document, in the words that pages and citations have."""
    pages = str(len(edition.pages)) if edition.pages else None
    said = (
        ("authors", "Author", "; ".join(row.authors)),
        ("symbol", "Symbol", row.symbol),
        ("date", "Date", in_words(row.date) if row.date else None),
        ("publisher", "Publisher", row.publisher),
        ("language", "Language", row.language),
        ("url", "Address", row.address),
        ("format", "Format", edition.format),
        ("pages", "Pages", pages),
        ("file", "File", edition.name),
        ("remarks", "Left out", " ".join(edition.remarks)),
    )
    return tuple(Field(name, label, value) for name, label, value in said if value)
