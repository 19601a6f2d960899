"""What a write touched, so that each view refreshes only what concerns it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of what a write touched. ``step`` names it for undo ("Tag a passage")."""

    records: frozenset[str] = frozenset()
    annotations: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    searches: frozenset[str] = frozenset()  # saved ones
    synonyms: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()  # of passages, to records or one another
    step: str | None = None

    def __or__(self, other: "Changes") -> "Changes":
        """Unite two; the later step names the whole."""
        return Changes(
            self.records | other.records,
            self.annotations | other.annotations,
            self.tags | other.tags,
            self.searches | other.searches,
            self.synonyms | other.synonyms,
            self.links | other.links,
            step=other.step or self.step,
        )

    def __bool__(self) -> bool:
        """Whether anything was touched."""
        touched = (self.records, self.annotations, self.tags, self.searches, self.synonyms)
        return any(touched) or bool(self.links)


@dataclass(frozen=True, slots=True)
class HistoryState:
    """Names of the steps that undo and redo would take; None where there is none."""

    undo: str | None
    redo: str | None
