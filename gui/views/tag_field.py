"""A field for one tag of the codebook, completed as it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from core.domain.codebook import Tag


class TagField(QLineEdit):
    """Takes a tag's full name, in any case; knows whether there is such a tag."""

    settled = Signal()
    """What is typed names a tag now, or no longer."""

    def __init__(
        self, tags: Sequence[Tag], but: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        left_out = set(but)
        self._paths = {t.path.casefold(): t.path for t in tags if t.path not in left_out}
        completer = QCompleter(self)
        completer.setModel(QStringListModel(list(self._paths.values()), completer))
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.setPlaceholderText(self.tr("Type a part of its name"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._on_changed)

    @property
    def path(self) -> str:
        """The tag that is named, or ""."""
        return self._paths.get(self.text().strip().casefold(), "")

    @Slot()
    def _on_changed(self) -> None:
        self.settled.emit()
