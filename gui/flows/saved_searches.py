"""Saved searches in the library and the menu, asked again and kept live."""

from itertools import count

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from core.domain.narrowing import all_chosen
from core.domain.saved_searches import SavedSearch
from gui.controllers.saved_searches import SavedSearchesController
from gui.controllers.search import SearchController
from gui.flows.desk import Desk
from gui.flows.searching import SearchFlow
from gui.views.facets import value_name


class SavedSearchesFlow(QObject):
    """Saved with one key, named after what they ask; everything else is done in the library."""

    def __init__(self, desk: Desk, search: SearchController, searching: SearchFlow) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._search = search
        self._searching = searching
        self._saved = SavedSearchesController(
            desk.workspace.saved_searches, desk.writes, desk.events, desk.messages, self
        )
        self._actions: list[QAction] = []
        self._listen()
        self._saved.refresh()

    def _listen(self) -> None:
        window, saved = self._desk.window, self._saved
        view = window.library.saved
        view.run_requested.connect(self.run)
        view.delete_requested.connect(saved.delete)
        view.move_requested.connect(saved.move)
        view.searches.rename_requested.connect(saved.rename)
        saved.listed.connect(window.library.show_searches)
        saved.listed.connect(self._on_listed)
        saved.saved.connect(self._on_saved)
        window.closing.connect(saved.stop)
        window.commands.save_search.triggered.connect(self._on_save_wanted)
        window.results.header.save_requested.connect(self._on_save_wanted)

    @Slot(object)
    def run(self, saved: SavedSearch) -> None:
        """Ask a saved search again; what answers now counts as looked at."""
        window = self._desk.window
        self._search.run(saved.query)
        self._searching.want()
        window.field.setText(saved.query.text)
        window.show_results()
        window.field.setFocus()
        self._saved.look(saved.id)

    @Slot()
    def _on_save_wanted(self) -> None:
        query = self._search.query
        if not self._search.asks:
            self._desk.messages.info(self.tr("Type what to search for, then save it."))
            return
        results = self._desk.window.results
        titles = results.facets.titles
        asked = query.text if query.like is None else results.likeness
        parts = [asked, *(value_name(f, v, titles) for f, v in all_chosen(query))]
        self._saved.save(self._free_name(" · ".join(parts)[:100]), query)

    def _free_name(self, name: str) -> str:
        taken = {s.name.casefold() for s in self._desk.window.library.saved.searches.searches}
        if name.casefold() not in taken:
            return name
        names = (f"{name} ({number})" for number in count(2))
        return next(one for one in names if one.casefold() not in taken)

    @Slot(object)
    def _on_saved(self, saved: SavedSearch) -> None:
        words = self.tr("Saved as “{name}”. It is in the library, under Saved searches.")
        self._desk.messages.info(words.format(name=saved.name))

    @Slot(object)
    def _on_listed(self, searches: tuple[SavedSearch, ...]) -> None:
        """Put the searches into the menu, and so into the command palette."""
        menu = self._desk.window.commands.searches
        for action in self._actions:
            menu.removeAction(action)
            action.deleteLater()
        self._actions = []
        for saved in searches:
            words = self.tr("{name} ({n} new)") if saved.new else "{name}"
            name = words.format(name=saved.name, n=saved.new).replace("&", "&&")
            action = QAction(name, menu)
            action.setData(saved)
            action.triggered.connect(self._on_action)
            menu.addAction(action)
            self._actions.append(action)

    @Slot()
    def _on_action(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.run(action.data())
