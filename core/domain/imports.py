"""Imports: what is wished, how far one is, and what became of each file."""

from dataclasses import dataclass
from enum import StrEnum


class ImportStatus(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    UPDATED = "updated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is wished for what is imported.

    ``title`` and ``edition_of`` (the key of the document that the file is a newer edition of)
    go with one file alone; ``tags`` are paths of the codebook, made where they are missing.
    """

    title: str | None = None
    tags: tuple[str, ...] = ()
    edition_of: str | None = None


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of one file; ``path`` is as given, with bytes that are no text escaped.

    ``record`` is the document it became, updated, or is a duplicate of. ``reason`` says why it
    was refused or is a duplicate, else what is worth knowing. ``newer_of`` is the key of a
    document that it looks like a newer edition of.
    """

    n: int  # results of a run count from 1 in the order in which they came
    path: str
    status: ImportStatus
    record: str | None = None
    title: str | None = None
    format: str | None = None
    passages: int | None = None
    characters: int | None = None
    reason: str | None = None
    newer_of: str | None = None


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import: ``done`` of ``total`` files have a result; ``ended`` when nothing is left."""

    id: str
    roots: tuple[str, ...]
    done: int
    total: int
    ended: bool
