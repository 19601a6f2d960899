"""What ties a marked passage to a record or to another passage, and what the tie means."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Meaning(StrEnum):
    """What the passage does with its target, in the order in which they are offered."""

    STATES = "states"
    SUPPORTS = "supports"
    CONTESTS = "contests"
    NARROWS = "narrows"
    ADOPTS = "adopts"
    REAFFIRMS = "reaffirms"
    OMITS = "omits"

    @property
    def passive(self) -> str:
        """How the tie reads from its target: "stated by" the passage."""
        return _PASSIVE[self]


_PASSIVE = {
    Meaning.STATES: "stated by",
    Meaning.SUPPORTS: "supported by",
    Meaning.CONTESTS: "contested by",
    Meaning.NARROWS: "narrowed by",
    Meaning.ADOPTS: "adopted by",
    Meaning.REAFFIRMS: "reaffirmed by",
    Meaning.OMITS: "omitted by",
}


@dataclass(frozen=True, slots=True)
class PassageLink:
    """``annotation`` (an id) ``meaning`` the record with key ``record``.

    Where it leads to another passage, ``target`` is that annotation's id and ``record`` the
    record it stands on. ``title`` is the record's, "" for one that is not in the workspace.
    """

    id: str
    annotation: str
    meaning: Meaning
    record: str
    target: str | None
    title: str
    analyst: str
    created: datetime
