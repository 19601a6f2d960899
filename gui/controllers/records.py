"""Own records: forms read, stored or kept as drafts; packs loaded and saved; reviews."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from core.domain.changes import Changes
from core.domain.keys import Kind
from core.domain.own_records import Difference, Draft, FieldProblem, Raw, RecordForm, ReviewItem
from core.domain.records import RecordEntry
from core.tasks import CancelToken
from gui.flows.desk import Desk
from gui.identity import new_id
from gui.workers import LatestOnly

if TYPE_CHECKING:
    from core.workspace import Workspace

Opened = tuple[RecordForm, tuple[RecordEntry, ...]]


@dataclass
class Writing:
    """A form that is open: which record it writes, or under which name it is a draft."""

    kind: Kind
    key: str = ""
    draft: str = field(default_factory=new_id)


class RecordsController(QObject):
    """Everything off the window's thread; what fails is said in the window."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._workspace: Workspace = desk.workspace
        self._forms = LatestOnly(self)
        self._compared = LatestOnly(self)
        self._pages = LatestOnly(self)
        self._reviews = LatestOnly(self)

    def read_form(self, key: str, done: Callable[[Opened], None]) -> None:
        """Read a record's form, and what its fields can be completed with."""
        self._read_form(partial(self._workspace.records.form, key), done)

    def read_blank(self, kind: Kind, type_: str, raw: Raw, done: Callable[[Opened], None]) -> None:
        """Read the form of a new record, or of a draft with its fields."""

        def read() -> RecordForm:
            blank = self._workspace.records.blank(kind, str(raw.get("type") or type_) or None)
            return RecordForm("", kind, {**blank.raw, **raw}, blank.fields)

        self._read_form(read, done)

    def _read_form(self, read: Callable[[], RecordForm], done: Callable[[Opened], None]) -> None:
        def job(_token: CancelToken) -> Opened:
            return read(), self._workspace.reference.entries()

        self._forms.submit(job, done, self._desk.messages.problem)

    def read_again(self, key: str, done: Callable[[RecordForm | None], None]) -> None:
        """Read the form of a record as it stands after all earlier changes; None if it is gone."""
        from core.errors import NotFoundError

        def job() -> RecordForm | None:
            try:
                return self._workspace.records.form(key)
            except NotFoundError:
                return None

        self._desk.writes.submit(job, done, self._desk.messages.problem)

    def read_drafts(self, done: Callable[[tuple[Draft, ...]], None]) -> None:
        """Read what is half written."""
        records = self._workspace.records
        self._forms.submit(lambda _token: records.drafts(), done, self._desk.messages.problem)

    def write(
        self, writing: Writing, raw: Raw, done: Callable[[Sequence[FieldProblem]], None]
    ) -> None:
        """Store a form; one that is not sound yet is kept as a draft."""
        records = self._workspace.records

        def job() -> tuple[tuple[FieldProblem, ...], Changes, str]:
            key = writing.key or records.propose_key(writing.kind, str(raw.get("title") or ""))
            whole: dict[str, Any] = {"key": key, **raw}
            new = not writing.key
            problems, changes = records.save(whole, new=new, draft=writing.draft)
            if problems:
                records.keep_draft(writing.draft, writing.kind, raw)
            return problems, changes, key

        def stored(result: tuple[tuple[FieldProblem, ...], Changes, str]) -> None:
            problems, changes, key = result
            if not problems:
                writing.key = key
            self._tell(changes)
            done(problems)

        self._desk.writes.submit(job, stored, self._desk.messages.problem)

    def change(self, job: Callable[[], Changes], words: str = "") -> None:
        """Make a change after all earlier ones; says ``words`` when it is done."""

        def done(changes: Changes) -> None:
            self._tell(changes)
            if words:
                self._desk.messages.info(words)

        self._desk.writes.submit(job, done, self._desk.messages.problem)

    def _tell(self, changes: Changes) -> None:
        if changes:
            self._desk.events.changed.emit(changes, self)

    def read_page(self, keys: Sequence[str], done: Callable[[dict[str, Any]], None]) -> None:
        """Read open records anew; None for one that is gone."""
        from core.errors import NotFoundError

        def job(token: CancelToken) -> dict[str, Any]:
            found: dict[str, Any] = {}
            for key in keys:
                token.check()
                try:
                    found[key] = self._workspace.reference.record(key)
                except NotFoundError:
                    found[key] = None
            return found

        self._pages.submit(job, done, self._desk.messages.problem)

    def read_differences(self, key: str, done: Callable[[tuple[Difference, ...]], None]) -> None:
        """Read what differs from the pack."""
        records = self._workspace.records
        self._compared.submit(
            lambda _token: records.differences(key), done, self._desk.messages.problem
        )

    def read_review(self, done: Callable[[tuple[ReviewItem, ...]], None]) -> None:
        """Read the annotations that are to be reviewed."""
        review = self._workspace.review
        self._reviews.submit(lambda _token: review.items(), done, self._desk.messages.problem)

    def load_pack(self, path: Path, words: str) -> None:
        """Take a pack's file; ``words`` has places for its name and what came."""

        def job() -> tuple[str, Changes]:
            loaded, changes = self._workspace.pack_files.load(path)
            said = words.format(
                name=loaded.name, added=len(loaded.added), changed=len(loaded.edited)
            )
            return said, changes

        def done(result: tuple[str, Changes]) -> None:
            self._tell(result[1])
            self._desk.messages.info(result[0])

        self._desk.writes.submit(job, done, self._desk.messages.problem)

    def save_pack(self, path: Path, words: str) -> None:
        """Save the analyst's additions as a pack's file."""

        def done(saved: object) -> None:
            self._desk.messages.info(words.format(path=path))

        self._desk.writes.submit(
            lambda: self._workspace.pack_files.export_additions(path),
            done,
            self._desk.messages.problem,
        )
