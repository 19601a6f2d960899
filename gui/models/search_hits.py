"""The hits of the newest answer, as rows."""

import html
import re
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from core.domain.search import SearchHit, SearchPage

Index = QModelIndex | QPersistentModelIndex
_MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)


class HitRole(IntEnum):
    """What the model knows beyond what is shown."""

    HIT = Qt.ItemDataRole.UserRole
    SNIPPET = Qt.ItemDataRole.UserRole + 1


def plain_snippet(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a snippet's text and the ``(start, end)`` of its marked parts."""
    parts: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for number, part in enumerate(_MARK.split(snippet)):
        text = html.unescape(part).replace("\n", " ").replace("\t", " ")
        if number % 2 and text:
            marks.append((length, length + len(text)))
        parts.append(text)
        length += len(text)
    return "".join(parts), tuple(marks)


class SearchHitModel(QAbstractListModel):
    """Hits in ranked order; asks for more when the view comes to the end."""

    more_wanted = Signal(int)
    """How many hits are shown already."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[SearchHit] = []
        self._total = 0
        self._asked = 0

    def show(self, page: SearchPage | None) -> None:
        """Show a first page instead of what was shown; None shows nothing."""
        self.beginResetModel()
        self._hits = [] if page is None else list(page.hits)
        self._total = 0 if page is None else page.total
        self._asked = 0
        self.endResetModel()

    def append(self, hits: Sequence[SearchHit]) -> None:
        """Add the next page's hits; none means that there are no more."""
        if not hits:
            self._total = len(self._hits)
            return
        first = len(self._hits)
        self.beginInsertRows(QModelIndex(), first, first + len(hits) - 1)
        self._hits.extend(hits)
        self.endInsertRows()

    def hit(self, row: int) -> SearchHit:
        """Return the hit of a row."""
        return self._hits[row]

    @property
    def total(self) -> int:
        """How many records answer, shown or not."""
        return self._total

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many hits are shown."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title for display, a whole sentence for screen readers, or the hit."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return hit.title
        if role == HitRole.HIT:
            return hit
        if role == HitRole.SNIPPET:
            return plain_snippet(hit.snippet)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.title}. {hit.kind}. {plain_snippet(hit.snippet)[0]}"
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Tell whether there are hits beyond those shown that were not asked for yet."""
        if parent.isValid():
            return False
        return len(self._hits) < self._total and self._asked < len(self._hits)

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it comes through `append`."""
        if self.canFetchMore(parent):
            self._asked = len(self._hits)
            self.more_wanted.emit(len(self._hits))
