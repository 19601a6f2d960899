"""Two analysts' agreement as a table, and the passages on which they differ as cards."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QColor

from core.domain.agreement import Agreement, Difference, TagAgreement
from core.domain.tables import Cell, TextTable
from gui.models.annotations import UNTAGGED, shorten
from gui.models.cards import Card
from gui.models.table import Index, TableModel

_LONGEST = 400  # characters of a passage on its card
_LONGEST_MARK = 90
_LONGEST_NAME = 14  # letters in a heading
_ONLY = range(5, 7)
"""Columns of what one alone tagged."""


class AgreementModel(TableModel):
    """A row a tag, in the codebook's order until a column is sorted by."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._colors: dict[str, str] = {}
        self._only = ["", ""]

    def show_agreement(self, agreement: Agreement | None) -> None:
        """Show what was compared; None for nothing."""
        tags = agreement.tags if agreement else ()
        self._colors = {one.tag: one.color or UNTAGGED for one in tags}
        names = (agreement.first, agreement.second) if agreement else ("", "")
        self._only = [self.tr("Only {name}").format(name=name) for name in _short(*names)]
        columns = (
            self.tr("Tag"),
            self.tr("Agree"),
            self.tr("Kappa"),
            self.tr("Alpha"),
            self.tr("Both"),
            self.tr("Only {name}").format(name=names[0]),
            self.tr("Only {name}").format(name=names[1]),
            self.tr("Neither"),
        )
        sorted_by = self._sorted_by
        self.show(TextTable("", columns, tuple(_row(one) for one in tags)))
        self.sort(*sorted_by)

    def tag(self, row: int) -> str:
        """Return the tag of a row, "" where there is none."""
        return self.words()[row][0] if 0 <= row < self.rowCount() else ""

    def row_of(self, tag: str) -> int:
        """Return the row of a tag, -1 where it is not there."""
        tags = [words[0] for words in self.words()]
        return tags.index(tag) if tag in tags else -1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows: numbers stand right, a tag has its colour."""
        if index.isValid() and role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return QColor(self._colors[self.cell(index).words])
        if index.isValid() and role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the columns' names, and what the two measures mean."""
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return self._meaning(section)
        if role == Qt.ItemDataRole.TextAlignmentRole and section:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole and section in _ONLY:
            return self._only[section - _ONLY.start]
        return super().headerData(section, orientation, role)

    def _meaning(self, section: int) -> str | None:
        if section in _ONLY and self.columnCount():
            return self.table.columns[section]
        return {
            1: self.tr("Share of the passages on which both say the same of the tag."),
            2: self.tr(
                "Cohen's kappa: agreement beyond what chance explains. 1 is full agreement, "
                "0 is chance; a dash where chance explains everything."
            ),
            3: self.tr(
                "Krippendorff's alpha: agreement beyond chance, also for few passages. "
                "Krippendorff relies on 0.800 and above, and tentatively on 0.667."
            ),
        }.get(section)


def _short(first: str, second: str) -> tuple[str, str]:
    """Return two names as short as tells them apart in a heading."""
    one, other = (name.split()[0][:_LONGEST_NAME] if name else "" for name in (first, second))
    if one != other:
        return one, other
    return first[:_LONGEST_NAME], second[:_LONGEST_NAME]


def _row(one: TagAgreement) -> tuple[Cell, ...]:
    counts = (one.both, one.only_first, one.only_second, one.neither)
    share = "" if one.observed is None else f"{one.observed:.1%}"
    words = (one.tag, share, measure(one.kappa), measure(one.alpha), *map(str, counts))
    return tuple(Cell(word, 0, 0) for word in words)


def measure(value: float | None) -> str:
    """Return kappa or alpha as shown; "" where it has no value."""
    return "" if value is None else f"{value:.3f}"


def difference_cards(differences: Sequence[Difference]) -> list[Card]:
    """Return a card for each; its target is its number."""
    return [_card(n, one) for n, one in enumerate(differences)]


def _card(n: int, one: Difference) -> Card:
    marked = [
        f"{', '.join(mark.tags)}: “{shorten(words, _LONGEST_MARK)}”"
        for mark in one.marks
        if (words := one.text[max(0, mark.start - one.start) : max(0, mark.end - one.start)])
    ]
    lacks = QCoreApplication.translate("Agreement", "{analyst}: not so tagged")
    said = [f"{one.by}: {words}" for words in marked or [one.tag]]
    return Card(
        body=shorten(one.text, _LONGEST),
        head=" · ".join(part for part in (one.title, one.label) if part),
        foot="\n".join([*said, lacks.format(analyst=one.lacking)]),
        target=str(n),
    )
