"""A record's ties as cards, grouped by what they mean."""

from PySide6.QtCore import QCoreApplication

from core.domain.dates import in_words
from core.domain.relations import Tie
from gui.models.cards import Card
from gui.models.facts import source_line


def relation_cards(ties: tuple[Tie, ...]) -> list[Card]:
    """Return a heading per meaning, with its ties below it, by title."""
    groups: dict[str, list[Tie]] = {}
    for tie in ties:
        groups.setdefault(tie.label, []).append(tie)
    cards: list[Card] = []
    for label, members in groups.items():
        cards.append(
            Card(body=f"{label[:1].upper()}{label[1:]}", is_heading=True, foot=str(len(members)))
        )
        members.sort(key=lambda tie: (tie.title.casefold(), tie.relation.since or ""))
        cards.extend(_card(tie) for tie in members)
    return cards


def _card(tie: Tie) -> Card:
    relation = tie.relation
    details = [_period(relation.since, relation.until), relation.role, relation.locator]
    source = source_line(tie.source_title, relation.source, relation.verified)
    foot = " · ".join([*(part for part in details if part), source])
    if relation.note:
        foot += f"\n{relation.note}"
    return Card(body=tie.title, foot=foot, target=tie.record)


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
