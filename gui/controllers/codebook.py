"""Writes the codebook, and reads what its dialogs show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.annotations import AnnotationFilter
from core.domain.changes import Changes
from core.domain.codebook import TagEvent, TagPart
from core.tasks import CancelToken
from gui.events import AppEvents
from gui.messages import Messages
from gui.workers import LatestOnly, WriteQueue

if TYPE_CHECKING:  # the services bring the database with them
    from core.workspace import Workspace


class CodebookController(QObject):
    """Turns wishes of the codebook's panel into writes, each a step that can be undone."""

    described = Signal(str, str)
    """``(field, words)`` that are written now."""
    not_described = Signal(str)
    """Why words could not be written."""
    history_read = Signal(str, object)
    """``(path, TagEvents)``."""
    passages_read = Signal(str, object)
    """``(path, Annotations)`` that carry the tag or one below it."""
    dated_read = Signal(object)
    """The tags as of the date asked for."""

    def __init__(
        self,
        workspace: Workspace,
        writes: WriteQueue,
        events: AppEvents,
        messages: Messages,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._codebook = workspace.codebook
        self._annotations = workspace.annotations
        self._files = workspace.codebook_files
        self._writes = writes
        self._events = events
        self._messages = messages
        self._reads = LatestOnly(self)
        self._passages = LatestOnly(self)

    # One tag

    @Slot(str)
    def add(self, path: str) -> None:
        """Add a tag, and those above it that are missing."""
        self._submit(lambda: self._codebook.add(path)[1])

    @Slot(str, str)
    def rename(self, path: str, new_path: str) -> None:
        """Rename a tag, with those below it."""
        self._submit(partial(self._codebook.rename, path, new_path))

    @Slot(str, str)
    def recolor(self, path: str, color: str) -> None:
        """Give a tag another colour."""
        self._submit(partial(self._codebook.recolor, path, color))

    @Slot(str, str, str)
    def describe(self, path: str, field: str, words: str) -> None:
        """Write one of the texts that say what a tag means; tells what became of it."""
        self._writes.submit(
            partial(self._codebook.describe, path, {field: words}),
            partial(self._on_described, field, words),
            self._on_not_described,
        )

    @Slot(str, object)
    def favour(self, path: str, number: int | None) -> None:
        """Put a tag on a number key, or with None on none."""
        self._submit(partial(self._codebook.favour, path, number))

    # The tree

    @Slot(object, object, object)
    def move(self, paths: Sequence[str], above: str | None, place: int | None = None) -> None:
        """Move tags below another, or to the top."""
        self._submit(partial(self._codebook.move_all, tuple(paths), above, place))

    @Slot(object, bool)
    def sort(self, above: str | None, by_count: bool) -> None:
        """Sort the tags right below one, or at the top, by name or by use."""
        self._submit(partial(self._codebook.sort, above, by_count=by_count))

    @Slot(object, str)
    def merge(self, paths: Sequence[str], into: str) -> None:
        """Merge tags into one, which keeps its passages and takes theirs."""
        words = self.tr("Merged into “{tag}”. Ctrl+Z takes it back.").format(tag=into)
        self._submit(partial(self._codebook.merge, tuple(paths), into), words)

    def delete(self, path: str, give_to: str | None, *, keep_below: bool) -> None:
        """Delete a tag; its passages lose it, or go to another tag."""
        words = self.tr("Deleted “{tag}”. Ctrl+Z brings it back.").format(tag=path)
        write = partial(self._codebook.delete, path, give_to, keep_below=keep_below)
        self._submit(write, words)

    @Slot(str, object, bool)
    def split(self, path: str, part: TagPart, keep: bool) -> None:
        """Put chosen passages of a tag on another one instead, or as well."""
        self._submit(partial(self._codebook.split, path, (part,), keep=keep))

    @Slot()
    def start(self) -> None:
        """Add the starter codebook."""
        self._submit(self._codebook.start)

    # What is read

    @Slot(str)
    def read_history(self, path: str) -> None:
        """Read what happened to a tag; tells `history_read`."""
        self._reads.submit(
            partial(self._history, path), partial(self._on_history, path), self._messages.problem
        )

    def _history(self, path: str, token: CancelToken) -> tuple[TagEvent, ...]:
        token.check()
        return self._codebook.history(path)

    def _on_history(self, path: str, events: tuple[TagEvent, ...]) -> None:
        self.history_read.emit(path, events)

    def read_passages(self, path: str) -> None:
        """Read what carries a tag; tells `passages_read`."""
        self._passages.submit(
            lambda _token: self._annotations.find(AnnotationFilter(tag=path)),
            lambda found: self.passages_read.emit(path, found),
            self._messages.problem,
        )

    @Slot(object)
    def read_dated(self, moment: datetime) -> None:
        """Read the codebook of a date; tells `dated_read`."""
        self._reads.submit(
            lambda _token: self._codebook.as_of(moment),
            self.dated_read.emit,
            self._messages.problem,
        )

    @Slot(str, object)
    def export(self, path: str, moment: datetime) -> None:
        """Write the codebook of a date to a file."""
        self._reads.submit(
            lambda _token: self._files.write(Path(path), moment),
            lambda many: self._messages.info(
                self.tr("Exported {n} tags to {path}.").format(n=many, path=path)
            ),
            self._messages.problem,
        )

    # Back on the window's thread

    def _submit(self, write: Callable[[], Changes], words: str = "") -> None:
        self._writes.submit(write, partial(self._on_written, words), self._messages.problem)

    def _on_written(self, words: str, changes: Changes) -> None:
        self._events.changed.emit(changes, self)
        if words:
            self._messages.info(words)

    def _on_described(self, field: str, words: str, changes: Changes) -> None:
        self.described.emit(field, words)
        self._events.changed.emit(changes, self)

    def _on_not_described(self, error: Exception) -> None:
        self.not_described.emit(str(error))
        self._messages.problem(error)
