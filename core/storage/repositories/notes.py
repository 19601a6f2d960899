"""Notes on records, on tags and on their own: rows to values, and what links to what."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.domain.notes import (
    PASSAGE,
    Backlink,
    Note,
    NoteLink,
    heading_of,
    links_in,
    note_id,
    words_around,
)
from core.storage.parameters import in_chunks
from core.storage.repositories.records import Records
from core.storage.tables import AliasRow, AnnotationRow, NoteRow, RecordRow, TagRow


class NoteStore:
    """The workspace's notes that are not passages', through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def row(self, note: str) -> NoteRow | None:
        """Return one row."""
        return self._session.get(NoteRow, note)

    def rows_on_tags(self, tags: Sequence[str]) -> list[NoteRow]:
        """Return the rows of notes on any of these tags, by their ids."""
        return list(self._session.scalars(select(NoteRow).where(NoteRow.tag_id.in_(tags))))

    def all(self) -> tuple[Note, ...]:
        """Return all notes, the latest changed first."""
        return self._values(self._session.scalars(select(NoteRow)))

    def latest(self, most: int) -> tuple[Note, ...]:
        """Return so many notes, the latest changed first."""
        query = select(NoteRow).order_by(NoteRow.modified.desc(), NoteRow.id.desc()).limit(most)
        return self._values(self._session.scalars(query))

    def some(self, ids: Iterable[str]) -> tuple[Note, ...]:
        """Return the notes with these ids, the latest changed first."""
        rows: list[NoteRow] = []
        for chunk in in_chunks(sorted(set(ids))):
            rows += self._session.scalars(select(NoteRow).where(NoteRow.id.in_(chunk)))
        return self._values(rows)

    def on_record(self, names: Sequence[str]) -> tuple[Note, ...]:
        """Return the notes on a record that has or had these keys, the latest changed first."""
        query = select(NoteRow).where(NoteRow.record_key.in_(names))
        return self._values(self._session.scalars(query))

    def on_tag(self, tag: str) -> tuple[Note, ...]:
        """Return the notes on a tag, by its id, the latest changed first."""
        return self._values(self.rows_on_tags([tag]))

    def ids_on(self, keys: Iterable[str]) -> set[str]:
        """Return the ids of the notes on records that have or had these keys."""
        found: set[str] = set()
        for some in in_chunks(sorted(set(keys))):
            earlier = (
                select(AliasRow.key)
                .join(RecordRow, RecordRow.id == AliasRow.record_id)
                .where(RecordRow.key.in_(some))
            )
            on = or_(NoteRow.record_key.in_(some), NoteRow.record_key.in_(earlier))
            found.update(self._session.scalars(select(NoteRow.id).where(on)))
        return found

    def of_key(self, key: str) -> Note | None:
        """Return the note with this key, if it is one and is there."""
        id_ = note_id(key)
        return next(iter(self.some([id_])), None) if id_ else None

    def pages(self, keys: Iterable[str]) -> dict[str, tuple[str, str, str]]:
        """Return heading, summary and text of notes by key, as `Records.pages` has records."""
        found = self.some(filter(None, map(note_id, keys)))
        return {note.key: (_title(note), note.heading, note.text) for note in found}

    def labelled(self, keys: Iterable[str]) -> dict[str, tuple[str, str, dict[int, str | None]]]:
        """Return heading and text of notes by key, as `Records.labelled` has records."""
        pages = self.pages(keys)
        return {key: (title, text, {}) for key, (title, _, text) in pages.items()}

    def counts(self) -> tuple[int, int]:
        """Return how many notes stand on no record, and how many do."""
        whole = self._session.scalar(select(func.count()).select_from(NoteRow)) or 0
        known = or_(
            NoteRow.record_key.in_(select(RecordRow.key)),
            NoteRow.record_key.in_(select(AliasRow.key)),
        )
        query = select(func.count()).select_from(NoteRow).where(known)
        on_records = self._session.scalar(query) or 0
        return whole - on_records, on_records

    def backlinks(self, names: Sequence[str]) -> tuple[Backlink, ...]:
        """Return the notes that link to what has or had these keys: to a record, a passage or an
        annotation of it, or to a note; the latest changed first."""
        found: list[Backlink] = []
        record = self._record_id(names)

        def leads_here(link: NoteLink) -> bool:
            place = link.place
            if place is None:
                return False
            if place.record in names or link.target in names:
                return True
            return self._stands_on(place.annotation, record)

        linking = select(NoteRow).where(_may_lead(NoteRow.text, names))
        for note in self._values(self._session.scalars(linking)):
            link = next(filter(leads_here, links_in(note.text)), None)
            if link is not None:
                title = note.title or note.tag or heading_of(note.text)
                words = words_around(note.text, link)
                found.append(Backlink(note.key, note.record, title, words, note.modified))
        query = (
            select(AnnotationRow, RecordRow.key, RecordRow.title)
            .join(RecordRow, RecordRow.id == AnnotationRow.record_id)
            .where(_may_lead(AnnotationRow.note, names))
        )
        for row, key, title in self._session.execute(query).tuples():
            link = next(filter(leads_here, links_in(row.note)), None)
            if link is not None:
                words = words_around(row.note, link)
                found.append(Backlink(row.id, key, title, words, row.modified))
        return tuple(sorted(found, key=lambda one: one.modified, reverse=True))

    def _record_id(self, names: Sequence[str]) -> int | None:
        query = select(RecordRow.id).where(RecordRow.key.in_(names)).limit(1)
        return self._session.scalar(query)

    def _stands_on(self, annotation: str, record: int | None) -> bool:
        if not annotation or record is None:
            return False
        query = select(AnnotationRow.record_id).where(AnnotationRow.id == annotation)
        return self._session.scalar(query) == record

    def _values(self, rows: Iterable[NoteRow]) -> tuple[Note, ...]:
        rows = sorted(rows, key=lambda row: (row.modified, row.id), reverse=True)
        records = Records(self._session).present(row.record_key for row in rows if row.record_key)
        tags: dict[str, str] = {}
        for chunk in in_chunks(sorted({row.tag_id for row in rows if row.tag_id})):
            query = select(TagRow.id, TagRow.path).where(TagRow.id.in_(chunk))
            tags |= dict(self._session.execute(query).tuples().all())
        notes: list[Note] = []
        for row in rows:
            key, title = records.get(row.record_key or "", (None, ""))
            tag = tags.get(row.tag_id or "")
            moments = (row.created, row.modified)
            notes.append(Note(row.id, row.text, key, tag, title, row.analyst, *moments))
        return tuple(notes)


def _may_lead(text: InstrumentedAttribute[str], names: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a text has a link that may lead to one of these keys; one to a
    marked passage may lead anywhere."""
    named = (text.contains(words, autoescape=True) for words in (*names, f"{PASSAGE}:"))
    return and_(text.contains("[[", autoescape=True), or_(*named))


def _title(note: Note) -> str:
    return f"{note.tag}: {note.heading}" if note.tag else note.heading
