"""The notes of a project that stand on no passage, as notes here."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.domain.interchange import Project, ProjectNote
from core.domain.merging import Decisions, MergeItem, MergeKind, MergeStatus, Rule, Side
from core.domain.notes import Note, heading_of
from core.interchange.identity import derive
from core.services.merge_places import Places
from core.services.merge_tags import TagMatch
from core.storage.repositories.notes import NoteStore
from core.storage.tables import NoteRow
from core.storage.unit_of_work import UnitOfWork

_SHOWN = 400  # characters of a note in an item


@dataclass(frozen=True, slots=True)
class IncomingNote:
    """A note of the file as it would stand here. ``own`` is the one that it meets by its id."""

    note: ProjectNote
    text: str
    status: MergeStatus
    own: Note | None = None
    copy: str = ""  # the id that a second version beside mine has


def compare_notes(
    session: Session, project: Project, places: Places, tags: Mapping[str, TagMatch]
) -> list[IncomingNote]:
    """Lay a project's notes beside those here: by id first, then by what they say and where."""
    own = NoteStore(session).all()
    by_id = {note.id: note for note in own}
    said = {(note.text, note.record, note.tag) for note in own}
    found: list[IncomingNote] = []
    for note in project.notes:
        text = _text_of(note)
        if not text.strip():
            continue
        copy = derive("both", note.id, text)
        met = by_id.get(note.id)
        if met is not None:
            same = met.text == text or (copy in by_id and by_id[copy].text == text)
            status = MergeStatus.SAME if same else MergeStatus.CONFLICTING
            found.append(IncomingNote(note, text, status, met, copy))
            continue
        about = note.about or ""
        path = tags[about].path if about in tags else None
        record = None if path else places.key_of(about)
        status = MergeStatus.SAME if (text, record, path) in said else MergeStatus.NEW
        found.append(IncomingNote(note, text, status))
    return found


def note_items(
    notes: Iterable[IncomingNote], places: Places, tags: Mapping[str, TagMatch]
) -> Iterable[MergeItem]:
    """Return the notes as items of a plan."""
    for incoming in notes:
        note, mine, theirs = incoming.note, None, None
        title, about = heading_of(incoming.text), note.about or ""
        if about in tags:
            title = tags[about].path
        elif places.key_of(about) is not None:
            title = places.title(about)
        if incoming.status is MergeStatus.CONFLICTING and incoming.own is not None:
            own = incoming.own
            mine = Side((("Note", own.text),), own.analyst, own.modified)
            theirs = Side((("Note", incoming.text),), note.analyst, note.modified)
        words = incoming.text[:_SHOWN]
        status = incoming.status
        yield MergeItem(
            MergeKind.NOTE, note.id, status, title, words=words, mine=mine, theirs=theirs
        )


def sources_noted(notes: Iterable[IncomingNote]) -> set[str]:
    """Return the ids of what notes that are to be written are about."""
    new = (one.note.about for one in notes if one.status is MergeStatus.NEW)
    return {about for about in new if about is not None}


class NotesWriter:
    """Writes notes into one unit of work, once the sources and the tags are here."""

    def __init__(
        self, work: UnitOfWork, places: Places, tags: Mapping[str, str], decisions: Decisions
    ) -> None:
        self._work = work
        self._places = places
        self._tags = tags
        self._decisions = decisions

    def write(self, notes: Iterable[IncomingNote], analyst: str) -> int:
        """Write what is new or settled for theirs or both; returns how many."""
        written = 0
        for incoming in notes:
            rule = self._settles(incoming)
            if incoming.status is MergeStatus.NEW:
                self._add(incoming, incoming.note.id, analyst)
            elif rule is Rule.BOTH:
                self._add(incoming, incoming.copy, analyst)
            elif rule is Rule.THEIRS:
                self._replace(incoming)
            else:
                continue
            written += 1
        self._work.session.flush()
        return written

    def _settles(self, incoming: IncomingNote) -> Rule | None:
        if incoming.status is not MergeStatus.CONFLICTING or incoming.own is None:
            return None
        rule = self._decisions.of(incoming.note.id)
        if rule is not Rule.NEWER:
            return rule
        theirs = incoming.note.modified
        return Rule.THEIRS if theirs is not None and theirs > incoming.own.modified else None

    def _add(self, incoming: IncomingNote, id_: str, analyst: str) -> None:
        note = incoming.note
        about = note.about or ""
        created = note.created or note.modified or self._work.now
        known = self._places.record_of(about) is not None
        row = NoteRow(
            id=id_,
            record_key=self._places.key_of(about) if known else None,
            tag_id=self._tags.get(about),
            text=incoming.text,
            analyst=note.analyst or analyst,
            created=created,
            modified=note.modified or created,
        )
        self._work.session.add(row)

    def _replace(self, incoming: IncomingNote) -> None:
        row = NoteStore(self._work.session).row(incoming.note.id)
        assert row is not None
        row.text = incoming.text
        row.analyst = incoming.note.analyst or row.analyst
        row.modified = incoming.note.modified or self._work.now


def _text_of(note: ProjectNote) -> str:
    """Return a note as it is written here, a title of its own as its heading."""
    text = unicodedata.normalize("NFC", note.text)
    title = unicodedata.normalize("NFC", " ".join(note.title.split()))
    if not title or title == heading_of(text):
        return text
    return f"# {title}\n\n{text}".rstrip()
