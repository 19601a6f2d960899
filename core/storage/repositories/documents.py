"""The analyst's documents: rows of what is said of them, and cards of that."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, inspect, select
from sqlalchemy.orm import Session

from core.domain.documents import (
    Collection,
    DocumentCard,
    DocumentEdition,
    DocumentMetadata,
    ReadingStatus,
)
from core.storage.repositories.imports import shown
from core.storage.repositories.record_rows import sort_title
from core.storage.tables import (
    AnnotationRow,
    CollectedRow,
    CollectionRow,
    DocumentBatchRow,
    DocumentEditionRow,
    DocumentLinkRow,
    DocumentRow,
    DocumentTagRow,
    RecordRow,
    StashRow,
    TagRow,
)

_CHUNK = 500  # SQLite takes no more than some thousands of parameters in one statement


@dataclass(frozen=True, slots=True)
class Held:
    """A document that a file's bytes are known from."""

    id: int
    key: str
    title: str
    edition: int
    in_trash: bool
    undone: bool  # the import that brought it
    is_current: bool  # the file is the edition that is read now


class Documents:
    """The documents of the workspace, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def row(self, document: int) -> DocumentRow | None:
        """Return what is said of a document."""
        return self._session.get(DocumentRow, document)

    def row_of(self, key: str) -> DocumentRow | None:
        """Return what is said of the document with this key, in the trash or not."""
        return self._session.scalars(select(DocumentRow).where(DocumentRow.key == key)).first()

    def edition(self, edition: int) -> DocumentEditionRow:
        """Return one edition."""
        return self._session.get_one(DocumentEditionRow, edition)

    def editions(self, document: int) -> list[DocumentEditionRow]:
        """Return a document's editions, newest first."""
        return list(
            self._session.scalars(
                select(DocumentEditionRow)
                .where(DocumentEditionRow.document_id == document)
                .order_by(DocumentEditionRow.id.desc())
            )
        )

    def copy_edition(self, edition: int, document: int) -> int:
        """Give a document the edition of another too; returns the new one's id."""
        row = self.edition(edition)
        values = {c.key: getattr(row, c.key) for c in inspect(DocumentEditionRow).column_attrs}
        copy = DocumentEditionRow(**{**values, "id": None, "document_id": document, "parked": None})
        self._session.add(copy)
        self._session.flush()
        return copy.id

    def all_editions(self) -> list[tuple[str, str, str]]:
        """Return hash, suffix and document's key of every edition that is kept."""
        query = select(DocumentEditionRow.sha256, DocumentEditionRow.suffix, DocumentRow.key).join(
            DocumentRow, DocumentRow.id == DocumentEditionRow.document_id
        )
        return list(self._session.execute(query).tuples())

    def holding(self, sha256: str) -> Held | None:
        """Return the document that has a file of this hash among its editions."""
        query = (
            select(DocumentRow, DocumentEditionRow.id, DocumentBatchRow.id)
            .join(DocumentEditionRow, DocumentEditionRow.document_id == DocumentRow.id)
            .outerjoin(DocumentBatchRow, DocumentBatchRow.id == DocumentRow.batch)
            .where(DocumentEditionRow.sha256 == sha256)
            .order_by(DocumentEditionRow.id.desc())
        )
        found = self._session.execute(query).first()
        if found is None:
            return None
        row, edition, batch = found
        return Held(
            row.id,
            row.key,
            row.title,
            edition,
            row.trashed is not None,
            batch is None,
            row.edition == edition,
        )

    def stands(self, row: DocumentRow | None) -> bool:
        """Tell whether a document is to be a record."""
        if row is None or row.trashed is not None:
            return False
        return self._session.get(DocumentBatchRow, row.batch) is not None

    def of_batch(self, batch: str) -> set[int]:
        """Return the documents that an import brought."""
        query = select(DocumentRow.id).where(DocumentRow.batch == batch)
        return set(self._session.scalars(query))

    def tied_to(self, records: Iterable[int]) -> set[int]:
        """Return the documents that are tied to any of these records."""
        query = select(DocumentLinkRow.document_id).where(
            DocumentLinkRow.target_id.in_(list(records))
        )
        return set(self._session.scalars(query))

    def targets(self) -> set[int]:
        """Return the records that documents are tied to."""
        return set(self._session.scalars(select(DocumentLinkRow.target_id).distinct()))

    def links(self, document: int) -> list[DocumentLinkRow]:
        """Return a document's ties to records."""
        return list(
            self._session.scalars(
                select(DocumentLinkRow).where(DocumentLinkRow.document_id == document)
            )
        )

    def tag_links(self, document: int) -> list[DocumentTagRow]:
        """Return a document's ties to tags."""
        return list(
            self._session.scalars(
                select(DocumentTagRow).where(DocumentTagRow.document_id == document)
            )
        )

    # Cards

    def cards(
        self, keys: Sequence[str] | None = None, *, trash: bool = False
    ) -> tuple[DocumentCard, ...]:
        """Return what stands as records, or with ``trash`` what is in the trash; by title."""
        if keys is None:
            return self._cards([])
        found: list[DocumentCard] = []
        for at in range(0, len(keys), _CHUNK):
            found += self._cards([DocumentRow.key.in_(keys[at : at + _CHUNK])], trash=trash)
        return tuple(found)

    def trash(self) -> tuple[DocumentCard, ...]:
        """Return what is in the trash, latest first."""
        cards = self._cards([], trash=True)
        return tuple(sorted(cards, key=lambda card: card.trashed or datetime.min, reverse=True))

    def _cards(
        self, conditions: list[ColumnElement[bool]], *, trash: bool = False
    ) -> tuple[DocumentCard, ...]:
        query = (
            select(DocumentRow, DocumentEditionRow)
            .join(DocumentEditionRow, DocumentEditionRow.id == DocumentRow.edition)
            .join(DocumentBatchRow, DocumentBatchRow.id == DocumentRow.batch)
            .where(DocumentRow.trashed.is_not(None) if trash else DocumentRow.trashed.is_(None))
            .where(*conditions)
        )
        rows = self._session.execute(query).tuples().all()
        collections, tags = self._collections(), self._tags()
        counts = self._stashed() if trash else self._annotated()
        cards = (
            _card(row, edition, collections[row.id], tags[row.id], counts.get(row.id, 0))
            for row, edition in rows
        )
        return tuple(sorted(cards, key=lambda card: (sort_title(card.title), card.key)))

    def _annotated(self) -> dict[int, int]:
        query = (
            select(AnnotationRow.record_id, func.count())
            .join(DocumentRow, DocumentRow.id == AnnotationRow.record_id)
            .group_by(AnnotationRow.record_id)
        )
        return dict(self._session.execute(query).tuples().all())

    def _stashed(self) -> dict[int, int]:
        annotation = AnnotationRow.__tablename__
        return {
            stash.document_id: sum(
                image["table"] == annotation and image["after"]["record_id"] == stash.document_id
                for image in stash.rows
            )
            for stash in self._session.scalars(select(StashRow))
        }

    def _collections(self) -> dict[int, list[str]]:
        query = (
            select(CollectedRow.document_id, CollectionRow.name)
            .join(CollectionRow, CollectionRow.id == CollectedRow.collection_id)
            .order_by(CollectionRow.folded)
        )
        found: dict[int, list[str]] = defaultdict(list)
        for document, name in self._session.execute(query).tuples():
            found[document].append(name)
        return found

    def _tags(self) -> dict[int, list[str]]:
        query = (
            select(DocumentTagRow.document_id, TagRow.path)
            .join(TagRow, TagRow.id == DocumentTagRow.tag_id)
            .order_by(TagRow.folded)
        )
        found: dict[int, list[str]] = defaultdict(list)
        for document, path in self._session.execute(query).tuples():
            found[document].append(path)
        return found

    # Collections

    def collection(self, folded: str) -> CollectionRow | None:
        """Return a collection by its folded name."""
        return self._session.scalars(
            select(CollectionRow).where(CollectionRow.folded == folded)
        ).first()

    def collected(self, collection: str) -> list[CollectedRow]:
        """Return what ties documents to a collection."""
        return list(
            self._session.scalars(
                select(CollectedRow).where(CollectedRow.collection_id == collection)
            )
        )

    def collections(self) -> tuple[Collection, ...]:
        """Return the collections by name, counting what is not in the trash."""
        counted = (
            select(CollectedRow.collection_id, func.count().label("n"))
            .join(RecordRow, RecordRow.id == CollectedRow.document_id)
            .group_by(CollectedRow.collection_id)
            .subquery()
        )
        query = (
            select(CollectionRow.name, func.coalesce(counted.c.n, 0))
            .outerjoin(counted, counted.c.collection_id == CollectionRow.id)
            .order_by(CollectionRow.folded)
        )
        return tuple(Collection(name, n) for name, n in self._session.execute(query).tuples())


def edition_from(row: DocumentEditionRow, *, current: bool) -> DocumentEdition:
    """Return the value of a row."""
    return DocumentEdition(
        sha256=row.sha256,
        name=row.name,
        format=row.format,
        size=row.size,
        imported=row.imported,
        path=shown(row.path),
        current=current,
        pages=len(row.pages),
        passages=row.passages,
        characters=row.characters,
        remarks=tuple(row.remarks),
    )


def metadata_from(row: DocumentRow) -> DocumentMetadata:
    """Return what is said of a document."""
    return DocumentMetadata(
        row.title,
        tuple(row.authors),
        row.date,
        row.language,
        row.publisher,
        row.address,
        row.symbol,
    )


def _card(
    row: DocumentRow,
    edition: DocumentEditionRow,
    collections: list[str],
    tags: list[str],
    annotations: int,
) -> DocumentCard:
    return DocumentCard(
        row.key,
        metadata_from(row),
        ReadingStatus(row.status),
        edition_from(edition, current=True),
        tuple(collections),
        tuple(tags),
        annotations,
        row.trashed,
    )
