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
        self._passages: dict[str, tuple[PassageTie, ...]] = {}  # of one record, by its key
        self._as_of: AsOf | None = None
        self._empty = self.tr("No relations are recorded here. Open a record to see its ties.")
        self.setObjectName("relationsView")
        self.setAccessibleName(self.tr("Relations"))
        self.setAccessibleDescription(
            self.tr("Dated ties to other records with their sources. Enter opens the record.")
        )

    def show_record(self, record: Record | None) -> None:
        """Show a record's ties, or none; those of passages come with `show_passages`."""
        self._record = record
        self._show()

    def show_passages(self, key: str, ties: Sequence[PassageTie]) -> None:
        """Show what leads to a record from marked passages, below its own ties.

        Read beside the record, they may be there before it is: they wait for it.
        """
        self._passages = {key: tuple(ties)}
        self._show()

    def _show(self) -> None:
        record = self._record
        cards = relation_cards(record, self._as_of) if record else []
        passages = self._passages.get(record.entry.key, ()) if record else ()
        self.show_cards([*cards, *tie_cards(passages)])

    def set_as_of(self, as_of: AsOf | None) -> None:
        """Show what was so by a date, None for today."""
        self._as_of = as_of
        self.show_record(self._record)
