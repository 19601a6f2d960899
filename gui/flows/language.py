"""Help on the search language: the page and the cheat sheet, whose examples can be tried."""

from PySide6.QtCore import QObject, Slot

from gui.flows.desk import Desk
from gui.views.language_guide import CheatSheet


class LanguageFlow(QObject):
    """Help to the box: an example clicked is a query asked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        window = desk.window
        self._window = window
        self._sheet = CheatSheet(window)
        for guide in (window.language, self._sheet.guide):
            guide.query_taken.connect(self._on_query_taken)
        self._sheet.guide.more_wanted.connect(self._on_page_wanted)
        self._sheet.guide.left.connect(window.field.setFocus)
        window.language.left.connect(self._on_page_left)
        window.commands.language.triggered.connect(self._on_page_wanted)
        window.commands.cheat_sheet.triggered.connect(self._on_sheet_wanted)

    @Slot()
    def _on_page_wanted(self) -> None:
        self._sheet.hide()
        self._window.show_language()
        self._window.language.setFocus()

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

    @Slot(str)
    def _on_query_taken(self, query: str) -> None:
        self._sheet.hide()
        field = self._window.field
        field.clear()  # so that the same example can be tried twice
        field.setText(query)
        field.setFocus()
