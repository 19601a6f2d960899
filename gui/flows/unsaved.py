"""The end of the window while notes are not saved: held back, until the analyst has decided."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from gui import clipboard
from gui.controllers.kept_notes import KeptNotes
from gui.flows.desk import Desk
from gui.views.note_field import NoteField
from gui.views.tag_palette import TagPalette

if TYPE_CHECKING:  # made when it is first looked at
    from gui.views.notes import NotesPanel

_SHOWN = 2000  # characters of each note in the question's details


class UnsavedFlow(QObject):
    """Asks before notes would be lost with the window."""

    def __init__(self, desk: Desk, kept: KeptNotes, palette: TagPalette) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._kept = kept
        self._palette = palette
        self._fields: list[NoteField] = [desk.window.note]
        self._question: QMessageBox | None = None
        self._again: QPushButton | None = None
        self._copy: QPushButton | None = None
        kept.changed.connect(self._on_changed)
        desk.window.installEventFilter(self)
        desk.window.dock("notesDock").when_filled(self._on_notes_made)

    def _on_notes_made(self, panel: QWidget) -> None:
        self._fields.append(cast("NotesPanel", panel).field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the window close once every note is written, or the analyst lets them go."""
        if watched is not self._desk.window or event.type() is not QEvent.Type.Close:
            return super().eventFilter(watched, event)
        self._palette.close_palette()
        for field in self._fields:
            field.save()
        self._desk.writes.drain()
        if not self._kept.notes:
            return False
        event.ignore()
        if self._question is None:
            self._ask()
        return True

    def _ask(self) -> None:
        notes = self._kept.notes
        many = self.tr("{n} notes are not saved").format(n=len(notes))
        box = QMessageBox(self._desk.window)
        box.setObjectName("unsavedQuestion")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Not saved"))
        box.setText(self.tr("A note is not saved") if len(notes) == 1 else many)
        box.setInformativeText(notes[-1].reason)
        box.setDetailedText("\n\n".join(kept.note[:_SHOWN] for kept in notes))
        self._again = box.addButton(self.tr("Try &again"), QMessageBox.ButtonRole.AcceptRole)
        self._copy = box.addButton(
            self.tr("&Copy and close"), QMessageBox.ButtonRole.DestructiveRole
        )
        box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setDefaultButton(self._again)
        box.finished.connect(self._on_finished)
        self._question = box
        box.open()

    @Slot()
    def _on_changed(self) -> None:
        """Take the question back once all is written."""
        if self._question is not None and not self._kept.notes:
            self._question.reject()

    @Slot(int)
    def _on_finished(self, _how: int) -> None:
        box, self._question = self._question, None
        assert box is not None
        pressed = box.clickedButton()
        box.deleteLater()
        if pressed is self._again:
            self._kept.try_again()
            self._desk.window.close()
        elif pressed is self._copy:
            clipboard.copy("\n\n".join(kept.note for kept in self._kept.notes))
            self._kept.forget()
            for field in self._fields:
                field.forget_unsaved()
            self._desk.window.close()
