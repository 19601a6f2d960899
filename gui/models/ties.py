"""Ties of passages as cards on the record that they lead to."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from core.domain.annotations import Annotation, PassageTie
from core.domain.passage_links import Meaning
from gui.models.annotations import UNTAGGED, shorten
from gui.models.cards import Card


def tie_cards(ties: Sequence[PassageTie]) -> list[Card]:
    """Return a heading per meaning with the passages below it; a card leads to its annotation."""
    cards: list[Card] = []
    for meaning in Meaning:
        members = [tie for tie in ties if tie.link.meaning is meaning]
        if members:
            words = QCoreApplication.translate("Ties", "{0} a marked passage")
            heading = words.format(meaning.passive.capitalize())
            cards.append(Card(body=heading, is_heading=True, foot=str(len(members))))
            cards.extend(_card(tie.annotation) for tie in members)
    return cards


def _card(annotation: Annotation) -> Card:
    head = " · ".join(part for part in (annotation.title, annotation.label) if part)
    foot = "  ".join((*annotation.tags, annotation.analyst))
    return Card(
        body=f"“{shorten(annotation.target.quote.exact)}”",
        head=head,
        foot="\n".join(part for part in (foot, shorten(annotation.note)) if part),
        target=annotation.id,
        stripe=annotation.color or UNTAGGED,
    )
