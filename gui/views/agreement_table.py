"""The table of agreement by tag: sorts by any measure, and keeps room for the tags' names."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from gui.models.agreement import AgreementModel

_LEAST_LETTERS = 22  # of a tag
_SPARED = (7, 4)
"""Columns that go first where there is no room: by neither, by both."""


class AgreementTable(QTableView):
    """One row a tag; a click on a heading sorts by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tags = AgreementModel(self)
        self.setModel(self.tags)
        self.setObjectName("agreementTable")
        self.setAccessibleName(self.tr("Agreement by tag"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def share_room(self) -> None:
        """Give the tags what the numbers leave; where that is too little, some numbers go."""
        header, room = self.horizontalHeader(), self.viewport().width()
        columns = range(1, self.tags.columnCount())
        if not columns:
            return
        for column in columns:
            header.setSectionHidden(column, False)
            needed = max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            header.resizeSection(column, needed)
        least = _LEAST_LETTERS * self.fontMetrics().averageCharWidth()

        def left() -> int:
            return room - sum(header.sectionSize(column) for column in columns)

        for column in _SPARED:
            if left() < least:
                header.setSectionHidden(column, True)
        header.resizeSection(0, max(left(), least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self.share_room()
