"""The list of hits, complete by keyboard."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QWidget


class HitsView(QListView):
    """Enter opens, Esc leaves, Up from the first goes to the box, Left goes to the filters."""

    opened = Signal(QModelIndex)
    likeness_wanted = Signal(QModelIndex)
    """More like this hit."""
    escaped = Signal()
    left_upwards = Signal()
    left_sideways = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("resultsView")
        self.setAccessibleName(self.tr("Search results"))
        self.setAccessibleDescription(
            self.tr("Enter opens a hit, Left goes to the filters, Escape goes back.")
        )
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle what leads out of the list; the list does the rest."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.opened.emit(index)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Up and index.row() <= 0:
            self.left_upwards.emit()
        elif event.key() == Qt.Key.Key_Left:
            self.left_sideways.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the hit."""
        index = self.indexAt(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opening = QAction(self.tr("Open"), menu)
        opening.triggered.connect(self._on_open)
        resembling = QAction(self.tr("More like this passage"), menu)
        resembling.triggered.connect(self._on_likeness)
        menu.addActions([opening, resembling])
        menu.popup(event.globalPos())

    def _on_open(self) -> None:
        self.opened.emit(self.currentIndex())

    def _on_likeness(self) -> None:
        self.likeness_wanted.emit(self.currentIndex())
