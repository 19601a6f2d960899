"""The panel of tags: a tree that is worked on by mouse or keyboard, and what each tag means."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.domain.codebook import SEPARATOR, Tag
from gui.models.codebook_tree import CodebookTree, TagRole
from gui.views.codebook_view import CodebookView
from gui.views.tag_details import TagDetails

_TREE, _MEANING = 300, 240  # shares of the height


class CodebookPanel(QWidget):
    """Filter, tree, meaning; changes are wishes, told by signals."""

    add_requested = Signal(str)
    starter_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = CodebookTree(self)
        self._filtered = QSortFilterProxyModel(self)
        self.view = CodebookView(self)
        self.details = TagDetails(self)
        self.filter = QLineEdit(self)
        self.starter = QPushButton(self)
        self.hint = QLabel(self, wordWrap=True)
        self._pages = QStackedWidget(self)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._current = ""  # id of the tag that was, while the tree is made anew
        self.tree.modelAboutToBeReset.connect(self._on_resetting)  # before any view hears of it
        self._lay_out()
        self.tree.modelReset.connect(self._on_reset)
        self.view.followed.connect(self.details.save)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.returnPressed.connect(self._on_add)
        self.starter.clicked.connect(self.starter_requested)

    def _lay_out(self) -> None:
        self._filtered.setSourceModel(self.tree)
        self._filtered.setRecursiveFilteringEnabled(True)
        self._filtered.setAutoAcceptChildRows(True)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.view.setModel(self._filtered)
        header = self.view.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (CodebookTree.KEY, CodebookTree.COUNT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.filter.setPlaceholderText(self.tr("Filter, or a new tag and Enter"))
        self.filter.setAccessibleName(self.tr("Filter tags or name a new one"))
        self.filter.setClearButtonEnabled(True)
        above = QHBoxLayout()
        above.setContentsMargins(8, 4, 8, 4)
        above.addWidget(self.filter)
        above.addWidget(self._menu_button())
        self._split.addWidget(self.view)
        self._split.addWidget(self.details)
        self._split.setSizes([_TREE, _MEANING])
        self._split.setChildrenCollapsible(True)
        self._pages.addWidget(self._split)
        self._pages.addWidget(self._empty_page())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.hint)
        layout.addWidget(self._pages, 1)
        self.hint.setProperty("role", "hint")
        self.hint.setContentsMargins(8, 0, 8, 4)
        self.hint.hide()

    def _menu_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("⋯")
        button.setObjectName("codebookMenu")
        button.setAccessibleName(self.tr("What can be done with the tags"))
        button.setToolTip(button.accessibleName())
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(self.view.menu)
        return button

    def _empty_page(self) -> QWidget:
        page = QWidget()
        words = QLabel(
            self.tr(
                "The codebook is empty. Select a passage and press Ctrl+T to tag it, type a name "
                "above and press Enter, or start with tags for the themes of the reference, each "
                "with a definition."
            ),
            page,
        )
        words.setWordWrap(True)
        words.setProperty("role", "empty")
        self.starter.setText(self.tr("Start with the themes"))
        self.starter.setObjectName("starterCodebook")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(12, 16, 4, 16)
        layout.setSpacing(16)
        layout.addWidget(words)
        layout.addWidget(self.starter, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        scrolled = QScrollArea(self)  # large letters need more than there is
        scrolled.setObjectName("emptyCodebook")
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(page)
        return scrolled

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show the codebook, keeping what is current and what is folded away."""
        self.tree.show_tags(tags)
        self._pages.setCurrentIndex(0 if tags else 1)
        self.view.setColumnHidden(CodebookTree.KEY, not any(tag.favourite for tag in tags))
        self._show_details()
        self._show_hint()

    @Slot()
    def _on_resetting(self) -> None:
        self._current = self.view.currentIndex().siblingAtColumn(0).data(TagRole.ID) or ""

    @Slot()
    def _on_reset(self) -> None:
        self._unfold()
        self.select(self.tree.path_of(self._current))

    def _unfold(self) -> None:
        closed = self.view.closed if not self.filter.text() else set()
        self.view.expandAll()
        for tag in tuple(closed):
            self.view.collapse(self._filtered.mapFromSource(self.tree.find(self.tree.path_of(tag))))

    def select(self, path: str) -> None:
        """Make a tag the current one, where there is one of that path."""
        index = self._filtered.mapFromSource(self.tree.find(path))
        if index.isValid() and index != self.view.currentIndex().siblingAtColumn(0):
            self.view.setCurrentIndex(index)

    def _show_details(self) -> None:
        self.details.show_tag(self.tree.tag(self.tree.find(self.view.path())))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _index: QModelIndex, _before: QModelIndex) -> None:
        self._show_details()

    @Slot(str)
    def _on_filter_changed(self, text: str) -> None:
        self._filtered.setFilterFixedString(text.rpartition(SEPARATOR)[2].strip())
        self._unfold()
        self._show_hint()

    def _show_hint(self) -> None:
        """Say what Enter does with a name that no tag has."""
        typed = self.filter.text().strip()
        self.hint.setVisible(bool(typed) and not self._filtered.rowCount())
        words = self.tr("No tag is called so. Enter makes the tag “{tag}”.")
        self.hint.setText(words.format(tag=typed))

    @Slot()
    def _on_add(self) -> None:
        wanted = self.filter.text().strip()
        if wanted:
            self.filter.clear()
            self.add_requested.emit(wanted)
