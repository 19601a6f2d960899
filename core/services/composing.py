"""Documents as records: which stand, with which text, after something was said of them."""

from collections.abc import Iterable
from typing import Any

from core.domain.changes import Changes
from core.services.reanchoring import reanchor, texts_beneath
from core.storage import history
from core.storage.repositories.document_records import DocumentRecords
from core.storage.repositories.documents import Documents
from core.storage.repositories.records import Records
from core.storage.tables import (
    CollectedRow,
    DocumentBatchRow,
    DocumentLinkRow,
    DocumentRow,
    DocumentTagRow,
)
from core.storage.unit_of_work import UnitOfWork

_NAMING = {t.__tablename__ for t in (CollectedRow, DocumentLinkRow, DocumentTagRow)}


def compose(work: UnitOfWork, documents: Iterable[int]) -> Changes:
    """Make records of documents, or none, as their rows now say; annotations follow.

    A document that goes takes along what hangs on it, and brings it back when it returns.
    """
    work.session.flush()
    stored, records = Documents(work.session), DocumentRecords(work.session)
    documents = sorted(set(documents))
    texts = texts_beneath(work, filter(records.stands, documents))
    keys: set[str] = set()
    moved: list[int] = []
    for document in documents:
        row = stored.row(document)
        if row is None:
            continue
        stands, should = records.stands(document), stored.stands(row)
        keys.add(row.key)
        if stands and not should:
            records.take_down(document)
        elif should and not stands:
            records.bring_back(row)
            moved.append(document)
        elif should and records.refresh(row):
            moved.append(document)
    work.session.expire_all()
    reanchor(work, moved, texts)
    return Changes(records=frozenset(keys))


def fold_into(work: UnitOfWork, newer: DocumentRow, row: DocumentRow) -> Changes:
    """Make a document's file the newer edition of another; the document itself goes to the trash
    with its annotations, those of the other are placed anew."""
    text = Records(work.session).text(newer.id)
    moved = Documents(work.session).copy_edition(newer.edition, row.id)
    DocumentRecords(work.session).park(moved, text)
    row.edition, row.date = moved, newer.date or row.date
    row.modified = newer.trashed = work.now
    return compose(work, [row.id, newer.id])


def compose_after(work: UnitOfWork, images: list[history.Image]) -> Changes:
    """Make records as a step that was undone or redone now says."""
    documents = touched(work, images)
    return compose(work, documents) if documents else Changes()


def touched(work: UnitOfWork, images: Iterable[history.Image]) -> set[int]:
    """Return the documents that a run of images says something of."""
    found: set[int] = set()
    rows: Iterable[tuple[str, dict[str, Any]]] = (
        (image["table"], row)
        for image in images
        for row in (image["before"], image["after"])
        if row is not None
    )
    for table, row in rows:
        if table == DocumentRow.__tablename__:
            found.add(row["id"])
        elif table in _NAMING:
            found.add(row["document_id"])
        elif table == DocumentBatchRow.__tablename__:
            found |= Documents(work.session).of_batch(row["id"])
    return found


def retie(work: UnitOfWork, keys: Iterable[str]) -> None:
    """Write the ties of documents anew whose records were made anew."""
    records = Records(work.session)
    places = [place for key in keys if (place := records.resolve(key)) is not None]
    tied = Documents(work.session).tied_to(places)
    if tied:
        compose(work, tied)
