"""Annotations as cards: quotation, tags, the first line of the note."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from core.domain.annotations import Annotation
from core.domain.passage_links import PassageLink
from gui.models.cards import Card

UNTAGGED = "#8a8f98"
_LONGEST = 180


class AnnotationCards:
    """A card per annotation; the card of one that is shown again is kept."""

    def __init__(self) -> None:
        self._way = (False, False)
        self._made: dict[str, tuple[Annotation, Card]] = {}

    def cards(self, annotations: Sequence[Annotation], *, with_titles: bool) -> list[Card]:
        """Return a card per annotation; ``with_titles`` names the record of each.

        Of several analysts each is named.
        """
        several = len({annotation.analyst for annotation in annotations}) > 1
        way = (with_titles, several)
        known = self._made if way == self._way else {}
        self._way, self._made = way, {}
        for one in annotations:
            made = known.get(one.id)
            if made is None or made[0] is not one:
                made = (one, _card(one, with_titles, several))
            self._made[one.id] = made
        return [card for _, card in self._made.values()]


def _card(annotation: Annotation, with_title: bool, with_analyst: bool) -> Card:
    head = [annotation.title] if with_title else []
    if annotation.label:
        head.append(annotation.label)
    if with_analyst:
        head.append(annotation.analyst)
    if annotation.verdict.state == "orphaned":
        head.append(QCoreApplication.translate("Annotations", "place not found"))
    foot = "  ".join(annotation.tags)
    ties = "\n".join(f"→ {tie_line(link)}" for link in annotation.links)
    first = next((line for line in annotation.note.splitlines() if line.strip()), "")
    return Card(
        body=f"“{shorten(annotation.target.quote.exact)}”",
        head=" · ".join(head),
        foot="\n".join(part for part in (foot, shorten(first), ties) if part),
        target=annotation.id,
        stripe=annotation.color or UNTAGGED,
    )


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Return ``text`` on one line, cut at a word with an ellipsis where it is long."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0] + " …"


def tie_line(link: PassageLink) -> str:
    """Return what a tie says from its passage: "narrows One", "narrows a passage of One"."""
    name = link.title or link.record
    if link.target is None:
        return f"{link.meaning.value} {name}"
    words = QCoreApplication.translate("Annotations", "{0} a passage of {1}")
    return words.format(link.meaning.value, name)
