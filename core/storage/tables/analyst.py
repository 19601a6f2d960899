"""The analyst's layer: annotations, tags, and the history of both."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class TagRow(Base):
    """A tag; ``path`` is its full name, ``folded`` what makes it unique."""

    __tablename__ = "tag"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)
    color: Mapped[str]
    definition: Mapped[str]
    include: Mapped[str] = mapped_column(default="", server_default="")
    exclude: Mapped[str] = mapped_column(default="", server_default="")
    example: Mapped[str] = mapped_column(default="", server_default="")
    # Among its siblings; 0 for all of them where they stand by name.
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    favourite: Mapped[int | None]  # its number key
    created: Mapped[datetime]
    modified: Mapped[datetime]


class AnnotationRow(Base):
    """A marked passage: position and quote selectors, text hash, note, verdict."""

    __tablename__ = "annotation"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    text_sha256: Mapped[str]
    label: Mapped[str | None]
    note: Mapped[str]
    analyst: Mapped[str] = mapped_column(index=True)
    created: Mapped[datetime]
    modified: Mapped[datetime]
    verdict: Mapped[str]
    score: Mapped[float]


class AnnotationTagRow(Base):
    """A tag on an annotation; ``position`` keeps the order in which they were given."""

    __tablename__ = "annotation_tag"
    __audited__ = True

    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), primary_key=True)
    tag_id: Mapped[str] = mapped_column(ForeignKey("tag.id"), primary_key=True, index=True)
    position: Mapped[int]


class NoteRow(Base):
    """A note on a record, on a tag, or on its own; those on passages stand with the annotation.

    Neither column is a foreign key: a note outlives what it is on. ``record_key`` is the key that
    the record had then; an earlier one still leads to it.
    """

    __tablename__ = "note"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    record_key: Mapped[str | None] = mapped_column(index=True)
    tag_id: Mapped[str | None] = mapped_column(index=True)
    text: Mapped[str]
    analyst: Mapped[str]
    created: Mapped[datetime]
    modified: Mapped[datetime]


class PassageLinkRow(Base):
    """A tie from a marked passage to a record, or to another passage of it.

    ``record_key`` is the key that the record had then; an earlier one still leads to it.
    """

    __tablename__ = "passage_link"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    annotation_id: Mapped[str] = mapped_column(ForeignKey("annotation.id"), index=True)
    meaning: Mapped[str]
    record_key: Mapped[str] = mapped_column(index=True)
    target_id: Mapped[str | None] = mapped_column(ForeignKey("annotation.id"), index=True)
    analyst: Mapped[str]
    created: Mapped[datetime]


class StepRow(Base):
    """One reversible action. ``images`` are rows before and after; ``state`` is done, undone
    or dropped (undone, then overtaken by other work)."""

    __tablename__ = "history_step"
    __table_args__ = (Index("ix_history_step_state_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    analyst: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    merges: Mapped[str | None]  # consecutive steps with the same value become one
    images: Mapped[list[dict[str, Any]]]


class TurnRow(Base):
    """A step taken back, or done again: when and by whom. Steps themselves say only how they
    stand now; what was so at an earlier date needs both."""

    __tablename__ = "history_turn"

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("history_step.id"), index=True)
    at: Mapped[datetime]
    analyst: Mapped[str]
    undone: Mapped[bool]


class QueueRow(Base):
    """Work that the search index still owes the database."""

    __tablename__ = "index_queue"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 -- SQLAlchemy reads it once

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str]  # record or annotation
    key: Mapped[str]
