"""What the results can be narrowed by: facets with counts, several values at a time."""

from collections.abc import Mapping
from functools import cached_property, partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from core.domain.dates import in_words
from core.domain.keys import Kind
from core.domain.narrowing import AS_OF, chosen, year_range
from core.domain.search import FacetCounts, SearchQuery
from gui.theme import Theme
from gui.views.facet_list import FacetHeading, FacetList
from gui.views.kinds import kind_plural
from gui.views.languages import language_name
from gui.views.year_histogram import YearHistogram

_CONTEXT = "facets"
_NAMES = {
    "kind": QT_TRANSLATE_NOOP(_CONTEXT, "Kind"),
    "theme": QT_TRANSLATE_NOOP(_CONTEXT, "Theme"),
    "year": QT_TRANSLATE_NOOP(_CONTEXT, "Year"),
    "participant": QT_TRANSLATE_NOOP(_CONTEXT, "Participant"),
    "record": QT_TRANSLATE_NOOP(_CONTEXT, "Record"),
    "tag": QT_TRANSLATE_NOOP(_CONTEXT, "Tag"),
    "language": QT_TRANSLATE_NOOP(_CONTEXT, "Language"),
}
_AS_OF = QT_TRANSLATE_NOOP(_CONTEXT, "As of")
_OPEN = {"kind", "theme", "year"}  # at first


def facet_name(facet: str) -> str:
    """Return what a facet is called."""
    name = _AS_OF if facet == AS_OF else _NAMES[facet]
    return QCoreApplication.translate(_CONTEXT, str(name))


def value_name(facet: str, value: str, titles: Mapping[str, str]) -> str:
    """Return what a facet's value is called; ``titles`` names keys of records."""
    if facet == AS_OF:
        return in_words(value)
    if facet == "kind":
        return kind_plural(Kind(value))
    if facet == "language":
        return language_name(value)
    if facet == "theme":
        return value[:1].upper() + value[1:].replace("-", " ")
    if facet == "year":
        low, _, high = value.partition("..")
        return low if low == high else f"{low or '…'}–{high or '…'}"
    return titles.get(value, value)


class FacetsView(QScrollArea):
    """The facets one below the other; a choice is told at once."""

    chosen_changed = Signal(str, object)
    """``(facet, tuple of the values that are chosen of it now)``."""
    left = Signal()
    """Esc: back to the hits."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facetsView")
        self.setAccessibleName(self.tr("Filters with counts"))
        self.setAccessibleDescription(
            self.tr("Narrow the results. Values of one filter are alternatives.")
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._titles: dict[str, str] = {}
        self._inside = QWidget()
        self.setWidget(self._inside)

    # The facets are made when first wanted: the window need not wait for them at its start.

    @cached_property
    def lists(self) -> dict[str, FacetList]:
        """The facets whose values are ticked, by name."""
        return {
            facet: FacetList(facet, facet_name(facet), self._theme, self._inside)
            for facet in _NAMES
            if facet != "year"
        }

    @cached_property
    def years(self) -> YearHistogram:
        """The histogram of years."""
        return YearHistogram(self._theme, self._year)

    @cached_property
    def _year(self) -> QWidget:
        return QWidget(self._inside)

    @cached_property
    def _year_heading(self) -> FacetHeading:
        return FacetHeading(facet_name("year"), self._year)

    @property
    def titles(self) -> Mapping[str, str]:
        """Titles of the records that the facets name, by key."""
        return self._titles

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        if self._inside.layout() is not None:
            self.years.set_theme(theme)
            for one in self.lists.values():
                one.set_theme(theme)

    def show_counts(self, facets: FacetCounts, query: SearchQuery) -> None:
        """Show counts, and what the query has chosen of each facet."""
        self._lay_out()
        self._titles.update(facets.titles)
        for facet, one in self.lists.items():
            counts = facets.counts.get(facet, {})
            one.show_counts(counts, chosen(query, facet), partial(self._name, facet))
        counts = facets.counts.get("year", {})
        low, high = query.year_from, query.year_to
        wanted = None
        if low is not None or high is not None:
            known = [int(year) for year in counts] or [low or high or 0]
            wanted = (
                min(known) if low is None else low,
                max(known) if high is None else high,
            )
        self.years.show_years(counts, wanted)
        self._year_heading.count(len(counts), 1 if wanted else 0)
        self._year.setVisible(bool(counts) or wanted is not None)

    def _name(self, facet: str, value: str) -> str:
        return value_name(facet, value, self._titles)

    def focus_first(self) -> None:
        """Put the keyboard on the first facet."""
        self._lay_out()
        self.lists["kind"].heading.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def sizeHint(self) -> QSize:
        """Return a width that fits most values."""
        return QSize(self.fontMetrics().averageCharWidth() * 34, 400)

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which counts can be read."""
        return QSize(self.fontMetrics().averageCharWidth() * 20, 100)

    def _lay_out(self) -> None:
        if self._inside.layout() is not None:
            return
        layout = QVBoxLayout(self._inside)
        layout.setContentsMargins(8, 8, 4, 16)
        layout.setSpacing(8)
        for facet in _NAMES:
            if facet == "year":
                layout.addWidget(self._laid_out_years())
                continue
            one = self.lists[facet]
            one.heading.setChecked(facet in _OPEN)
            one.chosen_changed.connect(self.chosen_changed)
            one.escaped.connect(self.left)
            layout.addWidget(one)
        layout.addStretch(1)

    def _laid_out_years(self) -> QWidget:
        layout = QVBoxLayout(self._year)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._year_heading)
        layout.addWidget(self.years)
        self._year_heading.toggled.connect(self.years.setVisible)
        self._year_heading.setChecked(True)
        self.years.range_chosen.connect(self._on_years_chosen)
        self.years.escaped.connect(self.left)
        return self._year

    @Slot(object)
    def _on_years_chosen(self, years: tuple[int, int] | None) -> None:
        self.chosen_changed.emit("year", () if years is None else (year_range(*years),))
