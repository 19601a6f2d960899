"""Asks for places within one text, off the window's thread; only the newest answer counts."""

from PySide6.QtCore import QObject, Signal

from core.services.finding import find_in_text
from gui.workers import LatestOnly


class FindController(QObject):
    """Turns what stands in the find bar into places of the open text."""

    found = Signal(str, object)
    """``(key of the record, Found)``."""
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = LatestOnly(self)

    def find(self, key: str, content: str, wanted: str, *, case: bool, whole_words: bool) -> None:
        """Find words in the text of a record; retires what is being looked for."""
        self._reader.submit(
            lambda token: find_in_text(
                content, wanted, case=case, whole_words=whole_words, cancel=token
            ),
            lambda answer: self.found.emit(key, answer),
            self.failed.emit,
        )

    def cancel(self) -> None:
        """Look for nothing any more."""
        self._reader.cancel()
