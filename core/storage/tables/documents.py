"""The analyst's documents: what is said of each, its editions, and where it is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class DocumentRow(Base):
    """What is said of a document; ``id`` is its record's row id, also while it is no record.

    A document stands as a record while it is in no trash and the import that brought it is not
    undone: `DocumentBatchRow` of ``batch`` is there. ``edition`` is the one that is read now.
    """

    __tablename__ = "document"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(unique=True)
    batch: Mapped[str] = mapped_column(index=True)
    edition: Mapped[int]
    title: Mapped[str]
    authors: Mapped[list[str]]
    date: Mapped[str | None]
    language: Mapped[str | None]
    publisher: Mapped[str | None]
    address: Mapped[str | None]
    symbol: Mapped[str | None]
    status: Mapped[str]  # unread, reading or read
    trashed: Mapped[datetime | None]
    analyst: Mapped[str]
    created: Mapped[datetime]
    modified: Mapped[datetime]


class DocumentBatchRow(Base):
    """The documents of one import: the only row that undoing an import takes away."""

    __tablename__ = "document_batch"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    analyst: Mapped[str]
    at: Mapped[datetime]


class DocumentEditionRow(Base):
    """One file that a document was read from; never changed, only added.

    ``name`` is the file's own as text, ``path`` where it lay, in the bytes of its system.
    ``parked`` holds the text, compressed, while the record has another edition's or none.
    """

    __tablename__ = "document_edition"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(index=True)
    sha256: Mapped[str] = mapped_column(index=True)
    suffix: Mapped[str]
    name: Mapped[str]
    path: Mapped[bytes] = mapped_column(LargeBinary, index=True)
    format: Mapped[str]
    size: Mapped[int]
    pages: Mapped[list[str]]
    remarks: Mapped[list[str]]
    passages: Mapped[int]
    characters: Mapped[int]
    imported: Mapped[datetime]
    parked: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


class DocumentLinkRow(Base):
    """A tie from a document to a record: "is the text of" an instrument. ``target_id`` is the
    record's row id, which outlives a renaming."""

    __tablename__ = "document_link"
    __audited__ = True

    document_id: Mapped[int] = mapped_column(primary_key=True)
    predicate: Mapped[str] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(primary_key=True, index=True)


class DocumentTagRow(Base):
    """A tag on a whole document. A tag may be deleted beneath it, and come back by undo."""

    __tablename__ = "document_tag"
    __audited__ = True

    document_id: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[str] = mapped_column(primary_key=True, index=True)


class CollectionRow(Base):
    """A collection of documents by name; ``folded`` is what makes the name unique."""

    __tablename__ = "collection"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    created: Mapped[datetime]


class CollectedRow(Base):
    """A document in a collection."""

    __tablename__ = "collected"
    __audited__ = True

    collection_id: Mapped[str] = mapped_column(ForeignKey("collection.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(primary_key=True, index=True)


class StashRow(Base):
    """What hung on a document's record while it is none: annotations and what belongs to them,
    as images of rows in the order in which they can be written again."""

    __tablename__ = "document_stash"

    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rows: Mapped[list[dict[str, Any]]]
