"""Whether a file is a newer edition of a document that is here already."""

import re
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.keys import Kind
from core.domain.text import Text
from core.storage.repositories.record_rows import sort_title
from core.storage.tables import (
    DocumentBatchRow,
    DocumentEditionRow,
    DocumentRow,
    RecordRow,
    TextRow,
)

EDITION_LIKENESS = 0.7
"""From here on, a file of the same symbol or title, and format, is taken for a newer edition."""

OFFER_LIKENESS = 0.4
"""From here on it is said that it looks like one; and where the file lies in the place of an
earlier one, it is taken for one."""

_SHINGLE = 4  # words
_MOST_WORDS = 200_000  # compared; beyond, likeness is told from the beginnings
_MOST_CANDIDATES = 5
_MOST_NAMED = 200  # of one title, symbol or path, the latest
_WORD = re.compile(r"\w+")
_SYMBOL = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that was read, as far as editions are told by it."""

    path: bytes
    title: str
    symbol: str | None
    format: str
    language: str | None
    batch: str  # documents of the same import are never editions of one another


@dataclass(frozen=True, slots=True)
class Likely:
    """The document that a file is a newer edition of: for certain, or perhaps."""

    document: int
    key: str
    title: str
    certain: bool


def find_earlier(session: Session, candidate: Candidate, text: Text) -> Likely | None:
    """Return the document of which the file is a newer edition, if any."""
    best: tuple[bool, float, DocumentRow] | None = None
    alike = _named_alike(session, candidate)
    words = _shingles(text.content) if alike else set[int]()
    for row, edition in alike:
        content = session.scalar(select(TextRow.content).where(TextRow.record_id == row.id))
        if content is None:
            continue
        share = _likeness(words, _shingles(content))
        in_place = edition.path == candidate.path
        likeness = OFFER_LIKENESS if in_place else EDITION_LIKENESS
        certain = share >= likeness and (in_place or edition.format == candidate.format)
        if share >= OFFER_LIKENESS and (best is None or (certain, share) > best[:2]):
            best = (certain, share, row)
    if best is None:
        return None
    certain, _, row = best
    return Likely(row.id, row.key, row.title, certain)


def likeness(first: str, second: str) -> float:
    """Return how much of two texts is the same, from 0 to 1, by runs of four words."""
    return _likeness(_shingles(first), _shingles(second))


def _named_alike(
    session: Session, candidate: Candidate
) -> list[tuple[DocumentRow, DocumentEditionRow]]:
    symbol = _folded(candidate.symbol)
    some = _of_path(session, candidate.path)
    some += _of_title(session, candidate.title) + _of_symbol(session, symbol)
    query = (
        select(DocumentRow, DocumentEditionRow)
        .join(DocumentEditionRow, DocumentEditionRow.id == DocumentRow.edition)
        .join(DocumentBatchRow, DocumentBatchRow.id == DocumentRow.batch)
        .where(DocumentRow.id.in_(some))
        .where(DocumentRow.trashed.is_(None), DocumentRow.batch != candidate.batch)
    )
    found: list[tuple[DocumentRow, DocumentEditionRow]] = []
    for row, edition in session.execute(query).tuples():
        theirs = _folded(row.symbol)
        if symbol and theirs and symbol != theirs:
            continue  # two resolutions of the same name are two documents
        if candidate.language and row.language and candidate.language != row.language:
            continue
        found.append((row, edition))
    found.sort(key=lambda pair: (pair[1].path != candidate.path, -pair[0].id))
    return found[:_MOST_CANDIDATES]


def _of_path(session: Session, path: bytes) -> list[int]:
    query = (
        select(DocumentRow.id)
        .join(DocumentEditionRow, DocumentEditionRow.id == DocumentRow.edition)
        .where(DocumentEditionRow.path == path)
    )
    return list(session.scalars(query.order_by(DocumentRow.id.desc()).limit(_MOST_NAMED)))


def _of_title(session: Session, title: str) -> list[int]:
    query = select(RecordRow.id).where(
        RecordRow.kind == Kind.DOCUMENT, RecordRow.sort_title == sort_title(title)
    )
    return list(session.scalars(query.order_by(RecordRow.id.desc()).limit(_MOST_NAMED)))


def _of_symbol(session: Session, symbol: str) -> list[int]:
    if not symbol:
        return []
    query = select(DocumentRow.id, DocumentRow.symbol).where(DocumentRow.symbol.is_not(None))
    rows = session.execute(query.order_by(DocumentRow.id.desc())).tuples()
    return [*islice((place for place, theirs in rows if _folded(theirs) == symbol), _MOST_NAMED)]


def _folded(symbol: str | None) -> str:
    return _SYMBOL.sub("", symbol.casefold()) if symbol else ""


def _shingles(content: str) -> set[int]:
    words = [match[0] for match in islice(_WORD.finditer(content.casefold()), _MOST_WORDS)]
    if len(words) <= _SHINGLE:
        return {hash(tuple(words))}
    return {hash(tuple(words[n : n + _SHINGLE])) for n in range(len(words) - _SHINGLE + 1)}


def _likeness(first: set[int], second: set[int]) -> float:
    return 2 * len(first & second) / (len(first) + len(second))
