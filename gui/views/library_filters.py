"""The library's filters with counts, behind a button that says how many are in force."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.models.library import QUALITIES, LibraryCounts, LibraryFilter

CHOICES = ("theme", "type", "status", "region", "year")


class LibraryFilters(QWidget):
    """Words at once; choices and switches unfold. What has nothing to choose from is hidden."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryFilters")
        self.setAccessibleName(self.tr("Library filters"))
        self.words = QLineEdit()
        self._more = QToolButton()
        self._panel = QWidget()
        self._grid = QGridLayout()
        self._clear = QToolButton()
        self._choices = {name: _choice(self._prompt(name), self._panel) for name in CHOICES}
        self._switches = {name: QCheckBox(self._meaning(name)) for name in QUALITIES}
        self._set_up()
        self._lay_out()

    def offer(self, counts: LibraryCounts) -> None:
        """Offer these values instead of those before, keeping choices that are still there."""
        for name, choice in self._choices.items():
            _fill(choice, self._all(name), counts.choices[name])
        for name, switch in self._switches.items():
            number = counts.switches[name]
            switch.setText(f"{self._meaning(name)}  {number}")
            switch.setVisible(bool(number) or switch.isChecked())
        self._place_choices()
        self._tell()

    def wanted(self) -> LibraryFilter:
        """Return what the list is to be narrowed to."""
        chosen = {name: choice.currentData() for name, choice in self._choices.items()}
        return LibraryFilter(
            self.words.text(),
            theme=chosen["theme"],
            type=chosen["type"],
            status=chosen["status"],
            region=chosen["region"],
            year=chosen["year"],
            **{name: switch.isChecked() for name, switch in self._switches.items()},
        )

    @Slot()
    def clear(self) -> None:
        """Take every filter away."""
        self.blockSignals(True)
        self.words.clear()
        for choice in self._choices.values():
            choice.setCurrentIndex(0)
        for switch in self._switches.values():
            switch.setChecked(False)
        self.blockSignals(False)
        self._on_changed()

    def _set_up(self) -> None:
        self.words.setObjectName("libraryWords")
        self.words.setPlaceholderText(self.tr("Narrow by title…"))
        self.words.setAccessibleName(self.tr("Narrow the library by title"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._on_changed)
        self._more.setObjectName("libraryMoreFilters")
        self._more.setCheckable(True)
        self._more.setAccessibleDescription(self.tr("Shows or hides the filters."))
        self._more.setToolTip(self.tr("Narrow by theme, type, status, region, year and more"))
        self._more.toggled.connect(self._panel.setVisible)
        self._clear.setText(self.tr("Clear filters"))
        self._clear.clicked.connect(self.clear)
        self._panel.hide()
        for name, choice in self._choices.items():
            choice.setObjectName(f"library{name.capitalize()}")
            choice.currentIndexChanged.connect(self._on_changed)
        for name, switch in self._switches.items():
            switch.setObjectName(f"library{name.capitalize()}")
            switch.toggled.connect(self._on_changed)

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        panel = QVBoxLayout(self._panel)
        panel.setContentsMargins(0, 0, 0, 0)
        panel.setSpacing(8)
        panel.addLayout(self._grid)
        for switch in self._switches.values():
            panel.addWidget(switch)
        panel.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignLeft)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.words, 1)
        top.addWidget(self._more)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self._panel)
        self._place_choices()

    def _place_choices(self) -> None:
        """Put the theme on a row of its own and the others that show in pairs below it."""
        others = [c for name, c in self._choices.items() if name != "theme" and not c.isHidden()]
        self._grid.addWidget(self._choices["theme"], 0, 0, 1, 2)
        for at, choice in enumerate(others):
            is_alone = at == len(others) - 1 and at % 2 == 0
            self._grid.addWidget(choice, 1 + at // 2, at % 2, 1, 2 if is_alone else 1)

    def _tell(self) -> None:
        """Say on the button how many filters are in force."""
        number = sum(choice.currentData() is not None for choice in self._choices.values())
        number += sum(switch.isChecked() for switch in self._switches.values())
        words = self.tr("Filters")
        self._more.setText(f"{words} · {number}" if number else words)
        self._more.setAccessibleName(self.tr("Filters, {0} in force").format(number))
        self._clear.setEnabled(bool(number) or bool(self.words.text()))

    def _prompt(self, name: str) -> str:
        return {
            "theme": self.tr("Filter by theme"),
            "type": self.tr("Filter by type"),
            "status": self.tr("Filter by status"),
            "region": self.tr("Filter by region"),
            "year": self.tr("Filter by year"),
        }[name]

    def _all(self, name: str) -> str:
        return {
            "theme": self.tr("All themes"),
            "type": self.tr("All types"),
            "status": self.tr("Any status"),
            "region": self.tr("All regions"),
            "year": self.tr("All years"),
        }[name]

    def _meaning(self, name: str) -> str:
        return {
            "verified": self.tr("Verified"),
            "seed": self.tr("London 2011"),
            "annotated": self.tr("Annotated"),
            "own": self.tr("Records of my own"),
            "edited": self.tr("Edited by me"),
            "withdrawn": self.tr("Withdrawn"),
        }[name]

    @Slot()
    def _on_changed(self) -> None:
        self._tell()
        self.changed.emit()


def _choice(name: str, parent: QWidget) -> QComboBox:
    choice = QComboBox(parent)  # without one it would be shown as a window of its own
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
