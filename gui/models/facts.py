"""A record's facts as cards, each with its source."""

from PySide6.QtCore import QCoreApplication

from core.domain.as_of import AsOf, of_fact
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


def fact_cards(record: Record, as_of: AsOf | None = None) -> list[Card]:
    """Return a card per fact, in the record's order; with a date, those that had come about."""
    if as_of is None:
        return [_card(cited) for cited in record.facts]
    shown = [cited for cited in record.facts if of_fact(cited.fact, as_of).shown]
    return [*map(_card, shown), *left_out(len(record.facts) - len(shown), as_of)]


def left_out(number: int, as_of: AsOf) -> list[Card]:
    """Return a card that says how much a date leaves out; none for nothing."""
    if not number:
        return []
    words = _tr("1 left out as of {date}") if number == 1 else _tr("{n} left out as of {date}")
    return [Card(body=words.format(n=number, date=as_of.words), is_heading=True)]


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
