"""The form beside the search box: it writes the query, and shows one that is typed."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from core.domain.query_form import QueryForm
from gui.controllers.fields import FieldsController
from gui.flows.desk import Desk

if TYPE_CHECKING:  # made when it is first wanted
    from gui.views.query_form import QueryFormView

DOCK = "queryFormDock"


class QueryFormFlow(QObject):
    """Form to box, live, and box to form."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window)
        self._window = desk.window
        self._form: QueryFormView | None = None
        self._written: str | None = None  # by the form itself: it need not read it back
        self._fields = FieldsController(desk.workspace.search, self)
        self._fields.failed.connect(desk.messages.problem)
        desk.window.dock(DOCK).when_filled(self._on_made)
        desk.window.commands.advanced.triggered.connect(self._on_wanted)

    def _on_made(self, panel: QWidget) -> None:
        self._form = form = cast("QueryFormView", panel)
        self._fields.read.connect(form.offer)
        form.changed.connect(self._on_form_changed)
        form.left.connect(self._on_left)
        self._window.field.textChanged.connect(self._on_text_changed)
        self._fields.load()
        self._show(self._window.field.text())

    @Slot()
    def _on_wanted(self) -> None:
        """Show the form and go to it; from the form itself, put it away."""
        focused, form = self._window.focusWidget(), self._form
        if form is not None and focused and form.isVisible() and form.isAncestorOf(focused):
            self._window.hide_panel(DOCK)
            self._window.field.setFocus()
            return
        self._window.raise_panel(DOCK)
        assert self._form is not None
        self._fields.load()
        self._show(self._window.field.text())
        self._form.focus_first()

    @Slot(object, str)
    def _on_form_changed(self, form: QueryForm, rest: str) -> None:
        from core.services.query_form import write_form

        text = write_form(form, rest)
        self._written = text
        if self._form is not None:
            self._form.show_query(text)
        self._window.field.setText(text)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if text != self._written and self._form is not None and self._form.isVisible():
            self._show(text)
        self._written = None

    def _show(self, text: str) -> None:
        from core.services.query_form import read_form

        if self._form is not None:
            self._form.show_reading(read_form(text), text)

    @Slot()
    def _on_left(self) -> None:
        self._window.field.setFocus()
