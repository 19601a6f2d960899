"""A record's facts as cards, each with its source."""

from PySide6.QtCore import QCoreApplication

from core.domain.records import Record
from core.domain.relations import CitedFact
from gui.models.cards import Card

HOLLOW = "○"


def source_line(title: str | None, source: str | None, verified: bool) -> str:
    """Say in words what a statement rests on."""
    if source is None:
        return HOLLOW + " " + _tr("No source was read")
    if verified:
        return title or source
    return f"{HOLLOW} " + _tr("Not verified: {source}").format(source=title or source)


def fact_cards(record: Record) -> list[Card]:
    """Return a card per fact, in the order of the record."""
    return [_card(cited) for cited in record.facts]


def _card(cited: CitedFact) -> Card:
    fact = cited.fact
    return Card(
        body=fact.text,
        head=str(fact.year) if fact.year else "",
        foot=source_line(cited.source_title, fact.source, fact.verified),
        target=fact.source or "",
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Facts", text)
