"""Tagging all hits of a search: what is proposed, and what was chosen of it."""

from dataclasses import dataclass
from enum import StrEnum


class Stretch(StrEnum):
    """How much of the text around a hit is tagged."""

    WORDS = "words"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage with a hit in it; ``start``/``end`` are its place in the record's text.

    ``sha256`` is the text's hash: the place holds for that text alone. ``tags`` are those of
    annotations on just this place.
    """

    record: str
    title: str
    sha256: str
    start: int
    end: int
    left: str
    hit: str
    right: str
    label: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a query would have tagged, in the order of the search; ``cut`` says there is more."""

    query: str
    found: tuple[Proposal, ...]
    cut: bool = False
    hint: str | None = None
