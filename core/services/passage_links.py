"""Tying marked passages to records and to one another, with a meaning."""

import uuid
from collections.abc import Sequence

from core.domain.annotations import Annotation, AnnotationFilter, PassageTie
from core.domain.changes import Changes
from core.domain.passage_links import Meaning
from core.errors import NotFoundError, UserError
from core.services.marking import check_range, find_annotation, mark
from core.services.reference import find_record
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.passage_links import PassageLinkStore
from core.storage.repositories.records import Records
from core.storage.tables import AnnotationRow, PassageLinkRow
from core.storage.unit_of_work import Database, UnitOfWork


class PassageLinks:
    """The analyst's ties from passages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def link(self, annotation: str, meaning: Meaning, target: str) -> tuple[Annotation, Changes]:
        """Tie an annotation to ``target``, a record's key or another annotation's id.

        One undoable step; a tie that is there already is left as it is.

        Raises:
            NotFoundError: for an annotation or a record that there is not.
            UserError: for an annotation that would lead to itself.
        """
        with self._database.write() as work:
            return _tie(work, find_annotation(work, annotation), meaning, target)

    def link_passage(
        self, record: str, start: int, end: int, meaning: Meaning, target: str
    ) -> tuple[Annotation, Changes]:
        """Mark ``text[start:end]`` of a record and tie it to ``target``; one undoable step.

        Raises what `link` raises, and `UserError` for offsets outside the text.
        """
        with self._database.write() as work:
            records = Records(work.session)
            record_id = find_record(records, record)
            text = records.text(record_id)
            check_range(record, start, end, text)
            return _tie(work, mark(work, record_id, text, (start, end)), meaning, target)

    def unlink(self, links: Sequence[str]) -> Changes:
        """Take ties away, one undoable step; raises `NotFoundError`."""
        with self._database.write() as work:
            store = PassageLinkStore(work.session)
            for link in dict.fromkeys(links):
                row = store.row(link)
                if row is None:
                    raise NotFoundError("That tie is not there any more; it may have been undone.")
                work.session.delete(row)
            return work.commit("Take ties away" if len(links) > 1 else "Take a tie away")

    def to_record(self, key: str) -> tuple[PassageTie, ...]:
        """Return the passages that are tied to a record or to a passage of it, oldest first."""
        with self._database.read() as session:
            records = Records(session)
            names = records.names(find_record(records, key))
            links = PassageLinkStore(session).to_record(names)
            ids = frozenset(link.annotation for link in links)
            if not ids:
                return ()
            found = {a.id: a for a in AnnotationStore(session).find(AnnotationFilter(ids=ids))}
            return tuple(PassageTie(link, found[link.annotation]) for link in links)


def _tie(
    work: UnitOfWork, row: AnnotationRow, meaning: Meaning, target: str
) -> tuple[Annotation, Changes]:
    record, other = _target(work, row, target)
    store = PassageLinkStore(work.session)
    ends = (Meaning(meaning).value, record, other)
    present = (x for x in store.touching([row.id]) if x.annotation_id == row.id)
    if ends not in ((x.meaning, x.record_key, x.target_id) for x in present):
        work.session.add(
            PassageLinkRow(
                id=str(uuid.uuid4()),
                annotation_id=row.id,
                meaning=ends[0],
                record_key=record,
                target_id=other,
                analyst=work.analyst,
                created=work.now,
            )
        )
    changes = work.commit("Tie a passage")
    return AnnotationStore(work.session).find(AnnotationFilter(ids=frozenset({row.id})))[0], changes


def _target(work: UnitOfWork, row: AnnotationRow, target: str) -> tuple[str, str | None]:
    """Return the record's key, and the annotation's id where a passage is meant."""
    records = Records(work.session)
    if ":" in target:
        return records.entry(find_record(records, target)).key, None
    if target == row.id:
        raise UserError("A passage can't be tied to itself; choose another one or a record.")
    other = find_annotation(work, target)
    return records.entry(other.record_id).key, other.id
