"""Composes the controllers and connects everything: one call a flow."""

from collections.abc import Callable
from functools import partial

from gui.controllers.annotate import AnnotateController
from gui.controllers.annotations import AnnotationsController
from gui.controllers.indexing import IndexingController
from gui.controllers.reference import ReferenceController
from gui.controllers.search import SearchController
from gui.flows.addresses import PassagesFlow, record_of
from gui.flows.agreement import AgreementFlow
from gui.flows.analysts import AnalystsFlow
from gui.flows.annotating import AnnotationsFlow, EndsFlow, PassageNoteFlow
from gui.flows.as_of import AsOfFlow
from gui.flows.auto_tagging import AutoTaggingFlow
from gui.flows.browser import BrowserFlow
from gui.flows.citing import CitingFlow
from gui.flows.codebook import CodebookFlow
from gui.flows.commands import CommandsFlow
from gui.flows.desk import Desk
from gui.flows.documents import DocumentsFlow
from gui.flows.finding import FindFlow
from gui.flows.history import HistoryFlow
from gui.flows.hits import HitsFlow
from gui.flows.importing import ImportFlow
from gui.flows.indexing import IndexFlow
from gui.flows.language import LanguageFlow
from gui.flows.leaving import AddressFlow, ExportFlow
from gui.flows.merging import MergeFlow
from gui.flows.notes import NotesFlow
from gui.flows.pages import PagesFlow
from gui.flows.printing import PrintFlow
from gui.flows.query_box import QueryBoxFlow
from gui.flows.query_form import QueryFormFlow
from gui.flows.reading import LibraryFlow, ReadingFlow
from gui.flows.recent_searches import RecentSearchesFlow
from gui.flows.records import RecordsFlow
from gui.flows.results import ResultsFlow
from gui.flows.saved_searches import SavedSearchesFlow
from gui.flows.searching import SearchFlow
from gui.flows.settings import SettingsFlow
from gui.flows.state import StateFlow
from gui.flows.tagging import TaggingFlow
from gui.flows.tying import TyingFlow
from gui.flows.unsaved import UnsavedFlow
from gui.library_cache import save_library
from gui.models.analysts import AnalystLens
from gui.workers import close_readers


def wire(desk: Desk, key: str | None = None) -> Callable[[], None]:
    """Connect window and services; open ``key`` if given. Returns what ends all work cleanly."""
    window = desk.window
    window.furnish()
    desk.messages.said.connect(window.banner.say)
    desk.writes.unhandled.connect(desk.messages.problem)
    indexing = IndexingController(desk.workspace.search, window)
    search = wire_reading(desk, indexing, key)
    wire_annotating(desk, search)
    RecordsFlow(desk)
    ImportFlow(desk)
    MergeFlow(desk)
    DocumentsFlow(desk)
    PagesFlow(desk)
    CommandsFlow(desk)

    def close() -> None:
        desk.writes.drain()
        close_readers(window)
        indexing.close()

    return close


def wire_reading(desk: Desk, indexing: IndexingController, key: str | None) -> SearchController:
    """Connect library, reader, search and the window's memory; returns what searches."""
    window = desk.window
    reference = ReferenceController(
        desk.workspace.reference, window, keep=partial(save_library, desk.workspace.path)
    )
    reference.failed.connect(desk.messages.problem)
    search = SearchController(desk.workspace.search, window)
    ReadingFlow(desk, reference)
    LibraryFlow(desk, reference)
    searching = SearchFlow(desk, search)
    ResultsFlow(desk, search, searching)
    SavedSearchesFlow(desk, search, searching)
    RecentSearchesFlow(desk, search)
    QueryBoxFlow(desk)
    QueryFormFlow(desk)
    LanguageFlow(desk)
    HitsFlow(desk, search, FindFlow(desk))
    IndexFlow(desk, indexing, search)
    StateFlow(desk, reference, AsOfFlow(desk, search), record_of(key))
    PassagesFlow(desk, key)
    return search


def wire_annotating(desk: Desk, search: SearchController) -> None:
    """Connect palette, lists, notes, codebook, undo, export."""
    lens = AnalystLens(desk.window)
    annotations = AnnotationsController(
        desk.workspace.annotations,
        desk.workspace.codebook,
        desk.events,
        desk.messages,
        lens,
        desk.window,
    )
    annotate = AnnotateController(
        desk.workspace.annotations, desk.writes, desk.events, desk.messages, desk.window
    )
    tagging = TaggingFlow(desk, annotations, annotate)
    UnsavedFlow(desk, annotate.kept, tagging.palette)
    AnnotationsFlow(desk, annotations, annotate)
    EndsFlow(desk, annotations, annotate)
    TyingFlow(desk, annotations)
    PassageNoteFlow(desk, annotate)
    NotesFlow(desk, annotate.kept, tagging.palette)
    CodebookFlow(desk, annotations)
    AutoTaggingFlow(desk, annotations, search)
    AnalystsFlow(desk, lens, annotations)
    BrowserFlow(desk, lens)
    AgreementFlow(desk)
    HistoryFlow(desk)
    ExportFlow(desk, annotations)
    CitingFlow(desk, annotations)
    PrintFlow(desk)
    SettingsFlow(desk)
    AddressFlow(desk)
    annotations.show_record(desk.window.tabs.key)
