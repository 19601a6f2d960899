"""The codebook as a tree of tags with colours and counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractItemModel,
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


class TagRole(IntEnum):
    """Roles beyond Qt's."""

    PATH = Qt.ItemDataRole.UserRole + 1
    COLOR = Qt.ItemDataRole.UserRole + 2
    COUNT = Qt.ItemDataRole.UserRole + 3


@dataclass(slots=True, eq=False)
class _Node:
    tag: Tag | None
    parent: "_Node | None"
    row: int = 0
    children: "list[_Node]" = field(default_factory=list)


class CodebookTree(QAbstractItemModel):
    """Two columns: the tag's name, and how many annotations carry it."""

    rename_requested = Signal(str, str)
    """``(path, new path)``: a name was edited in place."""

    # A view that is taken apart may ask its model after the model's own values are gone.
    _root = _Node(None, None)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(None, None)
        self._nodes: dict[str, _Node] = {}

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show these tags; where only counts or colours differ, rows stay."""
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
        self.endResetModel()

    def _update(self, tags: Sequence[Tag]) -> None:
        for tag in tags:
            node = self._nodes[tag.path]
            if node.tag != tag:
                node.tag = tag
                name = self.createIndex(node.row, 0, node)
                self.dataChanged.emit(name, name.siblingAtColumn(1))

    def tag(self, index: Index) -> Tag | None:
        """Return the tag at an index."""
        return self._node(index).tag

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
        """Return the two columns."""
        return 2

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the columns' titles."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Tag") if section == 0 else self.tr("Passages")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        tag = self._node(index).tag
        if tag is None:
            return None
        if index.column() == 1:
            return self._count_data(tag, role)
        return {
            Qt.ItemDataRole.DisplayRole: tag.name,
            Qt.ItemDataRole.EditRole: tag.name,
            Qt.ItemDataRole.DecorationRole: QColor(tag.color),
            Qt.ItemDataRole.ToolTipRole: tag.definition or tag.path,
            Qt.ItemDataRole.AccessibleTextRole: f"{tag.path}, {tag.count}",
            TagRole.PATH: tag.path,
            TagRole.COLOR: tag.color,
            TagRole.COUNT: tag.count,
        }.get(role)

    def _count_data(self, tag: Tag, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(tag.count)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

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
        """Let names be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == 0 else flags
