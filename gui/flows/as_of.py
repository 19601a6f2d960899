"""One date for the whole window: from its field to everything that is shown as of it."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from core.domain.as_of import AsOf, Standing, of_entry, read_as_of
from core.domain.search import SearchQuery
from core.errors import UserError
from gui.controllers.search import SearchController
from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is first looked at
    from gui.views.tables import TablesPanel


class AsOfFlow(QObject):
    """The date to library, reader, panels and search; a chip of the results back to it."""

    def __init__(self, desk: Desk, search: SearchController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._search = search
        self._as_of: AsOf | None = None
        self._tables: TablesPanel | None = None
        window = desk.window
        window.as_of.chosen.connect(self._on_typed)
        window.as_of.escaped.connect(self._on_escaped)
        window.as_of_strip.cleared.connect(self._on_cleared)
        window.commands.as_of.triggered.connect(self._on_wanted)
        window.dock("tablesDock").when_filled(self._on_tables_made)
        search.narrowed.connect(self._on_narrowed)
        desk.events.record_shown.connect(self._on_record_shown)

    def restore(self, edtf: str) -> None:
        """Take the date that was set when the window was closed; one that can't be read is none."""
        try:
            self._set(read_as_of(edtf))
        except UserError:
            self._set(None)

    @property
    def date(self) -> AsOf | None:
        """The date, None for today."""
        return self._as_of

    def _on_tables_made(self, panel: QWidget) -> None:
        self._tables = cast("TablesPanel", panel)
        self._tables.set_as_of(self._as_of)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        try:
            self._set(read_as_of(typed))
        except UserError as error:
            self._desk.messages.problem(error)
            self._desk.window.as_of.show_date(self._as_of)

    @Slot()
    def _on_cleared(self) -> None:
        self._set(None)

    @Slot()
    def _on_wanted(self) -> None:
        self._desk.window.as_of.setFocus()

    @Slot()
    def _on_escaped(self) -> None:
        window = self._desk.window
        if window.searching:
            window.results.enter()
        else:
            (window.tabs.reader or window.library).setFocus()

    @Slot(object)
    def _on_narrowed(self, query: SearchQuery) -> None:
        """Follow a date that was taken back where the results say what narrows them."""
        if query.as_of is None and self._as_of is not None:
            self._set(None)

    @Slot(str)
    def _on_record_shown(self, _key: str) -> None:
        self._tell()

    def _set(self, as_of: AsOf | None) -> None:
        if as_of == self._as_of:
            self._desk.window.as_of.show_date(as_of)
            return
        self._as_of = as_of
        window = self._desk.window
        window.as_of.show_date(as_of)
        for shown in (window.library, window.facts, window.relations, window.tabs):
            shown.set_as_of(as_of)
        if self._tables is not None:
            self._tables.set_as_of(as_of)
        self._search.see_as_of(as_of.edtf if as_of else None)
        self._tell()
        self._desk.events.as_of_changed.emit(as_of)

    def _tell(self) -> None:
        window = self._desk.window
        record = window.tabs.record
        words = ""
        if record is not None and self._as_of is not None:
            found = of_entry(record.entry, self._as_of)
            if found is Standing.LATER:
                words = self.tr("The record in front is later than that.")
            elif found is Standing.OVER:
                words = self.tr("The record in front had ended by then.")
        window.as_of_strip.show_date(self._as_of, words)
