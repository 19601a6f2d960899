"""The panel of a record's facts, each with the source it rests on."""

from PySide6.QtWidgets import QWidget

from core.domain.as_of import AsOf
from core.domain.records import Record
from gui.models.facts import fact_cards
from gui.views.card_view import CardView


class FactsView(CardView):
    """Facts of the record in front; following one leads to its source."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._record: Record | None = None
        self._as_of: AsOf | None = None
        self._empty = self.tr("No facts are recorded here. Open a record to see its facts.")
        self.setObjectName("factsView")
        self.setAccessibleName(self.tr("Facts"))
        self.setAccessibleDescription(self.tr("Facts with their sources. Enter opens the source."))

    def show_record(self, record: Record | None) -> None:
        """Show a record's facts, or none."""
        self._record = record
        self.show_cards(fact_cards(record, self._as_of) if record else [])

    def set_as_of(self, as_of: AsOf | None) -> None:
        """Show what was so by a date, None for today."""
        self._as_of = as_of
        self.show_record(self._record)
