"""Import from a colleague: what a file would bring, how conflicts are settled, then one step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.domain.changes import Changes
from core.domain.merging import Decisions, Merged, MergePlan, MergeStatus, Rule
from core.domain.table_merging import TableMapping, TablePreview
from gui.controllers.merging import MergeController
from gui.dropping import paths_in
from gui.models.merge_items import ORDER, Column, MergeItemsModel
from gui.views.merge_details import MergeDetails

_ENDINGS = (
    "*.zip *.bundle *.qdpx *.qdc *.jsonld *.json *.sqlite3 *.sqlite *.db *.csv *.tsv *.xlsx *.md "
    "*.ris *.bib"
)


class MergeDialog(QDialog):
    """Stands over the window; nothing is changed before “Merge” is pressed."""

    done_with = Signal()
    """The file that was shown has been merged."""

    def __init__(self, controller: MergeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._plan: MergePlan | None = None
        self._path = ""
        self._table: TablePreview | None = None
        self._mapping: TableMapping | None = None
        self._single: dict[str, Rule] = {}
        self.items = MergeItemsModel(self)
        self.choose = QPushButton(self.tr("Choose a &file…"), self)
        self.sentence = QLabel(self)
        self.columns = QPushButton(self.tr("Co&lumns…"), self)
        self.only = QComboBox(self)
        self.rule = QComboBox(self)
        self._rule_label = QLabel(self.tr("All other &conflicts:"), self)
        self.table = QTableView(self)
        self.details = MergeDetails(self)
        self.remarks = QLabel(self)
        self.bar = QProgressBar(self)
        self.stop = QPushButton(self.tr("&Stop"), self)
        self.merge = QPushButton(self.tr("M&erge"), self)
        self._close = QPushButton(self.tr("Close"), self)
        self._name_parts()
        self._set_up_table()
        self._lay_out()
        self._connect()
        self._show_state(running=False)
        self._say(
            self.tr("Choose a colleague's file or drop it here: a bundle, a project, a table.")
        )

    def take(self, path: str) -> None:
        """Read a file and show what it would bring."""
        if not self._controller.is_merging:
            self._path, self._mapping = path, None
            self._read()

    def _read(self) -> None:
        self._plan = self._table = None
        self._show_plan()
        self.remarks.clear()
        self._say(self.tr("Reading {name}…").format(name=Path(self._path).name))
        self.bar.setRange(0, 0)
        self._show_state(running=True)
        self._controller.read(self._path, self._mapping)

    def _name_parts(self) -> None:
        self.setObjectName("mergeDialog")
        self.setWindowTitle(self.tr("Import from a colleague"))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(
            self.tr("Shows what a file would bring before anything is changed.")
        )
        self.setAcceptDrops(True)
        self.choose.setObjectName("mergeChoose")
        self.sentence.setAccessibleName(self.tr("State of the import"))
        self.columns.setObjectName("mergeColumns")
        self.columns.setAccessibleDescription(self.tr("Say which column of the table says what"))
        self.only.setObjectName("mergeOnly")
        self.only.setAccessibleName(self.tr("Which items to list"))
        self.only.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.rule.setObjectName("mergeRule")
        self.rule.setAccessibleName(self.tr("How conflicts are settled that are not by themselves"))
        self.rule.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for rule in (None, *Rule):
            self.rule.addItem(self.items.rule(rule), rule)
        self._rule_label.setBuddy(self.rule)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop.setObjectName("mergeStop")
        self.merge.setObjectName("mergeNow")
        for label in (self.sentence, self.remarks):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.remarks.setProperty("role", "hint")
        self.remarks.setAccessibleName(self.tr("What is left out"))

    def _set_up_table(self) -> None:
        table = self.table
        table.setObjectName("mergeItems")
        table.setAccessibleName(self.tr("What the file holds"))
        table.setModel(self.items)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        width = self.fontMetrics().averageCharWidth()
        for column, characters in (
            (Column.STATUS, 14),
            (Column.KIND, 10),
            (Column.WHERE, 24),
            (Column.REMARK, 28),
        ):
            header.resizeSection(column, width * characters)
        header.setSectionResizeMode(Column.WORDS, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.choose)
        above.addWidget(self.sentence, 1)
        above.addWidget(self.columns)
        above.addWidget(self.only)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.table)
        split.addWidget(self.details)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        going = QHBoxLayout()
        going.addWidget(self.bar, 1)
        going.addWidget(self.stop)
        below = QHBoxLayout()
        below.addWidget(self._rule_label)
        below.addWidget(self.rule)
        below.addStretch(1)
        below.addWidget(self.merge)
        below.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(above)
        layout.addWidget(split, 1)
        layout.addWidget(self.remarks)
        layout.addLayout(going)
        layout.addLayout(below)
        for button in (self.choose, self.columns, self.stop, self._close):
            button.setAutoDefault(False)
        line = self.fontMetrics().lineSpacing()
        self.resize(QSize(line * 56, line * 36).boundedTo(self.screen().availableSize() * 0.9))

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.columns.clicked.connect(self._on_columns)
        self.only.activated.connect(self._on_narrowed)
        self.rule.activated.connect(self._on_rule_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.items.modelReset.connect(self._on_reset)
        self.details.settled.connect(self._on_settled)
        self.stop.clicked.connect(self._on_stop)
        self.merge.clicked.connect(self._on_merge)
        self._close.clicked.connect(self.reject)
        self.finished.connect(self._on_finished)
        control = self._controller
        control.progressed.connect(self._on_progressed)
        control.previewed.connect(self._on_previewed)
        control.planned.connect(self._on_planned)
        control.merged.connect(self._on_merged)
        control.stopped.connect(self._on_stopped)
        control.failed.connect(self._on_failed)

    # What goes on

    def _show_state(self, *, running: bool) -> None:
        plan = self._plan
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        self.stop.setEnabled(running)
        has_conflicts = plan is not None and bool(plan.conflicts)
        self.choose.setEnabled(not self._controller.is_merging)
        self.rule.setVisible(has_conflicts)
        self._rule_label.setVisible(has_conflicts)
        self.rule.setEnabled(not running)
        self.details.setEnabled(not running)
        self.only.setVisible(plan is not None)
        self.columns.setVisible(self._table is not None)
        self.columns.setEnabled(not running)
        self.remarks.setVisible(bool(self.remarks.text()))
        self.merge.setEnabled(plan is not None and not running and self._brings_something(plan))

    def _brings_something(self, plan: MergePlan) -> bool:
        return any(item.status is not MergeStatus.SAME for item in plan.items)

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setAccessibleDescription(sentence)

    @Slot(int, int, str)
    def _on_progressed(self, done: int, total: int, what: str) -> None:
        if self.bar.isVisible():
            self.bar.setRange(0, max(total, 1) if done else 0)
            self.bar.setValue(done)
            words = {
                "Reading": self.tr("Reading"),
                "Comparing": self.tr("Comparing"),
                "Merging": self.tr("Merging"),
            }
            self.bar.setFormat(f"{words.get(what, what)} %p %")

    @Slot(object)
    def _on_planned(self, plan: MergePlan) -> None:
        self._plan = plan
        self._show_plan()
        self.remarks.setText("\n".join(plan.remarks))
        name = Path(plan.path).name
        if not plan.items:
            self._say(self.tr("{name} holds nothing to merge.").format(name=name))
        elif self._brings_something(plan):
            counts = (
                f"{self.items.status(status)}: {number:,}"
                for status in ORDER
                if (number := plan.count(status))
            )
            self._say("   ".join((name, *counts)))
        else:
            self._say(self.tr("All that {name} holds is here already.").format(name=name))
        self._show_state(running=False)
        self.table.setFocus()

    @Slot(object)
    def _on_previewed(self, table: TablePreview | None) -> None:
        self._table = table
        self._show_state(running=False)
        if self._plan is None:
            self._say(self.tr("Say which column of the table holds what."))
            self._on_columns()

    @Slot()
    def _on_columns(self) -> None:
        from gui.dialogs.table_mapping import TableMappingDialog

        if self._table is None:
            return
        asked = TableMappingDialog(self._table, self._mapping, self)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.mapped.connect(self._on_mapped)
        asked.open()

    @Slot(object)
    def _on_mapped(self, mapping: TableMapping) -> None:
        self._mapping = mapping
        self._read()

    def _show_plan(self) -> None:
        self._single = {}
        self.rule.setCurrentIndex(0)
        items = self._plan.items if self._plan is not None else ()
        self.items.show(items)
        self.only.clear()
        if self._plan is None:
            return
        self.only.addItem(self.tr("All  {n}").format(n=f"{len(items):,}"), None)
        for status in ORDER:
            if number := self._plan.count(status):
                self.only.addItem(f"{self.items.status(status)}  {number:,}", status)

    @Slot(object, object)
    def _on_merged(self, _merged: Merged, _changes: Changes) -> None:
        self._show_state(running=False)
        self.done_with.emit()

    @Slot()
    def _on_stopped(self) -> None:
        self._say(self.tr("Stopped; nothing was changed."))
        self._show_state(running=False)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._say(str(error))
        self._show_state(running=False)

    # What is chosen

    @Slot()
    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Import from a colleague"),
            "",
            self.tr("Projects and tables ({0});;All files (*)").format(_ENDINGS),
        )
        if chosen:
            self.take(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a file."""
        if len(paths_in(event.mimeData())) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        event.acceptProposedAction()
        self.take(paths_in(event.mimeData())[0])

    @Slot(int)
    def _on_narrowed(self, _row: int) -> None:
        chosen = self.only.currentData()  # Qt gives the word back, not the status
        self.items.narrow(MergeStatus(chosen) if chosen else None)

    def decisions(self) -> Decisions:
        """Return how conflicts are settled as things stand."""
        chosen = self.rule.currentData()
        return Decisions(Rule(chosen) if chosen else None, dict(self._single))

    @Slot(int)
    def _on_rule_chosen(self, _row: int) -> None:
        self.items.settle(self.decisions())

    @Slot(str, object)
    def _on_settled(self, item: str, rule: Rule | None) -> None:
        if rule is None:
            self._single.pop(item, None)
        else:
            self._single[item] = rule
        self.items.settle(self.decisions())
        self._show_current()

    @Slot()
    def _on_reset(self) -> None:
        if self.items.rowCount():
            self.table.setCurrentIndex(self.items.index(0, 0))
        self._show_current()

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        index = self.table.currentIndex()
        item = self.items.item(index.row()) if index.isValid() else None
        self.details.show_item(item, self._single.get(item.id) if item is not None else None)

    @Slot()
    def _on_merge(self) -> None:
        if self._plan is not None:
            self.bar.setRange(0, 0)
            self._controller.merge(self._plan, self.decisions())
            self._show_state(running=True)

    @Slot()
    def _on_stop(self) -> None:
        merging = self._controller.is_merging
        self._controller.stop()
        if merging:  # told of once it has ended
            self.stop.setEnabled(False)
        else:
            self._on_stopped()

    @Slot(int)
    def _on_finished(self, _how: int) -> None:
        """Give up what is read; what is being merged goes on to its end."""
        if not self._controller.is_merging:
            self._controller.stop()
