"""The list below the search box of what may be typed next."""

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from core.domain.query_parts import Completion, Completions

Index = QModelIndex | QPersistentModelIndex
_ITEM = Qt.ItemDataRole.UserRole
_MOST_ROWS = 10
_WIDTH = 56  # average characters
_PAD = 8


class _Rows(QStyledItemDelegate):
    """What would be typed on the left, what it means or how often it is there on the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        """Paint one row."""
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        item: Completion = index.data(_ITEM)
        shown.text = ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        is_chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        palette = shown.palette
        ink = palette.highlightedText() if is_chosen else palette.text()
        room = shown.rect.adjusted(_PAD, 0, -_PAD, 0)
        right = said_of(item)
        width = min(shown.fontMetrics.horizontalAdvance(right), room.width() * 2 // 3)
        painter.save()
        painter.setPen(ink.color())
        self._draw(painter, shown, room.adjusted(0, 0, -width - _PAD, 0), item.label, left=True)
        painter.setPen(ink.color() if is_chosen else palette.placeholderText().color())
        self._draw(painter, shown, room, right, left=False, width=width)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row of one line."""
        return QSize(0, option.fontMetrics.lineSpacing() + _PAD)

    def _draw(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        room: QRect,
        text: str,
        *,
        left: bool,
        width: int | None = None,
    ) -> None:
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        fits = option.fontMetrics.elidedText(
            text, Qt.TextElideMode.ElideRight, room.width() if width is None else width + 1
        )
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, fits)


def said_of(item: Completion) -> str:
    """Return what is said beside a completion."""
    return item.detail if item.count is None else f"{item.detail}  {item.count}".strip()


class CompletionPopup(QFrame):
    """Stands over the window below the box and never has the keyboard: the box moves in it."""

    chosen = Signal(object)
    """The `Completion` that was clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._list = QListWidget()
        self._shown = Completions(0, 0)
        self.setObjectName("completionPopup")
        self.setAccessibleName(self.tr("Completions"))
        self.setAccessibleDescription(
            self.tr("Down chooses, Tab or Enter takes what is chosen, Escape closes.")
        )
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._list.setObjectName("completionList")
        self._list.setAccessibleName(self.tr("Completions"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setItemDelegate(_Rows(self._list))
        self._list.setUniformItemSizes(True)
        self._list.itemClicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self._list)
        self.hide()

    @property
    def completions(self) -> Completions:
        """What is shown."""
        return self._shown

    @property
    def current(self) -> Completion | None:
        """What is chosen, None while nothing is."""
        item = self._list.currentItem()
        return item.data(_ITEM) if item is not None else None

    def show_below(self, field: QWidget, found: Completions) -> None:
        """Show completions below a field, with nothing chosen; the same ones stay as they are."""
        corner = field.mapTo(self._window, QPoint(0, 0))
        self.show_by(QRect(corner, field.size()), found)

    def show_by(self, place: QRect, found: Completions) -> None:
        """Show completions below a place in the window, or above where there is more room."""
        if found != self._shown or not self.isVisible():
            self._fill(found)
        line = self._list.sizeHintForRow(0)
        height = line * min(_MOST_ROWS, len(found.items)) + 4
        below, above = place.bottom() + 3, place.top() - 2
        room = max(line, self._window.height() - below - _PAD)
        width = min(place.width(), _WIDTH * self.fontMetrics().averageCharWidth())
        if height > room and above > room:
            height = min(height, above - _PAD)
            self.setGeometry(place.x(), above - height, width, height)
        else:
            self.setGeometry(place.x(), below, width, min(height, room))
        self.show()
        self.raise_()

    def move_by(self, rows: int) -> None:
        """Choose the next row or the one before; before the first nothing is chosen."""
        row = self._list.currentRow() + rows
        if row >= 0:
            self._list.setCurrentRow(min(row, self._list.count() - 1))
        else:
            self._list.setCurrentItem(None)  # type: ignore[arg-type]
            self._list.clearSelection()

    def choose_first(self) -> Completion | None:
        """Return what is chosen, or the first."""
        return self.current or next(iter(self._shown.items), None)

    def _fill(self, found: Completions) -> None:
        self._shown = found
        self._list.clear()
        for completion in found.items:
            item = QListWidgetItem(completion.label)
            item.setData(_ITEM, completion)
            said = f"{completion.label}, {said_of(completion)}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            item.setToolTip(completion.label)
            self._list.addItem(item)
        self._list.setCurrentItem(None)  # type: ignore[arg-type]

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(_ITEM))
