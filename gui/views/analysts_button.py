"""The button that shows, hides and colours by analyst; not there while there is but one."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gui.models.analysts import AnalystLens
from gui.views.tag_colors import swatch

_SIDE = 12


class AnalystsButton(QToolButton):
    """Says how many of the analysts show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lens: AnalystLens | None = None
        self._actions: tuple[QAction, ...] = ()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setObjectName("analystsButton")
        self.setToolTip(self.tr("Whose annotations show, and in which colours"))
        self.hide()

    def look_through(self, lens: AnalystLens, *actions: QAction) -> None:
        """Set this lens; ``actions`` stand below the analysts."""
        self._lens, self._actions = lens, actions
        lens.changed.connect(self._show_state)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        assert self._lens is not None
        lens = self._lens.now
        there, hidden = len(lens.names), len(lens.hidden)
        words = self.tr("{n} of {all} analysts") if hidden else self.tr("{all} analysts")
        self.setText(words.format(n=there - hidden, all=there))
        self.setAccessibleName(self.text())
        self.setVisible(there > 1)

    @Slot()
    def _fill(self) -> None:
        assert self._lens is not None
        lens = self._lens.now
        self._menu.clear()
        for name in lens.names:
            action = QAction(name.replace("&", "&&"), self._menu, checkable=True)
            action.setChecked(name not in lens.hidden)
            action.setIcon(swatch(lens.color_of(name), _SIDE))
            action.setIconVisibleInMenu(lens.by_analyst)
            action.toggled.connect(partial(self._lens.show, name))
            self._menu.addAction(action)
        everyone = QAction(self.tr("Show &all"), self._menu)
        everyone.setEnabled(bool(lens.hidden))
        everyone.triggered.connect(self._lens.show_all)
        self._menu.addSeparator()
        self._menu.addAction(everyone)
        self._menu.addActions(self._actions)
