"""The date that everything is shown as of: a field in the bar, and a line while it is set."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

if TYPE_CHECKING:  # each class of values takes a millisecond of the start
    from core.domain.as_of import AsOf


_WIDTH = 15  # characters: "30 September 2015" is typed less often than a year


class AsOfField(QLineEdit):
    """The date; Enter or leaving the field takes it, Escape puts back what was there, the arrow
    keys go a year back and on."""

    chosen = Signal(str)
    """What was typed."""
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._as_of: AsOf | None = None
        self.setObjectName("asOfField")
        self.setPlaceholderText(self.tr("today"))
        self.setAccessibleName(self.tr("As of"))
        self.setAccessibleDescription(
            self.tr(
                "Shows what existed and held by the end of a year, month or day. "
                "Up and Down go a year back and on; an empty field means today."
            )
        )
        self.setToolTip(
            self.tr("As of: a year (2015), a month (July 2015) or a day (22 July 2015)")
        )
        self.setClearButtonEnabled(True)
        self.setMaxLength(40)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.editingFinished.connect(self._on_finished)
        self.textChanged.connect(self._on_text_changed)
        self._fit()

    def show_date(self, as_of: AsOf | None) -> None:
        """Show the date that is in force."""
        self._as_of = as_of
        self._put_back()
        self.setProperty("active", as_of is not None)
        self.style().unpolish(self)
        self.style().polish(self)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Escape; go a year on with the arrow keys."""
        if event.key() == Qt.Key.Key_Escape:
            self._put_back()
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            year = self._as_of.year if self._as_of else date.today().year
            by = 1 if event.key() == Qt.Key.Key_Up else -1
            self.chosen.emit(str(min(max(year + by, 1), date.max.year)))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have the date ready to be typed over."""
        super().focusInEvent(event)
        self.selectAll()

    def _put_back(self) -> None:
        self.setText(self._as_of.words if self._as_of else "")

    def _fit(self) -> None:
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * (_WIDTH + 8))

    @Slot()
    def _on_finished(self) -> None:
        if self.text() != (self._as_of.words if self._as_of else ""):
            self.chosen.emit(self.text())

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if not text and self._as_of is not None:  # the cross in the field, or all deleted
            self.chosen.emit("")


class AsOfStrip(QFrame):
    """A line that is there while a date is set, so that nobody forgets it."""

    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("asOfStrip")
        self.setAccessibleName(self.tr("Shown as of a date"))
        self._sentence = QLabel(self, wordWrap=True)
        self.clear = QToolButton(self)
        self.clear.setObjectName("chip")
        self.clear.clicked.connect(self.cleared)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 8, 4)
        layout.setSpacing(8)
        layout.addWidget(self.clear)
        layout.addWidget(self._sentence, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said."""
        return self._sentence.text()

    def show_date(self, as_of: AsOf | None, record: str = "") -> None:
        """Say what is left out, and what of it concerns the record in front."""
        if as_of is not None:
            self.clear.setText(self.tr("As of {date}  ✕").format(date=as_of.words))
            self.clear.setAccessibleName(
                self.tr("As of {date}: back to today").format(date=as_of.words)
            )
            self.clear.setToolTip(self.tr("Back to today"))
            words = self.tr(
                "What came later is left out of library, search, facts, relations and tables, "
                "and marked on the page."
            )
            sentence = f"{record} {words}" if record else words
            self._sentence.setText(sentence)
            self.setAccessibleDescription(sentence)
        self.setVisible(as_of is not None)
