"""How far two analysts agree, and where they do not."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TagAgreement:
    """A tag on passages: by both, by one alone, by none; ``tag`` is empty for all tags together.

    ``kappa`` and ``alpha`` are None where chance alone explains everything: both always, or
    neither ever.
    """

    tag: str
    both: int
    only_first: int
    only_second: int
    neither: int
    kappa: float | None
    alpha: float | None
    color: str | None = None  # "#rrggbb"

    @property
    def passages(self) -> int:
        """How many passages were judged."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def observed(self) -> float | None:
        """Share of the passages on which they agree; None where there are none."""
        return (self.both + self.neither) / self.passages if self.passages else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two analysts on the passages of every record that both worked on."""

    first: str
    second: str
    records: int
    passages: int
    overall: TagAgreement
    tags: tuple[TagAgreement, ...]  # by path, those that either uses there


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation that makes a difference; ``tags`` are those of it that do."""

    annotation: str
    start: int
    end: int
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A passage that one analyst tagged and the other did not; offsets in code points."""

    record: str
    title: str
    label: str | None
    start: int
    end: int
    text: str  # of the passage
    tag: str
    by: str
    lacking: str
    marks: tuple[Mark, ...] = field(default=())
