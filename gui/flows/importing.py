"""Files into documents: the import dialog, and what is dropped on the window."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.domain.changes import Changes
from core.domain.imports import ImportResult, ImportRun, ImportStatus
from gui.controllers.importing import ImportController
from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is first asked for
    from gui.dialogs.importing import ImportDialog

_CAME = (ImportStatus.IMPORTED, ImportStatus.UPDATED)


class ImportFlow(QObject):
    """One import at a time; closing its dialog does not stop it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._dialog: ImportDialog | None = None
        self._came = 0
        self._imports = ImportController(desk.workspace.importing, self)
        desk.window.commands.import_files.triggered.connect(self._on_requested)
        desk.window.files_dropped.connect(self._on_dropped)
        self._imports.begun.connect(self._on_begun)
        self._imports.progressed.connect(self._on_progressed)
        self._imports.arrived.connect(self._on_arrived)
        self._imports.ended.connect(self._on_ended)
        self._imports.failed.connect(self._on_failed)

    def _shown(self) -> ImportDialog:
        from gui.dialogs.importing import ImportDialog

        if self._dialog is None:
            self._dialog = ImportDialog(self._imports, self._desk.window)
            self._dialog.opened.connect(self._on_opened)
            self._dialog.edition_wanted.connect(self._on_edition_wanted)
        if not self._dialog.isVisible():
            if not self._imports.is_running:
                self._dialog.results.clear()
                self._dialog.sentence.clear()
            self._imports.look()
        self._dialog.show()
        self._dialog.raise_()
        return self._dialog

    @Slot()
    def _on_requested(self) -> None:
        self._shown().files.setFocus()

    @Slot(object)
    def _on_dropped(self, paths: list[str]) -> None:
        self._shown().take(paths)

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self._desk.events.record_requested.emit(key, None)

    @Slot(str, str)
    def _on_edition_wanted(self, newer: str, earlier: str) -> None:
        job = partial(self._desk.workspace.documents.make_edition, newer, earlier)
        self._desk.writes.submit(job, self._tell, self._desk.messages.problem)

    def _tell(self, changes: Changes) -> None:
        self._desk.events.changed.emit(changes, self)

    @Slot()
    def _on_begun(self) -> None:
        self._came = 0

    @Slot(int, int, str)
    def _on_progressed(self, done: int, total: int, _path: str) -> None:
        words = self.tr("Importing: {done} of {total}")
        if self._imports.is_running:
            self._desk.window.import_status.setText(words.format(done=done, total=total))

    @Slot(object)
    def _on_arrived(self, results: tuple[ImportResult, ...]) -> None:
        keys = frozenset(r.record for r in results if r.status in _CAME and r.record)
        self._came += len(keys)
        if keys:
            self._tell(Changes(records=keys))

    @Slot(object)
    def _on_ended(self, run: ImportRun) -> None:
        self._desk.window.import_status.clear()
        if self._dialog is None or not self._dialog.isVisible():
            words = self.tr("{done} of {total} files were imported or tried; {came} documents.")
            self._desk.messages.info(words.format(done=run.done, total=run.total, came=self._came))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._desk.window.import_status.clear()
        if self._dialog is None or not self._dialog.isVisible():
            self._desk.messages.problem(error)
