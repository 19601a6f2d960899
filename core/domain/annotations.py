"""Annotations as W3C targets: position and quote selectors, checked against a text's hash."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.domain.keys import Kind
from core.domain.passage_links import PassageLink


class Verdict(StrEnum):
    """How an annotation stands on the text as it is now."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    LOST = "lost"

    @property
    def state(self) -> str:
        """The contract's word for it: anchored, moved or orphaned."""
        return _STATES.get(self, "orphaned")


_STATES = {Verdict.EXACT: "anchored", Verdict.MOVED: "moved"}


@dataclass(frozen=True, slots=True)
class TextPositionSelector:
    """``start <= i < end`` in code points of the canonical text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextQuoteSelector:
    """The quotation and up to some 32 characters (more where needed) before and after it."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Target:
    """Where an annotation stands: a record, both selectors, the hash of the text it was made on."""

    record: str
    position: TextPositionSelector
    quote: TextQuoteSelector
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Anchoring:
    """The result of placing selectors on a text; positions are None for lost ones."""

    verdict: Verdict
    position: TextPositionSelector | None
    score: float


@dataclass(frozen=True, slots=True)
class Annotation:
    """A passage that an analyst marked. ``tags`` are full tag paths ("CBM/Hotlines")."""

    id: str
    target: Target
    title: str  # of the record
    label: str | None  # of the passage where it starts
    tags: tuple[str, ...]
    note: str
    analyst: str
    created: datetime
    modified: datetime
    verdict: Verdict = Verdict.EXACT
    score: float = 1.0
    color: str | None = None  # of its first tag, "#rrggbb"
    links: tuple[PassageLink, ...] = ()  # to records and other passages, oldest first

    @property
    def start(self) -> int:
        """First code point."""
        return self.target.position.start

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.target.position.end


@dataclass(frozen=True, slots=True)
class PassageTie:
    """A link as seen from its target: what leads there, and the passage it comes from."""

    link: PassageLink
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class AnnotationFilter:
    """Which annotations are meant; empty means all.

    ``tag`` includes the tags below it unless ``exact_tag``. ``since`` and ``until`` bound the
    moment of making, both included. ``not_by`` leaves analysts out. Each word of ``text`` stands
    in the quotation or the note, whatever its case and accents. ``collection`` is the name of one
    whose documents are meant.
    """

    record: str | None = None
    tag: str | None = None
    analyst: str | None = None
    states: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    text: str = ""
    kinds: frozenset[Kind] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    exact_tag: bool = False
    not_by: frozenset[str] = frozenset()
    collection: str | None = None
