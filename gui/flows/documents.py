"""The analyst's documents: the list of them, their details, their originals, the trash."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from core.domain.changes import Changes
from core.domain.documents import ReadingStatus
from core.domain.keys import Kind
from core.domain.records import Record
from gui.controllers.documents import Change, DocumentsController
from gui.flows.desk import Desk
from gui.flows.document_forms import DocumentFormsFlow

if TYPE_CHECKING:  # made when they are first asked for
    from gui.dialogs.documents import DocumentsDialog

_RELOAD_MS = 300  # changes that come together are listed together


class DocumentsFlow(QObject):
    """What is wished for documents to the services, and back to the list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._workspace = desk.workspace
        self._documents = DocumentsController(desk, self)
        self._dialog: DocumentsDialog | None = None
        self._reload = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._reload.timeout.connect(self._read)
        commands = desk.window.commands
        commands.documents.triggered.connect(self._on_requested)
        commands.original.triggered.connect(self._on_front_original)
        commands.trash_document.triggered.connect(self._on_front_trashed)
        desk.events.record_shown.connect(self._on_shown)
        desk.events.changed.connect(self._on_changed)
        self._forms = DocumentFormsFlow(desk, self._documents, self._open_original)
        self._on_shown("")

    def _front(self) -> Record | None:
        record = self._desk.window.tabs.record
        return record if record is not None and record.entry.kind is Kind.DOCUMENT else None

    @Slot(str)
    def _on_shown(self, _key: str) -> None:
        is_document = self._front() is not None
        self._desk.window.commands.original.setEnabled(is_document)
        self._desk.window.commands.trash_document.setEnabled(is_document)

    # The list

    @Slot()
    def _on_requested(self) -> None:
        if self._dialog is None:
            self._dialog = self._make()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.words.setFocus()
        self._read()

    def _make(self) -> DocumentsDialog:
        from gui.dialogs.documents import DocumentsDialog

        dialog = DocumentsDialog(self._desk.window)
        dialog.read_requested.connect(self._on_read)
        dialog.details_requested.connect(self._forms.open)
        dialog.details_of_many_requested.connect(self._forms.open_many)
        dialog.original_requested.connect(self._open_original)
        dialog.import_requested.connect(self._desk.window.commands.import_files.trigger)
        dialog.status_wanted.connect(self._on_status)
        dialog.collecting_wanted.connect(self._on_collecting)
        dialog.uncollecting_wanted.connect(self._on_uncollecting)
        dialog.tagging_wanted.connect(self._on_tagging)
        dialog.untagging_wanted.connect(self._on_untagging)
        dialog.deletion_wanted.connect(self._delete)
        dialog.restoring_wanted.connect(self._on_restoring)
        dialog.emptying_wanted.connect(self._on_emptying)
        return dialog

    @Slot()
    def _read(self) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._documents.read(self._dialog.show_held)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.records or changes.annotations or changes.tags:
            self._reload.start()

    @Slot(str)
    def _on_read(self, key: str) -> None:
        self._desk.events.record_requested.emit(key, None)

    # Originals

    @Slot()
    def _on_front_original(self) -> None:
        record = self._front()
        if record is not None:
            self._open_original(record.entry.key)

    @Slot(str)
    def _open_original(self, key: str) -> None:
        self._documents.lend_original(key, self._show_file)

    def _show_file(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            words = self.tr("No program opens such files here. A copy of the original is {path}.")
            self._desk.messages.problem(words.format(path=path))

    # Changes

    def _change(self, job: Change, words: str = "") -> None:
        self._documents.change(job, words)

    @Slot(object, object)
    def _on_status(self, keys: Sequence[str], status: ReadingStatus) -> None:
        self._change(partial(self._workspace.documents.set_status, keys, status))

    @Slot(str, object)
    def _on_collecting(self, name: str, keys: Sequence[str]) -> None:
        self._change(partial(self._workspace.shelves.collect, name, keys))

    @Slot(str, object)
    def _on_uncollecting(self, name: str, keys: Sequence[str]) -> None:
        self._change(partial(self._workspace.shelves.remove, name, keys))

    @Slot(str, object)
    def _on_tagging(self, path: str, keys: Sequence[str]) -> None:
        self._change(partial(self._workspace.shelves.tag, path, keys))

    @Slot(str, object)
    def _on_untagging(self, path: str, keys: Sequence[str]) -> None:
        self._change(partial(self._workspace.shelves.untag, path, keys))

    @Slot()
    def _on_front_trashed(self) -> None:
        record = self._front()
        if record is not None:
            self._desk.window.note.save()
            self._delete([record.entry.key])

    @Slot(object)
    def _delete(self, keys: Sequence[str]) -> None:
        one = self.tr("The document is in the trash; Ctrl+Z brings it back.")
        many = self.tr("{0} documents are in the trash; Ctrl+Z brings them back.")
        words = one if len(keys) == 1 else many.format(len(keys))
        self._change(partial(self._workspace.trash.delete, keys), words)

    @Slot(object)
    def _on_restoring(self, keys: Sequence[str]) -> None:
        self._change(partial(self._workspace.trash.restore, keys))

    @Slot()
    def _on_emptying(self) -> None:
        self._documents.empty_trash(self.tr("{0} documents were deleted for good."), self._read)
