"""What would become of files, without writing anything."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from core.domain.documents import ReadDocument
from core.domain.imports import ImportOptions, ImportResult, ImportStatus
from core.errors import UserError
from core.services.editions import Candidate, find_earlier
from core.services.intake import Read, duplicate, folds, named, result_of
from core.services.walking import Found
from core.storage.originals import hash_file
from core.storage.repositories.documents import Documents
from core.storage.repositories.imports import shown
from core.storage.unit_of_work import Database
from core.tasks import CancelToken


def preview(
    database: Database,
    read: Read,
    files: Iterable[Found],
    options: ImportOptions,
    cancel: CancelToken,
) -> Iterator[ImportResult]:
    """Give what would become of each file."""
    seen: dict[str, str] = {}
    for file in files:
        try:
            if file.refusal is not None:
                raise UserError(file.refusal)
            yield _preview_one(database, read, file, options, seen, cancel)
        except UserError as error:
            yield ImportResult(0, shown(file.path), ImportStatus.REFUSED, reason=str(error))


def _preview_one(
    database: Database,
    read: Read,
    file: Found,
    options: ImportOptions,
    seen: dict[str, str],
    cancel: CancelToken,
) -> ImportResult:
    sha256 = hash_file(file.path, follow=file.given, cancel=cancel)
    path = shown(file.path)
    twin = seen.setdefault(sha256, path)
    if twin != path:
        reason = f"It is the same file as {twin}."
        return ImportResult(0, path, ImportStatus.DUPLICATE, reason=reason)
    with database.read() as session:
        held = Documents(session).holding(sha256)
    if held is not None and not held.undone and not folds(held, options):
        return duplicate(file.path, held)
    document = named(read(Path(os.fsdecode(file.path)), cancel), file.path, options)
    if options.edition_of is not None:
        return result_of(file.path, ImportStatus.UPDATED, options.edition_of, document)
    return _compare(database, file, document)


def _compare(database: Database, file: Found, document: ReadDocument) -> ImportResult:
    said = document.metadata
    candidate = Candidate(
        file.path, str(said.title), said.symbol, document.format, said.language, ""
    )
    with database.read() as session:
        earlier = find_earlier(session, candidate, document.text)
    if earlier is not None and earlier.certain:
        return result_of(file.path, ImportStatus.UPDATED, earlier.key, document)
    return result_of(file.path, ImportStatus.IMPORTED, None, document)
