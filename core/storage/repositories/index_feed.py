"""What the search index is fed with: the queue, and records and notes as they go in."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session, aliased

from core.domain.annotations import AnnotationFilter
from core.domain.keys import Kind
from core.domain.language import language_of
from core.domain.notes import Note, note_id, note_key
from core.domain.search import IndexedNote, IndexedPassage, IndexedRecord
from core.domain.text import PassageKind
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.notes import NoteStore
from core.storage.repositories.records import passages_from
from core.storage.tables import (
    AnnotationRow,
    AnnotationTagRow,
    DocumentTagRow,
    QueueRow,
    RecordRow,
    RelationRow,
    TagRow,
    TextRow,
)

# Each source is a record of its own; its name on every page that cites it would only be noise.
_NOT_INDEXED = {PassageKind.REFERENCE, PassageKind.TABLE_HEAD}

_PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*")
_PACK = "en"  # the language of the packs' own pages, however short


class IndexFeed:
    """Reads for the index, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def queue(self, limit: int, last: int) -> list[QueueRow]:
        """Return the oldest work, up to the number of a row."""
        query = select(QueueRow).where(QueueRow.id <= last).order_by(QueueRow.id).limit(limit)
        return list(self._session.scalars(query))

    def waiting(self) -> int:
        """Return how much work waits."""
        return self._session.scalar(select(func.count()).select_from(QueueRow)) or 0

    def forget(self, up_to: int) -> None:
        """Drop work that the index has taken up."""
        self._session.execute(delete(QueueRow).where(QueueRow.id <= up_to))

    def last(self) -> int:
        """Return the number of the newest work, 0 for none."""
        return self._session.scalar(select(func.max(QueueRow.id))) or 0

    def counts(self) -> tuple[int, int]:
        """Return how many records and annotations the index should hold."""
        records = self._session.scalar(select(func.count()).select_from(RecordRow)) or 0
        notes = self._session.scalar(select(func.count()).select_from(AnnotationRow)) or 0
        alone, on_records = NoteStore(self._session).counts()
        return records + alone, notes + on_records

    def notes_on(self, keys: Iterable[str]) -> set[str]:
        """Return the keys of the notes that are, or were, on any of these records."""
        return {note_key(note) for note in NoteStore(self._session).ids_on(keys)}

    def records(self, keys: Sequence[str] | None = None) -> Iterator[IndexedRecord]:
        """Give records with their passages; all of them for None."""
        query = select(RecordRow, TextRow).join(TextRow, TextRow.record_id == RecordRow.id)
        ids: list[int] | None = None
        if keys is not None:
            query = query.where(RecordRow.key.in_(keys))
            ids = list(self._session.scalars(select(RecordRow.id).where(RecordRow.key.in_(keys))))
        participants, tags = self._participants(ids), self._tags(keys)
        ties = self._ties(ids)
        for row, text in self._session.execute(query.execution_options(yield_per=200)):
            yield IndexedRecord(
                key=row.key,
                kind=Kind(row.kind),
                title=row.title,
                names=tuple(row.names),
                year=row.year,
                year_to=row.year_to,
                themes=tuple(row.themes),
                tags=tuple(sorted(tags[row.id])),
                participants=tuple(sorted(participants[row.id])),
                passages=tuple(_passages(text)),
                attributes=_attributes(row, ties[row.id]),
                language=_PACK if row.origin == "reference" else language_of(text.content),
                date=row.date,
            )
        for note in self._own_notes(keys):
            if note.record is None:
                yield _standing_alone(note)

    def _own_notes(self, keys: Sequence[str] | None) -> tuple[Note, ...]:
        """Return the notes that are no passage's, all for None or those with these keys."""
        store = NoteStore(self._session)
        return store.all() if keys is None else store.some(filter(None, map(note_id, keys)))

    def _ties(self, ids: Sequence[int] | None) -> dict[int, dict[str, set[str]]]:
        """Give, for each record, the keys of the records that ``party`` and ``stated-in`` name.

        For some records alone, only what ties them is read: all ties are tens of thousands.
        """
        subject, object_ = aliased(RecordRow), aliased(RecordRow)
        query = (
            select(RelationRow.predicate, subject.id, subject.key, object_.id, object_.key)
            .join(subject, subject.id == RelationRow.subject_id)
            .join(object_, object_.id == RelationRow.object_id)
            .where(RelationRow.predicate.in_(("party-to", "stated-in")), *_touching(ids))
        )
        found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for predicate, from_, from_key, to, to_key in self._session.execute(query).tuples():
            if predicate == "stated-in":
                found[from_]["stated-in"].add(to_key)
            else:
                found[from_]["party"].add(to_key)
                found[to]["party"].add(from_key)
        return found

    def _participants(self, ids: Sequence[int] | None) -> dict[int, set[str]]:
        """Give, for each record, the keys of the participants that it is tied to."""
        subject, object_ = aliased(RecordRow), aliased(RecordRow)
        people = Kind.PARTICIPANT.value
        query = (
            select(subject.id, subject.kind, subject.key, object_.id, object_.kind, object_.key)
            .select_from(RelationRow)
            .join(subject, subject.id == RelationRow.subject_id)
            .join(object_, object_.id == RelationRow.object_id)
            .where(or_(subject.kind == people, object_.kind == people), *_touching(ids))
        )
        found: dict[int, set[str]] = defaultdict(set)
        for from_, from_kind, from_key, to, to_kind, to_key in self._session.execute(
            query
        ).tuples():
            if from_kind == people:
                found[to].add(from_key)
            if to_kind == people:
                found[from_].add(to_key)
        return found

    def _tags(self, keys: Sequence[str] | None) -> dict[int, set[str]]:
        query = (
            select(AnnotationRow.record_id, TagRow.path)
            .join(AnnotationTagRow, AnnotationTagRow.annotation_id == AnnotationRow.id)
            .join(TagRow, TagRow.id == AnnotationTagRow.tag_id)
            .distinct()
        )
        if keys is not None:
            query = query.join(RecordRow, RecordRow.id == AnnotationRow.record_id).where(
                RecordRow.key.in_(keys)
            )
        found: dict[int, set[str]] = defaultdict(set)
        on_documents = select(DocumentTagRow.document_id, TagRow.path).join(
            TagRow, TagRow.id == DocumentTagRow.tag_id
        )
        for rows in (query, on_documents):
            for record, path in self._session.execute(rows).tuples():
                found[record].add(path)
        return found

    def notes(self, annotations: Sequence[str] | None = None) -> Iterator[IndexedNote]:
        """Give annotations with their quotations and notes, and notes on records; all of them
        for None."""
        wanted = AnnotationFilter(ids=frozenset(annotations or ()))
        if annotations is not None and not annotations:
            return
        yield from map(_on_record, filter(lambda n: n.record, self._own_notes(annotations)))
        years = dict(
            self._session.execute(
                select(RecordRow.key, RecordRow.year)
                .join(AnnotationRow, AnnotationRow.record_id == RecordRow.id)
                .distinct()
            )
            .tuples()
            .all()
        )
        defined = select(TagRow.path, TagRow.definition).where(TagRow.definition != "")
        definitions = dict(self._session.execute(defined).tuples().all())
        for annotation in AnnotationStore(self._session).find(wanted):
            key = annotation.target.record
            yield IndexedNote(
                annotation=annotation.id,
                record=key,
                kind=Kind(key.partition(":")[0]),
                title=annotation.title,
                start=annotation.start,
                end=annotation.end,
                note=annotation.note,
                quotation=annotation.target.quote.exact,
                tags=annotation.tags,
                year=years.get(key),
                definitions=tuple(definitions[t] for t in annotation.tags if t in definitions),
            )


def _touching(ids: Sequence[int] | None) -> list[ColumnElement[bool]]:
    """Return the condition that a tie is one of these records', none for all."""
    if ids is None:
        return []
    return [or_(RelationRow.subject_id.in_(ids), RelationRow.object_id.in_(ids))]


def _standing_alone(note: Note) -> IndexedRecord:
    """Return a note as it goes into the index that is found by itself."""
    return IndexedRecord(
        key=note.key,
        kind=Kind.NOTE,
        title=note.heading or (note.tag or ""),
        names=(),
        year=None,
        year_to=None,
        themes=(),
        tags=(note.tag,) if note.tag else (),
        participants=(),
        passages=tuple(
            IndexedPassage(n, found.start(), found.end(), found[0])
            for n, found in enumerate(_PARAGRAPH.finditer(note.text))
        ),
        language=language_of(note.text),
    )


def _on_record(note: Note) -> IndexedNote:
    """Return a note as it goes into the index that its record answers by."""
    key = note.record or ""
    kind = Kind(key.partition(":")[0])
    return IndexedNote(note.key, key, kind, note.title, 0, 0, note.text, "", (), None)


def _attributes(
    row: RecordRow, ties: Mapping[str, set[str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    reference = row.origin == "reference"
    values: dict[str, Iterable[str | None]] = {
        "party": sorted(ties.get("party", ())),
        "stated-in": sorted(ties.get("stated-in", ())),
        "source": dict.fromkeys(row.sources),
        "type": (row.type,),
        "status": (row.status,),
        "region": (row.region,),
        "verified": ("yes" if row.verified else "no",) if reference else (),
        "mark": ("seed",) if row.seed else (),
    }
    given = ((name, tuple(v for v in found if v)) for name, found in values.items())
    return tuple((name, found) for name, found in given if found)


def _passages(text: TextRow) -> Iterator[IndexedPassage]:
    for passage in passages_from(text.passages):
        if passage.kind not in _NOT_INDEXED:
            yield IndexedPassage(
                n=passage.n,
                start=passage.start,
                end=passage.end,
                text=text.content[passage.start : passage.end],
                heading=passage.kind is PassageKind.HEADING,
                label=passage.label,
            )
