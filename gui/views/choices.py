"""What narrows the answer, as buttons that take it back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.views.strip import Strip

Choice = tuple[str, str]
"""``(facet, value)``."""


class ChoicesStrip(QWidget):
    """One button a choice; it hides where there is none."""

    dropped = Signal(str, str)
    """``(facet, value)`` that is to narrow no more."""
    all_dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("choicesStrip")
        self.setAccessibleName(self.tr("What narrows the results"))
        self._shown: tuple[tuple[Choice, str], ...] = ()
        strip = Strip(self)
        self._parts = strip.row
        self._row = QHBoxLayout(self._parts)
        self._row.setContentsMargins(16, 0, 16, 8)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(strip)
        self.hide()

    def show_choices(self, choices: Sequence[tuple[Choice, str]]) -> None:
        """Show these choices by name."""
        choices = tuple(choices)
        if choices == self._shown:
            return
        self._shown = choices
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, (choice, name) in enumerate(choices):
            self._row.insertWidget(place, self._button(choice, name))
        if len(choices) > 1:
            clear = QToolButton(self._parts)
            clear.setText(self.tr("Clear all"))
            clear.clicked.connect(self.all_dropped)
            self._row.insertWidget(len(choices), clear)
        self.setVisible(bool(choices))

    def buttons(self) -> list[QToolButton]:
        """Return the buttons of the choices, in their order."""
        return [b for b in self.findChildren(QToolButton, "chip") if not b.isHidden()]

    def _button(self, choice: Choice, name: str) -> QToolButton:
        button = QToolButton(self._parts)
        button.setObjectName("chip")
        shown = self.fontMetrics().elidedText(
            name, Qt.TextElideMode.ElideRight, self.fontMetrics().averageCharWidth() * 36
        )
        button.setText(f"{shown}  ✕")
        button.setToolTip(self.tr("Narrow no more to {0}").format(name))
        button.setAccessibleName(button.toolTip())
        button.setProperty("choice", list(choice))
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        facet, value = self.sender().property("choice")
        self.dropped.emit(facet, value)
