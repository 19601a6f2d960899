"""The library's entries of one kind: narrowed, counted, sorted."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QIcon

from core.domain.keys import Kind
from core.domain.records import Origin, RecordEntry

if TYPE_CHECKING:  # each class of values takes a millisecond of the start
    from core.domain.as_of import AsOf

Index = QModelIndex | QPersistentModelIndex
TITLE, YEAR = 0, 1
QUALITIES: tuple[str, ...] = ("verified", "seed", "annotated", "own", "edited", "withdrawn")
"""What an entry is or is not, by the names of the filter's switches."""

_ORIGINS = {"own": Origin.ANALYST.value, "edited": Origin.EDITED.value}


class LibraryRole(IntEnum):
    """What the model knows beyond what is shown."""

    KEY = Qt.ItemDataRole.UserRole
    ENTRY = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class LibraryFilter:
    """What narrows the list; "" and None mean all."""

    words: str = ""
    theme: str | None = None
    type: str | None = None
    status: str | None = None
    region: str | None = None
    year: int | None = None
    verified: bool = False
    seed: bool = False
    annotated: bool = False
    own: bool = False  # the analyst's
    edited: bool = False  # the pack's, with the analyst's changes
    withdrawn: bool = False


Counts = tuple[tuple[object, int], ...]


@dataclass(frozen=True)
class LibraryCounts:
    """How many entries have each value, by the name of the field, and each quality."""

    choices: dict[str, Counts]
    switches: dict[str, int]


def fold(text: str) -> str:
    """Return ``text`` without case and accents, as lists are sorted and narrowed."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def narrow(entries: Iterable[RecordEntry], wanted: LibraryFilter) -> tuple[RecordEntry, ...]:
    """Return the entries that pass; every word must stand in a title or another name."""
    words = fold(wanted.words).split()
    return tuple(entry for entry in entries if _passes(entry, wanted, words))


def _passes(entry: RecordEntry, wanted: LibraryFilter, words: Sequence[str]) -> bool:
    if wanted.theme is not None and wanted.theme not in entry.themes:
        return False
    for name in ("type", "status", "region", "year"):
        value = getattr(wanted, name)
        if value is not None and value != getattr(entry, name):
            return False
    if not all(_has(entry, name) for name in QUALITIES if getattr(wanted, name)):
        return False
    if not words:
        return True
    named = fold(" ".join((entry.title, *entry.names)))
    return all(word in named for word in words)


def _has(entry: RecordEntry, quality: str) -> bool:
    if quality == "annotated":
        return entry.annotations > 0
    if quality in _ORIGINS:
        return entry.origin == _ORIGINS[quality]
    return bool(getattr(entry, quality))


def count(entries: Iterable[RecordEntry]) -> LibraryCounts:
    """Count values, most frequent first, years newest first."""
    found: dict[str, Counter[object]] = {
        name: Counter() for name in ("theme", "type", "status", "region", "year")
    }
    switches = dict.fromkeys(QUALITIES, 0)
    for entry in entries:
        found["theme"].update(entry.themes)
        for name in ("type", "status", "region", "year"):
            value = getattr(entry, name)
            if value is not None and value != "":
                found[name][value] += 1
        for quality in QUALITIES:
            switches[quality] += _has(entry, quality)
    choices: dict[str, Counts] = {n: tuple(c.most_common()) for n, c in found.items()}
    choices["year"] = tuple(sorted(choices["year"], key=lambda pair: -int(str(pair[0]))))
    return LibraryCounts(choices, switches)


class LibraryModel(QAbstractTableModel):
    """Entries as rows: title and year; sorts by either."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[RecordEntry] = []
        self._dots: dict[Kind, QIcon] = {}
        self._as_of: AsOf | None = None
        self._sorted_by = (TITLE, Qt.SortOrder.AscendingOrder)

    def show(self, entries: Iterable[RecordEntry]) -> None:
        """Show these entries instead of those before, sorted as chosen."""
        self.beginResetModel()
        self._entries = list(entries)
        self._sort()
        self.endResetModel()

    def set_dots(self, dots: dict[Kind, QIcon]) -> None:
        """Use these icons for the kinds."""
        self._dots = dots
        if self._entries:
            last = self.index(len(self._entries) - 1, YEAR)
            self.dataChanged.emit(self.index(0, TITLE), last, [Qt.ItemDataRole.DecorationRole])

    def set_as_of(self, as_of: AsOf | None) -> None:
        """Show as ended what had ended by a date; the entries follow with `show`."""
        self._as_of = as_of

    def _is_over(self, entry: RecordEntry) -> bool:
        if self._as_of is None:
            return False
        from core.domain.as_of import Standing, of_entry

        return of_entry(entry, self._as_of) is Standing.OVER

    def row_of(self, key: str) -> int | None:
        """Return the row of a record, None when it is not shown."""
        return next((row for row, entry in enumerate(self._entries) if entry.key == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many entries are shown."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return two: title and year."""
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == LibraryRole.KEY:
            return entry.key
        if role == LibraryRole.ENTRY:
            return entry
        if role == Qt.ItemDataRole.ForegroundRole:
            palette = QGuiApplication.palette()
            return palette.placeholderText() if self._is_over(entry) else None
        if index.column() == TITLE:
            return self._title_data(entry, role)
        return self._year_data(entry, role)

    def _title_data(self, entry: RecordEntry, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.DecorationRole:
            return self._dots.get(entry.kind)
        if role == Qt.ItemDataRole.ToolTipRole:
            ended = self.tr("Had ended by then.") if self._is_over(entry) else ""
            return "\n".join(part for part in (entry.title, entry.summary, ended) if part)
        return None

    def _year_data(self, entry: RecordEntry, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if entry.year is None else str(entry.year)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the columns' names."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Title") if section == TITLE else self.tr("Year")
        if role == Qt.ItemDataRole.TextAlignmentRole and section == YEAR:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by title or year; entries without a year come last."""
        self._sorted_by = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(index, self._entries[index.row()].key) for index in before]
        self._sort()
        rows = {entry.key: row for row, entry in enumerate(self._entries)}
        after = [self.index(rows[key], index.column()) for index, key in kept]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sort(self) -> None:
        column, order = self._sorted_by
        down = order == Qt.SortOrder.DescendingOrder
        self._entries.sort(key=lambda entry: fold(entry.title), reverse=down and column == TITLE)
        if column == YEAR:
            sign = -1 if down else 1
            self._entries.sort(key=lambda e: (e.year is None, sign * (e.year or 0)))
