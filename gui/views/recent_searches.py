"""The latest queries, offered below the empty search box."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

_MOST_ROWS = 10


class _Queries(QListWidget):
    """Enter takes a query, Delete drops it, Esc and Up from the first go back to the box."""

    taken = Signal(str)
    dropped = Signal(str)
    left = Signal()
    typed = Signal(str)
    """Characters meant for the box."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle what leads out of the list."""
        item, key = self.currentItem(), event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self.taken.emit(item.text())
        elif key == Qt.Key.Key_Delete and item is not None:
            self.dropped.emit(item.text())
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and self.currentRow() <= 0):
            self.left.emit()
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class RecentSearchesPopup(QFrame):
    """Lies over the window, below the box; goes by itself."""

    query_taken = Signal(str)
    query_dropped = Signal(str)
    cleared = Signal()
    left = Signal()
    typed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("recentSearches")
        self.setAccessibleName(self.tr("Recent searches"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.queries = _Queries()
        self.queries.setAccessibleName(self.tr("Recent searches"))
        self.queries.setAccessibleDescription(self.tr("Enter takes one, Delete drops it."))
        self.queries.setFrameShape(QFrame.Shape.NoFrame)
        self.queries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.queries.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.clear = QToolButton()
        self.clear.setText(self.tr("Clear"))
        self.clear.setAccessibleName(self.tr("Clear the recent searches"))
        head = QLabel(self.tr("Recent searches"))
        head.setProperty("role", "hint")
        top = QHBoxLayout()
        top.setContentsMargins(8, 4, 4, 0)
        top.addWidget(head, 1)
        top.addWidget(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.queries)
        self._connect()
        self.hide()

    def _connect(self) -> None:
        self.queries.taken.connect(self.query_taken)
        self.queries.dropped.connect(self.query_dropped)
        self.queries.left.connect(self.left)
        self.queries.typed.connect(self.typed)
        self.queries.itemClicked.connect(self._on_clicked)
        self.clear.clicked.connect(self.cleared)

    def show_below(self, field: QWidget, texts: Sequence[str]) -> None:
        """Show the queries below the box; none hides."""
        if not texts:
            self.hide()
            return
        row = max(0, self.queries.currentRow())
        self.queries.clear()
        for text in texts:
            item = QListWidgetItem(text)
            item.setToolTip(text)
            self.queries.addItem(item)
        self.queries.setCurrentRow(min(row, len(texts) - 1) if self.isVisible() else 0)
        height = max(self.queries.sizeHintForRow(0), self.fontMetrics().lineSpacing() + 4)
        self.queries.setFixedHeight(height * min(_MOST_ROWS, len(texts)) + 4)
        corner = field.mapTo(self._window, QPoint(0, field.height() + 2))
        self.setFixedWidth(field.width())
        self.adjustSize()
        self.move(corner)
        self.show()
        self.raise_()

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.query_taken.emit(item.text())
