"""Ties of passages to records and to one another: rows to values and back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.domain.passage_links import Meaning, PassageLink
from core.storage.repositories.records import Records
from core.storage.tables import PassageLinkRow

_CHUNK = 400  # SQLite takes no more than some thousands of parameters in one statement


class PassageLinkStore:
    """The ties of the workspace's passages, through one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def row(self, link: str) -> PassageLinkRow | None:
        """Return one row."""
        return self._session.get(PassageLinkRow, link)

    def touching(self, annotations: Sequence[str]) -> list[PassageLinkRow]:
        """Return what leads from or to any of these annotations."""
        found: dict[str, PassageLinkRow] = {}
        for first in range(0, len(annotations), _CHUNK):
            ids = annotations[first : first + _CHUNK]
            query = select(PassageLinkRow).where(
                or_(PassageLinkRow.annotation_id.in_(ids), PassageLinkRow.target_id.in_(ids))
            )
            found.update((row.id, row) for row in self._session.scalars(query))
        return list(found.values())

    def of_annotations(self, annotations: Sequence[str]) -> dict[str, tuple[PassageLink, ...]]:
        """Return what leads from each of these annotations, oldest first."""
        rows: list[PassageLinkRow] = []
        for first in range(0, len(annotations), _CHUNK):
            ids = annotations[first : first + _CHUNK]
            rows += self._session.scalars(
                select(PassageLinkRow).where(PassageLinkRow.annotation_id.in_(ids))
            )
        found: dict[str, list[PassageLink]] = defaultdict(list)
        for link in self._values(rows):
            found[link.annotation].append(link)
        return {annotation: tuple(links) for annotation, links in found.items()}

    def to_record(self, keys: Iterable[str]) -> tuple[PassageLink, ...]:
        """Return what leads to a record that has or had any of these keys, oldest first."""
        query = select(PassageLinkRow).where(PassageLinkRow.record_key.in_(list(keys)))
        return self._values(self._session.scalars(query))

    def targets(self) -> set[str]:
        """Return every key that a passage is tied to."""
        return set(self._session.scalars(select(PassageLinkRow.record_key).distinct()))

    def _values(self, rows: Iterable[PassageLinkRow]) -> tuple[PassageLink, ...]:
        ordered = sorted(rows, key=lambda row: (row.created, row.id))
        present = Records(self._session).present({row.record_key for row in ordered})
        links: list[PassageLink] = []
        for row in ordered:
            key, title = present.get(row.record_key, (row.record_key, ""))
            meaning = Meaning(row.meaning)
            ends = (row.annotation_id, meaning, key, row.target_id)
            links.append(PassageLink(row.id, *ends, title, row.analyst, row.created))
        return tuple(links)
