"""Tag all hits of a search: reviewed in a list, then written as one step."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.auto_tagging import Proposal, Proposals, Stretch
from core.domain.codebook import Tag
from gui.models.passage_choices import ChoiceRole, PassageChoice
from gui.views.passage_table import PassageTable
from gui.views.tag_field import TagField


class TagHitsDialog(QDialog):
    """Stands beside the window, so that one can read on while one reviews."""

    wanted = Signal(object)
    """The hits are to be looked up, in this `Stretch` of text."""
    read_requested = Signal(str, object)
    """``(record, (start, end))``."""
    tagging_requested = Signal(object, str)
    """``(Proposals chosen, tag)``."""
    stop_requested = Signal()

    def __init__(
        self, query: str, tags: Sequence[Tag], path: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._found: tuple[Proposal, ...] = ()
        self._marked: str | None = None  # the tag that the boxes were set for
        self.setObjectName("tagHitsDialog")
        self.setWindowTitle(self.tr("Tag all hits"))
        self.setAccessibleName(self.windowTitle())
        self.tag = TagField(tags, parent=self)
        self.tag.setText(path)
        self.stretch = QComboBox(self)
        self.table = PassageTable(self)
        self.said = QLabel(self)
        self.bar = QProgressBar(self)
        self.do = QPushButton(self)
        self.leave = QPushButton(self.tr("Close"), self)
        self._set_up(query)
        self._lay_out()
        self.tag.settled.connect(self._on_tag_settled)
        self.stretch.activated.connect(self.ask)
        self.table.model.changed.connect(self._tell)
        self.table.view.read_requested.connect(self._on_read)
        self.table.view.doubleClicked.connect(self._on_read)
        self.do.clicked.connect(self._on_do)
        self.leave.clicked.connect(self.reject)
        self._tell()

    def _set_up(self, query: str) -> None:
        self._query = query
        self.tag.setAccessibleName(self.tr("Tag"))
        self.tag.setPlaceholderText(self.tr("A tag, or the name of a new one"))
        for words, stretch in (
            (self.tr("The sentence around each hit"), Stretch.SENTENCE),
            (self.tr("The paragraph around each hit"), Stretch.PARAGRAPH),
            (self.tr("The words that were found"), Stretch.WORDS),
        ):
            self.stretch.addItem(words, stretch)
        self.stretch.setAccessibleName(self.tr("What is tagged"))
        self.said.setWordWrap(True)
        self.said.setProperty("role", "hint")
        self.bar.hide()
        self.do.setDefault(True)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        search = QLabel(self._query, self)
        search.setTextFormat(Qt.TextFormat.PlainText)
        search.setWordWrap(True)
        form.addRow(self.tr("Search"), search)
        form.addRow(self.tr("&Tag"), self.tag)
        form.addRow(self.tr("&What"), self.stretch)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(self.bar)
        below.addWidget(self.leave)
        below.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
        line = self.fontMetrics().lineSpacing()
        self.resize(QSize(line * 56, line * 32).boundedTo(self.screen().availableSize() * 0.9))

    @Slot()
    def ask(self) -> None:
        """Have the hits looked up."""
        self.said.setText(self.tr("Looking up the hits…"))
        self.table.setEnabled(False)
        self.wanted.emit(Stretch(self.stretch.currentData()))

    def show_proposals(self, proposals: Proposals) -> None:
        """List what was found; what carries the tag already is not chosen."""
        self._found = proposals.found
        self.table.setEnabled(True)
        self._mark()
        words = proposals.hint or ""
        if proposals.cut:
            words = self.tr("Only the first {n} passages are listed; narrow the search for others.")
        elif not self._found:
            words = self.tr("No text of the library answers this search.")
        self.said.setText(words.format(n=len(self._found)))
        if self._found:
            self.table.go_to(0)

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong; what is chosen stays."""
        self.busy(is_busy=False)
        self.said.setText(sentence)

    def show_progress(self, done: int, total: int) -> None:
        """Say how far the tagging is."""
        self.bar.setMaximum(total)
        self.bar.setValue(done)

    def busy(self, *, is_busy: bool) -> None:
        """Show that the passages are being tagged, or no longer."""
        self.bar.setVisible(is_busy)
        self.table.setEnabled(not is_busy)
        self.leave.setText(self.tr("Stop") if is_busy else self.tr("Close"))
        self._tell()

    @property
    def path(self) -> str:
        """The tag's full name: one of the codebook, or a new one."""
        return self.tag.path or self.tag.text().strip()

    def _mark(self) -> None:
        self._marked = self.path.casefold()
        self.table.model.show([self._choice(n, one) for n, one in enumerate(self._found)])

    def _choice(self, n: int, one: Proposal) -> PassageChoice:
        carries = self._marked in {tag.casefold() for tag in one.tags}
        return PassageChoice(
            n,
            one.hit,
            one.left,
            one.right,
            one.title,
            one.label or "",
            remark=self.tr("Carries the tag already") if carries else "",
            chosen=not carries,
        )

    @Slot()
    def _on_tag_settled(self) -> None:
        known = {tag.casefold() for one in self._found for tag in one.tags}
        if {self._marked, self.path.casefold()} & known:
            self._mark()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        chosen = len(self.table.model.chosen())
        self.do.setText(self.tr("Tag {n} passages").format(n=chosen))
        self.do.setEnabled(bool(chosen and self.path) and self.bar.isHidden())

    @Slot(QModelIndex)
    def _on_read(self, index: QModelIndex) -> None:
        one = self._found[cast("int", index.data(ChoiceRole.KEY))]
        self.read_requested.emit(one.record, (one.start, one.end))

    @Slot()
    def _on_do(self) -> None:
        chosen = [self._found[cast("int", n)] for n in self.table.model.chosen()]
        self.tagging_requested.emit(tuple(chosen), self.path)

    def reject(self) -> None:
        """Stop what runs; else close."""
        if self.bar.isHidden():
            super().reject()
        else:
            self.stop_requested.emit()
