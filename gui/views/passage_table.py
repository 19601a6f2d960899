"""The table in which passages are chosen, all by keyboard, with how many are."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.models.passage_choices import LEFT, PLACE, RECORD, RIGHT, WORDS, PassageChoices

Index = QModelIndex | QPersistentModelIndex
_SHARES = {LEFT: 0.29, WORDS: 0.2, RIGHT: 0.24, RECORD: 0.17, PLACE: 0.1}


class _Delegate(QStyledItemDelegate):
    """What stands before is cut off at its beginning."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        """Set where a cell is cut."""
        super().initStyleOption(option, index)
        if index.column() == LEFT:
            option.textElideMode = Qt.TextElideMode.ElideLeft  # type: ignore[attr-defined]


class _Table(QTableView):
    """Space turns all selected rows, Enter asks to read one."""

    read_requested = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn or read; leave the rest to the table."""
        model, index = self.model(), self.currentIndex()
        if event.key() == Qt.Key.Key_Space and isinstance(model, PassageChoices):
            model.turn(sorted(i.row() for i in self.selectionModel().selectedRows()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.read_requested.emit(index)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out between the columns."""
        super().resizeEvent(event)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + 8)
        for column, share in _SHARES.items():
            self.horizontalHeader().resizeSection(column, int(self.viewport().width() * share))


class PassageTable(QWidget):
    """Passages with boxes, and buttons that choose all or none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PassageChoices(self)
        self.view = _Table(self)
        self._count = QLabel(self)
        self.all = QPushButton(self.tr("All"), self)
        self.none = QPushButton(self.tr("None"), self)
        self._set_up()
        below = QHBoxLayout()
        below.addWidget(self._count, 1)
        below.addWidget(self.all)
        below.addWidget(self.none)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view, 1)
        layout.addLayout(below)
        self.all.clicked.connect(self._on_all)
        self.none.clicked.connect(self._on_none)
        self.model.changed.connect(self._on_changed)
        self._on_changed()

    def _set_up(self) -> None:
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setObjectName("passageTable")
        self.view.setAccessibleName(self.tr("Passages to choose from"))
        self.view.setAccessibleDescription(
            self.tr("Space chooses the selected passages or leaves them, Enter reads one.")
        )
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        self.all.setAccessibleName(self.tr("Choose all passages"))
        self.none.setAccessibleName(self.tr("Choose no passage"))

    def go_to(self, row: int) -> None:
        """Select one row, whatever keys are held down meanwhile."""
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(
            self.model.index(row, LEFT), flags.ClearAndSelect | flags.Rows
        )

    @Slot()
    def _on_all(self) -> None:
        self.model.choose(range(self.model.rowCount()), chosen=True)

    @Slot()
    def _on_none(self) -> None:
        self.model.choose(range(self.model.rowCount()), chosen=False)

    @Slot()
    def _on_changed(self) -> None:
        chosen, total = len(self.model.chosen()), self.model.rowCount()
        words = self.tr("{n} of {total} chosen. Space turns what is selected.")
        self._count.setText(words.format(n=chosen, total=total) if total else "")
