"""The trash: documents that were deleted, with all that hangs on them, until it is emptied."""

from collections.abc import Sequence
from pathlib import Path

from core.domain.changes import Changes
from core.domain.documents import DocumentCard
from core.errors import NotFoundError
from core.services.composing import compose
from core.services.documents import rows_of
from core.services.records import shorten
from core.storage.originals import Originals
from core.storage.repositories.discarding import discard
from core.storage.repositories.documents import Documents
from core.storage.tables import DocumentRow
from core.storage.unit_of_work import Database
from core.tasks import slow


class Trash:
    """What was deleted and can come back."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._originals = Originals(folder)

    @slow
    def cards(self) -> tuple[DocumentCard, ...]:
        """Return what is in the trash, latest first; its annotations are counted."""
        with self._database.read() as session:
            return Documents(session).trash()

    @slow
    def delete(self, keys: Sequence[str]) -> Changes:
        """Move documents into the trash, with their annotations; one undoable step."""
        with self._database.write() as work:
            rows = rows_of(work, keys)
            for row in rows:
                row.trashed = work.now
            changes = compose(work, [row.id for row in rows])
            return changes | work.commit(f"Delete {_counted(rows)}")

    @slow
    def restore(self, keys: Sequence[str]) -> Changes:
        """Bring documents back, with their annotations; one undoable step."""
        with self._database.write() as work:
            stored = Documents(work.session)
            rows: list[DocumentRow] = []
            for key in dict.fromkeys(keys):
                row = stored.row_of(key)
                if row is None or row.trashed is None:
                    raise NotFoundError(f"There is no document “{key}” in the trash.")
                row.trashed = None
                rows.append(row)
            changes = compose(work, [row.id for row in rows])
            return changes | work.commit(f"Restore {_counted(rows)}")

    @slow
    def empty(self) -> int:
        """Delete for good what is in the trash, its annotations and its originals; returns how
        many documents. Earlier steps forget them: this can't be undone."""
        with self._database.write() as work:
            unneeded = discard(work.session)
            work.commit()
        for sha256, suffix in unneeded.originals:
            self._originals.remove(sha256, suffix)
        return unneeded.documents


def _counted(rows: Sequence[DocumentRow]) -> str:
    return f"{len(rows)} documents" if len(rows) != 1 else f"“{shorten(rows[0].title)}”"
