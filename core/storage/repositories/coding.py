"""Who put which tags where, without the rest of the annotations."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.domain.annotations import Verdict
from core.storage.parameters import in_chunks
from core.storage.tables import AnnotationRow, AnnotationTagRow, TagRow

_PLACED = (Verdict.EXACT.value, Verdict.MOVED.value)


@dataclass(frozen=True, slots=True)
class Coding:
    """An annotation whose place is sure; ``tags`` are paths."""

    annotation: str
    record_id: int
    start: int
    end: int
    analyst: str
    tags: tuple[str, ...]


def analysts(session: Session) -> tuple[str, ...]:
    """Return who made annotations, by name."""
    found = session.scalars(select(AnnotationRow.analyst).distinct())
    return tuple(sorted(found, key=str.casefold))


def codings(session: Session, of: Sequence[str], record_id: int | None = None) -> list[Coding]:
    """Return what these analysts marked, on one record or on all that each of them marked."""
    here = AnnotationRow.verdict.in_(_PLACED)
    if record_id is not None:
        here &= AnnotationRow.record_id == record_id
    for analyst in of if record_id is None else ():
        theirs = select(AnnotationRow.record_id).where(
            AnnotationRow.analyst == analyst, AnnotationRow.verdict.in_(_PLACED)
        )
        here &= AnnotationRow.record_id.in_(theirs)
    rows = session.execute(
        select(
            AnnotationRow.id,
            AnnotationRow.record_id,
            AnnotationRow.start,
            AnnotationRow.end,
            AnnotationRow.analyst,
        )
        .where(here, AnnotationRow.analyst.in_(of))
        .order_by(AnnotationRow.record_id, AnnotationRow.start, AnnotationRow.id)
    ).tuples()
    found = list(rows)
    tags = _tags(session, [row[0] for row in found])
    return [Coding(*row, tuple(tags.get(row[0], ()))) for row in found]


def _tags(session: Session, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for some in in_chunks(ids):
        query = (
            select(AnnotationTagRow.annotation_id, TagRow.path)
            .join(TagRow, TagRow.id == AnnotationTagRow.tag_id)
            .where(AnnotationTagRow.annotation_id.in_(some))
            .order_by(AnnotationTagRow.position)
        )
        for annotation, path in session.execute(query).tuples():
            found.setdefault(annotation, []).append(path)
    return found
