"""Notes, and what links to something, as cards."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from core.domain.notes import Backlink, Note
from gui.models.annotations import shorten
from gui.models.cards import Card
from gui.models.history import date_words

LINK = "link:"
"""What the target of a card begins with that stands for a backlink."""


def note_cards(notes: Sequence[Note], *, with_places: bool) -> list[Card]:
    """Return a card per note; ``with_places`` says what each is on."""
    return [
        Card(
            body=shorten(note.heading) or _tr("Empty note"),
            head=place_of(note) if with_places else "",
            foot=f"{_moment(note.modified)} · {note.analyst}",
            target=note.id,
            is_muted=not note.heading,
        )
        for note in notes
    ]


def backlink_cards(links: Sequence[Backlink], heading: str) -> list[Card]:
    """Return a card per note that links here, under a heading."""
    if not links:
        return []
    cards = [Card(body=heading, is_heading=True)]
    return cards + [
        Card(
            body=shorten(link.words),
            head=shorten(link.title),
            foot=_moment(link.modified),
            target=f"{LINK}{link.source}",
        )
        for link in links
    ]


def place_of(note: Note) -> str:
    """Return what a note is on."""
    if note.tag:
        return _tr("Tag “{tag}”").format(tag=note.tag)
    return note.title or _tr("Memo")


def _moment(moment: datetime) -> str:
    local = moment.astimezone()
    time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    return f"{date_words(local.date())}, {time}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Notes", text)
