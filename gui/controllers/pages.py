"""Pages of a document: their labels and pictures, asked for off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.workers import LatestOnly

if TYPE_CHECKING:  # importing it takes the database with it: not before the window is shown
    from core.services.documents import Documents


class PagesController(QObject):
    """Of several pages asked for the last counts."""

    labels_read = Signal(str, object)
    """``(key, labels)`` of a document's pages."""
    picture_drawn = Signal(object)
    """The newest `PagePicture`."""
    failed = Signal(object)

    def __init__(self, documents: Documents, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._documents = documents
        self._labels = LatestOnly(self)
        self._pictures = LatestOnly(self)

    def read_labels(self, key: str) -> None:
        """Ask for the labels of a document's pages."""
        self._pictures.cancel()
        self._labels.submit(
            lambda _token: self._documents.pages(key),
            lambda labels: self.labels_read.emit(key, labels),
            self.failed.emit,
        )

    def draw(self, key: str, page: int, width: int, passage: str) -> None:
        """Ask for a page's picture with a passage marked, none for ""."""
        self._pictures.submit(
            lambda token: self._documents.page_picture(key, page, width, passage or None, token),
            self.picture_drawn.emit,
            self.failed.emit,
        )

    def forget(self) -> None:
        """Let go of what was asked for."""
        self._labels.cancel()
        self._pictures.cancel()
