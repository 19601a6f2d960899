"""Marking passages: annotate, tag, write notes, delete, find."""

import unicodedata
import uuid
from collections.abc import Sequence

from core.anchoring.anchor import anchor
from core.anchoring.describe import describe
from core.anchoring.match_quote import find_quote
from core.domain.annotations import Annotation, AnnotationFilter, TextPositionSelector
from core.domain.changes import Changes
from core.domain.text import Text
from core.errors import AmbiguousQuoteError, NotFoundError, UserError
from core.services.codebook import clean_path, find_tag, make_tag
from core.services.reference import find_record
from core.storage.repositories.annotations import AnnotationStore, target_from
from core.storage.repositories.codebook import Tags
from core.storage.repositories.records import Records
from core.storage.tables import AnnotationRow, AnnotationTagRow, TagRow
from core.storage.unit_of_work import Database, UnitOfWork

_EVERYTHING = AnnotationFilter()
_SHOWN = 60  # characters of a quotation in a message


class Annotations:
    """The analyst's annotations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def annotate(
        self,
        record: str,
        start: int,
        end: int,
        tags: Sequence[str] = (),
        note: str = "",
        *,
        create_tags: bool = False,
    ) -> tuple[Annotation, Changes]:
        """Mark ``text[start:end]`` of a record, in code points.

        Args:
            create_tags: add tags that the codebook lacks; else they raise `NotFoundError`.

        Raises:
            UserError: for offsets outside the text or an empty passage.
        """
        with self._database.write() as work:
            records = Records(work.session)
            record_id = find_record(records, record)
            text = records.text(record_id)
            _check_range(record, start, end, text)
            return self._place(work, record_id, text, (start, end), (tags, create_tags), note)

    def annotate_quote(
        self,
        record: str,
        quote: str,
        prefix: str = "",
        suffix: str = "",
        tags: Sequence[str] = (),
        note: str = "",
        *,
        create_tags: bool = False,
    ) -> tuple[Annotation, Changes]:
        """Mark the one place where a record says ``quote`` between ``prefix`` and ``suffix``.

        Raises:
            NotFoundError: when the text does not have it.
            AmbiguousQuoteError: when it is there more than once.
        """
        quote, prefix, suffix = (
            unicodedata.normalize("NFC", part) for part in (quote, prefix, suffix)
        )
        with self._database.write() as work:
            records = Records(work.session)
            record_id = find_record(records, record)
            text = records.text(record_id)
            place = _only_place(record, text, quote, prefix, suffix)
            return self._place(
                work, record_id, text, (place.start, place.end), (tags, create_tags), note
            )

    def _place(
        self,
        work: UnitOfWork,
        record_id: int,
        text: Text,
        span: tuple[int, int],
        tags: tuple[Sequence[str], bool],
        note: str,
    ) -> tuple[Annotation, Changes]:
        start, end = span
        quote = describe(text.content, start, end)
        row = AnnotationRow(
            id=str(uuid.uuid4()),
            record_id=record_id,
            start=start,
            end=end,
            exact=quote.exact,
            prefix=quote.prefix,
            suffix=quote.suffix,
            text_sha256=text.sha256,
            label=text.passage_at(start).label,
            note=unicodedata.normalize("NFC", note),
            analyst=work.analyst,
            created=work.now,
            modified=work.now,
            verdict="exact",
            score=1.0,
        )
        work.session.add(row)
        work.session.flush()
        _set_tags(work, row, *tags)
        changes = work.commit("Tag a passage" if tags[0] else "Mark a passage")
        return _one(work, row.id), changes

    def retag(self, annotation: str, tags: Sequence[str], *, create_tags: bool = False) -> Changes:
        """Give an annotation these tags and no others; its note stays."""
        with self._database.write() as work:
            row = _find(work, annotation)
            row.modified = work.now
            _set_tags(work, row, tags, create_tags)
            return work.commit("Change the tags of a passage")

    def write_note(self, annotation: str, note: str) -> Changes:
        """Write an annotation's note, in Markdown; edits in a row undo as one."""
        with self._database.write() as work:
            row = _find(work, annotation)
            row.note, row.modified = unicodedata.normalize("NFC", note), work.now
            return work.commit("Write a note", merges=f"note:{row.id}")

    def delete(self, annotations: Sequence[str]) -> Changes:
        """Delete annotations, with their notes; one undoable step."""
        with self._database.write() as work:
            store = AnnotationStore(work.session)
            rows = [_find(work, annotation) for annotation in dict.fromkeys(annotations)]
            for row in rows:
                for link in store.links(row.id):
                    work.session.delete(link)
            work.session.flush()
            for row in rows:
                work.session.delete(row)
            many = len(rows) != 1
            return work.commit(
                f"Delete {len(rows)} annotations" if many else "Delete an annotation"
            )

    def get(self, annotation: str) -> Annotation:
        """Return one annotation; raises `NotFoundError`."""
        found = self.find(AnnotationFilter(ids=frozenset({annotation})))
        if not found:
            raise _missing(annotation)
        return found[0]

    def find(self, wanted: AnnotationFilter = _EVERYTHING) -> tuple[Annotation, ...]:
        """Return the annotations that a filter names, by record title, then position.

        Raises `NotFoundError` for a record or tag that there is not.
        """
        with self._database.read() as session:
            if wanted.record is not None:
                records = Records(session)
                entry = records.entry(find_record(records, wanted.record))
                wanted = AnnotationFilter(
                    entry.key, wanted.tag, wanted.analyst, wanted.states, wanted.ids
                )
            if wanted.tag is not None:
                find_tag(Tags(session), wanted.tag)
            return AnnotationStore(session).find(wanted)


def reanchor(work: UnitOfWork, record_ids: Sequence[int]) -> int:
    """Place the annotations of changed records anew; returns how many are not exact."""
    records = Records(work.session)
    misplaced = 0
    for row in AnnotationStore(work.session).on_records(record_ids):
        text = records.text(row.record_id)
        target = target_from(row, "")
        placed = anchor(text.content, target, text.sha256)
        row.verdict, row.score = placed.verdict.value, placed.score
        if placed.position is not None and placed.verdict.state != "orphaned":
            row.start, row.end = placed.position.start, placed.position.end
            row.label = text.passage_at(row.start).label
        misplaced += placed.verdict.value != "exact"
    return misplaced


def _check_range(record: str, start: int, end: int, text: Text) -> None:
    if not 0 <= start < end <= len(text.content):
        raise UserError(
            f"Offsets {start} to {end} are not a passage of {record}, whose text has "
            f"{len(text.content)} characters; the start comes before the end."
        )


def _only_place(
    record: str, text: Text, quote: str, prefix: str, suffix: str
) -> TextPositionSelector:
    if not quote:
        raise UserError("The quotation is empty; give the words to mark with --quote.")
    shown = quote if len(quote) <= _SHOWN else quote[:_SHOWN] + "…"
    places = list(find_quote(text.content, quote, prefix, suffix))
    if not places:
        raise NotFoundError(
            f"The text of {record} does not say “{shown}”; see 'normatlas show {record} --text'."
        )
    if len(places) > 1:
        raise AmbiguousQuoteError(
            f"“{shown}” stands {len(places)} times in {record}; add --prefix or --suffix with the "
            "words around the one that is meant."
        )
    return places[0]


def _set_tags(work: UnitOfWork, row: AnnotationRow, paths: Sequence[str], create: bool) -> None:
    tags = [_tag(work, clean_path(path), create) for path in paths]
    wanted = list(dict.fromkeys(tag.id for tag in tags))
    present = {link.tag_id: link for link in AnnotationStore(work.session).links(row.id)}
    for tag_id in present.keys() - set(wanted):
        work.session.delete(present[tag_id])
    for position, tag_id in enumerate(wanted):
        if tag_id in present:
            present[tag_id].position = position
        else:
            work.session.add(
                AnnotationTagRow(annotation_id=row.id, tag_id=tag_id, position=position)
            )
    work.session.flush()


def _tag(work: UnitOfWork, path: str, create: bool) -> TagRow:
    tags = Tags(work.session)
    if create and tags.row(path) is None:
        return make_tag(work, path)
    return find_tag(tags, path)


def _find(work: UnitOfWork, annotation: str) -> AnnotationRow:
    row = AnnotationStore(work.session).row(annotation)
    if row is None:
        raise _missing(annotation)
    return row


def _one(work: UnitOfWork, annotation: str) -> Annotation:
    return AnnotationStore(work.session).find(AnnotationFilter(ids=frozenset({annotation})))[0]


def _missing(annotation: str) -> NotFoundError:
    return NotFoundError(
        f"There is no annotation {annotation}; it may have been deleted. "
        "See 'normatlas annotations'."
    )
