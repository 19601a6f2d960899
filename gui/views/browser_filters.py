"""What narrows the browser of annotations, as fields one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from core.domain.annotations import AnnotationFilter
from core.domain.browsing import BrowsingChoices, Group
from core.domain.keys import RECORD_KINDS, Kind
from core.domain.moments import end_of, start_of
from core.errors import UserError
from gui.views.find_combo import FindCombo, Item
from gui.views.kinds import kind_plural

_INDENT = "\N{EN SPACE}"  # a style sheet's padding is lost on a button with a menu
STATES = ("anchored", "moved", "orphaned")


class Several(QPushButton):
    """Some of a few values, ticked in a menu; none ticked means all."""

    chosen = Signal()

    def __init__(self, values: Iterable[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("several")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        menu = QMenu(self)
        for value, name in values:
            action = QAction(name, menu, checkable=True)
            action.setData(value)
            menu.addAction(action)
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)
        self._tell()

    @property
    def values(self) -> frozenset[str]:
        """What is ticked."""
        return frozenset(action.data() for action in self.menu().actions() if action.isChecked())

    def choose(self, values: Iterable[str]) -> None:
        """Tick these alone, without telling of it."""
        wanted = set(values)
        for action in self.menu().actions():
            action.setChecked(action.data() in wanted)
        self._tell()

    @Slot(QAction)
    def _on_triggered(self, _action: QAction) -> None:
        self._tell()
        self.chosen.emit()

    def _tell(self) -> None:
        names = [action.text() for action in self.menu().actions() if action.isChecked()]
        words = ", ".join(names) or self.tr("Any")
        self.setText(f"{_INDENT}{words}")
        self.setToolTip(words)


class DateField(QLineEdit):
    """A year, a month or a day; tells only what is a date."""

    chosen = Signal()

    def __init__(self, *, last: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = end_of if last else start_of
        self._moment: datetime | None = None
        self.setPlaceholderText(self.tr("2026, 2026-03, 2026-03-14"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._on_changed)

    @property
    def moment(self) -> datetime | None:
        """The first or last moment of what is typed; None where it is no date yet."""
        return self._moment

    def choose(self, moment: datetime | None) -> None:
        """Show a moment as its day, without telling of it; the moment itself stays as it is."""
        with QSignalBlocker(self):
            self.setText(moment.astimezone().strftime("%Y-%m-%d") if moment else "")
        self._moment = moment
        self._mark(is_wrong=False)

    @Slot(str)
    def _on_changed(self, words: str) -> None:
        before = self._moment
        try:
            self._moment = self._read(words) if words.strip() else None
        except UserError as error:
            self._moment = None
            self._mark(is_wrong=True)
            self.setToolTip(str(error))
        else:
            self._mark(is_wrong=False)
            self.setToolTip("")
        if self._moment != before:
            self.chosen.emit()

    def _mark(self, *, is_wrong: bool) -> None:
        """Colour what is no date, once it is as long as one could be."""
        wrong = is_wrong and len(self.text().strip()) >= len("2026")
        palette = self.palette()
        ink = palette.brightText() if wrong else QApplication.palette().text()
        palette.setBrush(palette.ColorRole.Text, ink)
        self.setPalette(palette)


class BrowserFilters(QWidget):
    """Tells when what is wanted has changed; the words are asked for elsewhere."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tag = FindCombo(self.tr("Any tag"), self)
        self.below = QCheckBox(self.tr("and the tags below it"), self)
        self.record = FindCombo(self.tr("Any record"), self)
        self.kinds = Several([(kind.value, kind_plural(kind)) for kind in RECORD_KINDS], self)
        self.analyst = FindCombo(self.tr("Any analyst"), self)
        names = (self.tr("In place"), self.tr("Moved"), self.tr("To review"))
        self.states = Several(zip(STATES, names, strict=True), self)
        self.since = DateField(last=False, parent=self)
        self.until = DateField(last=True, parent=self)
        self.clear = QPushButton(self.tr("&Clear the filter"), self)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        self.below.setChecked(True)
        self.clear.setAutoDefault(False)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(4)
        for words, field in (
            (self.tr("Ta&g"), self.tag),
            ("", self.below),
            (self.tr("&Record"), self.record),
            (self.tr("&Kinds of record"), self.kinds),
            (self.tr("&Analyst"), self.analyst),
            (self.tr("&Place in the text"), self.states),
            (self.tr("Made &from"), self.since),
            (self.tr("Made &until"), self.until),
        ):
            if not words:
                form.addRow(field)
                continue
            label = QLabel(words, self)
            label.setBuddy(field)
            label.setProperty("role", "hint")
            field.setAccessibleName(words.replace("&", ""))
            form.addRow(label, field)
        form.addRow(self.clear)

    def _connect(self) -> None:
        fields = (self.tag, self.record, self.kinds, self.analyst, self.states)
        for field in (*fields, self.since, self.until):
            field.chosen.connect(self.changed)
        self.below.toggled.connect(self._on_below_toggled)
        self.clear.clicked.connect(self._on_clear)

    @property
    def wanted(self) -> AnnotationFilter:
        """What is wanted, without words."""
        tag = self.tag.value or None
        return AnnotationFilter(
            record=self.record.value or None,
            tag=tag,
            analyst=self.analyst.value or None,
            states=self.states.values,
            kinds=frozenset(Kind(kind) for kind in self.kinds.values),
            since=self.since.moment,
            until=self.until.moment,
            exact_tag=tag is not None and not self.below.isChecked(),
        )

    def show_filter(self, wanted: AnnotationFilter) -> None:
        """Show a filter, without telling of it."""
        self.tag.choose(wanted.tag or "")
        with QSignalBlocker(self.below):
            self.below.setChecked(not wanted.exact_tag)
        self.record.choose(wanted.record or "")
        self.kinds.choose(kind.value for kind in wanted.kinds)
        self.analyst.choose(wanted.analyst or "")
        self.states.choose(wanted.states)
        self.since.choose(wanted.since)
        self.until.choose(wanted.until)

    def offer(self, choices: BrowsingChoices) -> None:
        """Offer what there is."""
        self.tag.offer(_items(choices.tags))
        self.record.offer(_items(choices.records))
        self.analyst.offer(_items(choices.analysts))

    @Slot(bool)
    def _on_below_toggled(self, _on: bool) -> None:
        if self.tag.value:
            self.changed.emit()

    @Slot()
    def _on_clear(self) -> None:
        self.show_filter(AnnotationFilter())
        self.changed.emit()


def _items(groups: Sequence[Group]) -> list[Item]:
    return [(group.title, group.key, swatch(group.color)) for group in groups]


def swatch(color: str | None) -> QIcon | None:
    """Return a sign in a colour, where there is one."""
    if color is None:
        return None
    pixmap = QPixmap(12, 12)
    pixmap.fill(QColor(color))
    return QIcon(pixmap)
