"""The pack's entries as it wrote them, and what the analyst lays over them."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class PackEntryRow(Base):
    """One record or table as the pack has it; what the analyst changed is not in it.

    ``n`` is its place in the pack. A withdrawn one is no longer in the pack, but kept.
    """

    __tablename__ = "pack_entry"

    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]  # of record, or "table"
    n: Mapped[int]
    raw: Mapped[dict[str, Any]]
    withdrawn: Mapped[bool] = mapped_column(default=False)


class OwnRecordRow(Base):
    """What the analyst says of a record: all of an own one, the changed fields of another.

    ``id`` is the record's row id, so that it outlives a renaming and an undone deletion.
    ``changes`` maps a field to ``{"base": what the pack said then, "mine": what is said here}``;
    ``pack`` is the name of the file of additions that it came with.
    """

    __tablename__ = "own_record"
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str]
    kind: Mapped[str]
    changes: Mapped[dict[str, Any]]
    pack: Mapped[str | None]
    withdrawn: Mapped[bool]
    analyst: Mapped[str]
    created: Mapped[datetime]
    modified: Mapped[datetime]


class DraftRow(Base):
    """What stands in a form that is not yet fit to be a record: kept against a crash."""

    __tablename__ = "record_draft"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    raw: Mapped[dict[str, Any]]
    modified: Mapped[datetime]


class PackEditionRow(Base):
    """An edition of the reference as the file that `pack load` takes: what undo goes back to."""

    __tablename__ = "pack_edition"

    sha256: Mapped[str] = mapped_column(primary_key=True)  # as `PackRow` has it
    file: Mapped[bytes]


class PackChangeRow(Base):
    """That the analyst went from one edition of the reference to another."""

    __tablename__ = "pack_change"
    __audited__ = True

    id: Mapped[str] = mapped_column(primary_key=True)
    before: Mapped[str]
    after: Mapped[str]
