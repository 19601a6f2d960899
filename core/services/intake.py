"""One file on its way in: copied, told from what is here, read, stored with its result."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import insert

from core.domain.dates import parse
from core.domain.documents import DocumentMetadata, ReadDocument, ReadingStatus
from core.domain.imports import ImportOptions, ImportResult, ImportStatus
from core.domain.keys import Kind
from core.domain.language import language_of
from core.domain.text import PassageKind, Text
from core.errors import UserError
from core.services.codebook import clean_path, make_tag
from core.services.composing import compose, fold_into
from core.services.editions import Candidate, Likely, find_earlier
from core.services.records import free_key, shorten
from core.storage.originals import Incoming, Originals
from core.storage.repositories.codebook import Tags
from core.storage.repositories.document_records import DocumentRecords
from core.storage.repositories.documents import Documents, Held
from core.storage.repositories.imports import Imports, shown
from core.storage.repositories.own_records import OwnRecords
from core.storage.tables import (
    DocumentBatchRow,
    DocumentEditionRow,
    DocumentRow,
    DocumentTagRow,
)
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import CancelToken

Read = Callable[[Path, CancelToken], ReadDocument]
"""Reads a file into passages; raises `UserError` with a sentence for what it can't read."""

_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """What an import is about: its run, what was wished, and how its step is called."""

    run: str
    options: ImportOptions
    files: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the queue."""

    id: int
    path: bytes
    given: bool


class Intake:
    """Takes files in, from any thread."""

    def __init__(self, database: Database, originals: Originals, read: Read) -> None:
        self._database = database
        self._originals = originals
        self._read = read

    def take_in(self, file: Waiting, wish: Wish, cancel: CancelToken) -> ImportResult:
        """Import one file; its result is stored in the transaction that makes it a record.

        Raises `CancelledError`, and `DiskFullError` where there is no room for more.
        """
        incoming: Incoming | None = None
        try:
            incoming = self._originals.receive(file.path, follow=file.given, cancel=cancel)
            with self._database.read() as session:
                held = Documents(session).holding(incoming.sha256)
            if held is not None and folds(held, wish.options):
                return self._fold(file, wish, held)
            if held is not None and not held.undone:
                return self._finish(file, duplicate(file.path, held))
            document = named(self._read(incoming.path, cancel), file.path, wish.options)
            cancel.check()
            self._originals.keep(incoming)
            return self._store(file, wish, incoming, document)
        except UserError as error:
            if error.exit_code != UserError.exit_code:
                raise  # the disk, or the workspace: it is not the file's fault
            return self.refuse(file, str(error))
        finally:
            if incoming is not None:
                self._originals.drop(incoming)

    def refuse(self, file: Waiting, reason: str) -> ImportResult:
        """Store that a file is not taken, and why."""
        result = ImportResult(0, shown(file.path), ImportStatus.REFUSED, reason=reason)
        return self._finish(file, result)

    def _finish(self, file: Waiting, result: ImportResult) -> ImportResult:
        with self._database.write() as work:
            result = Imports(work.session).finish(file.id, result)
            work.commit()
            return result

    def _fold(self, file: Waiting, wish: Wish, held: Held) -> ImportResult:
        """Make a file that is a document already the newer edition of another."""
        with self._database.write() as work:
            stored = Documents(work.session)
            newer, row = stored.row(held.id), _wished(work, wish.options)
            assert newer is not None
            edition = stored.edition(held.edition)
            row.title = wish.options.title or row.title
            fold_into(work, newer, row)
            result = ImportResult(
                0,
                shown(file.path),
                ImportStatus.UPDATED,
                row.key,
                row.title,
                edition.format,
                edition.passages,
                edition.characters,
            )
            result = Imports(work.session).finish(file.id, result)
            work.commit(f"Update “{shorten(row.title)}” to a newer edition")
            return result

    def _store(
        self, file: Waiting, wish: Wish, incoming: Incoming, document: ReadDocument
    ) -> ImportResult:
        with self._database.write() as work:
            held = Documents(work.session).holding(incoming.sha256)
            if held is not None and not held.undone:  # its twin came in meanwhile
                result = duplicate(file.path, held)
                step = None
            elif held is not None:
                result, step = _revive(work, file, wish, held, document)
            else:
                result, step = _place(work, file, wish, incoming, document)
            result = Imports(work.session).finish(file.id, result)
            work.commit(step)
            return result


def named(document: ReadDocument, path: bytes, options: ImportOptions) -> ReadDocument:
    """Give a document a title in any case, and only a date that can be read."""
    metadata = document.metadata
    title = options.title or metadata.title or _first_heading(document.text) or _stem(path)
    title = " ".join(unicodedata.normalize("NFC", title).split())[:_LONGEST_TITLE]
    language = metadata.language or language_of(document.text.content) or None
    said = replace(metadata, title=title, date=_readable(metadata.date), language=language)
    return replace(document, metadata=said)


def _readable(date: str | None) -> str | None:
    try:
        return date if date and parse(date) else None
    except UserError:
        return None


def _first_heading(text: Text) -> str | None:
    for passage in text.passages[:20]:
        if passage.kind is PassageKind.HEADING:
            return text.content[passage.start : passage.end].strip() or None
    return None


def _stem(path: bytes) -> str:
    name = path.replace(b"\\", b"/") if b"/" not in path else path
    return shown(name.rpartition(b"/")[2]).rpartition(".")[0] or shown(name.rpartition(b"/")[2])


def _name(path: bytes) -> str:
    return shown(path.rpartition(b"/")[2].rpartition(b"\\")[2])


def result_of(
    path: bytes, status: ImportStatus, key: str | None, document: ReadDocument
) -> ImportResult:
    """Return the result of a file that was read."""
    remarks = " ".join(document.remarks) or None
    return ImportResult(
        0,
        shown(path),
        status,
        key,
        document.metadata.title,
        document.format,
        len(document.text.passages),
        len(document.text.content),
        remarks,
    )


def folds(held: Held, options: ImportOptions) -> bool:
    """Tell whether a file that is a document already is to become another one's edition."""
    stands = held.is_current and not held.in_trash and not held.undone
    return options.edition_of is not None and held.key != options.edition_of and stands


def duplicate(path: bytes, held: Held) -> ImportResult:
    """Return the result of a file that is here already."""
    if held.in_trash:
        reason = f"The same file is in the trash, as “{held.title}”; restore it there."
    elif held.is_current:
        reason = f"The same file is here already, as “{held.title}” ({held.key})."
    else:
        reason = f"It is an earlier edition of “{held.title}” ({held.key}), which is kept."
    return ImportResult(0, shown(path), ImportStatus.DUPLICATE, held.key, held.title, reason=reason)


def _place(
    work: UnitOfWork, file: Waiting, wish: Wish, incoming: Incoming, document: ReadDocument
) -> tuple[ImportResult, str | None]:
    """Store a file as a new document, or as a newer edition of one."""
    earlier = _earlier(work, file, wish, document)
    if earlier is not None and earlier.certain:
        row = Documents(work.session).row(earlier.document)
        assert row is not None
        edition = _add_edition(work, row.id, file, incoming, document)
        DocumentRecords(work.session).park(edition, document.text)
        row.edition, row.modified = edition, work.now
        _update_metadata(row, document.metadata, wish.options)
        compose(work, [row.id])
        result = result_of(file.path, ImportStatus.UPDATED, row.key, document)
        return result, f"Update “{shorten(row.title)}” to a newer edition"
    step = _begin_batch(work, wish, str(document.metadata.title))
    key = _insert(work, file, wish, incoming, document)
    result = result_of(file.path, ImportStatus.IMPORTED, key, document)
    if earlier is not None:
        words = f"It looks like a newer edition of “{earlier.title}” ({earlier.key})."
        result = replace(result, reason=words, newer_of=earlier.key)
    return result, step


def _earlier(work: UnitOfWork, file: Waiting, wish: Wish, document: ReadDocument) -> Likely | None:
    if wish.options.edition_of is not None:
        row = _wished(work, wish.options)
        return Likely(row.id, row.key, row.title, certain=True)
    said = document.metadata
    candidate = Candidate(
        file.path, str(said.title), said.symbol, document.format, said.language, wish.run
    )
    return find_earlier(work.session, candidate, document.text)


def _wished(work: UnitOfWork, options: ImportOptions) -> DocumentRow:
    """Return the document that a file is wished to be a newer edition of."""
    row = Documents(work.session).row_of(options.edition_of or "")
    if row is None or not Documents(work.session).stands(row):
        raise UserError(
            f"There is no document “{options.edition_of}” that it could be an edition of."
        )
    return row


def _begin_batch(work: UnitOfWork, wish: Wish, title: str) -> str | None:
    """Have the row that undoing takes away; returns the step's name if it is new."""
    if work.session.get(DocumentBatchRow, wish.run) is not None:
        return None
    work.session.add(DocumentBatchRow(id=wish.run, analyst=work.analyst, at=work.now))
    many = wish.files > 1
    return f"Import {wish.files:,} files" if many else f"Import “{shorten(title)}”"


def _insert(
    work: UnitOfWork, file: Waiting, wish: Wish, incoming: Incoming, document: ReadDocument
) -> str:
    """Store a new document as a record; by statements that no step takes back one by one."""
    place = OwnRecords(work.session).next_id()
    said = document.metadata
    title = str(said.title)
    key = free_key(work.session, Kind.DOCUMENT, title, said.symbol, _stem(file.path))
    edition = _add_edition(work, place, file, incoming, document)
    values = {
        "id": place,
        "key": key,
        "batch": wish.run,
        "edition": edition,
        **metadata_values(said),
        "title": title,
        "status": ReadingStatus.UNREAD.value,
        "trashed": None,
        "analyst": work.analyst,
        "created": work.now,
        "modified": work.now,
    }
    work.session.execute(insert(DocumentRow.__table__), [values])  # type: ignore[arg-type]
    _tag(work, place, wish.options.tags)
    row = Documents(work.session).row(place)
    assert row is not None
    DocumentRecords(work.session).put_up(row, document.text)
    return key


def _tag(work: UnitOfWork, document: int, paths: tuple[str, ...]) -> None:
    for path in dict.fromkeys(clean_path(path) for path in paths):
        tag = Tags(work.session).row(path) or make_tag(work, path)
        work.session.flush()
        values = {"document_id": document, "tag_id": tag.id}
        statement = insert(DocumentTagRow.__table__).prefix_with("OR IGNORE")  # type: ignore[arg-type]
        work.session.execute(statement, [values])


def _add_edition(
    work: UnitOfWork, place: int, file: Waiting, incoming: Incoming, document: ReadDocument
) -> int:
    row = DocumentEditionRow(
        document_id=place,
        sha256=incoming.sha256,
        suffix=incoming.suffix,
        name=_name(file.path),
        path=file.path,
        format=document.format,
        size=incoming.size,
        pages=list(document.pages),
        remarks=list(document.remarks),
        passages=len(document.text.passages),
        characters=len(document.text.content),
        imported=work.now,
        parked=None,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def _update_metadata(row: DocumentRow, said: DocumentMetadata, options: ImportOptions) -> None:
    """Take over a newer edition's date, and what was not said before: the analyst may have
    corrected the rest."""
    if options.title:
        row.title = str(said.title)
    for name, value in metadata_values(said).items():
        if value and (name == "date" or not getattr(row, name)):
            setattr(row, name, value)


def metadata_values(said: DocumentMetadata) -> dict[str, object]:
    """Return what a document's row says of its file, all but the title."""
    return {
        "authors": list(said.authors),
        "date": said.date,
        "language": said.language,
        "publisher": said.publisher,
        "address": said.address,
        "symbol": said.symbol,
    }


def _revive(
    work: UnitOfWork, file: Waiting, wish: Wish, held: Held, document: ReadDocument
) -> tuple[ImportResult, str | None]:
    """Bring a document back whose import was undone: it belongs to this import now."""
    step = _begin_batch(work, wish, held.title)
    work.session.flush()
    table = DocumentRow.__table__
    work.session.execute(
        table.update().where(table.c.id == held.id).values(batch=wish.run)  # type: ignore[attr-defined]
    )
    work.session.expire_all()
    compose(work, [held.id])
    return result_of(file.path, ImportStatus.IMPORTED, held.key, document), step
