"""What a query means, as a tree of frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``prefix`` was typed with a star, ``typing`` is perhaps not finished."""

    text: str
    prefix: bool = False
    typing: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, in the very forms typed; the last may be begun only."""

    words: tuple[str, ...]
    typing: bool = False


@dataclass(frozen=True, slots=True)
class InTitle:
    """Searched in titles and names alone."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Filter:
    """Narrows without ranking; ``values`` are folded, any of them will do."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """Records whose years overlap ``low`` to ``high``, both included."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    node: "Node"


Node = Word | Phrase | InTitle | Filter | Years | And | Or | Not
