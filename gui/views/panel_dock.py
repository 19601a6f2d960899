"""A dock whose panel is made when it is first shown: what nobody looks at costs nothing."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDockWidget, QWidget

Make = Callable[[], QWidget]
Follow = Callable[[QWidget], None]


class PanelDock(QDockWidget):
    """A dock of the window, with a panel from the moment that it is seen."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setWidget(QWidget())  # until there is a panel
        self._make: Make | None = None
        self._panel: QWidget | None = None
        self._follow: list[Follow] = []
        self.visibilityChanged.connect(self._on_visibility_changed)

    @property
    def is_filled(self) -> bool:
        """Whether the panel has been made."""
        return self._panel is not None

    def fill_with(self, make: Make) -> None:
        """Have the panel made by ``make`` when it is first looked at."""
        self._make = make
        if self.isVisible():
            self.panel()

    def panel(self) -> QWidget:
        """Return the panel, made now if it was not; there must be something that makes it."""
        if self._panel is None:
            assert self._make is not None, self.objectName()
            self._panel = self._make()
            self.setWidget(self._panel)
            for follow in self._follow:
                follow(self._panel)
            self._follow.clear()
        return self._panel

    def when_filled(self, follow: Follow) -> None:
        """Call ``follow`` with the panel once it is made; at once if it is."""
        if self._panel is not None:
            follow(self._panel)
        else:
            self._follow.append(follow)

    @Slot(bool)
    def _on_visibility_changed(self, visible: bool) -> None:
        if visible and self._make is not None:
            self.panel()
