"""Notes on records and tags, and free-standing ones; what they link to, and what links back."""

import unicodedata
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.addresses import place_of
from core.domain.annotations import AnnotationFilter
from core.domain.changes import Changes
from core.domain.keys import Kind
from core.domain.notes import (
    PASSAGE,
    Backlink,
    LinkChoice,
    Note,
    NoteFilter,
    note_id,
    note_key,
    read_target,
)
from core.domain.tables import folded
from core.errors import NotFoundError, UserError
from core.services.reference import find_record
from core.services.tag_rows import find_tag
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.codebook import Tags
from core.storage.repositories.notes import NoteStore
from core.storage.repositories.records import Records
from core.storage.tables import AnnotationRow, NoteRow, RecordRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import slow

_ALL = NoteFilter()
_SHOWN = 60  # characters of a quotation that a link is offered by
_MOST_READ = 2_000  # annotations and notes that a link being typed is compared with


class Notes:
    """The analyst's notes that are not a passage's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        text: str = "",
        *,
        record: str | None = None,
        tag: str | None = None,
        id_: str | None = None,
    ) -> tuple[Note, Changes]:
        """Make a note on a record, on a tag, or with neither a free-standing one; ``id_`` where
        its maker knows it already.

        Raises `NotFoundError` for a record or tag that there is not, `UserError` for both at once.
        """
        if record is not None and tag is not None:
            raise UserError("A note is on a record or on a tag, not on both; choose one.")
        with self._database.write() as work:
            key = _key_of(work.session, record) if record is not None else None
            tag_id = find_tag(Tags(work.session), tag).id if tag is not None else None
            row = NoteRow(
                id=id_ or str(uuid.uuid4()),
                record_key=key,
                tag_id=tag_id,
                text=_clean(text),
                analyst=work.analyst,
                created=work.now,
                modified=work.now,
            )
            work.session.add(row)
            changes = work.commit(_adding(key, tag), merges=_merging(row.id))
            return NoteStore(work.session).some([row.id])[0], changes

    def write(self, note: str, text: str) -> Changes:
        """Write a note, in Markdown; edits in a row undo as one. Raises `NotFoundError`."""
        with self._database.write() as work:
            row = _find(work, note)
            row.text, row.modified = _clean(text), work.now
            return work.commit("Write a note", merges=_merging(row.id))

    def delete(self, notes: Sequence[str]) -> Changes:
        """Delete notes, as one undoable step; raises `NotFoundError`."""
        with self._database.write() as work:
            rows = [_find(work, note) for note in dict.fromkeys(notes)]
            if not rows:
                raise UserError("Choose the notes that are to be deleted.")
            for row in rows:
                work.session.delete(row)
            return work.commit("Delete a note" if len(rows) == 1 else f"Delete {len(rows)} notes")

    def get(self, note: str) -> Note:
        """Return one note; raises `NotFoundError`."""
        with self._database.read() as session:
            found = NoteStore(session).some([note])
        if not found:
            raise _missing(note)
        return found[0]

    @slow
    def find(self, wanted: NoteFilter = _ALL) -> tuple[Note, ...]:
        """Return the notes that a filter names, the latest changed first.

        Raises `NotFoundError` for a record or tag that there is not.
        """
        with self._database.read() as session:
            store = NoteStore(session)
            if wanted.record is not None:
                records = Records(session)
                found = store.on_record(records.names(find_record(records, wanted.record)))
            elif wanted.tag is not None:
                found = store.on_tag(find_tag(Tags(session), wanted.tag).id)
            else:
                found = store.some(wanted.ids) if wanted.ids else store.all()
        words = folded(wanted.text).split()
        return tuple(
            note
            for note in found
            if not wanted.ids or note.id in wanted.ids
            if not words or _says(words, note.text, note.title, note.tag or "")
        )

    @slow
    def backlinks(self, key: str) -> tuple[Backlink, ...]:
        """Return the notes, those of passages too, that link to a record or to a passage of it,
        or to the note with this key; the latest changed first. Raises `NotFoundError`."""
        with self._database.read() as session:
            notes, id_ = NoteStore(session), note_id(key)
            if id_ is not None:
                if notes.row(id_) is None:
                    raise _missing(id_)
                return notes.backlinks([key])
            records = Records(session)
            return notes.backlinks(records.names(find_record(records, key)))

    @slow
    def choices(self, typed: str, limit: int = 12) -> tuple[LinkChoice, ...]:
        """Return what a link that is being typed may lead to: records by title, name or key,
        then marked passages and notes by their words."""
        words = folded(typed).split()
        with self._database.read() as session:
            found = _records_named(session, words, limit)
            if len(found) < limit:
                found += _passages_saying(session, words)
            if len(found) < limit:
                found += _notes_saying(session, words)
        return tuple(found[:limit])

    @slow
    def titles(self, targets: Iterable[str]) -> dict[str, str]:
        """Return what links are called that give no words of their own, by target."""
        places = {target: place for target in targets if (place := read_target(target))}
        with self._database.read() as session:
            records = Records(session).present({p.record for p in places.values() if p.record})
            notes = {n.id: n for n in NoteStore(session).some({p.note for p in places.values()})}
            ids = frozenset(p.annotation for p in places.values() if p.annotation)
            marked = AnnotationStore(session).find(AnnotationFilter(ids=ids)) if ids else ()
        quotations = {a.id: _quoted(a.target.quote.exact) for a in marked}
        found: dict[str, str] = {}
        for target, place in places.items():
            title = quotations.get(place.annotation) or records.get(place.record, ("", ""))[1]
            if place.note in notes:
                title = notes[place.note].heading
            if title:
                found[target] = title
        return found

    @slow
    def lead(self, target: str) -> tuple[str, tuple[int, int] | None]:
        """Return the record and the place in its text that a link's target names, or the key of
        a note without a place.

        Raises `UserError` for what is no target, `NotFoundError` for what is gone.
        """
        place = read_target(target)
        if place is None:
            raise UserError(f"“{target[:80]}” is no link to a record, a passage or a note.")
        with self._database.read() as session:
            if place.note:
                if NoteStore(session).row(place.note) is None:
                    raise _missing(place.note)
                return note_key(place.note), None
            records = Records(session)
            if place.annotation:
                row = AnnotationStore(session).row(place.annotation)
                if row is None:
                    raise NotFoundError(
                        "The passage that the link leads to is not marked any more; it may have "
                        "been deleted."
                    )
                return records.entry(row.record_id).key, (row.start, row.end)
            record_id = find_record(records, place.record)
            key = records.entry(record_id).key
            if place.address is None:
                return key, None
            return key, place_of(place.address, records.content(record_id)[0])


def _key_of(session: Session, record: str) -> str:
    records = Records(session)
    return records.entry(find_record(records, record)).key


def _find(work: UnitOfWork, note: str) -> NoteRow:
    row = NoteStore(work.session).row(note)
    if row is None:
        raise _missing(note)
    return row


def _missing(note: str) -> NotFoundError:
    return NotFoundError(f"There is no note {note}; it may have been deleted.")


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _merging(note: str) -> str:
    return f"memo:{note}"


def _adding(record: str | None, tag: str | None) -> str:
    if record is not None:
        return f"Write a note on {record}"
    return f"Write a note on tag “{tag}”" if tag is not None else "Write a note"


def _says(words: Sequence[str], *texts: str) -> bool:
    said = [folded(text) for text in texts]
    return all(any(word in text for text in said) for word in words)


def _quoted(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"


def _records_named(session: Session, words: Sequence[str], limit: int) -> list[LinkChoice]:
    """Return records that all words name: sources last, those whose title begins so first, and
    shorter ones."""
    query = select(RecordRow.key, RecordRow.kind, RecordRow.title, RecordRow.names)
    found: list[tuple[tuple[bool, bool, bool, int, str], LinkChoice]] = []
    for key, kind, title, names in session.execute(query).tuples():
        called = folded(title)
        if all(word in called or word in key for word in words) or _says(words, *names):
            begins = bool(words) and (called.startswith(words[0]) or key.startswith(words[0]))
            in_title = all(word in called for word in words)
            rank = (kind == Kind.SOURCE, not begins, not in_title, len(title), key)
            found.append((rank, LinkChoice(key, title, key)))
    return [choice for _, choice in sorted(found, key=lambda one: one[0])[:limit]]


def _passages_saying(session: Session, words: Sequence[str]) -> list[LinkChoice]:
    query = (
        select(AnnotationRow.id, AnnotationRow.exact, RecordRow.title)
        .join(RecordRow, RecordRow.id == AnnotationRow.record_id)
        .order_by(AnnotationRow.modified.desc())
        .limit(_MOST_READ)
    )
    return [
        LinkChoice(f"{PASSAGE}:{id_}", _quoted(exact), title)
        for id_, exact, title in session.execute(query).tuples()
        if _says(words, exact, title)
    ]


def _notes_saying(session: Session, words: Sequence[str]) -> list[LinkChoice]:
    found = NoteStore(session).latest(_MOST_READ)
    return [
        LinkChoice(note.key, note.heading, note.title or note.tag or "")
        for note in found
        if note.heading and _says(words, note.text)
    ]
