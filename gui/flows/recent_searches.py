"""The latest queries offered below the empty box, and kept as they prove useful."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.controllers.recent_searches import RecentSearchesController
from gui.controllers.search import SearchController
from gui.flows.desk import Desk
from gui.views.recent_searches import RecentSearchesPopup

_ASKED_FOR = {
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
}


class RecentSearchesFlow(QObject):
    """A query is kept when something that it found is opened, or Enter is pressed for it."""

    def __init__(self, desk: Desk, search: SearchController) -> None:
        super().__init__(desk.window)
        self._desk = desk
        self._search = search
        self._recent = RecentSearchesController(
            desk.workspace.recent_searches, desk.writes, desk.messages, self
        )
        self._popup = RecentSearchesPopup(desk.window)
        self._field = desk.window.field
        self._listen()

    def _listen(self) -> None:
        results, popup, field = self._desk.window.results, self._popup, self._field
        results.hit_opened.connect(self._on_found)
        results.concordance.line_opened.connect(self._on_found)
        field.returnPressed.connect(self._on_found)
        field.down_pressed.connect(self._on_down_pressed)
        self._desk.window.commands.search.triggered.connect(self._on_wanted)
        field.textChanged.connect(popup.hide)
        field.escaped.connect(popup.hide)
        field.installEventFilter(self)
        popup.query_taken.connect(self._on_taken)
        popup.query_dropped.connect(self._on_dropped)
        popup.cleared.connect(self._on_cleared)
        popup.left.connect(self._on_left)
        popup.typed.connect(self._on_typed)
        self._desk.window.closing.connect(popup.hide)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer the latest queries when the empty box is gone to."""
        if (
            isinstance(event, QFocusEvent)
            and event.type() is QEvent.Type.FocusIn
            and event.reason() in _ASKED_FOR
            and not self._field.text()
        ):
            self._offer()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_wanted(self) -> None:
        if not self._field.text():
            self._offer()

    def _offer(self) -> None:
        self._popup.show_below(self._field, self._recent.texts)

    @Slot()
    def _on_found(self, *_hit: object) -> None:
        self._recent.remember(self._search.text)

    @Slot()
    def _on_down_pressed(self) -> None:
        if not self._field.text():
            self._offer()
            if self._popup.isVisible():
                self._popup.queries.setFocus()

    @Slot(str)
    def _on_taken(self, text: str) -> None:
        self._popup.hide()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.setText(text)

    @Slot(str)
    def _on_dropped(self, text: str) -> None:
        self._recent.forget(text)
        self._offer()
        if not self._popup.isVisible():
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_cleared(self) -> None:
        self._recent.clear()
        self._on_left()

    @Slot()
    def _on_left(self) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._popup.hide()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._on_left()
        self._field.insert(text)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self._field and not self._popup.isAncestorOf(now):
            self._popup.hide()
