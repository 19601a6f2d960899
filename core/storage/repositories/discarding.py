"""Documents deleted for good: their rows, what hung on them, and what steps remember of them."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.storage.history import Image
from core.storage.repositories.hanging import annotations_in
from core.storage.tables import (
    AnnotationRow,
    Base,
    CollectedRow,
    DocumentBatchRow,
    DocumentEditionRow,
    DocumentLinkRow,
    DocumentRow,
    DocumentTagRow,
    StashRow,
    StepRow,
)

_BESIDE = (CollectedRow, DocumentLinkRow, DocumentTagRow, StashRow, DocumentEditionRow)


@dataclass(frozen=True, slots=True)
class Discarded:
    """How many documents went, and the originals, (hash, suffix), that none needs any more."""

    documents: int
    originals: tuple[tuple[str, str], ...]


def discard(session: Session) -> Discarded:
    """Delete what is in the trash, and what an undone import left that nobody can redo."""
    trashed = set(session.scalars(select(DocumentRow.id).where(DocumentRow.trashed.is_not(None))))
    gone = trashed | _abandoned(session)
    annotations: set[str] = set()
    for stash in session.scalars(select(StashRow).where(StashRow.document_id.in_(gone))):
        annotations |= annotations_in(stash.rows)
    _forget(session, gone, annotations)
    query = select(DocumentEditionRow.sha256, DocumentEditionRow.suffix)
    of = DocumentEditionRow.document_id
    theirs = set(session.execute(query.where(of.in_(gone))).tuples())
    kept = set(session.scalars(select(DocumentEditionRow.sha256).where(of.not_in(gone))))
    for table in _BESIDE:
        session.execute(delete(table).where(table.document_id.in_(gone)))
    session.execute(delete(DocumentRow).where(DocumentRow.id.in_(gone)))
    return Discarded(len(trashed), tuple(sorted(one for one in theirs if one[0] not in kept)))


def _abandoned(session: Session) -> set[int]:
    """Return documents whose import was undone, and is not to be redone."""
    hidden = select(DocumentRow.id, DocumentRow.batch).where(
        DocumentRow.batch.not_in(select(DocumentBatchRow.id))
    )
    rows = session.execute(hidden).tuples().all()
    table = DocumentBatchRow.__tablename__
    undone = session.scalars(select(StepRow).where(StepRow.state == "undone"))
    redoable = {
        row["id"]
        for step in undone
        for image in step.images
        if image["table"] == table
        for row in (image["before"], image["after"])
        if row
    }
    return {document for document, batch in rows if batch not in redoable}


def _forget(session: Session, documents: set[int], annotations: set[str]) -> None:
    """Take out of the history what undo or redo could only do in vain."""
    if not documents:
        return
    steps = session.scalars(select(StepRow).where(StepRow.state != "dropped")).all()
    annotations = annotations.union(*(_annotations_on(documents, step.images) for step in steps))
    for step in steps:
        left = [i for i in step.images if not _is_about(i, documents, annotations)]
        if len(left) != len(step.images):
            step.images = left
            if not left:
                step.state = "dropped"


def _annotations_on(documents: set[int], images: list[Image]) -> set[str]:
    """Return annotations on these documents that a step knows, such as one that it deleted."""
    rows = [i["before"] or i["after"] for i in images if i["table"] == AnnotationRow.__tablename__]
    return {row["id"] for row in rows if row["record_id"] in documents}


def _is_about(image: Image, documents: set[int], annotations: set[str]) -> bool:
    table = Base.metadata.tables[image["table"]]
    row = image["before"] or image["after"]
    if table.name == DocumentRow.__tablename__:
        return row["id"] in documents
    if table.name == AnnotationRow.__tablename__:
        return row["record_id"] in documents
    if "document_id" in row:
        return row["document_id"] in documents
    return any(
        row[column.name] in annotations
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == AnnotationRow.__tablename__
    )
