"""What a query means, as a tree of frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``prefix`` was typed with a star, ``typing`` is perhaps not finished."""

    text: str
    prefix: bool = False
    typing: bool = False
    capitals: bool = False  # typed in capitals alone


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word and those at most so many slips away."""

    text: str
    slips: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of a pattern: ``*`` for any letters, ``?`` for one."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, in the very forms typed; the last may be begun only.

    ``quoted`` ones were typed in quotation marks; in ``loose`` ones other forms of a word fit.
    """

    words: tuple[str, ...]
    typing: bool = False
    quoted: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words that stand, in any order, with at most ``distance`` other words between them."""

    words: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class InTitle:
    """Searched in titles and names alone."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class InNotes:
    """Searched in the analyst's notes alone."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Filter:
    """Narrows without ranking; ``values`` are folded, any of them will do.

    The last value is perhaps not finished if ``typing``.
    """

    field: str
    values: tuple[str, ...]
    typing: bool = False


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


@dataclass(frozen=True, slots=True)
class Best:
    """Ways to say the same, each with what its rank is multiplied by; the best one counts."""

    ways: tuple[tuple["Node", float], ...]


@dataclass(frozen=True, slots=True)
class Optional:
    """Raises the rank, and need not be there."""

    node: "Node"


Node = (
    Word
    | Fuzzy
    | Wildcard
    | Phrase
    | Near
    | InTitle
    | InNotes
    | Filter
    | Years
    | And
    | Or
    | Not
    | Best
    | Optional
)
