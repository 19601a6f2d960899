"""The comparison of two analysts: opened from the menu, kept true, passages settled in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.domain.agreement import Agreement, Difference
from core.domain.changes import Changes
from gui.controllers.agreement import AgreementController, Compared
from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is first asked for
    from gui.dialogs.agreement import AgreementDialog


class AgreementFlow(QObject):
    """One dialog, made when it is first asked for, and compared anew after what concerns it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._agreement = AgreementController(desk, self)
        self._dialog: AgreementDialog | None = None
        self._compared: Compared | None = None
        desk.window.commands.agreement.triggered.connect(self._on_requested)
        desk.events.changed.connect(self._on_changed)
        desk.events.record_shown.connect(self._on_record_shown)

    @Slot()
    def _on_requested(self) -> None:
        if self._dialog is None:
            self._dialog = self._make()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._look()

    def _make(self) -> AgreementDialog:
        from gui.dialogs.agreement import AgreementDialog

        dialog, commands = AgreementDialog(self._desk.window), self._desk.window.commands
        dialog.wanted_changed.connect(self._look)
        dialog.tag_chosen.connect(self._on_tag_chosen)
        dialog.read_requested.connect(self._on_read)
        dialog.settled.connect(self._on_settled)
        dialog.undo_requested.connect(commands.undo.trigger)
        dialog.redo_requested.connect(commands.redo.trigger)
        self._agreement.compared.connect(self._on_compared)
        self._agreement.differences_read.connect(dialog.show_differences)
        return dialog

    @Slot()
    def _look(self) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._agreement.compare(self._dialog.wanted(self._desk.window.tabs.key))

    @Slot(str)
    def _on_record_shown(self, _key: str) -> None:
        if self._dialog is not None and self._dialog.of_record:
            self._look()

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.annotations or changes.tags or changes.records:
            self._look()

    @Slot(object)
    def _on_compared(self, compared: Compared) -> None:
        self._compared = compared
        if self._dialog is not None:
            self._dialog.show_compared(compared)

    @Slot(object, str)
    def _on_tag_chosen(self, agreement: Agreement, tag: str) -> None:
        if self._compared is not None:
            self._agreement.read_differences(agreement, tag, self._compared.wanted)

    @Slot(object)
    def _on_read(self, difference: Difference) -> None:
        span = (difference.start, difference.end)
        self._desk.window.show_reading()
        self._desk.events.record_requested.emit(difference.record, span)
        self._desk.window.activateWindow()

    @Slot(object, bool)
    def _on_settled(self, difference: Difference, applies: bool) -> None:
        words = (
            self.tr("Both now say that “{tag}” applies there. Ctrl+Z takes it back.")
            if applies
            else self.tr("Both now say that “{tag}” does not apply there. Ctrl+Z takes it back.")
        )

        def done() -> None:
            self._desk.messages.info(words.format(tag=difference.tag))

        self._agreement.settle(difference, applies, done)
