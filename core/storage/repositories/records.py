"""Records: rows to entries, pages and ties, and back."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.domain.keys import Kind
from core.domain.predicates import predicate
from core.domain.records import Field, Record, RecordEntry
from core.domain.relations import CitedFact, Fact, Relation, Tie
from core.domain.text import Passage, PassageKind, Span, SpanKind, Text
from core.storage.parameters import in_chunks
from core.storage.repositories.works import Works
from core.storage.tables import (
    AliasRow,
    AnnotationRow,
    FactRow,
    OwnRecordRow,
    RecordRow,
    RelationRow,
    TextRow,
)

_CHUNK = 500  # SQLite takes no more than some thousands of parameters in one statement
# Tens of thousands are looked up for one export: a dictionary is some times faster than the enum.
_KINDS = {kind.value: kind for kind in Kind}
_PASSAGE_KINDS = {kind.value: kind for kind in PassageKind}
_SPAN_KINDS = {kind.value: kind for kind in SpanKind}
_ENTRY = (
    RecordRow.id,
    RecordRow.key,
    RecordRow.kind,
    RecordRow.title,
    RecordRow.summary,
    RecordRow.date,
    RecordRow.year,
    RecordRow.year_to,
    RecordRow.type,
    RecordRow.status,
    RecordRow.region,
    RecordRow.themes,
    RecordRow.names,
    RecordRow.seed,
    RecordRow.verified,
    RecordRow.origin,
    RecordRow.withdrawn,
    select(OwnRecordRow.id).where(OwnRecordRow.id == RecordRow.id).exists().label("own"),
)


class Records:
    """The records of the workspace, read through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def entries(self, kind: Kind | None = None) -> tuple[RecordEntry, ...]:
        """All entries, by kind in the library's order, then by title."""
        query = select(*_ENTRY).order_by(RecordRow.sort_title, RecordRow.key)
        if kind is not None:
            query = query.where(RecordRow.kind == kind)
        counts = self._annotation_counts()
        rows = [_entry(row, counts) for row in self._session.execute(query)]
        order = {kind: n for n, kind in enumerate(Kind)}
        return tuple(sorted(rows, key=lambda entry: order[entry.kind]))

    def _annotation_counts(self) -> dict[int, int]:
        query = select(AnnotationRow.record_id, func.count()).group_by(AnnotationRow.record_id)
        return dict(self._session.execute(query).tuples().all())

    def resolve(self, key: str) -> int | None:
        """Return the row id of a key or alias, or None."""
        found = self._session.scalar(select(RecordRow.id).where(RecordRow.key == key))
        if found is None:
            found = self._session.scalar(select(AliasRow.record_id).where(AliasRow.key == key))
        return found

    def names(self, record_id: int) -> list[str]:
        """Return a record's key and the keys that it had before."""
        key = select(RecordRow.key).where(RecordRow.id == record_id)
        earlier = select(AliasRow.key).where(AliasRow.record_id == record_id)
        return [*self._session.scalars(key), *self._session.scalars(earlier)]

    def keys(self) -> list[str]:
        """Every key, for suggestions."""
        return list(self._session.scalars(select(RecordRow.key)))

    def ids_by_key(self) -> dict[str, int]:
        """Return the row id of every record by its key, and by those that it had."""
        earlier = self._session.execute(select(AliasRow.key, AliasRow.record_id)).tuples()
        now = self._session.execute(select(RecordRow.key, RecordRow.id)).tuples()
        return {**dict(earlier.all()), **dict(now.all())}

    def keys_by_id(self) -> dict[int, str]:
        """Return the key of every record by its row id."""
        return dict(self._session.execute(select(RecordRow.id, RecordRow.key)).tuples().all())

    def ids_by_hash(self, hashes: Iterable[str]) -> dict[str, int]:
        """Return the row ids of the records whose texts have these hashes."""
        wanted = sorted(set(hashes))
        found: dict[str, int] = {}
        for first in range(0, len(wanted), _CHUNK):
            query = select(TextRow.sha256, TextRow.record_id).where(
                TextRow.sha256.in_(wanted[first : first + _CHUNK])
            )
            found.update(self._session.execute(query).tuples().all())
        return found

    def ids_by_title(self) -> dict[str, int]:
        """Return the row ids of records by title in lower case, of those whose title is theirs."""
        found: dict[str, list[int]] = {}
        for place, title in self._session.execute(select(RecordRow.id, RecordRow.title)).tuples():
            found.setdefault(title.casefold(), []).append(place)
        return {title: places[0] for title, places in found.items() if len(places) == 1}

    def works(self) -> Works:
        """Return what can be cited, to be found by what a list of references says of it."""
        query = select(RecordRow.id, RecordRow.title, RecordRow.year, RecordRow.fields).where(
            RecordRow.kind.in_((Kind.SOURCE, Kind.INSTRUMENT, Kind.DOCUMENT))
        )
        return Works(self._session.execute(query).tuples())

    def themes(self) -> set[str]:
        """Return every theme that a record carries."""
        rows = self._session.scalars(select(RecordRow.themes))
        return {theme for themes in rows for theme in themes}

    def keys_of(self, record_ids: Iterable[int]) -> list[str]:
        """Return the keys of several rows."""
        query = select(RecordRow.key).where(RecordRow.id.in_(list(record_ids)))
        return list(self._session.scalars(query))

    def ids_of(self, keys: Iterable[str]) -> list[int]:
        """Return the rows of several keys, of those that there are."""
        query = select(RecordRow.id).where(RecordRow.key.in_(list(keys)))
        return list(self._session.scalars(query))

    def entry(self, record_id: int) -> RecordEntry:
        """Return one entry."""
        row = self._session.execute(select(*_ENTRY).where(RecordRow.id == record_id)).one()
        query = select(func.count()).where(AnnotationRow.record_id == record_id)
        return _entry(row, {record_id: self._session.scalar(query) or 0})

    def text(self, record_id: int) -> Text:
        """Return a record's text with its passages and spans."""
        row = self._session.execute(
            select(TextRow.content, TextRow.passages, TextRow.spans).where(
                TextRow.record_id == record_id
            )
        ).one()
        return text_from(row.content, row.passages, row.spans)

    def content(self, record_id: int) -> tuple[str, str]:
        """Return a record's canonical text alone, and its hash."""
        row = self._session.execute(
            select(TextRow.content, TextRow.sha256).where(TextRow.record_id == record_id)
        ).one()
        return row.content, row.sha256

    def contents(self) -> Iterator[tuple[str, str, str]]:
        """Give every record's key, canonical text and hash."""
        query = (
            select(RecordRow.key, TextRow.content, TextRow.sha256)
            .join(TextRow, TextRow.record_id == RecordRow.id)
            .order_by(RecordRow.key)
        )
        for row in self._session.execute(query.execution_options(yield_per=200)):
            yield row.key, row.content, row.sha256

    def pages(self, keys: Sequence[str]) -> dict[str, tuple[str, str, str]]:
        """Return title, summary and canonical text of several records by key."""
        query = (
            select(RecordRow.key, RecordRow.title, RecordRow.summary, TextRow.content)
            .join(TextRow, TextRow.record_id == RecordRow.id)
            .where(RecordRow.key.in_(keys))
        )
        return {
            row.key: (row.title, row.summary, row.content) for row in self._session.execute(query)
        }

    def labelled(self, keys: Sequence[str]) -> dict[str, tuple[str, str, dict[int, str | None]]]:
        """Return title, canonical text and the passages' labels by number, by key."""
        query = (
            select(RecordRow.key, RecordRow.title, TextRow.content, TextRow.passages)
            .join(TextRow, TextRow.record_id == RecordRow.id)
            .where(RecordRow.key.in_(keys))
        )
        return {
            row.key: (row.title, row.content, {p.n: p.label for p in passages_from(row.passages)})
            for row in self._session.execute(query)
        }

    def texts(self, keys: Sequence[str]) -> dict[str, tuple[int, str, Text]]:
        """Return row id, title and text of several records by the keys that they have now."""
        found: dict[str, tuple[int, str, Text]] = {}
        for some in in_chunks(keys):
            query = (
                select(
                    RecordRow.key,
                    RecordRow.id,
                    RecordRow.title,
                    TextRow.content,
                    TextRow.passages,
                    TextRow.spans,
                )
                .join(TextRow, TextRow.record_id == RecordRow.id)
                .where(RecordRow.key.in_(some))
            )
            for row in self._session.execute(query):
                text = text_from(row.content, row.passages, row.spans)
                found[row.key] = (row.id, row.title, text)
        return found

    def cited(self, keys: Sequence[str]) -> dict[str, Record]:
        """Return what citing takes of several records, by the keys that they have now.

        Of the text that is where it names its sources; facts and ties are left out. Thousands are
        read at once, where a whole record takes ten statements.
        """
        found: dict[str, Record] = {}
        for some in in_chunks(keys):
            query = (
                select(*_ENTRY, RecordRow.fields, RecordRow.source, TextRow.spans)
                .join(TextRow, TextRow.record_id == RecordRow.id)
                .where(RecordRow.key.in_(some))
            )
            for row in self._session.execute(query):
                cites = _spans([span for span in row.spans if span[2] == SpanKind.CITE])
                fields = tuple(Field(*field) for field in row.fields)
                found[row.key] = Record(
                    _entry(row, {}), Text("", (), cites), fields, source=row.source
                )
        return found

    def record(self, record_id: int) -> Record:
        """Return a whole record."""
        row = self._session.get_one(RecordRow, record_id)
        facts = self._facts(record_id)
        relations = list(self._relations(record_id))
        sources = {f.source for f in facts} | {tie[0].source for tie in relations}
        titles = self.titles(source for source in sources if source)
        return Record(
            entry=self.entry(record_id),
            text=self.text(record_id),
            fields=tuple(Field(*field) for field in row.fields),
            facts=tuple(CitedFact(f, titles.get(f.source or "")) for f in facts),
            ties=tuple(_tie(row.key, *tie, titles) for tie in relations),
            source=row.source,
            note=row.note,
            aliases=tuple(
                self._session.scalars(select(AliasRow.key).where(AliasRow.record_id == record_id))
            ),
        )

    def _facts(self, record_id: int) -> list[Fact]:
        rows = self._session.scalars(
            select(FactRow).where(FactRow.record_id == record_id).order_by(FactRow.n)
        )
        return [Fact(row.text, row.year, row.source, row.verified) for row in rows]

    def _relations(self, record_id: int) -> Iterator[tuple[Relation, str, str | None]]:
        rows = self._session.scalars(
            select(RelationRow)
            .where(or_(RelationRow.subject_id == record_id, RelationRow.object_id == record_id))
            .order_by(RelationRow.id)
        ).all()
        ids = {row.subject_id for row in rows} | {row.object_id for row in rows}
        found = self._session.execute(
            select(
                RecordRow.id, RecordRow.key, RecordRow.title, RecordRow.type, RecordRow.date
            ).where(RecordRow.id.in_(ids))
        )
        ends = {
            row.id: (row.key, row.title, None if row.type == "state" else row.date) for row in found
        }
        for row in rows:
            outgoing = row.subject_id == record_id
            other = ends[row.object_id if outgoing else row.subject_id]
            tie = _relation(row, ends[row.subject_id][0], ends[row.object_id][0])
            yield tie, other[1], other[2]

    def present(self, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Return the key and the title that records have now, by a key that they have or had."""
        found: dict[str, tuple[str, str]] = {}
        for some in in_chunks(sorted(set(keys))):
            earlier = (
                select(AliasRow.key, RecordRow.key, RecordRow.title)
                .join(RecordRow, RecordRow.id == AliasRow.record_id)
                .where(AliasRow.key.in_(some))
            )
            now = select(RecordRow.key, RecordRow.key, RecordRow.title).where(
                RecordRow.key.in_(some)
            )
            for query in (earlier, now):
                for had, key, title in self._session.execute(query).tuples():
                    found[had] = (key, title)
        return found

    def titles(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the titles of several records by key."""
        query = select(RecordRow.key, RecordRow.title).where(RecordRow.key.in_(list(keys)))
        return {row.key: row.title for row in self._session.execute(query)}


def text_from(
    content: str, passages: Sequence[Sequence[Any]], spans: Sequence[Sequence[Any]]
) -> Text:
    """Text from the plain rows that the text table keeps."""
    return Text(content, passages_from(passages), _spans(spans))


def passages_from(rows: Sequence[Sequence[Any]]) -> tuple[Passage, ...]:
    """Passages from the plain rows that the text table keeps."""
    return tuple([Passage(r[0], _PASSAGE_KINDS[r[1]], *r[2:]) for r in rows])


def _spans(rows: Sequence[Sequence[Any]]) -> tuple[Span, ...]:
    return tuple([Span(r[0], r[1], _SPAN_KINDS[r[2]], *r[3:]) for r in rows])


def _entry(row: Any, counts: dict[int, int]) -> RecordEntry:  # noqa: ANN401 -- a result row
    return RecordEntry(
        key=row.key,
        kind=_KINDS[row.kind],
        title=row.title,
        summary=row.summary,
        date=row.date,
        year=row.year,
        year_to=row.year_to,
        type=row.type,
        status=row.status,
        region=row.region,
        themes=tuple(row.themes),
        names=tuple(row.names),
        seed=row.seed,
        verified=row.verified,
        annotations=counts.get(row.id, 0),
        origin="edited" if row.own and row.origin == "reference" else row.origin,
        withdrawn=row.withdrawn,
    )


def _relation(row: RelationRow, subject: str, object_: str) -> Relation:
    return Relation(
        subject=subject,
        predicate=row.predicate,
        object=object_,
        since=row.since,
        until=row.until,
        role=row.role,
        locator=row.locator,
        source=row.source,
        verified=row.verified,
        note=row.note,
    )


def _tie(key: str, relation: Relation, title: str, date: str | None, titles: dict[str, str]) -> Tie:
    outgoing = relation.subject == key
    return Tie(
        relation=relation,
        label=predicate(relation.predicate).label(outgoing=outgoing),
        record=relation.object if outgoing else relation.subject,
        title=title,
        outgoing=outgoing,
        source_title=titles.get(relation.source or ""),
        date=date,
    )
