"""The import dialog: what to take in, how far it is, what became of each file."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.domain.imports import ImportOptions, ImportResult, ImportRun, ImportStatus
from gui.controllers.importing import ImportController
from gui.dropping import paths_in
from gui.models.import_results import Column, ImportResultsModel


class ImportDialog(QDialog):
    """Stands beside the window: what has come in can be read while the rest goes on."""

    opened = Signal(str)
    """Key of a document that is to be read."""
    edition_wanted = Signal(str, str)
    """``(newer, earlier)``: a document is to become the newer edition of another."""

    def __init__(self, controller: ImportController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._unfinished: tuple[ImportRun, ...] = ()
        self._since: tuple[float, int] | None = None  # when the first file was told, and its number
        self.results = ImportResultsModel(self)
        self.files = QPushButton(self.tr("&Files…"), self)
        self.folder = QPushButton(self.tr("F&older…"), self)
        self.tags = QLineEdit(self)
        self.bar = QProgressBar(self)
        self.sentence = QLabel(self)
        self.stop = QPushButton(self.tr("&Stop"), self)
        self.only = QComboBox(self)
        self.table = QTableView(self)
        self.read = QPushButton(self.tr("&Read"), self)
        self.edition = QPushButton(self.tr("Make it the &newer edition"), self)
        self._close = QPushButton(self.tr("Close"), self)
        self._left = _Left(self)
        self._empty = QLabel(self)
        self._name_parts()
        self._set_up_table()
        self._lay_out()
        self._connect()
        self._show_state()

    def take(self, paths: Sequence[str]) -> None:
        """Import these files and folders."""
        tags = tuple(tag for part in self.tags.text().split(",") if (tag := part.strip()))
        self._controller.start(paths, ImportOptions(tags=tags))

    def _name_parts(self) -> None:
        self.setObjectName("importDialog")
        self.setWindowTitle(self.tr("Import documents"))
        self.setAccessibleName(self.tr("Import documents"))
        self.setAccessibleDescription(
            self.tr("Choose files or a folder; each file's result is listed as it comes.")
        )
        self.setAcceptDrops(True)
        self.files.setObjectName("importFiles")
        self.folder.setObjectName("importFolder")
        self.tags.setObjectName("importTags")
        self.tags.setAccessibleName(self.tr("Tags for each document, with commas between"))
        self.tags.setPlaceholderText(self.tr("Tags for each document, with commas between"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.sentence.setAccessibleName(self.tr("State of the import"))
        self.sentence.setWordWrap(True)
        self.only.setAccessibleName(self.tr("Which results to list"))
        self.only.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.stop.setObjectName("importStop")

    def _set_up_table(self) -> None:
        table = self.table
        table.setObjectName("importResults")
        table.setAccessibleName(self.tr("Results"))
        table.setAccessibleDescription(self.tr("One row a file. Enter reads the document."))
        table.setModel(self.results)
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
        header.resizeSection(Column.STATUS, width * 14)
        header.resizeSection(Column.FILE, width * 32)
        header.resizeSection(Column.DOCUMENT, width * 36)
        header.setSectionResizeMode(Column.REMARK, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._empty.setProperty("role", "empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setText(
            self.tr(
                "Drag files or folders here, or choose them above: PDF, Word, OpenDocument, EPUB, "
                "RTF, saved web pages, Markdown, LaTeX, plain text and more. Folders are gone "
                "through to the bottom."
            )
        )

    def _lay_out(self) -> None:
        choose = QHBoxLayout()
        choose.addWidget(self.files)
        choose.addWidget(self.folder)
        choose.addWidget(self.tags, 1)
        choose.addWidget(self.only)
        going = QHBoxLayout()
        going.addWidget(self.bar, 1)
        going.addWidget(self.stop)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        buttons = QHBoxLayout()
        buttons.addWidget(self.read)
        buttons.addWidget(self.edition)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._left)
        layout.addLayout(choose)
        layout.addLayout(going)
        layout.addWidget(self.sentence)
        layout.addLayout(self._stack, 1)
        layout.addLayout(buttons)
        for button in (self.files, self.folder, self.stop, self.read, self.edition, self._close):
            button.setAutoDefault(False)  # Enter is for the row that the keyboard is on
        self.resize(880, 560)

    def _connect(self) -> None:
        self.files.clicked.connect(self._on_files)
        self.folder.clicked.connect(self._on_folder)
        self.stop.clicked.connect(self._on_stop)
        self.only.activated.connect(self._on_narrowed)
        self.table.activated.connect(self._on_activated)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.results.modelReset.connect(self._on_selected)
        self.read.clicked.connect(self._on_read)
        self.edition.clicked.connect(self._on_edition)
        self._close.clicked.connect(self.close)
        self._left.go_on.connect(self._on_go_on)
        self._left.leave.connect(self._on_leave)
        control = self._controller
        control.begun.connect(self._on_begun)
        control.progressed.connect(self._on_progressed)
        control.arrived.connect(self._on_arrived)
        control.ended.connect(self._on_ended)
        control.failed.connect(self._on_failed)
        control.unfinished_read.connect(self._on_unfinished)

    # What goes on

    def _show_state(self) -> None:
        running = self._controller.is_running
        self.bar.setVisible(running)
        self.stop.setVisible(running)
        self.stop.setEnabled(running)
        self._left.setVisible(bool(self._unfinished) and not running)
        self._stack.setCurrentWidget(self.table if self.results.counts else self._empty)
        self.only.setVisible(len(self.results.counts) > 1)
        self._on_selected()

    @Slot()
    def _on_begun(self) -> None:
        self._since = None
        self.bar.setRange(0, 0)
        self._say(self.tr("Looking for files…"))
        self._show_state()

    @Slot(int, int, str)
    def _on_progressed(self, done: int, total: int, _path: str) -> None:
        if not self._controller.is_running:
            return
        now = time.monotonic()
        if self._since is None:
            self._since = (now, done)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        words = self.tr("{done} of {total} files").format(done=f"{done:,}", total=f"{total:,}")
        seconds, files = now - self._since[0], done - self._since[1]
        if seconds > 1 and files > 0:
            rate = files / seconds
            words += " · " + self.tr("{rate} a second").format(rate=f"{rate:.1f}")
            if total > done:
                words += " · " + self._remaining((total - done) / rate)
        self._say(words)

    def _remaining(self, seconds: float) -> str:
        if seconds < 90:
            return self.tr("about {n} seconds left").format(n=max(1, round(seconds)))
        return self.tr("about {n} minutes left").format(n=round(seconds / 60))

    @Slot(object)
    def _on_arrived(self, results: tuple[ImportResult, ...]) -> None:
        bar = self.table.verticalScrollBar()
        follows = bar.value() == bar.maximum()
        self.results.add(results)
        self._offer_statuses()
        self._show_state()
        if follows:
            self.table.scrollToBottom()

    def _offer_statuses(self) -> None:
        kept = self.only.currentData()
        self.only.clear()
        total = self.results.counts.total()
        self.only.addItem(self.tr("All results  {n}").format(n=f"{total:,}"), None)
        for status in ImportStatus:
            if number := self.results.counts[status]:
                self.only.addItem(f"{self.results.status(status)}  {number:,}", status)
        self.only.setCurrentIndex(max(0, self.only.findData(kept)) if kept else 0)

    @Slot(object)
    def _on_ended(self, run: ImportRun) -> None:
        counts = self.results.counts
        said = [f"{self.results.status(s)}: {counts[s]:,}" for s in ImportStatus if counts[s]]
        if not run.ended:
            said.insert(0, self.tr("Stopped; what is left waits."))
        elif not said:
            said.append(self.tr("There was no file to import."))
        self._say("   ".join(said))
        self._show_state()
        self._controller.look()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._say(str(error))
        self._show_state()
        self._controller.look()

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setAccessibleDescription(sentence)

    @Slot()
    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self._controller.stop()
        self._say(self.tr("Stopping after the files that are being read…"))

    # What was cut short

    @Slot(object)
    def _on_unfinished(self, runs: tuple[ImportRun, ...]) -> None:
        self._unfinished = runs
        if runs:
            self._left.show_run(runs[0])
        self._show_state()

    @Slot()
    def _on_go_on(self) -> None:
        self._controller.go_on(self._unfinished[0].id)

    @Slot()
    def _on_leave(self) -> None:
        self._controller.leave(self._unfinished[0].id)

    # What is chosen

    @Slot()
    def _on_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Import files"))
        if chosen:
            self.take(chosen)

    @Slot()
    def _on_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Import a folder"))
        if chosen:
            self.take([chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and folders."""
        if paths_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        event.acceptProposedAction()
        self.take(paths_in(event.mimeData()))

    @Slot(int)
    def _on_narrowed(self, _row: int) -> None:
        chosen = self.only.currentData()  # Qt gives the word back, not the status
        self.results.narrow(ImportStatus(chosen) if chosen else None)

    def _chosen(self) -> ImportResult | None:
        rows = self.table.selectionModel().selectedRows()
        return self.results.result(rows[0].row()) if rows else None

    @Slot()
    def _on_selected(self) -> None:
        result = self._chosen()
        self.read.setEnabled(result is not None and result.record is not None)
        self.edition.setVisible(result is not None and result.newer_of is not None)
        self.edition.setEnabled(True)

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        self._on_read()

    @Slot()
    def _on_read(self) -> None:
        result = self._chosen()
        if result is not None and result.record is not None:
            self.opened.emit(result.record)

    @Slot()
    def _on_edition(self) -> None:
        result = self._chosen()
        if result is not None and result.record and result.newer_of:
            self.edition_wanted.emit(result.record, result.newer_of)
            self.edition.setEnabled(False)


class _Left(QFrame):
    """Says that an import was cut short, and offers to go on with it."""

    go_on = Signal()
    leave = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("importLeft")
        self._sentence = QLabel(self, wordWrap=True)
        go_on = QPushButton(self.tr("&Go on"), self)
        leave = QPushButton(self.tr("&Leave it"), self)
        go_on.setObjectName("importGoOn")
        go_on.clicked.connect(self.go_on)
        leave.clicked.connect(self.leave)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(go_on)
        layout.addWidget(leave)
        for button in (go_on, leave):
            button.setAutoDefault(False)

    def show_run(self, run: ImportRun) -> None:
        """Say how far it was."""
        words = self.tr("An import of {where} was cut short: {left} of {total} files are left.")
        where = ", ".join(run.roots[:2]) + ("…" if len(run.roots) > 2 else "")
        left = run.total - run.done
        self._sentence.setText(words.format(where=where, left=f"{left:,}", total=f"{run.total:,}"))
        self._sentence.setToolTip("\n".join(run.roots[:20]))
        self.setAccessibleDescription(self._sentence.text())
