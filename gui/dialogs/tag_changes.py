"""Two questions of the codebook: into which tag to merge, and what a deleted one leaves behind."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.codebook import SEPARATOR, Tag
from gui.views.tag_field import TagField

_WIDTH = 60  # characters of the interface's font


class _TagDialog(QDialog):
    """A sentence, what is chosen, a button that does it and one that does not."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(16, 16, 16, 16)
        self.rows.setSpacing(8)
        self._words = QLabel(self)
        self._words.setWordWrap(True)
        self.rows.addWidget(self._words)
        self.do = QPushButton(self)
        self.do.setDefault(True)
        self.do.clicked.connect(self.accept)
        self.setMinimumWidth(
            min(self.fontMetrics().averageCharWidth() * _WIDTH, self.screen().size().width() // 2)
        )

    def say(self, title: str, words: str) -> None:
        """Say what it is about."""
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._words.setText(words)

    def finish(self, words: str) -> None:
        """Put the buttons below what stands already."""
        self.do.setText(words)
        leave = QPushButton(self.tr("Cancel"), self)
        leave.clicked.connect(self.reject)
        below = QHBoxLayout()
        below.addStretch()
        below.addWidget(leave)
        below.addWidget(self.do)
        self.rows.addSpacing(8)
        self.rows.addLayout(below)


class MergeDialog(_TagDialog):
    """Asks for the tag that takes in the others."""

    chosen = Signal(object, str)
    """``(paths, into)``."""

    def __init__(
        self, paths: Sequence[str], tags: Sequence[Tag], parent: QWidget | None = None
    ) -> None:
        super().__init__("mergeDialog", parent)
        self._paths = tuple(paths)
        self.say(self.tr("Merge tags"), self._what_happens())
        self.into = TagField(tags, self._paths, self)
        self.into.setAccessibleName(self.tr("The tag that stays"))
        self.into.settled.connect(self._on_settled)
        self.rows.addWidget(self.into)
        self.finish(self.tr("Merge"))
        self.accepted.connect(self._on_accepted)
        self._on_settled()

    @Slot()
    def _on_settled(self) -> None:
        self.do.setEnabled(bool(self.into.path))

    @Slot()
    def _on_accepted(self) -> None:
        self.chosen.emit(self._paths, self.into.path)

    def _what_happens(self) -> str:
        if len(self._paths) == 1:
            head = self.tr("Merge “{tag}” into another tag.").format(tag=self._paths[0])
        else:
            head = self.tr("Merge {n} tags into another one.").format(n=len(self._paths))
        rest = self.tr(
            "Every passage and note is kept; tags below go along, and what the other tag does "
            "not say of itself it takes over."
        )
        return f"{head} {rest}"


class DeleteTagDialog(_TagDialog):
    """Asks what becomes of the passages of a tag, and of the tags below it."""

    chosen = Signal(str, object, bool)
    """``(path, tag that takes the passages or None, the tags below are kept)``."""

    def __init__(self, tag: Tag, tags: Sequence[Tag], parent: QWidget | None = None) -> None:
        super().__init__("deleteTagDialog", parent)
        self._path = tag.path
        below = [t for t in tags if t.path.startswith(tag.path + SEPARATOR)]
        words = self.tr("No passage carries “{tag}”.")
        if tag.total:
            words = self.tr(
                "“{tag}” and the tags below it are on {n} passages. The passages and their notes "
                "stay, whatever you choose."
            )
        self.say(self.tr("Delete a tag"), words.format(n=tag.total, tag=tag.path))
        self.without = QRadioButton(self.tr("Leave the passages without the tag"), self)
        self.give = QRadioButton(self.tr("Give the passages another tag:"), self)
        self.heir = TagField(tags, [tag.path, *(t.path for t in below)], self)
        self.heir.setAccessibleName(self.tr("The tag that takes over the passages"))
        one, many = self.tr("Keep the tag below it"), self.tr("Keep the {n} tags below it")
        kept = one if len(below) == 1 else many.format(n=len(below))
        self.keep = QCheckBox(self.tr("{what}, one level higher").format(what=kept), self)
        self.without.setChecked(True)
        for widget in (self.without, self.give, self.heir, self.keep):
            self.rows.addWidget(widget)
        self.keep.setVisible(bool(below))
        for widget in (self.without, self.give, self.heir):
            widget.setVisible(bool(tag.total))
        self.finish(self.tr("Delete"))
        self.give.toggled.connect(self._on_settled)
        self.heir.settled.connect(self._on_heir)
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_heir(self) -> None:
        self.give.setChecked(True)
        self._on_settled()

    @Slot()
    def _on_settled(self) -> None:
        self.do.setEnabled(not self.give.isChecked() or bool(self.heir.path))

    @Slot()
    def _on_accepted(self) -> None:
        heir = self.heir.path if self.give.isChecked() else None
        self.chosen.emit(self._path, heir, self.keep.isChecked())
