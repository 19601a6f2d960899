"""Reads annotations and tags for whoever shows them, anew after each change that concerns them."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.changes import Changes
from core.domain.codebook import Tag
from core.domain.finding import Span
from core.errors import NotFoundError
from core.tasks import CancelToken
from gui.controllers.annotate import AnnotateController
from gui.events import AppEvents
from gui.messages import Messages
from gui.models.analysts import AnalystLens, Lens
from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.annotations import Annotations
    from core.services.codebook import Codebook

_FEW = 200  # changed annotations that are read by themselves
_MANY = 1000  # annotations of a record, from which on those in sight are read first


@dataclass(frozen=True, slots=True)
class _Read:
    """What one reading brought: the record's annotations, those listed, the codebook."""

    key: str
    of_record: tuple[Annotation, ...]
    listed: tuple[Annotation, ...]
    tags: tuple[Tag, ...]
    is_part: bool = False  # of the record only what is in sight
    shown: tuple[Annotation, ...] = ()  # of the record, through the lens
    shown_listed: tuple[Annotation, ...] = ()

    def seen_through(self, lens: Lens) -> _Read:
        """Return it with what shows of it."""
        shown = lens.through(self.of_record)
        listed = shown if self.listed is self.of_record else lens.through(self.listed)
        return replace(self, shown=shown, shown_listed=listed)


class AnnotationsController(QObject):
    """Knows the record in front, what the list shows, and which annotation is current."""

    read = Signal(object)
    """Annotations of the record in front, whether they show or not."""
    part_read = Signal(str, object)
    """``(key, annotations)`` of what is in sight of the record in front, while all are read."""
    record_read = Signal(str, object)
    """``(key, annotations)`` of the record in front."""
    list_read = Signal(object)
    """Annotations of the list's scope."""
    tags_read = Signal(object)
    current_changed = Signal(object)
    """The current `Annotation`, or None."""

    def __init__(
        self,
        annotations: Annotations,
        codebook: Codebook,
        events: AppEvents,
        messages: Messages,
        lens: AnalystLens,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._annotations = annotations
        self._codebook = codebook
        self._messages = messages
        self._lens = lens
        self._reads = LatestOnly(self)
        self._key = ""
        self.sight: Callable[[str], Span] = lambda _key: (0, 0)  # what of a record is in sight
        self._scope: AnnotationFilter | None = None  # None: the record in front
        self._current = ""
        self._last: _Read | None = None  # what was read last, where it is still whole
        self._stale: frozenset[str] = frozenset()  # of it, what has changed since
        self._known: dict[str, Annotation] = {}
        self.tags: tuple[Tag, ...] = ()
        lens.changed.connect(self.refresh)
        events.changed.connect(self._on_changed)
        events.record_shown.connect(self.show_record)
        events.annotation_selected.connect(self.select)

    @Slot(str)
    def show_record(self, key: str) -> None:
        """Read for this record from now on; of very many what is in sight before the others."""
        self._key = key
        self._last, self._stale = None, frozenset()
        sight = self.sight(key) if key and self._scope is None else None
        self._submit(partial(self._read, key, self._scope, sight=sight))

    def list_scope(self, scope: AnnotationFilter | None) -> None:
        """List what a filter names, or with None the record in front."""
        self._scope = scope
        self.refresh()

    @Slot(str)
    def select(self, annotation: str) -> None:
        """Make an annotation the current one; one that is not read yet follows when it is."""
        self._current = annotation
        self.current_changed.emit(self.current)

    @property
    def current(self) -> Annotation | None:
        """The current annotation, where it has been read."""
        return self._known.get(self._current)

    @property
    def current_id(self) -> str:
        """The current annotation's id, also where it has not been read yet; "" for none."""
        return self._current

    def find(self, annotation: str) -> Annotation | None:
        """Return an annotation that has been read."""
        return self._known.get(annotation)

    def at(self, record: str, start: int, end: int) -> Annotation | None:
        """Return the annotation that stands exactly here, where it has been read."""
        return next(
            (
                one
                for one in self._known.values()
                if (one.target.record, one.start, one.end) == (record, start, end)
            ),
            None,
        )

    @Slot()
    def refresh(self) -> None:
        """Read everything anew, off the window's thread."""
        self._last, self._stale = None, frozenset()
        self._submit(partial(self._read, self._key, self._scope))

    def _submit(self, read: Callable[[CancelToken], _Read]) -> None:
        lens = self._lens.now

        def job(token: CancelToken) -> _Read:
            return read(token).seen_through(lens)

        self._reads.submit(job, self._on_read, self._messages.problem)

    def _refresh_some(self, annotations: frozenset[str]) -> None:
        """Read only these anew, and those that a retired reading was to bring."""
        last = self._last
        stale = self._stale | annotations
        if last is None or self._scope is not None or len(stale) > _FEW:
            self.refresh()
            return
        self._stale = stale
        self._submit(partial(self._read_some, last, stale))

    def _read_some(self, last: _Read, some: frozenset[str], token: CancelToken) -> _Read:
        found = self._annotations.find(AnnotationFilter(ids=some))
        token.check()
        kept = [a for a in last.of_record if a.id not in some]
        for one in found:
            if one.target.record == last.key:
                insort(kept, one, key=lambda a: (a.start, a.end, a.created, a.id))
        of_record = tuple(kept)
        return _Read(last.key, of_record, of_record, self._codebook.tags())

    def _read(
        self,
        key: str,
        scope: AnnotationFilter | None,
        token: CancelToken,
        *,
        sight: Span | None = None,
    ) -> _Read:
        of_record, is_whole = self._of_record(key, sight) if key else ((), True)
        token.check()
        if not is_whole:
            return _Read(key, of_record, of_record, (), is_part=True)
        listed = of_record if scope is None else self._annotations.find(scope)
        token.check()
        return _Read(key, of_record, listed, self._codebook.tags())

    def _of_record(self, key: str, sight: Span | None) -> tuple[tuple[Annotation, ...], bool]:
        """Return a record's annotations, of many those in sight, and whether these are all.

        There are none for one that has just been deleted.
        """
        try:
            if sight is not None:
                return self._annotations.on_page(key, *sight, _MANY)
            return self._annotations.find(AnnotationFilter(record=key)), True
        except NotFoundError:
            return (), True

    def _on_read(self, read: _Read) -> None:
        if read.is_part:
            self.part_read.emit(read.key, read.shown)
            self.refresh()
            return
        before = self.current
        self._last, self._stale = read, frozenset()
        self._known = {a.id: a for a in read.of_record}
        if read.listed is not read.of_record:
            self._known = {a.id: a for a in read.listed} | self._known
        self.tags = read.tags
        self.tags_read.emit(read.tags)
        self.read.emit(read.of_record)
        self.record_read.emit(read.key, read.shown)
        self.list_read.emit(read.shown_listed)
        if self.current != before:
            self.current_changed.emit(self.current)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if isinstance(initiator, AnnotateController):  # what it does to tags is counts, or new ones
            self._refresh_some(changes.annotations)
        elif changes.annotations or changes.tags or self._key in changes.records:
            self.refresh()
