"""All annotations as rows: only what is looked at is read, groups stand under headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from core.domain.annotations import Annotation
from core.domain.browsing import AnnotationListing, Group, Grouping
from gui.models.annotations import UNTAGGED, shorten

Index = QModelIndex | QPersistentModelIndex
_MOST_KEPT = 5000  # annotations that have been read
_NOTHING = AnnotationListing(0, 0, ())


class Column(IntEnum):
    """What a row shows."""

    PASSAGE = 0
    TAGS = 1
    NOTE = 2
    RECORD = 3
    ANALYST = 4
    MADE = 5
    STATE = 6


class BrowserRole(IntEnum):
    """What the model knows beyond what is shown."""

    ANNOTATION = Qt.ItemDataRole.UserRole + 1
    GROUP = Qt.ItemDataRole.UserRole + 2
    STRIPE = Qt.ItemDataRole.UserRole + 3


class BrowserModel(QAbstractTableModel):
    """Rows of a listing; one that has not been read yet shows an ellipsis."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listing = _NOTHING
        self._heads: list[int] = []  # row of each group's heading
        self._firsts: list[int] = []  # place of each group's first id
        self._closed: set[str] = set()  # keys of groups of which only the heading shows
        self._rows = 0
        self._grouping = Grouping.NONE
        self._known: dict[str, Annotation] = {}
        self._stale: set[str] = set()  # of those known, what may have changed since

    @property
    def listing(self) -> AnnotationListing:
        """What is shown."""
        return self._listing

    def show(self, listing: AnnotationListing, grouping: Grouping = Grouping.NONE) -> bool:
        """Show a listing; tells whether rows are other ones now.

        What was read shows until it has been read anew.
        """
        self._stale = set(self._known)
        before, self._grouping = self._listing, grouping
        if listing.ids == before.ids and listing.groups == before.groups:
            self._listing = listing
            self._tell_all()
            return False
        self.beginResetModel()
        self._listing = listing
        self._closed &= {group.key for group in listing.groups}
        self._arrange()
        self.endResetModel()
        return True

    def take(self, annotations: Sequence[Annotation]) -> None:
        """Show these annotations, now read, where they stand."""
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        self._known.update((one.id, one) for one in annotations)
        self._stale.difference_update(one.id for one in annotations)
        self._tell_all()

    def _tell_all(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(Column) - 1))

    def _arrange(self) -> None:
        self._heads, self._firsts, row, first = [], [], 0, 0
        for group in self._listing.groups:
            self._heads.append(row)
            self._firsts.append(first)
            row += 1 + (0 if group.key in self._closed else group.count)
            first += group.count
        self._rows = row if self._listing.groups else len(self._listing.ids)

    # Rows and what they stand for

    def _place(self, row: int) -> tuple[int, int]:
        """Return the group of a row (-1 without groups) and its id's place (-1 for a heading)."""
        if not self._heads:
            return -1, row
        group = bisect_right(self._heads, row) - 1
        within = row - self._heads[group] - 1
        return group, -1 if within < 0 else self._firsts[group] + within

    def id_at(self, row: int) -> str:
        """Return the annotation of a row, "" for a heading."""
        place = self._place(row)[1]
        return self._listing.ids[place] if place >= 0 else ""

    def group_at(self, row: int) -> Group | None:
        """Return the group whose heading a row is."""
        group, place = self._place(row)
        return self._listing.groups[group] if place < 0 else None

    def annotation(self, row: int) -> Annotation | None:
        """Return the annotation of a row, where it has been read."""
        return self._known.get(self.id_at(row))

    def heads(self) -> Sequence[int]:
        """Return the rows that are headings."""
        return tuple(self._heads)

    def ids_in(self, first: int, last: int) -> list[str]:
        """Return the annotations from one row to another, both included."""
        if not self._heads:
            return list(self._listing.ids[first : last + 1])
        return [one for row in range(first, last + 1) if (one := self.id_at(row))]

    def unread(self, first: int, last: int) -> list[str]:
        """Return which annotations of these rows are to be read, or read anew."""
        here = self.ids_in(max(0, first), min(last, self._rows - 1))
        known, stale = self._known, self._stale
        return [one for one in dict.fromkeys(here) if one not in known or one in stale]

    def rows_of(self, ids: Iterable[str]) -> list[int]:
        """Return the first row of each annotation that shows, in the order of rows."""
        wanted = set(ids)
        found: list[int] = []
        for row in range(self._rows) if wanted else ():
            if (one := self.id_at(row)) in wanted:
                wanted.discard(one)
                found.append(row)
        return found

    def is_closed(self, group: Group) -> bool:
        """Whether only the heading of a group shows."""
        return group.key in self._closed

    def toggle(self, row: int) -> None:
        """Close or open the group whose heading a row is."""
        group = self.group_at(row)
        if group is None:
            return
        first, last = row + 1, row + group.count
        if group.key in self._closed:
            self.beginInsertRows(QModelIndex(), first, last)
            self._closed.discard(group.key)
            self._arrange()
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), first, last)
            self._closed.add(group.key)
            self._arrange()
            self.endRemoveRows()

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows there are, headings among them."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many things a row shows."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let everything but headings be chosen."""
        if index.isValid() and not self.id_at(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        group = self.group_at(index.row())
        if group is not None:
            return self._group_data(group, index.column(), role)
        annotation = self.annotation(index.row())
        if annotation is None:
            return self._unread_data(index.column(), role)
        return self._annotation_data(annotation, Column(index.column()), role)

    def _group_data(self, group: Group, column: int, role: int) -> object:
        if role == BrowserRole.GROUP:
            return group
        if role == BrowserRole.STRIPE:
            return group.color
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in spoken and column == Column.PASSAGE:
            return f"{self.group_words(group)}  {group.count:,}"
        return None

    def _unread_data(self, column: int, role: int) -> object:
        return "…" if role == Qt.ItemDataRole.DisplayRole and column == Column.PASSAGE else None

    def _annotation_data(self, one: Annotation, column: Column, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(one, column)
        if role == BrowserRole.ANNOTATION:
            return one
        if role == BrowserRole.STRIPE or (
            role == Qt.ItemDataRole.DecorationRole and column is Column.PASSAGE
        ):
            color = one.color or UNTAGGED
            return color if role == BrowserRole.STRIPE else QColor(color)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(one, column)
        return None

    def _words(self, one: Annotation, column: Column) -> str:
        if column is Column.STATE:
            return self.state(one.verdict.state)
        return {
            Column.PASSAGE: shorten(one.target.quote.exact),
            Column.TAGS: ", ".join(one.tags),
            Column.NOTE: shorten(one.note),
            Column.RECORD: " · ".join(part for part in (one.title, one.label) if part),
            Column.ANALYST: one.analyst,
            Column.MADE: one.created.astimezone().strftime("%Y-%m-%d"),
        }[column]

    def group_words(self, group: Group) -> str:
        """Return what a group is called: a record's title, a tag's path, a day."""
        if not group.key:
            return self.tr("Without a tag")
        if self._grouping is Grouping.DAY:
            day = date.fromisoformat(group.key)
            return f"{day.day} {day:%B %Y}"
        return group.title

    def state(self, state: str) -> str:
        """Return the word for how an annotation stands on its text."""
        return {
            "anchored": self.tr("In place"),
            "moved": self.tr("Moved"),
            "orphaned": self.tr("To review"),
        }[state]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the columns' names."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        names = (
            self.tr("Passage"),
            self.tr("Tags"),
            self.tr("Note"),
            self.tr("Record"),
            self.tr("Analyst"),
            self.tr("Made"),
            self.tr("Place"),
        )
        return names[section] if section < len(names) else None


def _tip(one: Annotation, column: Column) -> str | None:
    said = {
        Column.PASSAGE: one.target.quote.exact,
        Column.TAGS: "\n".join(one.tags),
        Column.NOTE: one.note,
        Column.RECORD: one.title,
        Column.MADE: one.created.astimezone().strftime("%Y-%m-%d %H:%M"),
    }.get(column, "")
    return said[:2000] or None
