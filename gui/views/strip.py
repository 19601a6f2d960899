"""A row that scrolls sideways where there is no room for all of it."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class Strip(QScrollArea):
    """A row as high as it needs to be; what has no room sideways is scrolled to.

    ``row`` is there to be laid out; parts that are made as its children need no second dressing.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.row = QWidget()
        self.setWidget(self.row)

    def sizeHint(self) -> QSize:
        """Return the row's own height."""
        return QSize(0, self.row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the row's own height; it may be narrow."""
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Follow the row when what it holds changes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)
