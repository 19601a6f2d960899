"""What colleagues marked, taken in: from the menu, or dropped on the window."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.domain.changes import Changes
from core.domain.merging import Merged, MergeStatus
from gui.controllers.merging import MergeController
from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is first asked for
    from gui.dialogs.merging import MergeDialog


class MergeFlow(QObject):
    """One file at a time; further ones that were dropped with it follow."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._dialog: MergeDialog | None = None
        self._waiting: deque[str] = deque()
        self._merges = MergeController(desk.workspace.merge, desk.writes, self)
        desk.window.commands.merge.triggered.connect(self._on_requested)
        desk.window.projects_dropped.connect(self._on_dropped)
        self._merges.merged.connect(self._on_merged)
        self._merges.failed.connect(self._on_failed)

    def _shown(self) -> MergeDialog:
        from gui.dialogs.merging import MergeDialog

        self._desk.window.note.save()
        if self._dialog is None:
            self._dialog = MergeDialog(self._merges, self._desk.window)
            self._dialog.done_with.connect(self._on_done_with)
            self._dialog.rejected.connect(self._on_closed)
        self._dialog.show()
        self._dialog.raise_()
        return self._dialog

    @Slot()
    def _on_requested(self) -> None:
        self._shown().choose.setFocus()

    @Slot(object)
    def _on_dropped(self, paths: list[str]) -> None:
        self._waiting.extend(paths)
        if self._dialog is None or not self._dialog.isVisible():
            self._next()

    def _next(self) -> None:
        if self._waiting:
            self._shown().take(self._waiting.popleft())

    @Slot()
    def _on_done_with(self) -> None:
        if self._waiting:
            self._next()
        elif self._dialog is not None:
            self._dialog.accept()

    @Slot()
    def _on_closed(self) -> None:
        self._waiting.clear()

    @Slot(object, object)
    def _on_merged(self, merged: Merged, changes: Changes) -> None:
        self._desk.events.changed.emit(changes, self)
        name = Path(merged.plan.path).name
        said = [self.tr("Merged {name}: {n} added or changed.").format(name=name, n=merged.written)]
        if merged.open:
            words = self.tr("{n} conflicts are left open; open the file again to settle them.")
            said.append(words.format(n=f"{len(merged.open):,}"))
        if unanchored := merged.plan.count(MergeStatus.UNANCHORED):
            words = self.tr("{n} passages wait to be placed.")
            said.append(words.format(n=f"{unanchored:,}"))
        self._desk.messages.info(" ".join(said))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if self._dialog is None or not self._dialog.isVisible():
            self._desk.messages.problem(error)
