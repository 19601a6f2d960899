"""The codebook as a tree of tags with colours and counts, which can be dragged about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from core.domain.codebook import SEPARATOR, Tag

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
TAGS = "application/x-normatlas-tags"
"""Paths of tags, one a line, as they are dragged or cut."""


class TagRole(IntEnum):
    """Roles beyond Qt's."""

    PATH = Qt.ItemDataRole.UserRole + 1
    ID = Qt.ItemDataRole.UserRole + 2


@dataclass(slots=True, eq=False)
class _Node:
    tag: Tag | None
    parent: "_Node | None"
    row: int = 0
    children: "list[_Node]" = field(default_factory=list)


class CodebookTree(QAbstractItemModel):
    """Columns: the tag's name, its number key, how many annotations carry it or one below it.

    Whatever is done to the tree is asked for by a signal; it changes once that is written.
    """

    rename_requested = Signal(str, str)
    """``(path, new path)``: a name was edited in place."""
    move_requested = Signal(object, object, object)
    """``(paths, path above or None, place or None)``."""
    merge_requested = Signal(object, str)
    """``(paths, into)``."""

    NAME, KEY, COUNT = range(3)

    # A view that is taken apart may ask its model after the model's own values are gone.
    _root = _Node(None, None)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(None, None)
        self._nodes: dict[str, _Node] = {}
        self._ids: dict[str, str] = {}
        self.is_fixed = False  # an earlier codebook is only looked at

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show these tags; where only counts, colours or words differ, rows stay."""
        if [tag.path for tag in tags] == list(self._nodes):
            self._update(tags)
            return
        self.beginResetModel()
        self._root, self._nodes = _Node(None, None), {}
        for tag in tags:
            above = self._nodes.get(tag.parent or "", self._root)
            node = _Node(tag, above, len(above.children))
            above.children.append(node)
            self._nodes[tag.path] = node
        self._ids = {tag.id: tag.path for tag in tags}
        self.endResetModel()

    def _update(self, tags: Sequence[Tag]) -> None:
        for tag in tags:
            node = self._nodes[tag.path]
            if node.tag != tag:
                node.tag = tag
                name = self.createIndex(node.row, self.NAME, node)
                self.dataChanged.emit(name, name.siblingAtColumn(self.COUNT))

    def tags(self) -> tuple[Tag, ...]:
        """Return what is shown."""
        return tuple(node.tag for node in self._nodes.values() if node.tag is not None)

    def has_below(self, path: str) -> bool:
        """Tell whether tags stand below one."""
        node = self._nodes.get(path)
        return node is not None and bool(node.children)

    def step(self, path: str, step: str) -> tuple[str | None, int | None] | None:
        """Return where a tag goes by one step up, down, out or in: the tag above, and its place.

        None where there is no such place.
        """
        node = self._nodes.get(path)
        if node is None or node.tag is None or node.parent is None:
            return None
        siblings, above = node.parent.children, node.tag.parent
        if step in ("up", "down"):
            to = node.row + (1 if step == "down" else -1)
            return (above, to) if 0 <= to < len(siblings) else None
        if step == "out":
            return (above.rpartition(SEPARATOR)[0] or None, node.parent.row + 1) if above else None
        before = siblings[node.row - 1].tag if node.row else None
        return (before.path, None) if before is not None else None

    def tag(self, index: Index) -> Tag | None:
        """Return the tag at an index."""
        return self._node(index).tag

    def path_of(self, tag: str) -> str:
        """Return the path of the tag with this id, or ""."""
        return self._ids.get(tag, "")

    def find(self, path: str) -> QModelIndex:
        """Return the index of a tag, invalid where there is none."""
        node = self._nodes.get(path)
        return self.createIndex(node.row, 0, node) if node else QModelIndex()

    def _node(self, index: Index) -> _Node:
        node = index.internalPointer() if index.isValid() else None
        return node if isinstance(node, _Node) else self._root

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a child."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._node(parent).children[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """Return the tag above."""
        above = self._node(index).parent
        if above is None or above.tag is None:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many tags stand directly below."""
        return len(self._node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the three columns."""
        return 3

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the columns' titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Tag"), self.tr("Key"), self.tr("Passages"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        tag = self._node(index).tag
        if tag is None:
            return None
        if role in (TagRole.PATH, TagRole.ID):
            return tag.path if role == TagRole.PATH else tag.id
        if index.column() == self.NAME:
            return self._name_data(tag, role)
        words = self._key_words(tag) if index.column() == self.KEY else self._count_words(tag)
        return self._number_data(words, role)

    def _number_data(self, text: tuple[str, str], role: int) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DisplayRole:
            return text[0]
        spoken = role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        return text[1] if spoken else None

    def _name_data(self, tag: Tag, role: int) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return tag.name
        if role == Qt.ItemDataRole.DecorationRole:
            return QColor(tag.color)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{tag.path}\n{tag.definition}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tag.path}, {self._count_words(tag)[1]}"
        return None

    def _key_words(self, tag: Tag) -> tuple[str, str]:
        if tag.favourite is None:
            return "", ""
        meaning = self.tr("The key {0} puts this tag on the selected passage").format(tag.favourite)
        return str(tag.favourite), meaning

    def _count_words(self, tag: Tag) -> tuple[str, str]:
        if tag.total <= tag.count:
            return str(tag.count), self.tr("{0} passages").format(tag.count)
        both = self.tr("{0} passages, {1} with the tags below").format(tag.count, tag.total)
        return self.tr("{0} of {1}").format(tag.count, tag.total), both

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; the tree changes when it has been written."""
        tag = self._node(index).tag
        name = str(value).strip()
        if tag is None or role != Qt.ItemDataRole.EditRole or name in ("", tag.name):
            return False
        path = name if tag.parent is None else f"{tag.parent}{SEPARATOR}{name}"
        self.rename_requested.emit(tag.path, path)
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let names be edited and tags be dragged, also to the empty room below them."""
        flags = super().flags(index)
        if self.is_fixed:
            return flags
        if not index.isValid():
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == self.NAME else flags

    # Dragging

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        """Moving moves, copying (with Ctrl) merges."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        """Return the one type: paths of tags."""
        return [TAGS]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the tags of these cells, without those that go along with one above."""
        paths = {tag.path: None for index in indexes if (tag := self.tag(index)) is not None}
        data = QMimeData()
        data.setData(TAGS, "\n".join(topmost(list(paths))).encode())
        return data

    def canDropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Tell whether tags may be dropped there: not onto themselves or what is below them."""
        if not data.hasFormat(TAGS) or self.is_fixed:
            return False
        onto = self.tag(parent)
        inside = any(
            onto is not None and f"{onto.path}/".startswith(f"{path}/") for path in paths_in(data)
        )
        merges = action == Qt.DropAction.CopyAction
        return not inside and not (merges and (onto is None or row >= 0))

    def dropMimeData(  # noqa: N802
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for the move or the merge; the tree changes when it has been written."""
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        paths, onto = paths_in(data), self.tag(parent)
        if action == Qt.DropAction.CopyAction and onto is not None:
            self.merge_requested.emit(paths, onto.path)
        else:
            self.move_requested.emit(
                paths, onto.path if onto else None, self._place(row, parent, paths)
            )
        return False  # else the view would take the rows away

    def _place(self, row: int, parent: Index, paths: Sequence[str]) -> int | None:
        """Return how many siblings stand before a row, those not counted that are moved."""
        if row < 0:
            return None
        before, moved = self._node(parent).children[:row], set(paths)
        return sum(node.tag is not None and node.tag.path not in moved for node in before)


def paths_in(data: QMimeData) -> tuple[str, ...]:
    """Return the paths of dragged tags."""
    return tuple(filter(None, bytes(data.data(TAGS).data()).decode().split("\n")))


def topmost(paths: Sequence[str]) -> list[str]:
    """Return the paths without those below another one of them."""
    chosen = set(paths)
    return [path for path in paths if chosen.isdisjoint(_above(path))]


def _above(path: str) -> list[str]:
    parts = path.split(SEPARATOR)
    return [SEPARATOR.join(parts[:n]) for n in range(1, len(parts))]
