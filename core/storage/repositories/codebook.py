"""Tags: rows to values and back."""

import unicodedata

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.domain.codebook import SEPARATOR, Tag
from core.storage.tables import AnnotationTagRow, TagRow


def fold_path(path: str) -> str:
    """Return what makes a tag's path unique: no case, compatibility forms as one."""
    return unicodedata.normalize("NFKC", path).casefold()


class Tags:
    """The codebook's tags, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def row(self, path: str) -> TagRow | None:
        """Return the tag of that path, whatever its case."""
        return self._session.scalars(select(TagRow).where(TagRow.folded == fold_path(path))).first()

    def rows_below(self, path: str) -> list[TagRow]:
        """Return the tag of that path and those below it, topmost first."""
        folded = fold_path(path)
        below = TagRow.folded.startswith(folded + SEPARATOR, autoescape=True)
        return list(
            self._session.scalars(
                select(TagRow).where((TagRow.folded == folded) | below).order_by(TagRow.folded)
            )
        )

    def links(self, tag_ids: list[str]) -> list[AnnotationTagRow]:
        """Return what ties annotations to any of these tags."""
        return list(
            self._session.scalars(
                select(AnnotationTagRow).where(AnnotationTagRow.tag_id.in_(tag_ids))
            )
        )

    def of(self, annotation: str) -> list[TagRow]:
        """Return the tags on an annotation, in their order."""
        query = (
            select(TagRow)
            .join(AnnotationTagRow, AnnotationTagRow.tag_id == TagRow.id)
            .where(AnnotationTagRow.annotation_id == annotation)
            .order_by(AnnotationTagRow.position)
        )
        return list(self._session.scalars(query))

    def count(self) -> int:
        """Return how many tags there are."""
        return self._session.scalar(select(func.count()).select_from(TagRow)) or 0

    def tags(self) -> tuple[Tag, ...]:
        """All tags by path, with the number of annotations that carry each."""
        counts = dict(
            self._session.execute(
                select(AnnotationTagRow.tag_id, func.count()).group_by(AnnotationTagRow.tag_id)
            )
            .tuples()
            .all()
        )
        rows = self._session.scalars(select(TagRow))
        found = (tag_from(row, counts.get(row.id, 0)) for row in rows)
        return tuple(sorted(found, key=lambda tag: fold_path(tag.path).split(SEPARATOR)))


def tag_from(row: TagRow, count: int) -> Tag:
    """Return the value of a row."""
    return Tag(row.id, row.path, row.color, row.definition, count)
