"""The forms of records: opened, stored as they are written, kept true to what is stored."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.domain.changes import Changes
from core.domain.keys import Kind
from core.domain.own_records import Draft, FieldProblem, Raw, RecordForm
from gui.controllers.records import Opened, RecordsController, Writing
from gui.flows.desk import Desk

if TYPE_CHECKING:  # opened when asked for
    from gui.dialogs.record_form import RecordFormDialog


class FormsFlow(QObject):
    """Actions to forms, forms to what stores them, and back."""

    def __init__(self, desk: Desk, records: RecordsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._records = records
        self._open: dict[int, tuple[Writing, RecordFormDialog]] = {}
        desk.window.commands.new_record.triggered.connect(self._on_new)
        desk.window.commands.edit_record.triggered.connect(self._on_edit)
        desk.events.changed.connect(self._on_changed)

    @Slot()
    def _on_new(self) -> None:
        self._records.read_drafts(self._ask_kind)

    def _ask_kind(self, drafts: tuple[Draft, ...]) -> None:
        from gui.dialogs.new_record import NewRecordDialog

        dialog = NewRecordDialog(drafts, self._desk.window)
        dialog.chosen.connect(self._on_kind_chosen)
        dialog.resumed.connect(self._on_resumed)
        dialog.open()

    @Slot(object, str)
    def _on_kind_chosen(self, kind: Kind, type_: str) -> None:
        self._records.read_blank(kind, type_, {}, partial(self._open_form, Writing(kind)))

    @Slot(object)
    def _on_resumed(self, draft: Draft) -> None:
        writing = Writing(draft.kind, draft=draft.id)
        self._records.read_blank(draft.kind, "", draft.raw, partial(self._open_form, writing))

    @Slot()
    def _on_edit(self) -> None:
        record = self._desk.window.tabs.record
        if record is None:
            self._desk.messages.info(self.tr("Open the record that you want to edit first."))
            return
        if record.entry.kind is Kind.DOCUMENT:
            return  # its details are another form's
        writing = Writing(record.entry.kind, record.entry.key)
        self._records.read_form(record.entry.key, partial(self._open_form, writing))

    def _open_form(
        self, writing: Writing, opened: Opened, told: Callable[[str, str], None] | None = None
    ) -> None:
        """Show a form; ``told`` is called with key and title each time it is stored."""
        from gui.dialogs.record_fields import Names
        from gui.dialogs.record_form import RecordFormDialog

        form, entries = opened
        names = Names(entries)
        dialog = RecordFormDialog(form, names, self._desk.window)
        self._open[id(writing)] = (writing, dialog)
        dialog.destroyed.connect(lambda: self._open.pop(id(writing), None))
        # A form that is closed with words in it is written all the same: the dialog may be gone.
        open_ones = [dialog]
        dialog.destroyed.connect(open_ones.clear)

        def done(problems: Sequence[FieldProblem]) -> None:
            for one in open_ones:
                if problems:
                    one.show_problems(problems)
                else:
                    one.show_stored()

        def write(raw: Raw) -> None:
            def stored(problems: Sequence[FieldProblem]) -> None:
                done(problems)
                if told is not None and not problems:
                    told(writing.key, str(raw["title"]))

            self._records.write(writing, raw, stored)

        dialog.wanted.connect(write)
        dialog.source_wanted.connect(partial(self._make_source, names.add))
        self._desk.window.closing.connect(dialog.close)
        dialog.show()

    def _make_source(self, told: Callable[[str, str], None]) -> None:
        """Open the form of a new source over another form, which can name it then."""
        opening = partial(self._open_form, Writing(Kind.SOURCE), told=told)
        self._records.read_blank(Kind.SOURCE, "", {}, opening)

    # An open form follows what is stored elsewhere: undo, redo, a pack that was loaded

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        for writing, dialog in list(self._open.values()):
            if writing.key in changes.records and dialog.is_settled:
                shown = partial(self._refresh, writing, dialog)
                self._records.read_again(writing.key, shown)

    def _refresh(
        self, writing: Writing, dialog: "RecordFormDialog", form: RecordForm | None
    ) -> None:
        """Show a form as its record stands now; what was typed meanwhile is not overwritten."""
        if id(writing) not in self._open or not dialog.is_settled:
            return
        if form is None:
            writing.key = ""  # what is typed from now on makes it anew
            dialog.show_gone()
        else:
            dialog.refresh(form)
