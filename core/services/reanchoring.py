"""Placing annotations anew on texts that changed."""

from collections.abc import Sequence

from core.anchoring.anchor import anchor
from core.storage.repositories.annotations import AnnotationStore, target_from
from core.storage.repositories.records import Records
from core.storage.unit_of_work import UnitOfWork


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
