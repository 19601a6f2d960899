"""Marking passages: annotate, tag, write notes, delete, find."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from core.anchoring.match_quote import find_quote
from core.domain.annotations import Annotation, AnnotationFilter, TextPositionSelector
from core.domain.changes import Changes
from core.domain.text import Text
from core.errors import AmbiguousQuoteError, NotFoundError, UserError
from core.services.bulk import change_tags, delete_annotations
from core.services.codebook import find_tag
from core.services.marking import check_range, find_annotation, mark, missing, put, set_tags
from core.services.reference import find_record
from core.services.shelves import find_collection
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.codebook import Tags
from core.storage.repositories.documents import Documents
from core.storage.repositories.records import Records
from core.storage.tables import AnnotationRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import slow

_EVERYTHING = AnnotationFilter()
_REHEARSED = "Rehearsed"  # a tag that is never there
_SHOWN = 60  # characters of a quotation in a message


class Annotations:
    """The analyst's annotations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @slow
    def prepare(self, record: str) -> None:
        """Rehearse the first mark on a record, which takes longest, and leave all as it was.

        Raises:
            NotFoundError: for a record that is not there.
            WorkspaceError: when it can't be written.
        """
        with self._database.write() as work:
            records = Records(work.session)
            record_id = find_record(records, record)
            text = records.text(record_id)
            if text.content:
                row = mark(work, record_id, text, (0, 1), "")
                set_tags(work, row, (_REHEARSED,), create=True)
                _stored(work, row)
                work.rehearse("Mark a passage")

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
            check_range(record, start, end, text)
            made = mark(work, record_id, text, (start, end), note)
            return _tagged(work, made, tags, create=create_tags)

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
            made = mark(work, record_id, text, (place.start, place.end), note)
            return _tagged(work, made, tags, create=create_tags)

    def retag(self, annotation: str, tags: Sequence[str], *, create_tags: bool = False) -> Changes:
        """Give an annotation these tags and no others; its note stays."""
        with self._database.write() as work:
            row = find_annotation(work, annotation)
            row.modified = work.now
            set_tags(work, row, tags, create=create_tags)
            return work.commit("Change the tags of a passage")

    def move(self, annotation: str, start: int, end: int) -> Changes:
        """Have an annotation begin and end elsewhere in its record; moves in a row undo as one.

        Raises `UserError` for offsets that are no passage.
        """
        with self._database.write() as work:
            row = find_annotation(work, annotation)
            records = Records(work.session)
            text = records.text(row.record_id)
            check_range(records.entry(row.record_id).key, start, end, text)
            put(work, row, text, (start, end))
            return work.commit("Move a passage's ends", merges=f"ends:{row.id}")

    def write_note(self, annotation: str, note: str) -> Changes:
        """Write an annotation's note, in Markdown; edits in a row undo as one."""
        with self._database.write() as work:
            row = find_annotation(work, annotation)
            row.note, row.modified = unicodedata.normalize("NFC", note), work.now
            return work.commit("Write a note", merges=f"note:{row.id}")

    def change_tags(
        self,
        annotations: Sequence[str],
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        *,
        create_tags: bool = False,
    ) -> Changes:
        """Put tags on annotations and take others off, as one undoable step; notes stay.

        Raises `UserError` without annotations or tags, `NotFoundError` for those not there.
        """
        with self._database.write() as work:
            number = change_tags(work, annotations, add, remove, create=create_tags)
            return work.commit(_retagging(number, add, remove))

    def delete(self, annotations: Sequence[str]) -> Changes:
        """Delete annotations, with their notes; one undoable step."""
        with self._database.write() as work:
            number = delete_annotations(work, annotations)
            many = number != 1
            return work.commit(f"Delete {number} annotations" if many else "Delete an annotation")

    def get(self, annotation: str) -> Annotation:
        """Return one annotation; raises `NotFoundError`."""
        found = self.find(AnnotationFilter(ids=frozenset({annotation})))
        if not found:
            raise missing(annotation)
        return found[0]

    def find(self, wanted: AnnotationFilter = _EVERYTHING) -> tuple[Annotation, ...]:
        """Return the annotations that a filter names, by record title, then position.

        Raises `NotFoundError` for a record, tag or collection that there is not.
        """
        with self._database.read() as session:
            if wanted.record is not None:
                records = Records(session)
                entry = records.entry(find_record(records, wanted.record))
                wanted = replace(wanted, record=entry.key)
            if wanted.tag is not None:
                find_tag(Tags(session), wanted.tag)
            if wanted.collection is not None:
                name = find_collection(Documents(session), wanted.collection).name
                wanted = replace(wanted, collection=name)
            return AnnotationStore(session).find(wanted)

    def on_page(
        self, record: str, start: int, end: int, most: int
    ) -> tuple[tuple[Annotation, ...], bool]:
        """Return a record's annotations, by position, and whether these are all.

        Of more than ``most`` only those that touch ``text[start:end]``: what is in sight can be
        shown while the others are read. Raises `NotFoundError`.
        """
        with self._database.read() as session:
            records = Records(session)
            key = records.entry(find_record(records, record)).key
            store = AnnotationStore(session)
            is_few = store.number_on(key) <= most
            within = None if is_few else (start, end)
            return store.find(AnnotationFilter(record=key), within), is_few


def _retagging(number: int, add: Sequence[str], remove: Sequence[str]) -> str:
    """Name a step that changes the tags of so many passages."""
    passages = "a passage" if number == 1 else f"{number} passages"
    put, taken = (", ".join(f"“{path}”" for path in paths) for paths in (add, remove))
    if add and remove:
        return f"Change {taken} into {put} on {passages}"
    return f"Tag {passages} {put}" if add else f"Take {taken} off {passages}"


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


def _tagged(
    work: UnitOfWork, row: AnnotationRow, tags: Sequence[str], *, create: bool
) -> tuple[Annotation, Changes]:
    set_tags(work, row, tags, create=create)
    changes = work.commit("Tag a passage" if tags else "Mark a passage")
    return _stored(work, row), changes


def _stored(work: UnitOfWork, row: AnnotationRow) -> Annotation:
    return AnnotationStore(work.session).find(AnnotationFilter(ids=frozenset({row.id})))[0]
