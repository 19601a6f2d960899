"""One unit of work per user action: commit is explicit, leaving without it rolls back."""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session, sessionmaker

from core.domain.changes import Changes
from core.domain.notes import note_key
from core.storage import history
from core.storage.engine import DATABASE_ERRORS, make_engine, workspace_error
from core.storage.parameters import in_chunks
from core.storage.row_images import Image, write_images
from core.storage.tables import AnnotationRow, NoteRow, QueueRow, RecordRow

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


class UnitOfWork:
    """A write in progress: its session, who does it, and when."""

    def __init__(self, session: Session, analyst: str, now: datetime) -> None:
        self.session = session
        self.analyst = analyst
        self.now = now
        self._images = history.watch(session)

    def commit(self, step: str | None = None, *, merges: str | None = None) -> Changes:
        """Make it durable, with the step that undoes it and the work it owes the index.

        Args:
            step: the step's name for undo; None for what is no action of the analyst.
            merges: consecutive steps with the same value become one.
        """
        changes = self._finish(step, merges)
        self.session.commit()
        return changes

    def rehearse(self, step: str) -> None:
        """Do all that `commit` does and take it back.

        The first write of its kind has SQLAlchemy put its statements together, which takes longer
        than the write; a rehearsal has it done before anyone waits.
        """
        self._finish(step, None)
        self.session.rollback()

    def _finish(self, step: str | None, merges: str | None) -> Changes:
        self.session.flush()
        images = self._images
        changes = history.changes_of(self.session, images, step)
        if step is not None and images:
            history.add_step(
                self.session, history.Step(step, self.analyst, self.now, merges), images
            )
        self.queue(changes)
        return changes

    def write_rows(self, images: Sequence[Image]) -> None:
        """Write many audited rows by few statements; the step takes them back like any others.

        Objects that the session holds of them are stale from then on.
        """
        self.session.flush()
        write_images(self.session, images, backwards=False)
        self._images += images

    def queue(self, changes: Changes) -> None:
        """Note in the same transaction what the search index has to take up."""
        annotations = sorted(changes.annotations)
        work = [{"what": "annotation", "key": key} for key in annotations]
        if changes.tags:  # a record is found by the tags of its annotations too
            records = set(changes.records)
            for some in in_chunks(annotations):
                carried = (
                    select(RecordRow.key)
                    .join(AnnotationRow, AnnotationRow.record_id == RecordRow.id)
                    .where(AnnotationRow.id.in_(some))
                    .distinct()
                )
                records.update(self.session.scalars(carried))
            work += [{"what": "record", "key": key} for key in sorted(records)]
        for note in self._notes(changes):  # whether it is on a record can change
            key = note_key(note)
            work += [{"what": "record", "key": key}, {"what": "annotation", "key": key}]
        if work:
            self.session.execute(insert(QueueRow), work)

    def _notes(self, changes: Changes) -> list[str]:
        """Return the notes that are found otherwise now: changed, or on tags that changed."""
        found = set(changes.notes)
        for some in in_chunks(sorted(changes.tags)):
            on_tags = select(NoteRow.id).where(NoteRow.tag_id.in_(some))
            found.update(self.session.scalars(on_tags))
        return sorted(found)


class Database:
    """The workspace's database, as the services see it; safe to share between threads."""

    def __init__(self, file: Path, analyst: str, clock: Clock = utc_now) -> None:
        self.file = file
        self.analyst = analyst
        self.clock = clock
        self.engine: Engine = make_engine(file)
        # SQLite lets writers try again and again and gives no one a turn: under load one of
        # many threads that write may starve until it is told that the database is locked.
        self._turn = threading.RLock()
        self._reading = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        self._writing = sessionmaker(
            self.engine.execution_options(immediate=True), expire_on_commit=False
        )

    @contextmanager
    def read(self) -> Generator[Session]:
        """Give a session for one consistent read; raises `WorkspaceError` on a bad file."""
        try:
            with self._reading() as session:
                yield session
        except DATABASE_ERRORS as error:
            raise workspace_error(error, self.file) from error

    @contextmanager
    def write(self) -> Generator[UnitOfWork]:
        """Give a unit of work in this process' turn; what it did not commit is rolled back."""
        try:
            with self._turn, self._writing() as session:
                yield UnitOfWork(session, self.analyst, self.clock())
        except DATABASE_ERRORS as error:
            raise workspace_error(error, self.file) from error

    def close(self) -> None:
        """Close every connection; the last one folds the log into the file."""
        self.engine.dispose()
