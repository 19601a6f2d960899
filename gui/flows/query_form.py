"""The form beside the search box: it writes the query, and shows one that is typed."""

from PySide6.QtCore import QObject, Slot

from core.domain.query_form import QueryForm
from core.services.query_form import read_form, write_form
from gui.controllers.fields import FieldsController
from gui.flows.desk import Desk

DOCK = "queryFormDock"


class QueryFormFlow(QObject):
    """Form to box, live, and box to form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        window = desk.window
        self._window = window
        self._form = window.form
        self._written: str | None = None  # by the form itself: it need not read it back
        self._fields = FieldsController(desk.workspace.search, self)
        self._fields.read.connect(self._form.offer)
        self._fields.failed.connect(desk.messages.problem)
        self._form.changed.connect(self._on_form_changed)
        self._form.left.connect(self._on_left)
        window.field.textChanged.connect(self._on_text_changed)
        window.commands.advanced.triggered.connect(self._on_wanted)

    @Slot()
    def _on_wanted(self) -> None:
        """Show the form and go to it; from the form itself, put it away."""
        focused = self._window.focusWidget()
        if focused is not None and self._form.isVisible() and self._form.isAncestorOf(focused):
            self._window.hide_panel(DOCK)
            self._window.field.setFocus()
            return
        self._fields.load()
        self._show(self._window.field.text())
        self._window.raise_panel(DOCK)
        self._form.focus_first()

    @Slot(object, str)
    def _on_form_changed(self, form: QueryForm, rest: str) -> None:
        text = write_form(form, rest)
        self._written = text
        self._form.show_query(text)
        self._window.field.setText(text)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if text != self._written and self._form.isVisible():
            self._show(text)
        self._written = None

    def _show(self, text: str) -> None:
        self._form.show_reading(read_form(text), text)

    @Slot()
    def _on_left(self) -> None:
        self._window.field.setFocus()
