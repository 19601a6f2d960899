"""Help on the search language: the page and the cheat sheet, whose examples can be tried."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is first wanted
    from gui.views.language_guide import CheatSheet, LanguageGuide


class LanguageFlow(QObject):
    """Help to the box: an example clicked is a query asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        window = desk.window
        self._window = window
        window.commands.language.triggered.connect(self._on_page_wanted)
        window.commands.cheat_sheet.triggered.connect(self._on_sheet_wanted)

    @cached_property
    def _sheet(self) -> "CheatSheet":
        from gui.views.language_guide import CheatSheet

        sheet = CheatSheet(self._window)
        sheet.guide.query_taken.connect(self._on_query_taken)
        sheet.guide.more_wanted.connect(self._on_page_wanted)
        sheet.guide.left.connect(self._window.field.setFocus)
        return sheet

    @cached_property
    def _page(self) -> "LanguageGuide":
        from gui.views.language_guide import LanguageGuide

        page = LanguageGuide()
        page.setObjectName("searchLanguage")
        page.query_taken.connect(self._on_query_taken)
        page.left.connect(self._on_page_left)
        return page

    @Slot()
    def _on_page_wanted(self) -> None:
        self._hide_sheet()
        self._window.show_page(self._page)
        self._page.setFocus()

    @Slot()
    def _on_page_left(self) -> None:
        self._window.show_reading()
        (self._window.tabs.reader or self._window.library).setFocus()

    @Slot()
    def _on_sheet_wanted(self) -> None:
        if self._sheet.isVisible():
            self._sheet.hide()
            self._window.field.setFocus()
        else:
            self._sheet.show_below(self._window.help_button)

    def _hide_sheet(self) -> None:
        if "_sheet" in self.__dict__:
            self._sheet.hide()

    @Slot(str)
    def _on_query_taken(self, query: str) -> None:
        self._hide_sheet()
        field = self._window.field
        field.clear()  # so that the same example can be tried twice
        field.setText(query)
        field.setFocus()
