"""Reads notes and what links to them; writes each as it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.domain.addresses import address_of
from core.domain.changes import Changes
from core.domain.notes import Backlink, LinkChoice, Note, NoteFilter, target_of
from core.errors import NotFoundError, UserError
from core.tasks import CancelToken
from gui.controllers.kept_notes import KeptNote, KeptNotes
from gui.flows.desk import Desk
from gui.identity import new_id
from gui.models.annotations import shorten
from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.notes import Notes

_SHOWN = 60  # characters of the selected passage that a link to it shows


@dataclass(slots=True)
class _Draft:
    """A note that is begun: ``stored`` is set by its first write, on the queue's thread."""

    record: str | None
    tag: str | None
    stored: bool = False


class NotesController(QObject):
    """Lists, writes and deletes notes."""

    listed = Signal(object, object, object)
    """``(notes, backlinks, Note that is shown or None where it is gone)``."""
    read = Signal(object, object)
    """``(Note, span)`` that is to be shown."""
    counted = Signal(str, int)
    """``(key, how many notes are on that record)``."""
    saved = Signal(str, str)
    failed = Signal(str, str)

    def __init__(self, desk: Desk, kept: KeptNotes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept = kept
        self._lists = LatestOnly(self)
        self._ones = LatestOnly(self)
        self._counts = LatestOnly(self)
        self._drafts: dict[str, _Draft] = {}

    @property
    def _notes(self) -> Notes:
        return self._desk.workspace.notes

    def list(self, wanted: NoteFilter | None, linked: str, shown: str) -> None:
        """Ask for notes, None for no note; for what links to a record or a note; and for the note
        that is shown."""
        self._lists.submit(
            partial(self._list, wanted, linked, shown),
            lambda found: self.listed.emit(*found),
            self._desk.messages.problem,
        )

    @Slot(str)
    def count(self, key: str) -> None:
        """Ask how many notes are on a record; on none, where no page is open, there is none."""
        if not key:
            self._counts.cancel()
            self.counted.emit(key, 0)
            return
        self._counts.submit(
            partial(self._list, NoteFilter(record=key), "", ""),
            lambda found: self.counted.emit(key, len(found[0])),
            self._desk.messages.problem,
        )

    def show(self, note: str, span: object = None) -> None:
        """Ask for one note, by its id."""
        notes = self._notes
        self._ones.submit(
            lambda _token: notes.get(note),
            lambda found: self.read.emit(found, span),
            self._desk.messages.problem,
        )

    def begin(self, record: str | None, tag: str | None) -> str:
        """Begin a note; it is stored with the first words written. Returns its id."""
        id_ = new_id()
        self._drafts[id_] = _Draft(record, tag)
        return id_

    @Slot(str, str)
    def write(self, note: str, text: str) -> None:
        """Write a note; tells `saved` or `failed`. One that can't be written is kept, and written
        again until it works."""
        self._desk.writes.submit(
            partial(self._write, note, text),
            partial(self._on_saved, note, text),
            partial(self._on_failed, note, text),
        )

    @Slot(str)
    def delete(self, note: str) -> None:
        """Delete a note, as a step that can be undone."""
        notes = self._notes
        self._desk.writes.submit(
            lambda: notes.delete([note]), self._on_deleted, self._desk.messages.problem
        )

    # On other threads

    def _list(
        self, wanted: NoteFilter | None, linked: str, shown: str, token: CancelToken
    ) -> tuple[tuple[Note, ...], tuple[Backlink, ...], Note | None]:
        """Return what is asked for; nothing of a record or tag that has just gone."""
        found = self._notes.find(NoteFilter(ids=frozenset({shown}))) if shown else ()
        one = next(iter(found), None)
        token.check()
        try:
            notes = self._notes.find(wanted) if wanted is not None else ()
            token.check()
            return notes, self._notes.backlinks(linked) if linked else (), one
        except NotFoundError:
            return (), (), one

    def _write(self, note: str, text: str) -> Changes:
        draft = self._drafts.get(note)
        if draft is None or draft.stored:
            return self._notes.write(note, text)
        changes = self._notes.add(text, record=draft.record, tag=draft.tag, id_=note)[1]
        draft.stored = True
        return changes

    # Back on the window's thread

    def _on_saved(self, note: str, text: str, changes: Changes) -> None:
        self._kept.let_go(note)
        self.saved.emit(note, text)
        self._desk.events.changed.emit(changes, self)

    def _on_failed(self, note: str, text: str, error: Exception) -> None:
        self.failed.emit(note, str(error))
        again = partial(self.write, note, text)
        is_news = self._kept.keep(note, KeptNote(text, str(error), again))
        if is_news or not isinstance(error, UserError):
            self._desk.messages.problem(error)

    def _on_deleted(self, changes: Changes) -> None:
        self._desk.events.changed.emit(changes, self)
        self._desk.messages.info(self.tr("Deleted the note. Ctrl+Z brings it back."))


class LinksController(QObject):
    """Offers, names and follows the links of notes."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._choices = LatestOnly(self)
        self._titles = LatestOnly(self)
        self._leads = LatestOnly(self)

    def offer(self, typed: str, show: Callable[[str, tuple[LinkChoice, ...]], None]) -> None:
        """Have what a link may lead to shown: the selected passage, then what is so called."""
        notes, selected = self._desk.workspace.notes, self._selected()

        def find(_token: CancelToken) -> tuple[LinkChoice, ...]:
            return notes.choices(typed)

        def done(found: tuple[LinkChoice, ...]) -> None:
            words = typed.casefold().split()
            fits = [c for c in selected if all(word in c.title.casefold() for word in words)]
            show(typed, (*fits, *found))

        self._choices.submit(find, done, self._desk.messages.problem)

    def _selected(self) -> tuple[LinkChoice, ...]:
        tabs = self._desk.window.tabs
        reader = tabs.reader
        selected = reader.selection() if reader is not None else None
        if reader is None or reader.text is None or selected is None:
            return ()
        words = reader.text.content[slice(*selected)]
        target = target_of(address_of(tabs.key, *selected, words))
        return (LinkChoice(target, shorten(words, _SHOWN), self.tr("selected on the page")),)

    def name(self, targets: tuple[str, ...], show: Callable[[dict[str, str]], None]) -> None:
        """Have the titles of targets shown."""
        notes = self._desk.workspace.notes
        self._titles.submit(lambda _token: notes.titles(targets), show, self._desk.messages.problem)

    def follow(self, target: str, go: Callable[[str, tuple[int, int] | None], None]) -> None:
        """Go where a link leads."""
        notes = self._desk.workspace.notes
        self._leads.submit(
            lambda _token: notes.lead(target),
            lambda found: go(*found),
            self._desk.messages.problem,
        )
