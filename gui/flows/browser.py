"""The browser of all annotations: opened from the menu, kept true, passages opened from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.domain.annotations import Annotation
from core.domain.browsing import Group
from core.domain.changes import Changes
from gui.controllers.browser import BrowserController
from gui.flows.desk import Desk
from gui.models.analysts import AnalystLens

if TYPE_CHECKING:  # made when it is first asked for
    from gui.dialogs.browser import BrowserDialog


class BrowserFlow(QObject):
    """One dialog, made when it is first asked for, and read anew after what concerns it."""

    def __init__(self, desk: Desk, lens: AnalystLens) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._lens = lens
        self._browser = BrowserController(desk, self)
        self._dialog: BrowserDialog | None = None
        desk.window.commands.browser.triggered.connect(self._on_requested)
        desk.events.changed.connect(self._on_changed)
        lens.changed.connect(self._look)

    @Slot()
    def _on_requested(self) -> None:
        if self._dialog is None:
            self._dialog = self._make()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self._dialog.words.setFocus()
        self._look()

    def _make(self) -> BrowserDialog:
        from gui.dialogs.browser import BrowserDialog

        dialog, commands = BrowserDialog(self._desk.window), self._desk.window.commands
        dialog.wanted_changed.connect(self._look)
        dialog.table.rows_wanted.connect(self._browser.read_rows)
        dialog.table.read_requested.connect(self._on_read)
        dialog.retagging_wanted.connect(self._on_retagging)
        dialog.deletion_wanted.connect(self._on_deletion)
        dialog.save_requested.connect(self._on_save)
        dialog.saved.rename_requested.connect(self._browser.rename_filter)
        dialog.saved.delete_requested.connect(self._browser.delete_filter)
        dialog.undo_requested.connect(commands.undo.trigger)
        dialog.redo_requested.connect(commands.redo.trigger)
        self._browser.seen.connect(dialog.show_seen)
        self._browser.rows_read.connect(self._on_rows_read)
        dialog.analysts.look_through(self._lens, commands.by_analyst, commands.agreement)
        return dialog

    @Slot(object)
    def _on_rows_read(self, rows: Sequence[Annotation]) -> None:
        assert self._dialog is not None
        self._dialog.table.browser.take(self._lens.now.through(rows))

    @Slot()
    def _look(self) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            wanted = replace(self._dialog.wanted, not_by=self._lens.now.hidden)
            self._browser.look(wanted, self._dialog.grouped_by)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.annotations or changes.tags or changes.records or changes.filters:
            self._look()

    @Slot(str)
    def _on_read(self, annotation: str) -> None:
        self._browser.find(annotation, self._open)

    def _open(self, annotation: Annotation) -> None:
        self._desk.events.annotation_selected.emit(annotation.id)
        span = (annotation.start, annotation.end)
        self._desk.events.record_requested.emit(annotation.target.record, span)
        self._desk.window.activateWindow()

    @Slot(object)
    def _on_retagging(self, ids: Sequence[str]) -> None:
        self._browser.read_tags(ids, partial(self._offer_tags, ids))

    def _offer_tags(
        self, ids: Sequence[str], tags: Sequence[Group], carried: Sequence[Group]
    ) -> None:
        from gui.dialogs.retagging import RetaggingDialog

        counts = {tag.key: tag.count for tag in carried}
        dialog = RetaggingDialog(len(ids), tags, counts, self._dialog)
        dialog.tags_changed.connect(partial(self._retag, ids))
        dialog.open()

    def _retag(self, ids: Sequence[str], on: Sequence[str], off: Sequence[str]) -> None:
        words = self.tr("Changed the tags of {n} annotations. Ctrl+Z takes it back.")
        self._browser.change_tags(ids, on, off, partial(self._say, words.format(n=f"{len(ids):,}")))

    @Slot(object)
    def _on_deletion(self, ids: Sequence[str]) -> None:
        words = self.tr("Deleted {n} annotations. Ctrl+Z brings them back.")
        self._browser.delete(ids, partial(self._say, words.format(n=f"{len(ids):,}")))

    def _say(self, words: str) -> None:
        self._desk.messages.info(words)

    @Slot(str)
    def _on_save(self, name: str) -> None:
        assert self._dialog is not None
        self._browser.save_filter(name, self._dialog.wanted, self._dialog.grouped_by)
