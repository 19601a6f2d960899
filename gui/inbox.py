"""What a window that was started twice leaves for the one that is open: a file with a wish.

A file, no socket: the program opens none.
"""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

from gui.identity import new_id

_FOLDER = "inbox"
_LONGEST = 4000  # bytes


class Inbox(QObject):
    """Tells what arrives in a workspace's folder of wishes."""

    arrived = Signal(str)
    """A record's key or a passage's address; empty when only the window is wished for."""

    def __init__(self, workspace: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = workspace / _FOLDER
        self._watcher = QFileSystemWatcher(self)
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError:  # a workspace that is only read has no other window to hear from
            return
        self._watcher.addPath(str(self._folder))
        self._watcher.directoryChanged.connect(self._on_changed)

    @Slot(str)
    def _on_changed(self, _folder: str) -> None:
        self.take()

    def take(self) -> None:
        """Tell what lies there, and clear it away."""
        for file in sorted(self._folder.glob("*.wish")):
            with file.open("rb") as opened:
                wanted = opened.read(_LONGEST).decode("utf-8", "replace").strip()
            file.unlink()
            self.arrived.emit(wanted)


def leave_wish(workspace: Path, wanted: str | None) -> bool:
    """Leave a wish for the open window; tells whether it could be left."""
    folder = workspace / _FOLDER
    draft = folder / f"{new_id()}.part"
    try:
        folder.mkdir(exist_ok=True)
        draft.write_text(wanted or "", encoding="utf-8")
        draft.rename(draft.with_suffix(".wish"))
    except OSError:
        return False
    return True
