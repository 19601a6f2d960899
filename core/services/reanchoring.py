"""Placing annotations anew on texts that changed."""

from collections.abc import Iterable, Mapping, Sequence

from core.anchoring.anchor import Anchorer
from core.anchoring.describe import describe
from core.domain.text import Text, hash_text
from core.storage.repositories.annotations import AnnotationStore, target_from
from core.storage.repositories.records import Records
from core.storage.tables import AnnotationRow
from core.storage.unit_of_work import UnitOfWork


def texts_beneath(work: UnitOfWork, record_ids: Iterable[int]) -> dict[int, str]:
    """Return the texts of those among some records that carry annotations, by row id.

    Asked before texts change, it lets `reanchor` tell more places for certain.
    """
    records, store = Records(work.session), AnnotationStore(work.session)
    return {place: records.content(place)[0] for place in store.annotated() & set(record_ids)}


def reanchor(
    work: UnitOfWork, record_ids: Sequence[int], before: Mapping[int, str] | None = None
) -> int:
    """Place the annotations of changed records anew; returns how many are not exact.

    A certain place is described anew, so that the next change finds it as easily; one that is to
    be reviewed keeps the words and surroundings that it had. ``before`` are the texts that the
    records had, where known.
    """
    rows: dict[int, list[AnnotationRow]] = {}
    for row in AnnotationStore(work.session).on_records(record_ids):
        rows.setdefault(row.record_id, []).append(row)
    records, misplaced = Records(work.session), 0
    for record_id, on_record in rows.items():
        old = (before or {}).get(record_id)
        misplaced += _reanchor(on_record, records.text(record_id), old)
    return misplaced


def settle(work: UnitOfWork, annotations: Iterable[str]) -> None:
    """Place those anew that were made on a text which is another now, as undo brings back."""
    records, store = Records(work.session), AnnotationStore(work.session)
    for row in store.on_other_texts(sorted(annotations)):
        _reanchor([row], records.text(row.record_id), None)
    work.session.flush()


def _reanchor(rows: Sequence[AnnotationRow], text: Text, old: str | None) -> int:
    sha256, old_sha256 = text.sha256, hash_text(old) if old is not None else None
    anchorer, misplaced = Anchorer(text.content, sha256, old), 0
    for row in rows:
        placed = anchorer.place(target_from(row, ""), known=row.text_sha256 == old_sha256)
        row.verdict, row.score = placed.verdict.value, placed.score
        misplaced += placed.verdict.value != "exact"
        if placed.position is None or placed.verdict.state == "orphaned":
            continue
        row.start, row.end = placed.position.start, placed.position.end
        row.label = text.passage_at(row.start).label
        row.text_sha256 = sha256
        _describe(row, text.content)
    return misplaced


def _describe(row: AnnotationRow, content: str) -> None:
    """Take the words and surroundings from the text, unless they are as they were."""
    before = content[max(0, row.start - len(row.prefix)) : row.start]
    after = content[row.end : row.end + len(row.suffix)]
    here = (before, content[row.start : row.end], after)
    if here != (row.prefix, row.exact, row.suffix):
        quote = describe(content, row.start, row.end)
        row.exact, row.prefix, row.suffix = quote.exact, quote.prefix, quote.suffix
