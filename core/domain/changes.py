"""What a write touched, so that each view refreshes only what concerns it."""

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of what a write touched. ``step`` names it for undo ("Tag a passage")."""

    records: frozenset[str] = frozenset()
    annotations: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    searches: frozenset[str] = frozenset()  # saved ones
    filters: frozenset[str] = frozenset()  # of annotations, saved ones
    presets: frozenset[str] = frozenset()  # of exports
    synonyms: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()  # of passages, to records or one another
    notes: frozenset[str] = frozenset()  # free-standing, or on records and tags
    settings: frozenset[str] = frozenset()  # by name
    step: str | None = None

    def __or__(self, other: "Changes") -> "Changes":
        """Unite two; the later step names the whole."""
        both = {name: getattr(self, name) | getattr(other, name) for name in _touched()}
        return Changes(**both, step=other.step or self.step)

    def __bool__(self) -> bool:
        """Whether anything was touched."""
        return any(getattr(self, name) for name in _touched())


def _touched() -> list[str]:
    return [field.name for field in fields(Changes) if field.name != "step"]


@dataclass(frozen=True, slots=True)
class HistoryState:
    """Names of the steps that undo and redo would take; None where there is none."""

    undo: str | None
    redo: str | None


class StepState(StrEnum):
    """How a step stands now; ``dropped`` was undone, then overtaken by other work."""

    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One step of the analyst's: its name, who did it, when, and how it stands."""

    id: int
    name: str
    analyst: str
    at: datetime
    state: StepState
