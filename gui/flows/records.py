"""Own records in the window: forms, differences, reviews, packs that come and go."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox

from core.domain.changes import Changes
from core.domain.own_records import Difference, ReviewItem
from gui.controllers.annotate import AnnotateController
from gui.controllers.records import RecordsController
from gui.flows.desk import Desk
from gui.flows.record_forms import FormsFlow

_FILES = "*.zip"


class RecordsFlow(QObject):
    """What is stored to the pages that show it, and to what says whose they are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._records = RecordsController(desk, self)
        window, commands = desk.window, desk.window.commands
        commands.compare_pack.triggered.connect(self._on_compare)
        commands.delete_record.triggered.connect(self._on_delete)
        window.record_strip.compare_requested.connect(self._on_compare)
        desk.events.record_shown.connect(self._on_shown)
        desk.events.changed.connect(self._on_changed)
        FormsFlow(desk, self._records)
        PackFilesFlow(desk, self._records)
        ReviewFlow(desk, self._records)
        self._on_shown(window.tabs.key)

    # Beside the pack

    @Slot(str)
    def _on_shown(self, _key: str) -> None:
        record = self._desk.window.tabs.record
        self._desk.window.record_strip.show_record(record)
        commands = self._desk.window.commands
        origin = record.entry.origin if record else ""
        commands.compare_pack.setEnabled(origin == "edited")
        commands.delete_record.setEnabled(origin == "analyst")
        commands.edit_record.setEnabled(record is not None)
        if record is not None and origin == "edited":
            key = record.entry.key
            self._records.read_differences(key, partial(self._show_count, key))

    def _show_count(self, key: str, differences: tuple[Difference, ...]) -> None:
        tabs = self._desk.window.tabs
        if tabs.key == key:
            self._desk.window.record_strip.show_record(tabs.record, len(differences))

    @Slot()
    def _on_compare(self) -> None:
        record = self._desk.window.tabs.record
        if record is not None:
            key, title = record.entry.key, record.entry.title
            self._records.read_differences(key, partial(self._open_differences, key, title))

    def _open_differences(self, key: str, title: str, found: tuple[Difference, ...]) -> None:
        from gui.dialogs.differences import DifferencesDialog

        dialog = DifferencesDialog(title, self._desk.window)
        dialog.show_differences(found)

        def take(field: str) -> None:
            take_pack = partial(self._desk.workspace.records.take_pack, key, field or None)
            left = [one for one in found if field and one.field != field]
            found_left.intersection_update(one.field for one in left)
            self._records.change(take_pack, self.tr("The pack's version is back."))
            dialog.show_differences([one for one in found if one.field in found_left])

        found_left = {one.field for one in found}
        dialog.taken.connect(take)
        dialog.open()

    @Slot()
    def _on_delete(self) -> None:
        record = self._desk.window.tabs.record
        if record is None:
            return
        question = QMessageBox(self._desk.window)
        question.setObjectName("deleteRecordQuestion")
        question.setWindowTitle(self.tr("Delete own record"))
        question.setText(self.tr("Delete “{0}”?").format(record.entry.title))
        question.setInformativeText(
            self.tr("Where annotations or other records hang on it, keep it as withdrawn.")
        )
        delete = question.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        keep = question.addButton(self.tr("Keep as withdrawn"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(QMessageBox.StandardButton.Cancel)
        job = partial(self._desk.workspace.records.delete, record.entry.key)
        delete.clicked.connect(lambda: self._records.change(job))
        keep.clicked.connect(lambda: self._records.change(partial(job, keep=True)))
        question.open()

    # What is open follows what is stored

    @Slot(object, object)
    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if isinstance(initiator, AnnotateController):
            return  # it never changes a text
        keys = [*changes.records.intersection(self._desk.window.tabs.keys())]
        if keys:
            self._records.read_page(keys, self._show_pages)

    def _show_pages(self, pages: dict[str, Any]) -> None:
        for key, record in pages.items():
            self._desk.window.tabs.refresh(key, record)


class PackFilesFlow(QObject):
    """Packs loaded from files, own additions saved to one."""

    def __init__(self, desk: Desk, records: RecordsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._records = records
        desk.window.commands.load_pack.triggered.connect(self._on_load)
        desk.window.commands.save_pack.triggered.connect(self._on_save)

    @Slot()
    def _on_load(self) -> None:
        title = self.tr("Load a pack")
        chosen, _ = QFileDialog.getOpenFileName(self._desk.window, title, "", _FILES)
        if chosen:
            words = self.tr("{name}: {added} records added, {changed} changed.")
            self._records.load_pack(Path(chosen), words)

    @Slot()
    def _on_save(self) -> None:
        title = self.tr("Save my additions as a pack")
        proposed = str(Path.home() / "additions.zip")
        chosen, _ = QFileDialog.getSaveFileName(self._desk.window, title, proposed, _FILES)
        if chosen:
            self._records.save_pack(Path(chosen), self.tr("Your additions are in {path}."))


class ReviewFlow(QObject):
    """Annotations that a changed text left uncertain, and what the analyst decides."""

    def __init__(self, desk: Desk, records: RecordsController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._records = records
        panel = desk.window.review
        panel.view.followed.connect(self._on_followed)
        panel.confirmed.connect(self._on_confirmed)
        panel.placed.connect(self._on_placed)
        panel.dropped.connect(self._on_dropped)
        desk.events.changed.connect(self._on_changed)
        self._refresh()

    def _refresh(self) -> None:
        self._records.read_review(self._show)

    def _show(self, items: tuple[ReviewItem, ...]) -> None:
        """List what is uncertain; the panel comes forth with the first and goes with the last."""
        window = self._desk.window
        was_empty = not window.review.view.cards.rowCount()
        window.review.show_items(items)
        if items and was_empty:
            window.raise_panel("reviewDock")
        elif not items and not was_empty:
            window.hide_panel("reviewDock")

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.annotations or changes.records:
            self._refresh()

    @Slot(str)
    def _on_followed(self, annotation: str) -> None:
        item = self._desk.window.review.item(annotation)
        if item is not None:
            span = (item.place.start, item.place.end) if item.place is not None else None
            self._desk.events.record_requested.emit(item.annotation.target.record, span)

    @Slot(str)
    def _on_confirmed(self, annotation: str) -> None:
        self._records.change(partial(self._desk.workspace.review.confirm, annotation))

    @Slot(str)
    def _on_placed(self, annotation: str) -> None:
        tabs = self._desk.window.tabs
        item, reader = self._desk.window.review.item(annotation), tabs.reader
        span = reader.selection() if reader is not None else None
        if item is None or span is None or tabs.key != item.annotation.target.record:
            self._desk.messages.info(
                self.tr("Press Enter on it to open its page, and select where it belongs.")
            )
            return
        self._records.change(partial(self._desk.workspace.review.place, annotation, *span))

    @Slot(str)
    def _on_dropped(self, annotation: str) -> None:
        self._records.change(partial(self._desk.workspace.annotations.delete, (annotation,)))
