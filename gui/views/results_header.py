"""Above the results: how many, where they are sought, in which order and shape."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.search import SearchQuery, Sort
from gui.views.strip import Strip


class _Summary(QLabel):
    """One line, cut off where there is no room for all of it."""

    def minimumSizeHint(self) -> QSize:
        """Return room for a few words."""
        return QSize(12 * self.fontMetrics().averageCharWidth(), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), self.alignment(), shown)
        painter.end()


class ResultsHeader(QWidget):
    """The summary, and buttons and a list to change what is shown."""

    scope_chosen = Signal(object)
    """Frozen set of layers; empty is all."""
    sort_chosen = Signal(object)
    context_toggled = Signal(bool)
    """Whether keywords in context are wanted instead of the list."""
    save_requested = Signal()
    filters_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = Strip(self)
        self._second = Strip(self)
        self.summary = _Summary(self._second.row)
        self.sort = QComboBox(self._second.row)
        self.context = QToolButton(self._second.row)
        self.save = QToolButton(self._second.row)
        self.filters = QToolButton(self._first.row)
        self.scopes: dict[frozenset[str], QToolButton] = {}
        self._group = QButtonGroup(self)
        self._set_up()
        self._lay_out()

    def show_query(self, query: SearchQuery) -> None:
        """Show where and in which order a query is answered."""
        button = self.scopes.get(query.within)
        if button is not None:
            button.setChecked(True)
        self.sort.setCurrentIndex(self.sort.findData(query.sort))

    def _set_up(self) -> None:
        self.summary.setProperty("role", "hint")
        self.summary.setObjectName("resultsSummary")
        self.summary.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for name, layers in (
            (self.tr("All"), frozenset[str]()),
            (self.tr("Reference"), frozenset(("reference",))),
            (self.tr("Documents"), frozenset(("documents",))),
            (self.tr("Notes"), frozenset(("notes",))),
        ):
            button = self._toggle(name, self.tr("Search in: {0}").format(name))
            button.setChecked(not layers)
            self._group.addButton(button)
            self.scopes[layers] = button
        self._group.buttonClicked.connect(self._on_scope_clicked)
        self.sort.setObjectName("resultsSort")
        self.sort.setAccessibleName(self.tr("Order of the results"))
        for name, sort in (
            (self.tr("Best first"), Sort.RANK),
            (self.tr("Newest first"), Sort.DATE),
            (self.tr("Oldest first"), Sort.OLDEST),
            (self.tr("By title"), Sort.TITLE),
        ):
            self.sort.addItem(name, sort)
        self.sort.activated.connect(self._on_sort_activated)
        self._set_up_toggles()

    def _set_up_toggles(self) -> None:
        for button, name, meaning in (
            (self.filters, self.tr("Filters"), self.tr("Show or hide the filters")),
            (self.context, self.tr("In context"), self.tr("Every occurrence in its context")),
        ):
            button.setText(name)
            button.setToolTip(meaning)
            button.setAccessibleName(meaning)
            button.setCheckable(True)
        self.filters.setChecked(True)
        self.filters.toggled.connect(self.filters_toggled)
        self.context.toggled.connect(self.context_toggled)
        self.save.setText(self.tr("Save"))
        self.save.setToolTip(self.tr("Keep this search by name"))
        self.save.setAccessibleName(self.save.toolTip())
        self.save.clicked.connect(self.save_requested)

    def _toggle(self, name: str, meaning: str) -> QToolButton:
        button = QToolButton(self._first.row)
        button.setText(name)
        button.setAccessibleName(meaning)
        button.setCheckable(True)
        return button

    def _lay_out(self) -> None:
        tools = QHBoxLayout(self._first.row)
        tools.setContentsMargins(16, 8, 16, 0)
        tools.setSpacing(4)
        tools.addWidget(self.filters)
        tools.addSpacing(12)
        for button in self.scopes.values():
            tools.addWidget(button)
        tools.addStretch(1)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        below = QHBoxLayout(self._second.row)
        below.setContentsMargins(16, 0, 16, 4)
        below.setSpacing(4)
        below.addWidget(self.summary, 1)
        below.addWidget(self.context)
        below.addWidget(self.sort)
        below.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._first)
        layout.addWidget(self._second)

    @Slot(QToolButton)
    def _on_scope_clicked(self, clicked: QToolButton) -> None:
        for layers, button in self.scopes.items():
            if button is clicked:
                self.scope_chosen.emit(layers)

    @Slot(int)
    def _on_sort_activated(self, row: int) -> None:
        self.sort_chosen.emit(Sort(self.sort.itemData(row)))
