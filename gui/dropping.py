"""Files and folders that are dragged onto the window."""

from PySide6.QtCore import QMimeData


def paths_in(dragged: QMimeData) -> list[str]:
    """Return the local files and folders that are dragged; none for anything else."""
    if not dragged.hasUrls():
        return []
    return [url.toLocalFile() for url in dragged.urls() if url.isLocalFile()]
