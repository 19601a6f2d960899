"""What marking a passage is made of: the row with its selectors, its tags, the checks."""

import unicodedata
import uuid
from collections.abc import Sequence

from core.anchoring.describe import describe
from core.domain.annotations import Verdict
from core.domain.text import Text
from core.errors import NotFoundError, UserError
from core.services.codebook import clean_path, find_tag, make_tag
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.codebook import Tags
from core.storage.tables import AnnotationRow, AnnotationTagRow, TagRow
from core.storage.unit_of_work import UnitOfWork


def mark(
    work: UnitOfWork, record_id: int, text: Text, span: tuple[int, int], note: str = ""
) -> AnnotationRow:
    """Add an annotation on ``text[start:end]`` of a record; it is not committed yet."""
    row = passage_row(work, record_id, text, span, note)
    work.session.add(row)
    work.session.flush()
    return row


def passage_row(
    work: UnitOfWork, record_id: int, text: Text, span: tuple[int, int], note: str = ""
) -> AnnotationRow:
    """Return the row of a new annotation; it is in no session yet."""
    start, end = span
    quote = describe(text.content, start, end)
    return AnnotationRow(
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
        verdict=Verdict.EXACT.value,
        score=1.0,
    )


def put(work: UnitOfWork, row: AnnotationRow, text: Text, span: tuple[int, int]) -> None:
    """Have an annotation stand on ``text[start:end]`` from now on, as the analyst's own word."""
    start, end = span
    quote = describe(text.content, start, end)
    row.start, row.end = start, end
    row.exact, row.prefix, row.suffix = quote.exact, quote.prefix, quote.suffix
    row.text_sha256 = text.sha256
    row.label = text.passage_at(start).label
    row.verdict, row.score = Verdict.EXACT.value, 1.0
    row.modified = work.now


def check_range(record: str, start: int, end: int, text: Text) -> None:
    """Raise `UserError` for offsets that are no passage of a record's text."""
    if not 0 <= start < end <= len(text.content):
        raise UserError(
            f"Offsets {start} to {end} are not a passage of {record}, whose text has "
            f"{len(text.content)} characters; the start comes before the end."
        )


def set_tags(work: UnitOfWork, row: AnnotationRow, paths: Sequence[str], *, create: bool) -> None:
    """Give an annotation these tags, in this order, and no others.

    Raises `NotFoundError` for one that the codebook lacks, unless it is to ``create`` it.
    """
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


def find_annotation(work: UnitOfWork, annotation: str) -> AnnotationRow:
    """Return an annotation's row; raises `NotFoundError`."""
    row = AnnotationStore(work.session).row(annotation)
    if row is None:
        raise missing(annotation)
    return row


def missing(annotation: str) -> NotFoundError:
    """Return what is raised for an annotation that is not there."""
    return NotFoundError(
        f"There is no annotation {annotation}; it may have been deleted. "
        "See 'normatlas annotations'."
    )
