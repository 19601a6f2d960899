"""The queue of files that are to become documents: it outlives the process that works on it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from core.storage.tables.base import Base


class ImportRunRow(Base):
    """One wish to import. ``roots`` are the paths as given, in the bytes of their system, hex.

    ``listed`` tells that its files are all in the queue; ``ended`` when nothing is left to do.
    """

    __tablename__ = "import_run"

    id: Mapped[str] = mapped_column(primary_key=True)
    roots: Mapped[list[str]]
    options: Mapped[dict[str, Any]]
    analyst: Mapped[str]
    started: Mapped[datetime]
    listed: Mapped[bool]
    ended: Mapped[datetime | None]


class ImportFileRow(Base):
    """A file of a run. ``state`` is waiting, reading or the status that it ended with.

    ``attempts`` counts how often its reading was begun: one that ends the program each time is
    given up.
    """

    __tablename__ = "import_file"
    __table_args__ = (Index("ix_import_file_run_id_path", "run_id", "path", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("import_run.id", ondelete="CASCADE"))
    path: Mapped[bytes] = mapped_column(LargeBinary)
    given: Mapped[bool]  # named by the analyst, not found in a folder: a link is followed
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int]
    done: Mapped[int | None] = mapped_column(index=True)  # in which order results came
    result: Mapped[dict[str, Any] | None]
