"""Gathers the lines of a concordance from the texts, as far as they are wanted."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy.orm import Session

from core.domain.concordance import ConcordanceLine, ContextSort
from core.domain.keys import Kind
from core.search.analysis import words_of
from core.search.port import Place, Places
from core.search.snippet import Marker
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.notes import NoteStore
from core.storage.repositories.records import Records
from core.storage.unit_of_work import Database
from core.tasks import CancelToken

MOST_LINES = 20_000
_CONTEXT = 90  # characters on each side
_BATCH = 40  # records read at once
_WORDS = 6  # of the context that are compared when sorting
_NO_YEAR = 9999


class Gathering:
    """The lines of one query, read on as they are asked for; safe to share between threads."""

    def __init__(self, database: Database, places: Places) -> None:
        self.places = places
        self._database = database
        self._lock = threading.Lock()
        self._records = [list(group) for _, group in groupby(places.places, lambda p: p.record)]
        self._read = 0  # of the records
        self._lines: list[ConcordanceLine] = []
        self._sorted: dict[ContextSort, Sequence[ConcordanceLine]] = {}

    @property
    def complete(self) -> bool:
        """Whether all lines are gathered, or as many as there may be."""
        return self._read >= len(self._records) or self.cut

    @property
    def cut(self) -> bool:
        """Whether there are more lines than are gathered."""
        left_out = self.places.total > len(self.places.places)
        return len(self._lines) >= MOST_LINES or (left_out and self._read >= len(self._records))

    def lines(self, sort: ContextSort, until: int, cancel: CancelToken) -> list[ConcordanceLine]:
        """Return the first ``until`` lines in an order; raises `CancelledError`."""
        with self._lock:
            wanted = until if sort is ContextSort.PLACE else MOST_LINES
            while not self.complete and len(self._lines) < wanted:
                cancel.check()
                self._read_on()
            if sort is ContextSort.PLACE:
                return self._lines[: min(until, MOST_LINES)]
            if sort not in self._sorted:
                self._sorted[sort] = sorted(self._lines[:MOST_LINES], key=_SORTS[sort])
            return list(self._sorted[sort][:until])

    @property
    def total(self) -> int | None:
        """How many lines there are; None while not all are gathered."""
        return min(len(self._lines), MOST_LINES) if self.complete else None

    def _read_on(self) -> None:
        batch = self._records[self._read : self._read + _BATCH]
        with self._database.read() as session:
            found = list(_lines_of(session, batch, self.places.marker))
        self._lines += found
        self._read += len(batch)


def _lines_of(
    session: Session, records: Sequence[Sequence[Place]], marker: Marker
) -> list[ConcordanceLine]:
    keys = [places[0].record for places in records]
    texts = Records(session).labelled(keys) | NoteStore(session).labelled(keys)
    lines: list[ConcordanceLine] = []
    for places in records:
        key = places[0].record
        if key not in texts:
            continue  # gone since the index saw it
        title, content, labels = texts[key]
        for place in places:
            if place.annotation is not None:
                lines += _in_note(session, place, title, marker)
            else:
                text = content[place.start : place.end]
                label = labels.get(place.passage if place.passage is not None else -1)
                lines += _in_text(text, place, title, label, marker)
    return lines


def _in_text(
    text: str, place: Place, title: str, label: str | None, marker: Marker
) -> list[ConcordanceLine]:
    return [
        ConcordanceLine(
            record=place.record,
            kind=Kind(place.record.partition(":")[0]),
            title=title,
            start=place.start + start,
            end=place.start + end,
            left=_before(text, start),
            hit=_flat(text[start:end]),
            right=_after(text, end),
            year=place.year,
            label=label,
            passage=place.passage,
        )
        for start, end in marker.spans(text)
    ]


def _in_note(session: Session, place: Place, title: str, marker: Marker) -> list[ConcordanceLine]:
    row = AnnotationStore(session).row(place.annotation or "")
    if row is None:
        note = NoteStore(session).of_key(place.annotation or "")
        said = [] if note is None else _in_text(note.text, place, title, None, marker)
        return [replace(line, annotation=place.annotation) for line in said]
    return [
        ConcordanceLine(
            record=place.record,
            kind=Kind(place.record.partition(":")[0]),
            title=title,
            start=row.start,
            end=row.end,
            left=_before(text, start),
            hit=_flat(text[start:end]),
            right=_after(text, end),
            year=place.year,
            label=row.label,
            annotation=row.id,
        )
        for text in (row.note, row.exact)
        for start, end in marker.spans(text)
    ]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _before(text: str, start: int) -> str:
    """Return what stands before, from a whole word on."""
    left = text[max(0, start - _CONTEXT) : start]
    if start > _CONTEXT:
        left = left.partition(" ")[2] or left
    return _flat(left)


def _after(text: str, end: int) -> str:
    """Return what stands after, up to a whole word."""
    right = text[end : end + _CONTEXT]
    if end + _CONTEXT < len(text):
        right = right.rpartition(" ")[0] or right
    return _flat(right)


def _by_left(line: ConcordanceLine) -> tuple[object, ...]:
    return words_of(line.left)[: -_WORDS - 1 : -1], line.title, line.start


def _by_right(line: ConcordanceLine) -> tuple[object, ...]:
    return words_of(line.right)[:_WORDS], line.title, line.start


def _by_record(line: ConcordanceLine) -> tuple[object, ...]:
    return words_of(line.title), line.record, line.start


def _by_year(line: ConcordanceLine) -> tuple[object, ...]:
    return (_NO_YEAR if line.year is None else line.year), words_of(line.title), line.start


_SORTS: dict[ContextSort, Callable[[ConcordanceLine], tuple[object, ...]]] = {
    ContextSort.LEFT: _by_left,
    ContextSort.RIGHT: _by_right,
    ContextSort.RECORD: _by_record,
    ContextSort.YEAR: _by_year,
}
