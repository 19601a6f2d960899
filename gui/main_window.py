"""The window: where everything stands. It decides nothing; gui/wiring.py connects."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QChildEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.actions import Actions
from gui.dropping import from_colleagues, paths_in
from gui.icons import chevron
from gui.tab_order import OrderedWindow
from gui.theme import Theme
from gui.views.as_of import AsOfField, AsOfStrip
from gui.views.banner import Banner
from gui.views.library import LibraryView
from gui.views.panel_dock import PanelDock
from gui.views.reader_tabs import ReaderTabs
from gui.views.search_field import SearchField
from gui.window_state import WindowState

if TYPE_CHECKING:  # they are made once the first window is painted
    from gui.views.annotations import AnnotationsPanel
    from gui.views.codebook import CodebookPanel
    from gui.views.facts import FactsView
    from gui.views.note_field import NotePanel
    from gui.views.query_chips import QueryChips
    from gui.views.record_strip import RecordStrip
    from gui.views.relations import RelationsView
    from gui.views.review import ReviewPanel
    from gui.views.search import ResultsView

_LIBRARY_WIDTH = 280
_PANEL_WIDTH = 372  # its tabs are read in full


def _as_it_is(panel: QWidget) -> QWidget:
    return panel


def _actions_within(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        within = action.menu()
        if isinstance(within, QMenu):
            yield from _actions_within(within)
        elif not action.isSeparator():
            yield action


class MainWindow(OrderedWindow):
    """Library on the left, reader in the middle, panels on the right, search over it all."""

    annotations: "AnnotationsPanel"
    chips: "QueryChips"
    codebook: "CodebookPanel"
    facts: "FactsView"
    note: "NotePanel"
    record_strip: "RecordStrip"
    relations: "RelationsView"
    results: "ResultsView"
    review: "ReviewPanel"

    closing = Signal()
    """The window is about to close; what is unsaved is to be written now."""
    files_dropped = Signal(object)
    """List of the paths of files and folders that were dropped on the window."""
    projects_dropped = Signal(object)
    """List of the paths of dropped files that hold what colleagues marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mainWindow")
        self.setWindowTitle("NormAtlas")
        self.setAccessibleName(self.tr("NormAtlas"))
        self.setAccessibleDescription(self.tr("Reference and annotation desk"))
        self.setAcceptDrops(True)
        self.commands = Actions(self)
        self.field = SearchField()
        self.library = LibraryView(theme)
        self.tabs = ReaderTabs()
        self.banner = Banner()
        self.as_of, self.as_of_strip = AsOfField(), AsOfStrip()
        self._theme = theme
        self._is_furnished = False
        self._docks: dict[str, PanelDock] = {}
        self._lay_out_centre()
        self._lay_out_panels()
        self._lay_out_bar()
        self._lay_out_status()
        self.commands.fill(
            self.menuBar(), [dock.toggleViewAction() for dock in self._docks.values()]
        )
        self.set_theme(theme)
        self.resize(QSize(1280, 800).boundedTo(self.screen().availableSize()))

    def _lay_out_centre(self) -> None:
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.library)
        self._split.addWidget(self.tabs)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([_LIBRARY_WIDTH, 720])
        self._pages = QStackedWidget()
        self._pages.addWidget(self._split)
        centre = QWidget()
        self._column = layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.as_of_strip)
        layout.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self.commands.library.toggled.connect(self.library.setVisible)

    def _lay_out_panels(self) -> None:
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, self.tabs.TabPosition.North)
        right = [
            self._add_dock("annotationsDock", self.tr("Annotations")),
            self._add_dock("factsDock", self.tr("Facts")),
            self._add_dock("relationsDock", self.tr("Relations")),
            self._add_dock("tablesDock", self.tr("Tables")),
            self._add_dock("codebookDock", self.tr("Tags")),
            self._add_dock("notesDock", self.tr("Notes")),
            self._add_dock("pageDock", self.tr("Page")),
            self._add_dock("historyDock", self.tr("History")),
            self._add_dock("reviewDock", self.tr("Review")),
        ]
        note = self._add_dock("noteDock", self.tr("Note on the passage"))
        self.splitDockWidget(right[0], note, Qt.Orientation.Vertical)
        for first, second in pairwise(right):
            self.tabifyDockWidget(first, second)
        right[-3].hide()  # until they are asked for
        right[-2].hide()
        right[-1].hide()  # until something is to be reviewed
        right[0].raise_()
        self.resizeDocks([right[0]], [_PANEL_WIDTH], Qt.Orientation.Horizontal)
        form = self._add_dock("queryFormDock", self.tr("Search form"))
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, form)
        form.hide()  # until it is asked for
        self.resizeDocks([right[0], note], [420, 200], Qt.Orientation.Vertical)

    def furnish(self) -> None:
        """Make what the first painting does without: results, panels, the form.

        Their modules take half of the time to the first painting, and none is needed before the
        workspace is open.
        """
        if self._is_furnished:
            return
        self._is_furnished = True
        from gui.views.furniture import Furniture

        made = Furniture(self._theme)
        self.results = made.results
        self.chips, self.record_strip = made.chips, made.record_strip
        self.annotations, self.facts, self.relations = made.annotations, made.facts, made.relations
        self.codebook, self.review, self.note = made.codebook, made.review, made.note
        self._pages.addWidget(self.results)
        bar, *rest = self.regions
        self.regions = (bar, self.chips, *rest[:2], self.record_strip, *rest[2:], self.results)
        self._column.insertWidget(0, self.chips)
        self._column.insertWidget(3, self.record_strip)
        for name, make in made.late.items():
            self._docks[name].fill_with(make)
        for name, panel in made.panels.items():
            self._docks[name].fill_with(partial(_as_it_is, panel))
            self._docks[name].panel()

    def _add_dock(self, name: str, title: str) -> PanelDock:
        dock = self._docks[name] = PanelDock(name, title, self)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        return dock

    def dock(self, name: str) -> PanelDock:
        """Return the dock with this object name."""
        return self._docks[name]

    def _lay_out_bar(self) -> None:
        bar = QToolBar(self.tr("Search and history"))
        bar.setObjectName("searchBar")
        bar.setMovable(False)
        bar.toggleViewAction().setVisible(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for action in (self.commands.back, self.commands.forward):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(action.text().replace("&", ""))
            bar.addWidget(button)
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        bar.addWidget(self.field)
        bar.addWidget(self._sign("searchFormButton", self.tr("Form"), self.commands.advanced))
        self.help_button = self._sign("searchHelpButton", "?", self.commands.cheat_sheet)
        bar.addWidget(self.help_button)
        label = QLabel(self.tr("As of"))
        label.setObjectName("asOfLabel")
        label.setBuddy(self.as_of)
        bar.addWidget(label)
        bar.addWidget(self.as_of)
        self.addToolBar(bar)
        self.regions = (bar, self.banner, self.as_of_strip, self.library, self.tabs)

    def _sign(self, name: str, sign: str, action: QAction) -> QToolButton:
        """Return a button that does an action under a shorter name."""
        button = QToolButton()
        button.setObjectName(name)
        button.setText(sign)
        meaning = action.text().replace("&", "")
        button.setToolTip(f"{meaning} ({action.shortcut().toString()})")
        button.setAccessibleName(meaning)
        button.clicked.connect(action.trigger)
        return button

    def _lay_out_status(self) -> None:
        self.hits_status = self._add_status("hitsStatus", self.tr("Search hits"))
        self.annotations_status = self._add_status("annotationsStatus", self.tr("Annotations"))
        self.import_status = self._add_status("importStatus", self.tr("Import"))
        self.index_status = self._add_status("indexStatus", self.tr("Search index"))
        self.zoom_status = QLabel(self.tr("100 %"))
        self.zoom_status.setObjectName("zoomStatus")
        self.statusBar().addPermanentWidget(self.zoom_status)
        self.statusBar().setSizeGripEnabled(False)

    def _add_status(self, name: str, meaning: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setAccessibleName(meaning)
        self.statusBar().addWidget(label)
        return label

    @property
    def searching(self) -> bool:
        """Whether the results lie over library and reader."""
        return self._is_furnished and self._pages.currentWidget() is self.results

    def show_results(self) -> None:
        """Lay the results over library and reader."""
        self._pages.setCurrentWidget(self.results)

    def show_reading(self) -> None:
        """Show library and reader."""
        self._pages.setCurrentWidget(self._split)

    def show_page(self, page: QWidget) -> None:
        """Lay a page over library and reader."""
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def raise_panel(self, name: str) -> None:
        """Bring the panel with this object name to the front of its tabs."""
        dock = self._docks[name]
        dock.panel()
        dock.show()
        dock.raise_()

    def hide_panel(self, name: str) -> None:
        """Put away the panel with this object name."""
        self._docks[name].hide()

    def childEvent(self, event: QChildEvent) -> None:
        """Let the tabs of panels keep their names: where they are many, they scroll."""
        super().childEvent(event)
        if event.polished() and isinstance(bar := event.child(), QTabBar):
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setUsesScrollButtons(True)

    def all_actions(self) -> list[QAction]:
        """Return every action of the menus and the menus within them, in their order."""
        return [action for _title, actions in self.menus() for action in actions]

    def menus(self) -> list[tuple[str, list[QAction]]]:
        """Return each menu's title with all actions in it, in their order."""
        return [
            (entry.text().replace("&", ""), [*_actions_within(entry.menu())])  # type: ignore[arg-type]
            for entry in self.menuBar().actions()
        ]

    def set_theme(self, theme: Theme) -> None:
        """Repaint what carries colours of its own."""
        self._theme = theme
        self.library.set_theme(theme)
        if self._is_furnished:
            self.results.set_theme(theme)
        ink, faded = theme.color("text"), theme.color("shadow")
        self.commands.back.setIcon(chevron(ink, faded, left=True))
        self.commands.forward.setIcon(chevron(ink, faded, left=False))

    def layout_state(self) -> WindowState:
        """Return where everything stands."""
        return WindowState(
            geometry=bytes(self.saveGeometry().data()),
            docks=bytes(self.saveState().data()),
            splitter=bytes(self._split.saveState().data()),
        )

    def restore_layout(self, state: WindowState) -> None:
        """Put everything where it stood; what can't be read is left as it is."""
        if state.geometry:
            self.restoreGeometry(QByteArray(state.geometry))
        if state.docks:
            self.restoreState(QByteArray(state.docks))
        if state.splitter:
            self._split.restoreState(QByteArray(state.splitter))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and folders."""
        if paths_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped."""
        event.acceptProposedAction()
        paths = paths_in(event.mimeData())
        projects = from_colleagues(paths)
        files = [path for path in paths if path not in projects]
        if projects:
            self.projects_dropped.emit(projects)
        if files:
            self.files_dropped.emit(files)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Have everything saved before the window goes."""
        self.closing.emit()
        super().closeEvent(event)
