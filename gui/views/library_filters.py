"""What narrows the library: theme, type, year, with counts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.models.library import LibraryCounts, LibraryFilter


class LibraryFilters(QWidget):
    """One choice for each facet; a facet with nothing to choose from is hidden."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryFilters")
        self.setAccessibleName(self.tr("Filters"))
        self.setAccessibleDescription(self.tr("Narrow the list by theme, type or year."))
        self._theme = _choice(self.tr("Filter by theme"))
        self._type = _choice(self.tr("Filter by type"))
        self._year = _choice(self.tr("Filter by year"))
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self._type, 3)
        pair.addWidget(self._year, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._theme)
        layout.addLayout(pair)
        for choice in (self._theme, self._type, self._year):
            choice.currentIndexChanged.connect(self._on_choice_changed)

    def offer(self, counts: LibraryCounts) -> None:
        """Offer these values instead of those before, keeping choices that are still there."""
        _fill(self._theme, self.tr("All themes"), counts.themes)
        _fill(self._type, self.tr("All types"), counts.types)
        _fill(self._year, self.tr("All years"), counts.years)

    def wanted(self, words: str) -> LibraryFilter:
        """Return the choices together with ``words``."""
        return LibraryFilter(
            words,
            self._theme.currentData(),
            self._type.currentData(),
            self._year.currentData(),
        )

    @Slot()
    def _on_choice_changed(self) -> None:
        self.changed.emit()


def _choice(name: str) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(name)
    choice.setToolTip(name)
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(6)
    choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    choice.hide()
    return choice


def _fill(choice: QComboBox, every: str, values: Sequence[tuple[object, int]]) -> None:
    kept = choice.currentData()
    choice.blockSignals(True)
    choice.clear()
    choice.addItem(every, None)
    for value, number in values:
        words = str(value)
        choice.addItem(f"{words[:1].upper()}{words[1:].replace('-', ' ')}  ({number})", value)
    choice.setCurrentIndex(max(0, choice.findData(kept)) if kept is not None else 0)
    choice.blockSignals(False)
    choice.setVisible(len(values) > 1)
