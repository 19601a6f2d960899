"""Notes that could not be written: kept, and written again until it works."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

_AGAIN_MS = 5000


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note that is not saved, why not, and what tries to write it again."""

    note: str
    reason: str
    again: Callable[[], None]


class KeptNotes(QObject):
    """Holds the newest note of each passage that has one that is not saved."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, again_ms: int = _AGAIN_MS) -> None:
        super().__init__(parent)
        self._kept: dict[object, KeptNote] = {}
        self._timer = QTimer(self, singleShot=True, interval=again_ms)
        self._timer.timeout.connect(self.try_again)

    @property
    def notes(self) -> tuple[KeptNote, ...]:
        """What is not saved, oldest first."""
        return tuple(self._kept.values())

    def keep(self, passage: object, kept: KeptNote) -> bool:
        """Keep a note; returns whether its reason is news for its passage."""
        before = self._kept.get(passage)
        self._kept[passage] = kept
        self._timer.start()
        self.changed.emit()
        return before is None or before.reason != kept.reason

    def let_go(self, passage: object) -> None:
        """Forget a passage's note: a newer one, or itself, has been written."""
        if self._kept.pop(passage, None) is not None:
            self.changed.emit()
        if not self._kept:
            self._timer.stop()

    def forget(self) -> None:
        """Forget all, as the analyst wishes."""
        self._kept.clear()
        self._timer.stop()

    @Slot()
    def try_again(self) -> None:
        """Write all of them again; what fails is kept anew."""
        self._timer.stop()
        for kept in self.notes:
            kept.again()
