"""All annotations for the browser: read off the window's thread, changed in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.browsing import (
    AnnotationListing,
    BrowsingChoices,
    Group,
    Grouping,
    SavedFilter,
)
from core.domain.changes import Changes
from core.tasks import CancelToken
from gui.flows.desk import Desk
from gui.workers import LatestOnly

if TYPE_CHECKING:
    from core.workspace import Workspace


@dataclass(frozen=True)
class Seen:
    """What one look brought."""

    listing: AnnotationListing
    grouping: Grouping
    choices: BrowsingChoices
    filters: tuple[SavedFilter, ...]


class BrowserController(QObject):
    """What fails is said in the window."""

    seen = Signal(object)
    """A `Seen`."""
    rows_read = Signal(object)
    """Tuple of `Annotation`."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._workspace: Workspace = desk.workspace
        self._looks = LatestOnly(self)
        self._rows = LatestOnly(self)
        self._tags = LatestOnly(self)

    def look(self, wanted: AnnotationFilter, grouping: Grouping) -> None:
        """Read what passes a filter; tells `seen`."""
        browsing = self._workspace.browsing

        def job(token: CancelToken) -> Seen:
            listing = browsing.listing(wanted, grouping)
            token.check()
            choices = browsing.choices()
            token.check()
            return Seen(listing, grouping, choices, browsing.filters())

        self._looks.submit(job, self.seen.emit, self._desk.messages.problem)

    @Slot(object)
    def read_rows(self, ids: Sequence[str]) -> None:
        """Read the annotations that show; tells `rows_read`."""
        self._rows.submit(
            lambda _token: self._workspace.browsing.rows(ids),
            self.rows_read.emit,
            self._desk.messages.problem,
        )

    def read_tags(
        self, ids: Sequence[str], done: Callable[[Sequence[Group], Sequence[Group]], None]
    ) -> None:
        """Read all tags, and those of some annotations."""
        browsing = self._workspace.browsing

        def job(_token: CancelToken) -> tuple[Sequence[Group], Sequence[Group]]:
            return browsing.choices().tags, browsing.tags_of(ids)

        self._tags.submit(job, lambda found: done(*found), self._desk.messages.problem)

    def find(self, annotation: str, done: Callable[[Annotation], None]) -> None:
        """Read one annotation; says where it is gone."""
        self._tags.submit(
            lambda _token: self._workspace.annotations.get(annotation),
            done,
            self._desk.messages.problem,
        )

    def change_tags(
        self, ids: Sequence[str], on: Sequence[str], off: Sequence[str], done: Callable[[], None]
    ) -> None:
        """Put tags on annotations and take others off, as one step."""
        change = self._workspace.annotations.change_tags
        self._submit(partial(change, ids, on, off, create_tags=True), done)

    def delete(self, ids: Sequence[str], done: Callable[[], None]) -> None:
        """Delete annotations, as one step."""
        self._submit(partial(self._workspace.annotations.delete, ids), done)

    def save_filter(self, name: str, wanted: AnnotationFilter, grouping: Grouping) -> None:
        """Keep a filter by name."""
        self._submit(partial(self._workspace.browsing.save, name, wanted, grouping))

    @Slot(str, str)
    def rename_filter(self, saved: str, name: str) -> None:
        """Give a saved filter another name."""
        self._submit(partial(self._workspace.browsing.rename, saved, name))

    @Slot(str)
    def delete_filter(self, saved: str) -> None:
        """Delete a saved filter."""
        self._submit(partial(self._workspace.browsing.delete, saved))

    def _submit(self, write: Callable[[], Changes], done: Callable[[], None] | None = None) -> None:
        def written(changes: Changes) -> None:
            self._desk.events.changed.emit(changes, self)
            if done is not None:
                done()

        self._desk.writes.submit(write, written, self._desk.messages.problem)
