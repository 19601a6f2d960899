"""What stands in the window beside library and reader, made in one go."""

from PySide6.QtWidgets import QWidget

from gui.theme import Theme
from gui.views.annotations import AnnotationsPanel
from gui.views.codebook import CodebookPanel
from gui.views.facts import FactsView
from gui.views.language_guide import LanguageGuide
from gui.views.note_editor import NotePanel
from gui.views.query_chips import QueryChips
from gui.views.query_form import QueryFormView
from gui.views.record_strip import RecordStrip
from gui.views.relations import RelationsView
from gui.views.review import ReviewPanel
from gui.views.search import ResultsView
from gui.views.tables import TablesPanel


class Furniture:
    """The results, the panels and what lies over the page."""

    def __init__(self, theme: Theme) -> None:
        self.results = ResultsView(theme)
        self.language = LanguageGuide()
        self.language.setObjectName("searchLanguage")
        self.chips = QueryChips()
        self.record_strip = RecordStrip()
        self.annotations = AnnotationsPanel()
        self.facts = FactsView()
        self.relations = RelationsView()
        self.tables = TablesPanel()
        self.codebook = CodebookPanel()
        self.review = ReviewPanel()
        self.note = NotePanel()
        self.form = QueryFormView()
        self._panels: dict[str, QWidget] = {
            "annotationsDock": self.annotations,
            "factsDock": self.facts,
            "relationsDock": self.relations,
            "tablesDock": self.tables,
            "codebookDock": self.codebook,
            "reviewDock": self.review,
            "noteDock": self.note,
            "queryFormDock": self.form,
        }

    def panel(self, dock: str) -> QWidget:
        """Return what a dock holds, by its object name."""
        return self._panels[dock]
