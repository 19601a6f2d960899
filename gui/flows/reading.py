"""Library to reader, links to reader, facts and relations beside it."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from core.domain.changes import Changes
from core.domain.keys import is_key
from core.domain.listing import Listing
from core.domain.records import Record
from gui.controllers.reference import ReferenceController
from gui.flows.desk import Desk
from gui.library_cache import KeptLibrary

if TYPE_CHECKING:  # made when it is first looked at
    from gui.views.tables import TablesPanel

_RELOAD_MS = 300  # changes that come together are listed together


class LibraryFlow(QObject):
    """Library to reader, and the library kept true."""

    def __init__(self, desk: Desk, reference: ReferenceController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._reference = reference
        library = desk.window.library
        reference.library_loaded.connect(self._on_loaded)
        library.entry_opened.connect(self._on_entry_opened)
        desk.events.record_shown.connect(library.reveal)
        desk.events.changed.connect(self._on_changed)
        self._reload = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._reload.timeout.connect(self._load)
        self._load()

    @Slot()
    def _load(self) -> None:
        self._reference.load_library(self._desk.window.library.kept.fingerprint)

    @Slot(object)
    def _on_loaded(self, listing: Listing) -> None:
        library = self._desk.window.library
        if listing.fingerprint != library.kept.fingerprint:
            entries = listing.upon(library.kept.entries)
            library.show_library(KeptLibrary(entries, listing.fingerprint))
            self._reference.keep(library.kept)

    @Slot(str)
    def _on_entry_opened(self, key: str) -> None:
        self._desk.window.tabs.request(key)

    @Slot(object, object)
    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.records or changes.annotations:  # the list can be narrowed to the annotated
            self._reload.start()


class ReadingFlow(QObject):
    """Requests to records to tabs; facts and relations follow the tab in front."""

    def __init__(self, desk: Desk, reference: ReferenceController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._focus_wanted = False
        self._tables: TablesPanel | None = None
        self._beside = QTimer(self, singleShot=True, interval=0)  # the page is painted first
        self._beside.timeout.connect(self._show_beside)
        window, events = desk.window, desk.events
        events.record_requested.connect(self._on_record_requested)
        window.tabs.record_requested.connect(reference.request)
        reference.record_loaded.connect(self._on_record_loaded)
        window.tabs.record_shown.connect(self._on_record_shown)
        events.record_shown.connect(self._on_front_changed)
        window.facts.followed.connect(self._on_followed)
        window.relations.followed.connect(self._on_followed)
        window.dock("tablesDock").when_filled(self._on_tables_made)
        window.tabs.history_changed.connect(self._on_history_changed)
        window.commands.back.triggered.connect(window.tabs.back)
        window.commands.forward.triggered.connect(window.tabs.forward)
        window.commands.close_tab.triggered.connect(window.tabs.close_current)
        self._on_history_changed(False, False)
        self._on_front_changed("")

    def _on_tables_made(self, panel: QWidget) -> None:
        self._tables = tables = cast("TablesPanel", panel)
        tables.followed.connect(self._on_followed)
        tables.place_wanted.connect(self._on_place_wanted)
        tables.show_record(self._desk.window.tabs.record)

    @Slot(str, object)
    def _on_record_requested(self, key: str, span: object) -> None:
        tabs = self._desk.window.tabs
        self._desk.window.show_reading()
        self._focus_wanted = True
        tabs.request(key, span)  # type: ignore[arg-type]
        if tabs.key == key:
            self._focus()

    @Slot(object, object)
    def _on_record_loaded(self, record: Record, span: object) -> None:
        self._desk.window.tabs.show_record(record, span)  # type: ignore[arg-type]
        self._desk.events.record_loaded.emit(record, span)
        self._focus()

    def _focus(self) -> None:
        """Put the keyboard on the page for whoever asked to read; browsing keeps its place."""
        reader = self._desk.window.tabs.reader
        if self._focus_wanted and reader is not None:
            self._focus_wanted = False
            reader.setFocus()

    @Slot(str)
    def _on_record_shown(self, key: str) -> None:
        self._desk.events.record_shown.emit(key)

    @Slot(str)
    def _on_front_changed(self, _key: str) -> None:
        record = self._desk.window.tabs.record
        title = f"{record.entry.title} – NormAtlas" if record else "NormAtlas"
        self._desk.window.setWindowTitle(title)
        self._beside.start()

    @Slot()
    def _show_beside(self) -> None:
        record = self._desk.window.tabs.record
        self._desk.window.facts.show_record(record)
        self._desk.window.relations.show_record(record)
        if self._tables is not None:
            self._tables.show_record(record)

    @Slot(str)
    def _on_followed(self, key: str) -> None:
        if is_key(key):
            self._desk.window.tabs.request(key)

    @Slot(int, int)
    def _on_place_wanted(self, start: int, end: int) -> None:
        reader = self._desk.window.tabs.reader
        if reader is not None:
            reader.goto(start, end)

    @Slot(bool, bool)
    def _on_history_changed(self, back: bool, forward: bool) -> None:
        self._desk.window.commands.back.setEnabled(back)
        self._desk.window.commands.forward.setEnabled(forward)
