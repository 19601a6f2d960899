"""Tags: rows to values and back."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from core.domain.codebook import SEPARATOR, Tag
from core.storage.parameters import in_chunks
from core.storage.row_images import Row
from core.storage.tables import AnnotationTagRow, TagRow

_BELOW = SEPARATOR
_PAST = chr(ord(SEPARATOR) + 1)  # what is below a path sorts between the two


def fold_path(path: str) -> str:
    """Return what makes a tag's path unique: no case, compatibility forms as one."""
    parts = (unicodedata.normalize("NFKC", part).casefold() for part in path.split(SEPARATOR))
    # Some signs hold a slash when they are taken apart, as ℅ does; it parts nothing.
    return SEPARATOR.join(part.replace(SEPARATOR, "\N{DIVISION SLASH}") for part in parts)


class Tags:
    """The codebook's tags, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def row(self, path: str) -> TagRow | None:
        """Return the tag of that path, whatever its case."""
        return self._session.scalars(select(TagRow).where(TagRow.folded == fold_path(path))).first()

    def by_id(self, tag: str) -> TagRow | None:
        """Return the tag with that id."""
        return self._session.get(TagRow, tag)

    def rows(self) -> list[TagRow]:
        """Return all tags."""
        return list(self._session.scalars(select(TagRow)))

    def rows_below(self, path: str) -> list[TagRow]:
        """Return the tag of that path and those below it, topmost first."""
        folded = fold_path(path)
        below = (TagRow.folded >= folded + _BELOW) & (TagRow.folded < folded + _PAST)
        return list(
            self._session.scalars(
                select(TagRow).where((TagRow.folded == folded) | below).order_by(TagRow.folded)
            )
        )

    def children(self, path: str | None) -> list[TagRow]:
        """Return the tags right below a path, or at the top, in their order."""
        rows = self.rows() if path is None else self.rows_below(path)[1:]
        depth = 0 if path is None else path.count(SEPARATOR) + 1
        found = [row for row in rows if row.path.count(SEPARATOR) == depth]
        return sorted(found, key=lambda row: (row.position, row.folded))

    def on_key(self, number: int) -> list[TagRow]:
        """Return what stands on a number key."""
        return list(self._session.scalars(select(TagRow).where(TagRow.favourite == number)))

    def links(self, tag_ids: Sequence[str]) -> list[Row]:
        """Return what ties annotations to any of these tags, as plain rows."""
        found: list[Row] = []
        for some in in_chunks(tag_ids):
            query = select(
                AnnotationTagRow.annotation_id, AnnotationTagRow.tag_id, AnnotationTagRow.position
            ).where(AnnotationTagRow.tag_id.in_(some))
            found += (dict(row) for row in self._session.execute(query).mappings())
        return found

    def all_links(self) -> set[tuple[str, str]]:
        """Return every annotation's tags, as pairs of ids."""
        query = select(AnnotationTagRow.annotation_id, AnnotationTagRow.tag_id)
        return set(self._session.execute(query).tuples())

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
        """All tags in the order of the tree, with how many annotations carry each."""
        own = self._counts()
        totals = own | self._counts_of_parents()
        return in_order(
            tag_from(row, own.get(row.id, 0), totals.get(row.id, 0)) for row in self.rows()
        )

    def uncounted(self) -> tuple[Tag, ...]:
        """All tags in the order of the tree, without asking how many annotations carry each."""
        return in_order(tag_from(row, 0, 0) for row in self.rows())

    def _counts(self) -> dict[str, int]:
        query = select(AnnotationTagRow.tag_id, func.count()).group_by(AnnotationTagRow.tag_id)
        return dict(self._session.execute(query).tuples().all())

    def _counts_of_parents(self) -> dict[str, int]:
        """Count the annotations of each tag that has others below it, each annotation once."""
        below = aliased(TagRow)
        inside = (below.folded >= TagRow.folded + _BELOW) & (below.folded < TagRow.folded + _PAST)
        parents = select(TagRow.id).join(below, inside).distinct().subquery()
        query = (
            select(TagRow.id, func.count(func.distinct(AnnotationTagRow.annotation_id)))
            .join(parents, parents.c.id == TagRow.id)
            .join(below, inside | (below.id == TagRow.id))
            .join(AnnotationTagRow, AnnotationTagRow.tag_id == below.id)
            .group_by(TagRow.id)
        )
        return dict(self._session.execute(query).tuples().all())


def in_order(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """Return tags as the tree has them: each below its parent, by position, then by name."""
    found = list(tags)
    positions = {fold_path(tag.path): tag.position for tag in found}

    def key(tag: Tag) -> list[tuple[int, str]]:
        parts = fold_path(tag.path).split(SEPARATOR)
        above = (SEPARATOR.join(parts[: n + 1]) for n in range(len(parts)))
        return [(positions.get(path, 0), part) for path, part in zip(above, parts, strict=True)]

    return tuple(sorted(found, key=key))


def count_tags(
    tags: Mapping[str, str], links: Iterable[tuple[str, str]]
) -> tuple[Counter[str], Counter[str]]:
    """Count annotations for tags by id: their own, and those with the tags below.

    Args:
        tags: folded paths by id.
        links: pairs of annotation and tag; those to tags that are not given count nowhere.
    """
    by_path = {path: tag for tag, path in tags.items()}
    own: Counter[str] = Counter()
    carried: dict[str, set[str]] = {tag: set() for tag in tags}
    for annotation, tag in links:
        if tag not in tags:
            continue
        own[tag] += 1
        path = tags[tag]
        while path:
            if path in by_path:
                carried[by_path[path]].add(annotation)
            path = path.rpartition(SEPARATOR)[0]
    return own, Counter({tag: len(found) for tag, found in carried.items()})


def tag_from(row: TagRow, count: int = 0, total: int = 0) -> Tag:
    """Return the value of a row."""
    return Tag(
        id=row.id,
        path=row.path,
        color=row.color,
        definition=row.definition,
        count=count,
        include=row.include,
        exclude=row.exclude,
        example=row.example,
        position=row.position,
        favourite=row.favourite,
        total=total,
        created=row.created,
        modified=row.modified,
    )


def tag_from_image(row: Row, count: int, total: int) -> Tag:
    """Return the value of a row as a step of the history keeps it."""
    return Tag(
        id=row["id"],
        path=row["path"],
        color=row["color"],
        definition=row["definition"],
        count=count,
        include=row.get("include", ""),
        exclude=row.get("exclude", ""),
        example=row.get("example", ""),
        position=row.get("position", 0),
        favourite=row.get("favourite"),
        total=total,
        created=datetime.fromisoformat(row["created"]),
        modified=datetime.fromisoformat(row["modified"]),
    )
