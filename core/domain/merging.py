"""What merging a file would do, item by item, and what it did."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class MergeStatus(StrEnum):
    """How something in the file stands to the workspace."""

    NEW = "new"
    SAME = "same"
    CONFLICTING = "conflicting"
    UNANCHORED = "unanchored"  # new, but its words are not found, or its text is not here


class MergeKind(StrEnum):
    """What an item is."""

    DOCUMENT = "document"
    TAG = "tag"
    ANNOTATION = "annotation"
    NOTE = "note"
    WORK = "work"  # of a list of references: a source record here


class Rule(StrEnum):
    """How a conflict is settled."""

    MINE = "mine"
    THEIRS = "theirs"
    NEWER = "newer"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a conflict says: labelled words, those that differ; who, and when."""

    fields: tuple[tuple[str, str], ...]
    analyst: str = ""
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class MergeItem:
    """One thing in the file. ``mine`` and ``theirs`` are there for conflicts."""

    kind: MergeKind
    id: str
    status: MergeStatus
    title: str  # of the record, or the tag's path
    record: str | None = None
    words: str = ""  # the quotation, or a note's beginning
    reason: str = ""
    mine: Side | None = None
    theirs: Side | None = None


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a file holds and how it stands to the workspace; nothing is written yet.

    ``sha256`` is the file's, so that what was shown is what is merged.
    """

    path: str
    sha256: str
    format: str
    items: tuple[MergeItem, ...]
    remarks: tuple[str, ...] = ()

    def count(self, status: MergeStatus) -> int:
        """Return how many items have a status."""
        return sum(item.status is status for item in self.items)

    @property
    def conflicts(self) -> tuple[MergeItem, ...]:
        """The items that are to be settled."""
        return tuple(item for item in self.items if item.status is MergeStatus.CONFLICTING)


@dataclass(frozen=True, slots=True)
class Decisions:
    """How conflicts are settled: by ``rule``, save those given one by one by their id.

    Without either, mine stays and the conflict counts as open.
    """

    rule: Rule | None = None
    single: Mapping[str, Rule] = field(default_factory=dict[str, Rule])

    def of(self, item: str) -> Rule | None:
        """Return how one conflict is settled."""
        return self.single.get(item, self.rule)


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did. ``written`` counts what was added or changed."""

    plan: MergePlan
    open: tuple[str, ...]  # ids of the conflicts that nobody settled
    written: int
    counts: Mapping[str, int] = field(default_factory=Counter[str])

    @property
    def in_part(self) -> bool:
        """Whether something waits for the analyst: unanchored passages, open conflicts."""
        return bool(self.open) or self.plan.count(MergeStatus.UNANCHORED) > 0
