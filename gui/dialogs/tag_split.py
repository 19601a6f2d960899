"""Split a tag: some of its passages, chosen one by one, go to another tag."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QSize, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.annotations import Annotation
from core.domain.codebook import SEPARATOR, Tag, TagPart
from gui.models.passage_choices import ChoiceRole, PassageChoice
from gui.views.passage_table import PassageTable
from gui.views.tag_field import TagField


class SplitDialog(QDialog):
    """May be done again and again: what has gone to another tag leaves the list."""

    chosen = Signal(str, object, bool)
    """``(path, TagPart, the tag itself is kept on them)``."""
    read_requested = Signal(str)
    """An annotation's id."""

    def __init__(self, path: str, tags: Sequence[Tag], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._annotations: dict[str, Annotation] = {}
        self.setObjectName("splitDialog")
        self.setWindowTitle(self.tr("Split “{tag}”").format(tag=path))
        self.setAccessibleName(self.windowTitle())
        self.into = TagField(tags, [path], self)
        self.into.setPlaceholderText(self.tr("A tag, or the name of a new one"))
        self.into.setAccessibleName(self.tr("The tag that gets the passages"))
        self.into.setText(path + SEPARATOR)
        self.keep = QCheckBox(self.tr("Leave “{tag}” on them too").format(tag=path), self)
        self.table = PassageTable(self)
        self.said = QLabel(self)
        self.do = QPushButton(self)
        self._lay_out()
        self.into.settled.connect(self._tell)
        self.table.model.changed.connect(self._tell)
        self.table.view.read_requested.connect(self._on_read)
        self.table.view.doubleClicked.connect(self._on_read)
        self.do.clicked.connect(self._on_do)
        self._tell()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("&Into"), self.into)
        form.addRow("", self.keep)
        close = QPushButton(self.tr("Close"), self)
        close.clicked.connect(self.close)
        self.do.setDefault(True)
        self.said.setProperty("role", "hint")
        self.said.setWordWrap(True)
        below = QHBoxLayout()
        below.addWidget(self.said, 1)
        below.addWidget(close)
        below.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
        line = self.fontMetrics().lineSpacing()
        self.resize(QSize(line * 52, line * 28).boundedTo(self.screen().availableSize() * 0.9))

    def show_annotations(self, annotations: Sequence[Annotation]) -> None:
        """List the passages that carry the tag itself; what was chosen of them stays chosen."""
        chosen = set(self.table.model.chosen())
        own = [one for one in annotations if self.path in one.tags]
        self._annotations = {one.id: one for one in own}
        self.table.model.show([_choice(one, chosen=one.id in chosen) for one in own])
        self.said.setText("" if own else self.tr("No passage carries the tag itself."))
        if own and not chosen:
            self.table.go_to(0)

    def annotation(self, annotation: str) -> Annotation | None:
        """Return one of those that are listed."""
        return self._annotations.get(annotation)

    @property
    def _target(self) -> str:
        typed = self.into.text().strip()
        return self.into.path or ("" if typed.endswith(SEPARATOR) else typed)

    @Slot()
    def _tell(self) -> None:
        many = len(self.table.model.chosen())
        self.do.setText(self.tr("Move {n} passages").format(n=many))
        same = self._target.casefold() == self.path.casefold()
        self.do.setEnabled(bool(many and self._target) and not same)

    @Slot(QModelIndex)
    def _on_read(self, index: QModelIndex) -> None:
        self.read_requested.emit(index.data(ChoiceRole.KEY))

    @Slot()
    def _on_do(self) -> None:
        chosen = tuple(cast("list[str]", self.table.model.chosen()))
        self.chosen.emit(self.path, TagPart(self._target, chosen), self.keep.isChecked())


def _choice(one: Annotation, *, chosen: bool) -> PassageChoice:
    quote = one.target.quote
    return PassageChoice(
        one.id,
        " ".join(quote.exact.split()),
        " ".join(quote.prefix.split()),
        " ".join(quote.suffix.split()),
        one.title,
        one.label or "",
        remark=one.note,
        chosen=chosen,
    )
