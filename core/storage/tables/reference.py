"""Records, their texts, facts and relations, and the packs they came from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class RecordRow(Base):
    """One record without its text; ``origin`` is reference, analyst or document."""

    __tablename__ = "record"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    sort_title: Mapped[str]
    summary: Mapped[str]
    date: Mapped[str | None]
    year: Mapped[int | None]
    year_to: Mapped[int | None]
    type: Mapped[str | None]
    status: Mapped[str | None]
    region: Mapped[str | None]
    themes: Mapped[list[str]]
    names: Mapped[list[str]]
    seed: Mapped[bool]
    verified: Mapped[bool]
    source: Mapped[str | None]
    note: Mapped[str | None]
    sources: Mapped[list[str]]
    see_also: Mapped[list[str]]
    fields: Mapped[list[list[Any]]]
    attributes: Mapped[dict[str, Any]]
    origin: Mapped[str]
    withdrawn: Mapped[bool] = mapped_column(default=False)


class AliasRow(Base):
    """An earlier key of a record."""

    __tablename__ = "record_alias"

    key: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), index=True)


class TextRow(Base):
    """A record's canonical text; apart from the record so that lists never load it.

    ``passages`` and ``spans`` are rows of plain values in the order of the fields of
    `core.domain.text.Passage` and `Span`: they are only ever read whole.
    """

    __tablename__ = "record_text"

    record_id: Mapped[int] = mapped_column(
        ForeignKey("record.id", ondelete="CASCADE"), primary_key=True
    )
    content: Mapped[str]
    sha256: Mapped[str]
    passages: Mapped[list[list[Any]]]
    spans: Mapped[list[list[Any]]]


class FactRow(Base):
    """One statement about a record, in the order of the pack."""

    __tablename__ = "fact"

    record_id: Mapped[int] = mapped_column(
        ForeignKey("record.id", ondelete="CASCADE"), primary_key=True
    )
    n: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    year: Mapped[int | None]
    source: Mapped[str | None]
    verified: Mapped[bool]


class RelationRow(Base):
    """A dated, sourced tie between two records."""

    __tablename__ = "relation"
    __table_args__ = (Index("ix_relation_object_predicate", "object_id", "predicate"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), index=True)
    predicate: Mapped[str]
    object_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"))
    since: Mapped[str | None]
    until: Mapped[str | None]
    role: Mapped[str | None]
    locator: Mapped[str | None]
    source: Mapped[str | None]
    verified: Mapped[bool]
    note: Mapped[str | None]


class PackRow(Base):
    """The pack that the reference layer was filled from."""

    __tablename__ = "pack"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    sha256: Mapped[str]
    synced: Mapped[datetime]
