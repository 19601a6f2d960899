"""Files and folders that are dragged onto the window."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData

_FROM_COLLEAGUES = frozenset(
    {".bundle", ".zip", ".qdpx", ".qdc", ".jsonld", ".sqlite3", ".ris", ".bib"}
)


def paths_in(dragged: QMimeData) -> list[str]:
    """Return the local files and folders that are dragged; none for anything else."""
    if not dragged.hasUrls():
        return []
    return [url.toLocalFile() for url in dragged.urls() if url.isLocalFile()]


def from_colleagues(paths: Iterable[str]) -> list[str]:
    """Return those that hold what others marked, by their names: they are merged."""
    return [path for path in paths if Path(path).suffix.lower() in _FROM_COLLEAGUES]
