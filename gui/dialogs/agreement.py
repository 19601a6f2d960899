"""Two analysts side by side: agreement tag by tag, and their differences to settle one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.domain.agreement import Agreement, Difference
from gui import clipboard
from gui.controllers.agreement import Compared, Wanted
from gui.models.agreement import difference_cards, measure
from gui.views.agreement_table import AgreementTable
from gui.views.card_view import CardView


class DifferencesView(CardView):
    """Passages where two differ; a key settles one."""

    settled = Signal(bool)
    """Whether the tag applies to the passage that is chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle by A and N; the rest is the list's."""
        if event.key() in (Qt.Key.Key_A, Qt.Key.Key_N) and not event.modifiers():
            self.settled.emit(event.key() == Qt.Key.Key_A)
        else:
            super().keyPressEvent(event)


class AgreementDialog(QDialog):
    """Stands beside the window; tells whom to compare, and how a difference is settled."""

    wanted_changed = Signal()
    tag_chosen = Signal(object, str)
    """``(Agreement, tag)``: where they differ on it is wanted."""
    read_requested = Signal(object)
    """A `Difference` whose passage is to be read."""
    settled = Signal(object, bool)
    """``(Difference, whether its tag applies)``."""
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._agreement: Agreement | None = None
        self._listed: tuple[str, Sequence[Difference]] = ("", ())
        self.first = QComboBox(self)
        self.second = QComboBox(self)
        self.scope = QComboBox(self)
        self.below = QCheckBox(self.tr("Tags &below count"), self)
        self.table = AgreementTable(self)
        self.model = self.table.tags
        self.overall = QLabel(self)
        self.copy = QPushButton(self.tr("&Copy the table"), self)
        self.heading = QLabel(self)
        self.differences = DifferencesView(self.tr("They agree on this tag everywhere."), self)
        self.read = QPushButton(self.tr("&Read"), self)
        self.applies = QPushButton(self.tr("It &applies"), self)
        self.applies_not = QPushButton(self.tr("It does &not apply"), self)
        self._empty = QLabel(self.tr("The annotations are being compared…"), self)
        self._name_parts()
        self._lay_out()
        self._connect()
        self._show_state()

    # What is wanted

    @property
    def of_record(self) -> bool:
        """Whether the record in front alone is compared."""
        return self.scope.currentIndex() == 1

    def wanted(self, record: str) -> Wanted:
        """Return whom to compare on what; ``record`` is the one in front."""
        return Wanted(
            self.first.currentText(),
            self.second.currentText(),
            (record or None) if self.of_record else None,
            self.below.isChecked(),
        )

    # What came of it

    def show_compared(self, compared: Compared) -> None:
        """Show how far two agree; the chosen tag stays chosen."""
        tag = self._listed[0]
        found = self._agreement = compared.agreement
        names = (found.first, found.second) if found else ("", "")
        for combo, name in ((self.first, names[0]), (self.second, names[1])):
            with QSignalBlocker(combo):
                chosen = name or combo.currentText()
                combo.clear()
                combo.addItems(compared.analysts)
                combo.setCurrentIndex(max(0, combo.findText(chosen)))
        self._empty.setText(self._why_empty(compared))
        with QSignalBlocker(self.table.selectionModel()):
            self.model.show_agreement(found)
        self.table.share_room()
        self._show_overall()
        if self.model.rowCount():
            self.table.selectRow(max(0, self.model.row_of(tag)))
            self._on_tag_chosen()
        else:
            self.show_differences("", ())
        self._show_state()

    @Slot(str, object)
    def show_differences(self, tag: str, differences: Sequence[Difference]) -> None:
        """List where they differ on a tag; the place in the list stays."""
        row = self.differences.currentIndex().row() if tag == self._listed[0] else 0
        self._listed = (tag, differences)
        self.differences.show_cards(difference_cards(differences))
        if differences:
            at = self.differences.cards.index(min(max(0, row), len(differences) - 1))
            self.differences.setCurrentIndex(at)
        words = self.tr("{n} passages where they differ on “{tag}”")
        one = self.tr("One passage where they differ on “{tag}”")
        chosen = one if len(differences) == 1 else words
        self.heading.setText(chosen.format(n=len(differences), tag=tag) if tag else "")
        self._show_state()

    def current(self) -> Difference | None:
        """Return the difference that is chosen."""
        target = self.differences.target()
        return self._listed[1][int(target)] if target else None

    # How it looks

    def _name_parts(self) -> None:
        self.setObjectName("agreementDialog")
        self.setWindowTitle(self.tr("Compare analysts"))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(
            self.tr("How far two analysts agree, tag by tag, and the passages where they differ.")
        )
        self.first.setAccessibleName(self.tr("First analyst"))
        self.second.setAccessibleName(self.tr("Second analyst"))
        self.scope.setAccessibleName(self.tr("On which records they are compared"))
        self.scope.addItems([self.tr("All records of both"), self.tr("This record")])
        self.below.setChecked(True)
        self.below.setToolTip(self.tr("“CBM/Hotlines” on a passage counts for “CBM” too."))
        self.differences.setObjectName("agreementDifferences")
        self.differences.setAccessibleName(self.tr("Passages where they differ"))
        self.differences.setAccessibleDescription(
            self.tr("Enter reads the passage; A: the tag applies; N: it does not.")
        )
        self.applies.setToolTip(
            self.tr("Whoever did not tag this passage gets the tag on the same words (A)")
        )
        self.applies_not.setToolTip(self.tr("The tag is taken off this passage (N)"))
        self.heading.setProperty("role", "title")
        self.overall.setProperty("role", "hint")
        self._empty.setProperty("role", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.overall, self.heading, self._empty):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        for combo in (self.first, self.second, self.scope):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(12)
        above.addWidget(self.first, 1)
        above.addWidget(QLabel(self.tr("and"), self))
        above.addWidget(self.second, 1)
        above.addWidget(self.scope, 1)
        above.addWidget(self.below)
        whole = QSplitter(Qt.Orientation.Vertical, self)
        whole.setChildrenCollapsible(False)
        whole.addWidget(self._tags_part())
        whole.addWidget(self._differences_part())
        whole.setStretchFactor(0, 1)
        whole.setStretchFactor(1, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(whole)
        self._stack.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(above)
        layout.addLayout(self._stack, 1)
        line = self.fontMetrics().lineSpacing()
        room = self.screen().availableSize() * 0.9
        self.resize(min(room.width(), line * 58), min(room.height(), line * 38))

    def _tags_part(self) -> QWidget:
        part = QWidget(self)
        below = QHBoxLayout()
        below.addWidget(self.overall, 1)
        below.addWidget(self.copy)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 8)
        column.addWidget(self.table, 1)
        column.addLayout(below)
        return part

    def _differences_part(self) -> QWidget:
        part = QWidget(self)
        below = QHBoxLayout()
        below.addWidget(self.heading, 1)
        for button in (self.read, self.applies_not, self.applies):
            button.setAutoDefault(False)
            below.addWidget(button)
        self.copy.setAutoDefault(False)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(below)
        column.addWidget(self.differences, 1)
        return part

    def _connect(self) -> None:
        for combo in (self.first, self.second, self.scope):
            combo.activated.connect(self._on_wanted_changed)
        self.below.toggled.connect(self._on_wanted_changed)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.differences.followed.connect(self._on_read)
        self.differences.selectionModel().currentChanged.connect(self._show_state)
        self.differences.settled.connect(self._on_settled)
        self.read.clicked.connect(self._on_read)
        self.applies.clicked.connect(self._on_applies)
        self.applies_not.clicked.connect(self._on_applies_not)
        self.copy.clicked.connect(self._on_copy)
        for keys, wish in (
            (QKeySequence(QKeySequence.StandardKey.Undo), self.undo_requested),
            (QKeySequence("Ctrl+Shift+Z"), self.redo_requested),
        ):
            QShortcut(keys, self).activated.connect(wish)

    def _show_overall(self) -> None:
        found = self._agreement
        if found is None:
            return
        words = self.tr(
            "All tags together: {share} agreement, kappa {kappa}, alpha {alpha} "
            "(passages: {passages}, records: {records})"
        )
        share = found.overall.observed
        self.overall.setText(
            words.format(
                share="–" if share is None else f"{share:.1%}",
                kappa=measure(found.overall.kappa) or "–",
                alpha=measure(found.overall.alpha) or "–",
                passages=f"{found.passages:,}",
                records=f"{found.records:,}",
            )
        )

    def _why_empty(self, compared: Compared) -> str:
        if len(compared.analysts) < 2:
            return self.tr(
                "There are annotations by one analyst at most. Merge a colleague's file with "
                "“Import from a colleague”, and compare then."
            )
        if compared.agreement is None:
            return self.tr("Choose two different analysts.")
        if not compared.agreement.records:
            return self.tr("They have marked no record in common yet.")
        return self.tr("Nothing that they marked here carries a tag.")

    @Slot()
    def _show_state(self) -> None:
        shown = self.model.rowCount() > 0
        self._stack.setCurrentIndex(0 if shown else 1)
        is_any = self.current() is not None
        for button in (self.read, self.applies, self.applies_not):
            button.setEnabled(is_any)

    # What is wished

    @Slot()
    def _on_wanted_changed(self) -> None:
        self.wanted_changed.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._on_tag_chosen()

    def _on_tag_chosen(self) -> None:
        tag = self.model.tag(self.table.currentIndex().row())
        if tag and self._agreement is not None:
            self.tag_chosen.emit(self._agreement, tag)

    @Slot()
    def _on_read(self) -> None:
        if (current := self.current()) is not None:
            self.read_requested.emit(current)

    @Slot(bool)
    def _on_settled(self, applies: bool) -> None:
        if (current := self.current()) is not None:
            self.settled.emit(current, applies)

    @Slot()
    def _on_applies(self) -> None:
        self._on_settled(True)

    @Slot()
    def _on_applies_not(self) -> None:
        self._on_settled(False)

    @Slot()
    def _on_copy(self) -> None:
        rows = range(self.model.rowCount())
        clipboard.copy(self.model.as_text(rows), self.model.as_html(rows))
