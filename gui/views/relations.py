"""The panel of a record's ties to other records."""

from PySide6.QtWidgets import QWidget

from core.domain.as_of import AsOf
from core.domain.records import Record
from gui.models.relations import relation_cards
from gui.views.card_view import CardView


class RelationsView(CardView):
    """Ties of the record in front, grouped by meaning; following one leads to the other end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._record: Record | None = None
        self._as_of: AsOf | None = None
        self._empty = self.tr("No relations are recorded here. Open a record to see its ties.")
        self.setObjectName("relationsView")
        self.setAccessibleName(self.tr("Relations"))
        self.setAccessibleDescription(
            self.tr("Dated ties to other records with their sources. Enter opens the record.")
        )

    def show_record(self, record: Record | None) -> None:
        """Show a record's ties, or none."""
        self._record = record
        self.show_cards(relation_cards(record, self._as_of) if record else [])

    def set_as_of(self, as_of: AsOf | None) -> None:
        """Show what was so by a date, None for today."""
        self._as_of = as_of
        self.show_record(self._record)
