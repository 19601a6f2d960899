"""The details of documents: opened, stored as they are written, kept true to what is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakSet

from PySide6.QtCore import QObject, Slot

from core.domain.changes import Changes
from core.domain.documents import DocumentCard, DocumentForm, DocumentMetadata
from core.domain.keys import Kind
from core.domain.own_records import FieldProblem
from gui.controllers.documents import DocumentsController, Opened
from gui.flows.desk import Desk

if TYPE_CHECKING:  # opened when asked for
    from gui.dialogs.document_form import DocumentFormDialog


class DocumentFormsFlow(QObject):
    """One form a document, over the window."""

    def __init__(
        self, desk: Desk, documents: DocumentsController, open_original: Callable[[str], None]
    ) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._documents = documents
        self._open_original = open_original
        self._open: dict[str, DocumentFormDialog] = {}
        desk.window.commands.edit_record.triggered.connect(self._on_edit)
        desk.events.changed.connect(self._on_changed)

    @Slot()
    def _on_edit(self) -> None:
        record = self._desk.window.tabs.record
        if record is not None and record.entry.kind is Kind.DOCUMENT:
            self.open(record.entry.key)

    @Slot(str)
    def open(self, key: str) -> None:
        """Open the details of a document, or bring them to the front."""
        if key in self._open:
            self._open[key].raise_()
            self._open[key].activateWindow()
        else:
            self._documents.read_form(key, partial(self._show, key))

    @Slot(object)
    def open_many(self, cards: Sequence[DocumentCard]) -> None:
        """Open the details that several documents have in common."""
        from gui.dialogs.details_of_many import DetailsOfManyDialog

        parent = self._desk.window
        dialog = DetailsOfManyDialog(cards, parent)
        open_ones = WeakSet([dialog])  # it may have been closed when what it said is stored

        def done(problems: tuple[FieldProblem, ...]) -> None:
            for one in open_ones:
                one.show_outcome(problems)

        dialog.wanted.connect(lambda keys, said: self._documents.edit_many(keys, said, done))
        dialog.destroyed.connect(open_ones.clear)
        parent.closing.connect(dialog.close)
        dialog.show()

    def _show(self, key: str, opened: Opened) -> None:
        from gui.dialogs.document_form import DocumentFormDialog
        from gui.dialogs.record_fields import Names

        if key in self._open:
            return
        form, entries = opened
        dialog = self._open[key] = DocumentFormDialog(form, Names(entries), self._desk.window)
        dialog.destroyed.connect(lambda: self._open.pop(key, None))
        dialog.wanted.connect(partial(self._store, key))
        services = self._desk.workspace.documents
        dialog.link_wanted.connect(
            lambda record: self._documents.change(partial(services.link, key, record))
        )
        dialog.unlink_wanted.connect(
            lambda record: self._documents.change(partial(services.unlink, key, record))
        )
        dialog.followed.connect(
            lambda record: self._desk.events.record_requested.emit(record, None)
        )
        dialog.original_wanted.connect(partial(self._open_original, key))
        self._desk.window.closing.connect(dialog.close)
        dialog.show()

    def _store(self, key: str, said: DocumentMetadata) -> None:
        def done(problems: tuple[FieldProblem, ...]) -> None:
            if key in self._open:  # it may have been closed with words in it
                self._open[key].show_outcome(problems)

        self._documents.edit(key, said, done)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        for key in [*changes.records.intersection(self._open)]:
            self._documents.read_again(key, partial(self._refresh, key))

    def _refresh(self, key: str, form: DocumentForm | None) -> None:
        if key not in self._open:
            return
        if form is None:
            self._open[key].close()  # it is in the trash
        else:
            self._open[key].refresh(form)
