"""Where Tab goes in the main window: as one reads it, and only to what is in sight."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget


class OrderedWindow(QMainWindow):
    """A window through which Tab leads region by region, then through its docks.

    Qt's own order is that of making, in which a record opened later comes after all panels.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.regions: Sequence[QWidget] = ()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's
        """Move the focus to the next stop, or the one before."""
        stops = self._in_order()
        current = QApplication.focusWidget()
        if current not in stops:  # what had the focus goes, and Qt looks for another
            return super().focusNextPrevChild(forward)
        goal = stops[(stops.index(current) + (1 if forward else -1)) % len(stops)]
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        goal.setFocus(reason)
        return True

    def _in_order(self) -> list[QWidget]:
        docks = sorted(self.findChildren(QDockWidget), key=lambda dock: (dock.x(), dock.y()))
        # A dock behind another in its tabs counts as visible for Qt, which moves it out of sight
        seen = [dock for dock in docks if not dock.visibleRegion().isEmpty()]
        return [stop for region in (*self.regions, *seen) for stop in self._stops(region)]

    def _stops(self, region: QWidget) -> Iterator[QWidget]:
        # Not along nextInFocusChain(): shiboken takes what it returns for a child of what it
        # was asked of, and lets go of it with that (its return value heuristic)
        for widget in (region, *region.findChildren(QWidget)):
            tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            seen = widget.isVisible() and widget.isEnabled() and widget.window() is self
            if tabbed and seen and widget.focusProxy() is None:
                yield widget
