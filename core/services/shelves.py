"""Collections of documents, and tags on whole documents."""

import unicodedata
import uuid
from collections.abc import Sequence

from core.domain.changes import Changes
from core.domain.documents import Collection
from core.errors import NotFoundError, UserError
from core.services.codebook import clean_path, find_tag, make_tag
from core.services.composing import compose
from core.services.documents import rows_of
from core.services.records import shorten
from core.storage.repositories.codebook import Tags
from core.storage.repositories.documents import Documents
from core.storage.tables import CollectedRow, CollectionRow, DocumentTagRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import slow

_LONGEST_NAME = 100


class Shelves:
    """Where documents stand together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collections(self) -> tuple[Collection, ...]:
        """Return the collections by name."""
        with self._database.read() as session:
            return Documents(session).collections()

    @slow
    def collect(self, name: str, keys: Sequence[str]) -> Changes:
        """Put documents into a collection, made if there is none of that name; one step."""
        with self._database.write() as work:
            collection = _collection(work, name) or _make(work, name)
            rows = rows_of(work, keys)
            present = {c.document_id for c in Documents(work.session).collected(collection.id)}
            for row in rows:
                if row.id not in present:
                    work.session.add(CollectedRow(collection_id=collection.id, document_id=row.id))
            changes = compose(work, [row.id for row in rows])
            return changes | work.commit(f"Put documents into “{shorten(collection.name)}”")

    @slow
    def remove(self, name: str, keys: Sequence[str]) -> Changes:
        """Take documents out of a collection; an emptied one stays. One undoable step."""
        with self._database.write() as work:
            collection = _find(work, name)
            wanted = {row.id for row in rows_of(work, keys)}
            for row in Documents(work.session).collected(collection.id):
                if row.document_id in wanted:
                    work.session.delete(row)
            changes = compose(work, wanted)
            return changes | work.commit(f"Take documents out of “{shorten(collection.name)}”")

    @slow
    def rename(self, name: str, new: str) -> Changes:
        """Give a collection another name; raises `UserError` if it is taken."""
        with self._database.write() as work:
            collection, cleaned = _find(work, name), _clean(new)
            taken = _collection(work, cleaned)
            if taken is not None and taken.id != collection.id:
                raise UserError(f"There is a collection “{cleaned}” already.")
            documents = [c.document_id for c in Documents(work.session).collected(collection.id)]
            collection.name, collection.folded = cleaned, _fold(cleaned)
            changes = compose(work, documents)
            return changes | work.commit(f"Rename the collection “{shorten(name)}”")

    @slow
    def delete(self, name: str) -> Changes:
        """Delete a collection; its documents stay. One undoable step."""
        with self._database.write() as work:
            collection = _find(work, name)
            rows = Documents(work.session).collected(collection.id)
            documents = [row.document_id for row in rows]
            for row in rows:
                work.session.delete(row)
            work.session.flush()
            work.session.delete(collection)
            changes = compose(work, documents)
            return changes | work.commit(f"Delete the collection “{shorten(collection.name)}”")

    @slow
    def tag(self, path: str, keys: Sequence[str]) -> Changes:
        """Put a tag on whole documents, made where the codebook lacks it; one undoable step."""
        with self._database.write() as work:
            cleaned = clean_path(path)
            tag = Tags(work.session).row(cleaned) or make_tag(work, cleaned)
            work.session.flush()
            rows = rows_of(work, keys)
            for row in rows:
                if work.session.get(DocumentTagRow, (row.id, tag.id)) is None:
                    work.session.add(DocumentTagRow(document_id=row.id, tag_id=tag.id))
            changes = compose(work, [row.id for row in rows])
            return changes | work.commit(f"Tag documents “{shorten(tag.path)}”")

    @slow
    def untag(self, path: str, keys: Sequence[str]) -> Changes:
        """Take a tag off whole documents; one undoable step."""
        with self._database.write() as work:
            tag = find_tag(Tags(work.session), path)
            rows = rows_of(work, keys)
            for row in rows:
                tie = work.session.get(DocumentTagRow, (row.id, tag.id))
                if tie is not None:
                    work.session.delete(tie)
            changes = compose(work, [row.id for row in rows])
            return changes | work.commit(f"Take the tag “{shorten(tag.path)}” off documents")


def _clean(name: str) -> str:
    cleaned = " ".join(unicodedata.normalize("NFC", name).split())
    if not cleaned or len(cleaned) > _LONGEST_NAME:
        raise UserError(f"A collection's name has 1 to {_LONGEST_NAME} characters.")
    return cleaned


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _collection(work: UnitOfWork, name: str) -> CollectionRow | None:
    return Documents(work.session).collection(_fold(_clean(name)))


def _find(work: UnitOfWork, name: str) -> CollectionRow:
    return find_collection(Documents(work.session), name)


def find_collection(documents: Documents, name: str) -> CollectionRow:
    """Return a collection by its name, in whatever case; raises `NotFoundError`."""
    found = documents.collection(_fold(_clean(name)))
    if found is None:
        raise NotFoundError(f"There is no collection “{name}”.")
    return found


def _make(work: UnitOfWork, name: str) -> CollectionRow:
    cleaned = _clean(name)
    row = CollectionRow(id=str(uuid.uuid4()), name=cleaned, folded=_fold(cleaned), created=work.now)
    work.session.add(row)
    work.session.flush()
    return row
