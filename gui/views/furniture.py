"""What stands in the window beside library and reader: some at once, the rest when looked at."""

from PySide6.QtWidgets import QWidget

from gui.theme import Theme
from gui.views.annotations import AnnotationsPanel
from gui.views.codebook import CodebookPanel
from gui.views.facts import FactsView
from gui.views.note_field import NotePanel
from gui.views.panel_dock import Make
from gui.views.query_chips import QueryChips
from gui.views.record_strip import RecordStrip
from gui.views.relations import RelationsView
from gui.views.review import ReviewPanel
from gui.views.search import ResultsView


class Furniture:
    """The results, what lies over the page, and the panels that follow the record in front."""

    def __init__(self, theme: Theme) -> None:
        self.results = ResultsView(theme)
        self.chips = QueryChips()
        self.record_strip = RecordStrip()
        self.annotations = AnnotationsPanel()
        self.facts = FactsView()
        self.relations = RelationsView()
        self.codebook = CodebookPanel()
        self.review = ReviewPanel()
        self.note = NotePanel()
        self.panels: dict[str, QWidget] = {
            "annotationsDock": self.annotations,
            "factsDock": self.facts,
            "relationsDock": self.relations,
            "codebookDock": self.codebook,
            "reviewDock": self.review,
            "noteDock": self.note,
        }
        """By the object name of their dock."""
        self.late: dict[str, Make] = {
            "tablesDock": _tables,
            "queryFormDock": _query_form,
            "historyDock": _history,
            "pageDock": _page,
            "notesDock": _notes,
        }
        """What makes the panels that wait until their dock is first shown."""


def _tables() -> QWidget:
    from gui.views.tables import TablesPanel

    return TablesPanel()


def _history() -> QWidget:
    from gui.views.history import HistoryPanel

    return HistoryPanel()


def _notes() -> QWidget:
    from gui.views.notes import NotesPanel

    return NotesPanel()


def _page() -> QWidget:
    from gui.views.page_picture import PagePanel

    return PagePanel()


def _query_form() -> QWidget:
    from gui.views.query_form import QueryFormView

    return QueryFormView()
