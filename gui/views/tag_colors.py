"""Choosing a tag's colour: those that can be told on light and dark paper, or any other."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QColorDialog, QGridLayout, QMenu, QToolButton, QWidget, QWidgetAction

from core.domain.codebook import PALETTE

_SIDE, _COLUMNS = 20, 6


def swatch(color: str, side: int = _SIDE) -> QIcon:
    """Return a square of a colour."""
    pixmap = QPixmap(side, side)
    pixmap.fill(QColor(color))
    return QIcon(pixmap)


class ColorButton(QToolButton):
    """Shows a colour; opens the choice."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagColor")
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._color = PALETTE[0]
        menu = QMenu(self)
        grid = QWidget(menu)
        layout = QGridLayout(grid)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(4)
        for n, color in enumerate(PALETTE):
            button = QToolButton(grid)
            button.setIcon(swatch(color))
            button.setIconSize(QSize(_SIDE, _SIDE))
            button.setAccessibleName(self.tr("Colour {0} of {1}").format(n + 1, len(PALETTE)))
            button.setToolTip(color)
            button.clicked.connect(partial(self._choose, color))
            layout.addWidget(button, n // _COLUMNS, n % _COLUMNS)
        action = QWidgetAction(menu)
        action.setDefaultWidget(grid)
        menu.addAction(action)
        menu.addAction(self.tr("Another colour…")).triggered.connect(self._on_other)
        self.setMenu(menu)
        self.show_color(self._color)

    def show_color(self, color: str) -> None:
        """Show a colour as the tag's."""
        self._color = color
        self.setIcon(swatch(color))
        self.setToolTip(self.tr("Colour: {0}").format(color))
        self.setAccessibleName(self.tr("Colour of the tag, {0}").format(color))

    def _choose(self, color: str) -> None:
        self.menu().close()
        if color != self._color:
            self.show_color(color)
            self.chosen.emit(color)

    @Slot()
    def _on_other(self) -> None:
        dialog = QColorDialog(QColor(self._color), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._on_selected)
        dialog.open()

    @Slot(QColor)
    def _on_selected(self, color: QColor) -> None:
        self._choose(color.name())
