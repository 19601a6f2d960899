"""Copies passages and records with their citations; the citing happens off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.domain.citing import CitedText
from core.tasks import CancelToken
from gui import clipboard
from gui.messages import Messages
from gui.workers import LatestOnly

if TYPE_CHECKING:  # the services bring the database with them
    from core.services.citing import Citing


class CitingController(QObject):
    """What was asked for last is what ends up on the clipboard."""

    def __init__(self, citing: Citing, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._citing = citing
        self._messages = messages
        self._jobs = LatestOnly(self)

    def copy_passage(self, record: str, start: int, end: int) -> None:
        """Copy a passage (code points) with its citation."""
        words = self.tr("Copied with its citation ({style}).")
        self._submit(lambda: self._citing.quote(record, start, end), words)

    def copy_citation(self, record: str, passage: tuple[int, int] | None = None) -> None:
        """Copy the citation of a passage, or of a record without one."""
        words = self.tr("Citation copied ({style}).")
        self._submit(lambda: self._citing.cite(record, passage), words)

    def copy_citations(self, annotations: tuple[str, ...]) -> None:
        """Copy the citations of annotations."""
        words = self.tr("Citations copied ({style}).")
        self._submit(lambda: self._citing.cite_annotations(annotations), words)

    def _submit(self, cite: Callable[[], CitedText], words: str) -> None:
        def work(_token: CancelToken) -> CitedText:
            return cite()

        def done(cited: CitedText) -> None:
            clipboard.copy(cited.plain, cited.html)
            self._messages.info(words.format(style=cited.style))

        self._jobs.submit(work, done, self._messages.problem)
