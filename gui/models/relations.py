"""A record's ties as cards, grouped by what they mean, as of a date or today."""

from PySide6.QtCore import QCoreApplication

from core.domain.as_of import AsOf, Standing, of_tie
from core.domain.dates import in_words, sort_key
from core.domain.records import Record
from core.domain.relations import Tie
from gui.models.cards import Card
from gui.models.facts import left_out, source_line


def relation_cards(record: Record, as_of: AsOf | None = None) -> list[Card]:
    """Return a heading per meaning, with its ties below it, by date, then title.

    With a date only those that held or had happened by then, the doubtful ones marked so.
    """
    groups: dict[str, list[tuple[Tie, Standing | None]]] = {}
    for tie in record.ties:
        standing = of_tie(tie, record.entry, as_of) if as_of else None
        if standing is None or standing.shown:
            groups.setdefault(tie.label, []).append((tie, standing))
    cards: list[Card] = []
    for label, members in groups.items():
        cards.append(
            Card(body=f"{label[:1].upper()}{label[1:]}", is_heading=True, foot=str(len(members)))
        )
        members.sort(key=lambda member: _order(member[0]))
        cards.extend(_card(*member) for member in members)
    if as_of:
        shown = sum(map(len, groups.values()))
        cards += left_out(len(record.ties) - shown, as_of)
    return cards


def _order(tie: Tie) -> tuple[object, ...]:
    return sort_key(tie.relation.since or tie.date), tie.title.casefold()


def _card(tie: Tie, standing: Standing | None) -> Card:
    relation = tie.relation
    details = [_period(relation.since, relation.until), relation.role, relation.locator]
    details.append(_doubt(standing))
    source = source_line(tie.source_title, relation.source, relation.verified)
    foot = " · ".join([*(part for part in details if part), source])
    if relation.note:
        foot += f"\n{relation.note}"
    return Card(body=tie.title, foot=foot, target=tie.record)


def _doubt(standing: Standing | None) -> str:
    """Say what the dates leave open of a tie on the day that is asked for."""
    if standing is Standing.PERHAPS:
        return QCoreApplication.translate("Relations", "perhaps by then")
    if standing is Standing.PERHAPS_OVER:
        return QCoreApplication.translate("Relations", "perhaps over by then")
    if standing is Standing.UNDATED:
        return QCoreApplication.translate("Relations", "no date known")
    return ""


def _period(since: str | None, until: str | None) -> str:
    if since and until and since != until:
        words = QCoreApplication.translate("Relations", "{since} to {until}")
        return words.format(since=in_words(since), until=in_words(until))
    if since:
        return in_words(since)
    if until:
        words = QCoreApplication.translate("Relations", "until {until}")
        return words.format(until=in_words(until))
    return ""
