"""The panel of annotations: of the record in front, or of all."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from core.domain.annotations import Annotation
from gui.models.annotations import AnnotationCards
from gui.views.analysts_button import AnalystsButton
from gui.views.card_view import CardView


class AnnotationsView(CardView):
    """Cards of annotations; Enter goes to the passage, Delete deletes."""

    delete_requested = Signal(object)
    """Tuple of ids."""
    current_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._empty = self.tr(
            "Nothing is annotated here. Select a passage in the text and press Ctrl+T to tag it."
        )
        self.setObjectName("annotationsView")
        self.setAccessibleName(self.tr("Annotations"))
        self.setAccessibleDescription(
            self.tr("Annotated passages. Enter goes to the passage, Delete deletes it.")
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def select(self, annotation: str) -> None:
        """Make an annotation the current one, without telling of it."""
        index = self.cards.find(annotation)
        with QSignalBlocker(self):
            if index.isValid():
                self.setCurrentIndex(index)
                self.scrollTo(index)
            else:
                self.clearSelection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for deletion on Delete."""
        if event.key() == Qt.Key.Key_Delete:
            chosen = tuple(self.cards.card(i.row()).target for i in self.selectedIndexes())
            if chosen:
                self.delete_requested.emit(chosen)
            return
        super().keyPressEvent(event)

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, _selected: QItemSelection, _before: QItemSelection) -> None:
        if self.selectedIndexes() and self.target():
            self.current_changed.emit(self.target())


class AnnotationsPanel(QWidget):
    """The list with its scope and its count above."""

    scope_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = AnnotationCards()
        self.view = AnnotationsView(self)
        self.scope = QComboBox(self)
        self.scope.addItem(self.tr("This record"))
        self.scope.addItem(self.tr("All records"))
        self.scope.setAccessibleName(self.tr("Which annotations are listed"))
        self.analysts = AnalystsButton(self)
        self._count = QLabel(self)
        above = QHBoxLayout()
        above.setContentsMargins(8, 4, 8, 4)
        above.addWidget(self.scope)
        above.addWidget(self.analysts)
        above.addStretch()
        above.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.view)
        self.scope.currentIndexChanged.connect(self._on_scope_changed)

    @property
    def shows_all(self) -> bool:
        """Whether annotations of all records are listed."""
        return self.scope.currentIndex() == 1

    def show_annotations(self, annotations: Sequence[Annotation]) -> None:
        """List these annotations."""
        self.view.show_cards(self._cards.cards(annotations, with_titles=self.shows_all))
        self._count.setText(str(len(annotations)))
        self._count.setAccessibleName(self.tr("{n} annotations").format(n=len(annotations)))

    @Slot(int)
    def _on_scope_changed(self, _row: int) -> None:
        self.scope_changed.emit()
