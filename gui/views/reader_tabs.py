"""The open records in tabs, with a history of where one was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QTabWidget, QWidget

from gui.reader.style import DEFAULT_SCALE, LARGEST_SCALE, SMALLEST_SCALE
from gui.views.find_bar import FindBar

if TYPE_CHECKING:  # a page is drawn by much that the first painting does without
    from core.domain.as_of import AsOf
    from core.domain.citing import Statement
    from core.domain.records import Record
    from gui.reader.view import Reader

_TITLE_WIDTH = 190
_ZOOM_STEP = 10  # percent
_MOST_VISITS = 100
Place = tuple[int, int]


@dataclass(slots=True)
class Visit:
    """A record that was read, and the first code point that was visible."""

    key: str
    place: int = 0


class ReaderTabs(QTabWidget):
    """One `Reader` a tab; the one in front is named ``reader``."""

    record_shown = Signal(str)
    """Key of the record in front, "" for none."""
    record_requested = Signal(str, object)
    """``(key, span)``: to be read from the workspace and shown."""
    history_changed = Signal(bool, bool)
    """``(can go back, can go forward)``."""
    scale_changed = Signal(float)
    selection_finished = Signal(QPoint)
    selection_changed = Signal(bool)
    """Whether something is selected now, in the reader in front."""
    annotation_clicked = Signal(str)
    ends_moved = Signal(str, int, int)
    address_requested = Signal(str)
    tag_requested = Signal()
    likeness_requested = Signal()
    citation_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records: dict[Reader, Record] = {}
        self._visits: list[Visit] = []
        self._at = -1
        self._returning: Visit | None = None
        self._replaces: Reader | None = None
        self._scale = DEFAULT_SCALE
        self._as_of: AsOf | None = None
        self._shown: tuple[Reader | None, str] = (None, "")
        self._empty = QLabel(self)
        self.find_bar = FindBar(self)
        self._set_up()
        self.tabCloseRequested.connect(self.close_tab)
        self.currentChanged.connect(self._on_current_changed)

    def _set_up(self) -> None:
        self.setObjectName("readerTabs")
        self.setAccessibleName(self.tr("Open records"))
        self.setAccessibleDescription(self.tr("Ctrl+Tab goes to the next, Ctrl+W closes one."))
        self.setDocumentMode(True)
        self.setTabsClosable(True)
        self.setMovable(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self._empty.setText(
            self.tr(
                "Nothing is open yet.\n\nChoose a record in the library, "
                "or press Ctrl+K and type what you look for."
            )
        )
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        for keys, slot in (("Ctrl+Tab", self._on_next), ("Ctrl+Shift+Tab", self._on_previous)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._find_end = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=inside)
        self._find_end.activated.connect(self.find_bar.closed)
        self._find_end.setEnabled(False)

    # Opening

    def show_record(self, record: Record, span: Place | Statement | None = None) -> Reader:
        """Show a record: in its tab, in that whose link was followed, or in a new one.

        ``span`` is what to go to, a statement by what it rests on where its place is not known.
        """
        key = record.entry.key
        self._remember_place()
        reader = self._reader_of(key)
        if reader is None:
            reader = self._replaces if self._replaces in self._records else None
            reader = self._load(reader or self._new_reader(), record)
        self._replaces = None
        self._visit(key)
        self.setCurrentWidget(reader)
        returning, self._returning = self._returning, None
        place = _place_of(record, span)
        if place is not None:
            reader.goto(*place)
        elif returning is not None and returning.key == key:
            reader.go_to_place(returning.place)
        self._announce()
        return reader

    def request(
        self, key: str, span: Place | Statement | None = None, *, new_tab: bool = True
    ) -> None:
        """Have a record shown; one that is open comes to the front at once."""
        reader = self._reader_of(key)
        if reader is not None:
            self.show_record(self._records[reader], span)
            return
        self._replaces = None if new_tab else self.reader
        self.record_requested.emit(key, span)

    def _new_reader(self) -> Reader:
        from gui.reader.view import Reader

        reader = Reader(self, self._scale)
        reader.zoom_requested.connect(self.zoom)
        reader.link_followed.connect(self._on_link_followed)
        reader.statement_followed.connect(self._on_statement_followed)
        reader.selection_finished.connect(self.selection_finished)
        reader.copyAvailable.connect(self.selection_changed)
        reader.annotation_clicked.connect(self.annotation_clicked)
        reader.ends_moved.connect(self.ends_moved)
        reader.address_requested.connect(self.address_requested)
        reader.tag_requested.connect(self.tag_requested)
        reader.likeness_requested.connect(self.likeness_requested)
        reader.citation_requested.connect(self.citation_requested)
        return reader

    def _load(self, reader: Reader, record: Record) -> Reader:
        self._records[reader] = record
        at = self.indexOf(reader)
        if at < 0:
            at = self.addTab(reader, "")
        self.setCurrentIndex(at)  # first, so that the page is laid out once, at its real width
        reader.show_text(record.text, _source_titles(record))
        self._draw_apart(reader)
        title = record.entry.title
        self.setTabText(at, _elided(title, self.tabBar().fontMetrics()).replace("&", "&&"))
        self.setTabToolTip(at, title)
        return reader

    def set_as_of(self, as_of: AsOf | None) -> None:
        """Mark on the pages what was later than a date, or over; None for today."""
        self._as_of = as_of
        self._draw_apart(self.reader)  # the others when they come to the front

    def _draw_apart(self, reader: Reader | None) -> None:
        if reader is not None:
            from core.domain.as_of_text import fades

            reader.set_fades(fades(self._records[reader], self._as_of))

    # What is open

    @property
    def reader(self) -> Reader | None:
        """The reader in front."""
        return self._as_reader(self.currentWidget())

    @property
    def record(self) -> Record | None:
        """The record in front."""
        return self._records.get(self.reader) if self.reader else None

    @property
    def key(self) -> str:
        """The key of the record in front, or ""."""
        return self.record.entry.key if self.record else ""

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the open records, in the order of the tabs."""
        readers = (self._as_reader(self.widget(at)) for at in range(self.count()))
        return tuple(self._records[reader].entry.key for reader in readers if reader)

    def readers(self) -> dict[str, Reader]:
        """Return the open readers by key."""
        return {record.entry.key: reader for reader, record in self._records.items()}

    def _as_reader(self, widget: QWidget | None) -> Reader | None:
        return cast("Reader", widget) if widget in self._records else None

    def _reader_of(self, key: str) -> Reader | None:
        return self.readers().get(key)

    def refresh(self, key: str, record: Record | None) -> None:
        """Show an open record as it is now, at the same place; close it when it is gone."""
        reader = self._reader_of(key)
        if reader is None:
            return
        if record is None:
            self.close_tab(self.indexOf(reader))
        elif record != self._records[reader]:
            place, at = reader.place(), self.currentIndex()
            self._load(reader, record)
            reader.go_to_place(place)
            self.setCurrentIndex(at)
            self._shown = (None, "")
            self._announce()

    # Closing, history, size

    @Slot(int)
    def close_tab(self, at: int) -> None:
        """Close a tab."""
        reader = self._as_reader(self.widget(at))
        if reader is not None:
            self._remember_place()
            self._records.pop(reader, None)
            self.removeTab(at)
            reader.deleteLater()

    @Slot()
    def close_current(self) -> None:
        """Close the tab in front."""
        if self.count():
            self.close_tab(self.currentIndex())

    @Slot()
    def back(self) -> None:
        """Return to where one was before."""
        self._travel(-1)

    @Slot()
    def forward(self) -> None:
        """Take the last step back again."""
        self._travel(1)

    def _travel(self, step: int) -> None:
        target = self._at + step
        if not 0 <= target < len(self._visits):
            return
        self._remember_place()
        self._at = target
        self._returning = self._visits[target]
        self.request(self._returning.key, new_tab=False)

    def _visit(self, key: str) -> None:
        if self._at >= 0 and self._visits[self._at].key == key:
            return
        del self._visits[self._at + 1 :]
        self._visits.append(Visit(key))
        del self._visits[:-_MOST_VISITS]
        self._at = len(self._visits) - 1

    def _remember_place(self) -> None:
        reader, key = self._shown
        if reader in self._records and reader is not None and self._at >= 0:
            visit = self._visits[self._at]
            if self._records[reader].entry.key == visit.key == key:
                visit.place = reader.place()

    @property
    def scale(self) -> float:
        """Size of the reading font."""
        return self._scale

    @property
    def zoom_percent(self) -> int:
        """Size of the reading font against its own size."""
        return round(100 * self._scale / DEFAULT_SCALE)

    def set_zoom_percent(self, percent: int) -> None:
        """Set the size of the reading font against its own size."""
        self.set_scale(DEFAULT_SCALE * percent / 100)

    def set_scale(self, scale: float) -> None:
        """Set the size of the reading font in every tab."""
        self._scale = min(LARGEST_SCALE, max(SMALLEST_SCALE, scale))
        for reader in self._records:
            reader.set_scale(self._scale)
        self.scale_changed.emit(self._scale)

    @Slot(int)
    def zoom(self, steps: int) -> None:
        """Make the reading font larger or smaller."""
        self.set_zoom_percent(self.zoom_percent + _ZOOM_STEP * steps)

    @Slot()
    def zoom_in(self) -> None:
        """Make the reading font larger."""
        self.zoom(1)

    @Slot()
    def zoom_out(self) -> None:
        """Make the reading font smaller."""
        self.zoom(-1)

    @Slot()
    def reset_zoom(self) -> None:
        """Return to the reading font's own size."""
        self.set_scale(DEFAULT_SCALE)

    # Following

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sentence of the empty state in the middle."""
        super().resizeEvent(event)
        self._empty.setGeometry(self.rect())
        self.place_find_bar()

    def place_find_bar(self) -> None:
        """Put the find bar over the page in front, which makes room for it while it shows."""
        front = self.reader
        is_open = self.find_bar.isVisibleTo(self)
        height = self.find_bar.sizeHint().height() if is_open else 0
        self._find_end.setEnabled(is_open)
        for reader in self._records:
            reader.set_head_room(height)
        if front is not None and height:
            corner = front.mapTo(self, QPoint(0, 0))
            width = front.width() - front.verticalScrollBar().sizeHint().width()
            self.find_bar.setGeometry(corner.x(), corner.y(), width, height)
            self.find_bar.raise_()

    @Slot(str, bool)
    def _on_link_followed(self, key: str, in_new_tab: bool) -> None:
        self.request(key, new_tab=in_new_tab)

    @Slot(str, str, bool)
    def _on_statement_followed(self, key: str, locator: str, in_new_tab: bool) -> None:
        from core.domain.citing import Statement

        self.request(key, Statement(self.key, locator), new_tab=in_new_tab)

    @Slot()
    def _on_next(self) -> None:
        if self.count():
            self.setCurrentIndex((self.currentIndex() + 1) % self.count())

    @Slot()
    def _on_previous(self) -> None:
        if self.count():
            self.setCurrentIndex((self.currentIndex() - 1) % self.count())

    @Slot(int)
    def _on_current_changed(self, _at: int) -> None:
        key = self.key
        if key:
            self._remember_place()
            self._visit(key)
            self._draw_apart(self.reader)
        self._announce()

    def _announce(self) -> None:
        front = self.reader
        for reader in self._records:
            reader.setObjectName("reader" if reader is front else "")
        self._empty.setVisible(front is None)
        self.place_find_bar()
        self.history_changed.emit(self._at > 0, self._at + 1 < len(self._visits))
        if self._shown != (front, self.key):
            self._shown = (front, self.key)
            self.record_shown.emit(self.key)


def _place_of(record: Record, span: Place | Statement | None) -> Place | None:
    from core.domain.citing import Statement, find_statement

    return find_statement(record.text, span) if isinstance(span, Statement) else span


def _source_titles(record: Record) -> dict[str, str]:
    titles = {c.fact.source: c.source_title for c in record.facts}
    titles.update((tie.relation.source, tie.source_title) for tie in record.ties)
    return {key: title for key, title in titles.items() if key and title}


def _elided(title: str, metrics: QFontMetrics) -> str:
    return metrics.elidedText(title, Qt.TextElideMode.ElideRight, _TITLE_WIDTH)
