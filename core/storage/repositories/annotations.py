"""Annotations: rows to values and back."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from core.domain.annotations import (
    Annotation,
    AnnotationFilter,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
    Verdict,
)
from core.domain.passage_links import PassageLink
from core.domain.tables import folded
from core.storage.parameters import in_chunks
from core.storage.repositories.codebook import Tags
from core.storage.repositories.passage_links import PassageLinkStore
from core.storage.tables import (
    AnnotationRow,
    AnnotationTagRow,
    CollectedRow,
    CollectionRow,
    RecordRow,
    TagRow,
    TextRow,
)
from core.tasks import without_collector

if TYPE_CHECKING:

    class _Read(AnnotationRow):
        """A row with the key and the title of its record."""

        key: str
        title: str


_VERDICTS = {verdict.value: verdict for verdict in Verdict}


class AnnotationStore:
    """The annotations of the workspace, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def row(self, annotation: str) -> AnnotationRow | None:
        """Return one row."""
        return self._session.get(AnnotationRow, annotation)

    def links(self, annotation: str) -> list[AnnotationTagRow]:
        """Return an annotation's ties to its tags, in their order."""
        return list(
            self._session.scalars(
                select(AnnotationTagRow)
                .where(AnnotationTagRow.annotation_id == annotation)
                .order_by(AnnotationTagRow.position)
            )
        )

    def ids(self) -> list[str]:
        """Return the ids of all annotations."""
        return list(self._session.scalars(select(AnnotationRow.id)))

    def ties(self, annotations: Sequence[str]) -> dict[str, tuple[PassageLink, ...]]:
        """Return what leads from each of these annotations."""
        return PassageLinkStore(self._session).of_annotations(annotations)

    def delete(self, rows: Sequence[AnnotationRow]) -> None:
        """Delete annotations with their ties to tags, records and other passages."""
        for link in PassageLinkStore(self._session).touching([row.id for row in rows]):
            self._session.delete(link)
        for row in rows:
            for tie in self.links(row.id):
                self._session.delete(tie)
        self._session.flush()
        for row in rows:
            self._session.delete(row)

    def annotated(self) -> set[int]:
        """Return the row ids of the records that carry annotations."""
        return set(self._session.scalars(select(AnnotationRow.record_id).distinct()))

    def on_records(self, record_ids: Sequence[int]) -> list[AnnotationRow]:
        """Return the rows that stand on any of these records."""
        return list(
            self._session.scalars(
                select(AnnotationRow).where(AnnotationRow.record_id.in_(record_ids))
            )
        )

    def on_other_texts(self, annotations: Sequence[str]) -> list[AnnotationRow]:
        """Return those of these rows whose place was taken on another text than there is now."""
        found: list[AnnotationRow] = []
        for some in in_chunks(annotations):
            query = (
                select(AnnotationRow)
                .join(TextRow, TextRow.record_id == AnnotationRow.record_id)
                .where(AnnotationRow.id.in_(some), AnnotationRow.text_sha256 != TextRow.sha256)
            )
            found += self._session.scalars(query)
        return found

    def tags_by_place(self, record: str) -> dict[tuple[int, int], tuple[str, ...]]:
        """Return the tags that stand on a record's text, by just the place that carries them."""
        query = (
            select(AnnotationRow.start, AnnotationRow.end, TagRow.path)
            .join(RecordRow, RecordRow.id == AnnotationRow.record_id)
            .join(AnnotationTagRow, AnnotationTagRow.annotation_id == AnnotationRow.id)
            .join(TagRow, TagRow.id == AnnotationTagRow.tag_id)
            .where(RecordRow.key == record)
        )
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for start, end, path in self._session.execute(query).tuples():
            found[start, end] = (*found.get((start, end), ()), path)
        return found

    def number_on(self, record: str) -> int:
        """Return how many stand on a record."""
        query = (
            select(func.count())
            .select_from(AnnotationRow)
            .join(RecordRow, RecordRow.id == AnnotationRow.record_id)
            .where(RecordRow.key == record)
        )
        return self._session.scalars(query).one()

    def find(
        self, wanted: AnnotationFilter, within: tuple[int, int] | None = None
    ) -> tuple[Annotation, ...]:
        """Return what the filter names, by record title, then position.

        ``within``: only those that share code points with this stretch of their text.
        """
        with without_collector():
            return self._find(wanted, within)

    def _find(
        self, wanted: AnnotationFilter, within: tuple[int, int] | None
    ) -> tuple[Annotation, ...]:
        conditions = self._conditions(wanted)
        if within is not None:
            conditions += [AnnotationRow.start < within[1], AnnotationRow.end > within[0]]
        query = (
            select(RecordRow.key, RecordRow.title, *AnnotationRow.__table__.columns)
            .join(RecordRow, RecordRow.id == AnnotationRow.record_id)
            .where(*conditions)
            .order_by(
                RecordRow.sort_title,
                RecordRow.key,
                AnnotationRow.start,
                AnnotationRow.end,
                AnnotationRow.created,
                AnnotationRow.id,
            )
        )
        # Columns, not objects: thousands are read at once, and none is changed. They read alike.
        rows = cast("Sequence[_Read]", self._session.execute(query).all())
        ids = [row.id for row in rows]
        tags, links = self._tags(ids), PassageLinkStore(self._session).of_annotations(ids)
        found = [
            _annotation(row, row.key, row.title, tags[row.id], links.get(row.id, ()))
            for row in rows
        ]
        for word in folded(wanted.text).split():
            found = [
                a for a in found if word in folded(a.target.quote.exact) or word in folded(a.note)
            ]
        return tuple(found)

    def _conditions(self, wanted: AnnotationFilter) -> list[ColumnElement[bool]]:
        conditions = _on_records(wanted)
        if wanted.analyst is not None:
            conditions.append(AnnotationRow.analyst == wanted.analyst)
        if wanted.not_by:
            conditions.append(AnnotationRow.analyst.not_in(wanted.not_by))
        if wanted.states:
            verdicts = [verdict.value for verdict in Verdict if verdict.state in wanted.states]
            conditions.append(AnnotationRow.verdict.in_(verdicts))
        if wanted.ids:
            conditions.append(AnnotationRow.id.in_(wanted.ids))
        if wanted.since is not None:
            conditions.append(AnnotationRow.created >= wanted.since)
        if wanted.until is not None:
            conditions.append(AnnotationRow.created <= wanted.until)
        if wanted.tag is not None:
            conditions.append(AnnotationRow.id.in_(self._carriers(wanted.tag, wanted.exact_tag)))
        return conditions

    def _carriers(self, tag: str, exact: bool) -> Select[tuple[str]]:
        """Return what selects the annotations that carry a tag, or one below it."""
        tags = Tags(self._session)
        rows = [tags.row(tag)] if exact else tags.rows_below(tag)
        below = [row.id for row in rows if row is not None]
        return select(AnnotationTagRow.annotation_id).where(AnnotationTagRow.tag_id.in_(below))

    def _tags(self, annotations: list[str]) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for some in in_chunks(annotations):
            query = (
                select(AnnotationTagRow.annotation_id, TagRow.path, TagRow.color)
                .join(TagRow, TagRow.id == AnnotationTagRow.tag_id)
                .where(AnnotationTagRow.annotation_id.in_(some))
                .order_by(AnnotationTagRow.position)
            )
            for annotation, path, color in self._session.execute(query):
                found[annotation].append((path, color))
        return found


def _on_records(wanted: AnnotationFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.record is not None:
        conditions.append(RecordRow.key == wanted.record)
    if wanted.collection is not None:
        conditions.append(AnnotationRow.record_id.in_(_collected(wanted.collection)))
    if wanted.kinds:
        conditions.append(RecordRow.kind.in_(wanted.kinds))
    return conditions


def _collected(name: str) -> Select[tuple[int]]:
    """Return what selects the documents of a collection."""
    in_it = CollectionRow.id == CollectedRow.collection_id
    documents = select(CollectedRow.document_id).join(CollectionRow, in_it)
    return documents.where(CollectionRow.name == name)


def _annotation(
    row: AnnotationRow,
    key: str,
    title: str,
    tags: list[tuple[str, str]],
    links: tuple[PassageLink, ...],
) -> Annotation:
    return Annotation(
        id=row.id,
        target=target_from(row, key),
        title=title,
        label=row.label,
        tags=tuple(path for path, _ in tags),
        note=row.note,
        analyst=row.analyst,
        created=row.created,
        modified=row.modified,
        verdict=_VERDICTS[row.verdict],
        score=row.score,
        color=tags[0][1] if tags else None,
        links=links,
    )


def target_from(row: AnnotationRow, key: str) -> Target:
    """Return where a row's annotation stands."""
    return Target(
        record=key,
        position=TextPositionSelector(row.start, row.end),
        quote=TextQuoteSelector(row.exact, row.prefix, row.suffix),
        text_sha256=row.text_sha256,
    )
