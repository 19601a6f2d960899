"""The analyst's documents: what is said of them, what they belong to, their originals."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from core.domain.changes import Changes
from core.domain.dates import parse
from core.domain.documents import (
    DocumentCard,
    DocumentForm,
    DocumentMetadata,
    PagePicture,
    ReadingStatus,
)
from core.domain.keys import kind_of
from core.domain.own_records import FieldProblem
from core.errors import NotFoundError, UserError
from core.services.belonging import PREDICATE_OF, links_of, suggest_links
from core.services.composing import compose, fold_into
from core.services.records import shorten
from core.services.reference import find_record
from core.storage.lending import Lender
from core.storage.originals import Originals
from core.storage.repositories.documents import Documents as StoredDocuments
from core.storage.repositories.documents import edition_from, metadata_from
from core.storage.repositories.records import Records
from core.storage.tables import DocumentLinkRow, DocumentRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import CancelToken, slow

_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*\Z", re.IGNORECASE)
_LONGEST = 2000  # characters of a field
_COMMON = ("authors", "date", "language", "publisher")  # what several documents may have alike
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")


class Documents:
    """What is said of the documents of the workspace."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._originals = Originals(folder)
        self._lender = Lender()

    # Reading

    @slow
    def cards(self, keys: Sequence[str] | None = None) -> tuple[DocumentCard, ...]:
        """Return the documents that are in no trash, by title; those of ``keys`` if given."""
        with self._database.read() as session:
            return StoredDocuments(session).cards(keys)

    @slow
    def form(self, key: str) -> DocumentForm:
        """Return a document as it is edited; raises `NotFoundError`."""
        with self._database.read() as session:
            stored = StoredDocuments(session)
            row = standing(stored, key)
            (card,) = stored.cards([row.key])
            links = links_of(session, row.id)
            return DocumentForm(
                card,
                tuple(
                    edition_from(edition, current=edition.id == row.edition)
                    for edition in stored.editions(row.id)
                ),
                links,
                suggest_links(session, card.metadata, links),
            )

    @slow
    def original(self, key: str) -> Path:
        """Return the file that a document was read from, as it is kept.

        Raises `UserError` where it is missing.
        """
        with self._database.read() as session:
            stored = StoredDocuments(session)
            edition = stored.edition(standing(stored, key).edition)
            place = self._originals.place(edition.sha256, edition.suffix)
        if not place.is_file():
            raise UserError(
                f"The original of “{edition.name}” is missing from the workspace; import the file "
                "again, or restore a backup."
            )
        return place

    @slow
    def lend(self, key: str) -> Path:
        """Return a copy of a document's original for another program to open: named as the file
        was, and read-only. Raises as `original`."""
        with self._database.read() as session:
            stored = StoredDocuments(session)
            name = stored.edition(standing(stored, key).edition).name
        return self._lender.lend(self.original(key), name)

    @slow
    def pages(self, key: str) -> tuple[str, ...]:
        """Return the labels of a document's pages, none where its format has no pages."""
        with self._database.read() as session:
            stored = StoredDocuments(session)
            return tuple(stored.edition(standing(stored, key).edition).pages)

    @slow
    def page_picture(
        self, key: str, page: int, width: int, passage: str | None, cancel: CancelToken
    ) -> PagePicture:
        """Return page ``page`` (from 0) of a PDF document as a picture so many pixels wide.

        ``passage`` are words on it to mark. Raises `UserError` where the original is missing or
        the page can't be drawn.
        """
        from core.importing.pdf_pictures import draw_page

        return draw_page(self.original(key), page, width, passage, cancel)

    # Writing

    @slow
    def edit(self, key: str, said: DocumentMetadata) -> tuple[tuple[FieldProblem, ...], Changes]:
        """Say of a document what its form has; edits in a row are one undoable step.

        Returns problems by field, and then no change.
        """
        said = _cleaned(said)
        if problems := tuple(_problems(said)):
            return problems, Changes()
        with self._database.write() as work:
            row = standing(StoredDocuments(work.session), key)
            if metadata_from(row) == said:
                return (), Changes()
            row.title, row.authors = said.title or row.title, list(said.authors)
            row.date, row.language, row.publisher = said.date, said.language, said.publisher
            row.address, row.symbol, row.modified = said.address, said.symbol, work.now
            changes = compose(work, [row.id])
            step = f"Edit “{shorten(said.title or '')}”"
            return (), changes | work.commit(step, merges=f"document:{row.id}")

    @slow
    def edit_many(
        self, keys: Sequence[str], said: DocumentMetadata
    ) -> tuple[tuple[FieldProblem, ...], Changes]:
        """Say of several documents what they have in common: authors, date, language, publisher.

        What is None or empty in ``said`` stays as it is, and so does what each has for itself:
        title, address, symbol. One undoable step. Returns problems by field, and then no change.
        """
        common = _cleaned(replace(said, title="-", address=None, symbol=None))
        if problems := tuple(_problems(common)):
            return problems, Changes()
        wanted = {name: value for name in _COMMON if (value := getattr(common, name))}
        with self._database.write() as work:
            rows = [row for row in rows_of(work, keys) if _differs(row, wanted)]
            if not rows:
                return (), Changes()
            for row in rows:
                for name, value in wanted.items():
                    setattr(row, name, list(value) if name == "authors" else value)
                row.modified = work.now
            changes = compose(work, [row.id for row in rows])
            return (), changes | work.commit(f"Edit {_counted(rows)}")

    @slow
    def set_status(self, keys: Sequence[str], status: ReadingStatus) -> Changes:
        """Say how far one is with documents; one undoable step."""
        with self._database.write() as work:
            rows = rows_of(work, keys)
            for row in rows:
                row.status = status.value
            changes = compose(work, [row.id for row in rows])
            return changes | work.commit(f"Mark {_counted(rows)} as {status.value}")

    @slow
    def link(self, key: str, record: str) -> Changes:
        """Tie a document to a record in the way that fits its kind; one undoable step."""
        with self._database.write() as work:
            row = standing(StoredDocuments(work.session), key)
            place = find_record(Records(work.session), record)
            target = Records(work.session).entry(place)
            predicate = PREDICATE_OF.get(target.kind)
            if predicate is None:
                raise UserError(
                    f"“{target.title}” is a {kind_of(target.key).value}; a document belongs to an "
                    "instrument, a norm, an initiative, an event or a participant."
                )
            link = DocumentLinkRow(document_id=row.id, predicate=predicate, target_id=place)
            if work.session.get(DocumentLinkRow, (row.id, predicate, place)) is not None:
                return Changes()
            work.session.add(link)
            changes = compose(work, [row.id]) | Changes(records=frozenset({target.key}))
            return changes | work.commit(f"Link “{shorten(row.title)}” to {shorten(target.title)}")

    @slow
    def unlink(self, key: str, record: str) -> Changes:
        """Take back what ties a document to a record; one undoable step."""
        with self._database.write() as work:
            stored = StoredDocuments(work.session)
            row = standing(stored, key)
            place = find_record(Records(work.session), record)
            target = Records(work.session).entry(place)
            for link in stored.links(row.id):
                if link.target_id == place:
                    work.session.delete(link)
            changes = compose(work, [row.id]) | Changes(records=frozenset({target.key}))
            step = f"Unlink “{shorten(row.title)}” from {shorten(target.title)}"
            return changes | work.commit(step)

    @slow
    def make_edition(self, key: str, of: str) -> Changes:
        """Make a document the newer edition of another, and let it go itself.

        The other's text is replaced and its annotations are placed anew; those of ``key`` go to
        the trash with it. One undoable step.
        """
        with self._database.write() as work:
            stored = StoredDocuments(work.session)
            newer, row = standing(stored, key), standing(stored, of)
            if newer.id == row.id:
                raise UserError("A document is no edition of itself.")
            changes = fold_into(work, newer, row)
            return changes | work.commit(f"Update “{shorten(row.title)}” to a newer edition")


def standing(stored: StoredDocuments, key: str) -> DocumentRow:
    """Return the row of a document that is in no trash; raises `NotFoundError`."""
    row = stored.row_of(key)
    if row is None or not stored.stands(row):
        raise NotFoundError(
            f"There is no document “{key}”. 'normatlas list --kind document' names them."
        )
    return row


def rows_of(work: UnitOfWork, keys: Sequence[str]) -> list[DocumentRow]:
    """Return the rows of documents that are in no trash; raises `NotFoundError`."""
    stored = StoredDocuments(work.session)
    return [standing(stored, key) for key in dict.fromkeys(keys)]


def _differs(row: DocumentRow, wanted: dict[str, object]) -> bool:
    said = metadata_from(row)
    return any(getattr(said, name) != value for name, value in wanted.items())


def _counted(rows: Sequence[DocumentRow]) -> str:
    return f"{len(rows)} documents" if len(rows) != 1 else f"“{shorten(rows[0].title)}”"


def _cleaned(said: DocumentMetadata) -> DocumentMetadata:
    def clean(value: str | None) -> str | None:
        return " ".join(unicodedata.normalize("NFC", value).split()) or None if value else None

    authors = tuple(name for author in said.authors if (name := clean(author)))
    fields = ("title", "date", "language", "publisher", "address", "symbol")
    return replace(said, authors=authors, **{name: clean(getattr(said, name)) for name in fields})


def _problems(said: DocumentMetadata) -> Sequence[FieldProblem]:
    found: list[FieldProblem] = []

    def hold(name: str, sentence: str, sound: Callable[[str], object]) -> None:
        value = getattr(said, name)
        if value and not sound(value):
            found.append(FieldProblem((name,), sentence))

    if not said.title:
        found.append(FieldProblem(("title",), "Give it a title."))
    if said.date:
        try:
            parse(said.date)
        except UserError as error:
            found.append(FieldProblem(("date",), str(error)))
    hold("address", "Write a whole address: https://example.org/paper.", _ADDRESS.match)
    hold("language", "Write a language's code: en, fr, zh-Hans.", _LANGUAGE.match)
    texts = (said.title, said.publisher, said.symbol, said.address, *said.authors)
    if any(text and len(text) > _LONGEST for text in texts):
        found.append(FieldProblem(("title",), f"A field holds at most {_LONGEST:,} characters."))
    return found
