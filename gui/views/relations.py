"""The panel of a record's ties to other records."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from core.domain.annotations import PassageTie
from core.domain.as_of import AsOf
from core.domain.records import Record
from gui.models.relations import relation_cards
from gui.models.ties import tie_cards
from gui.views.card_view import CardView


class RelationsView(CardView):
    """Ties of the record in front, grouped by meaning; following one leads to the other end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._record: Record | None = None
        self._passages: tuple[PassageTie, ...] = ()
        self._as_of: AsOf | None = None
        self._empty = self.tr("No relations are recorded here. Open a record to see its ties.")
        self.setObjectName("relationsView")
        self.setAccessibleName(self.tr("Relations"))
        self.setAccessibleDescription(
            self.tr("Dated ties to other records with their sources. Enter opens the record.")
        )

    def show_record(self, record: Record | None) -> None:
        """Show a record's ties, or none; those of passages follow with `show_passages`."""
        if record is None or self._record is None or record.entry.key != self._record.entry.key:
            self._passages = ()
        self._record = record
        self._show()

    def show_passages(self, ties: Sequence[PassageTie]) -> None:
        """Show what leads to the record from marked passages, below its own ties."""
        self._passages = tuple(ties)
        self._show()

    def _show(self) -> None:
        cards = relation_cards(self._record, self._as_of) if self._record else []
        self.show_cards([*cards, *tie_cards(self._passages)])

    def set_as_of(self, as_of: AsOf | None) -> None:
        """Show what was so by a date, None for today."""
        self._as_of = as_of
        self.show_record(self._record)
