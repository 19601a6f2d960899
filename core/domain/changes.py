"""What a write touched, so that each view refreshes only what concerns it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of what a write touched. ``step`` names it for undo ("Tag a passage")."""

    records: frozenset[str] = frozenset()
    annotations: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    searches: frozenset[str] = frozenset()  # saved ones
    step: str | None = None

    def __or__(self, other: "Changes") -> "Changes":
        """Unite two; the later step names the whole."""
        return Changes(
            self.records | other.records,
            self.annotations | other.annotations,
            self.tags | other.tags,
            self.searches | other.searches,
            other.step or self.step,
        )

    def __bool__(self) -> bool:
        """Whether anything was touched."""
        return bool(self.records or self.annotations or self.tags or self.searches)


@dataclass(frozen=True, slots=True)
class HistoryState:
    """Names of the steps that undo and redo would take; None where there is none."""

    undo: str | None
    redo: str | None
