"""One facet to narrow by: a heading that folds it, and its values to tick."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.delegates.facet import FacetDelegate
from gui.models.facet_values import FacetValues
from gui.theme import Theme

_MOST_ROWS = 8  # without scrolling
_LONG = 12  # values from which on a box to search them is offered


class FacetHeading(QToolButton):
    """Folds and unfolds what stands below it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facetHeading")
        self._name = name
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._on_toggled)
        self._on_toggled(False)

    def count(self, number: int, chosen: int) -> None:
        """Say how many values there are, and how many of them are chosen."""
        words = f"{self._name}  {number}" if number else self._name
        self.setText(f"{words}  ·  {self.tr('{0} chosen').format(chosen)}" if chosen else words)
        self.setAccessibleName(self.text())

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)


class _Values(QListView):
    """Ticks with Space, Enter or a click; Esc leaves."""

    toggled = Signal(QModelIndex)
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick or leave; the rest moves."""
        index = self.currentIndex()
        ticking = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        if event.key() in ticking and index.isValid():
            self.toggled.emit(index)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)


class FacetList(QWidget):
    """A facet whose values are ticked."""

    chosen_changed = Signal(str, object)
    """``(facet, tuple of values)``."""
    escaped = Signal()

    def __init__(self, facet: str, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facet = facet
        self.setObjectName(f"{facet}Facet")
        self.model = FacetValues(self)
        self.heading = FacetHeading(name, self)
        self.words = QLineEdit(self)
        self.values = _Values(self)
        self._delegate = FacetDelegate(theme, self)
        self._set_up(name)
        self._lay_out()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._delegate.set_theme(theme)
        self.values.viewport().update()

    def show_counts(
        self, counts: Mapping[str, int], chosen: Sequence[str], name: Callable[[str], str]
    ) -> None:
        """Show a facet's counts and choices; one with nothing to choose hides."""
        current = self.values.currentIndex().data(Qt.ItemDataRole.UserRole)
        had = self.values.hasFocus()
        self.model.show(counts, chosen, name)
        self.heading.count(len(counts), len(chosen))
        self.setVisible(bool(counts) or bool(chosen))
        self._fit()
        row = self.model.row_of(current) if current is not None else -1
        if had and self.model.rowCount():
            self.values.setCurrentIndex(self.model.index(max(0, row)))

    def _set_up(self, name: str) -> None:
        view = self.values
        view.setModel(self.model)
        view.setItemDelegate(self._delegate)
        view.setAccessibleName(name)
        view.setAccessibleDescription(self.tr("Space or Enter chooses a value to narrow by."))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setTabKeyNavigation(False)
        view.clicked.connect(self.model.toggle)
        view.toggled.connect(self.model.toggle)
        view.escaped.connect(self.escaped)
        self.words.setPlaceholderText(self.tr("Find…"))
        self.words.setAccessibleName(self.tr("Find in {0}").format(name))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._on_words_changed)
        self.heading.toggled.connect(self._fit)
        self.model.chosen_changed.connect(self._on_chosen)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.heading)
        layout.addWidget(self.words)
        layout.addWidget(self.values)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        is_open = self.heading.isChecked()
        rows = min(_MOST_ROWS, max(1, self.model.rowCount()))
        height = max(self.values.sizeHintForRow(0), self.fontMetrics().lineSpacing() + 6)
        self.values.setFixedHeight(rows * height + 2)
        self.values.setVisible(is_open)
        self.words.setVisible(is_open and self.model.size > _LONG)

    @Slot(str)
    def _on_words_changed(self, words: str) -> None:
        self.model.narrow(words)
        self._fit()

    @Slot(object)
    def _on_chosen(self, values: tuple[str, ...]) -> None:
        self.chosen_changed.emit(self.facet, values)
