"""What the window shows of a query: its parts, and what may be typed next.

All places are code points of the query's text, end exclusive.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a part of a query does."""

    WORD = "word"
    PHRASE = "phrase"  # also words near each other
    FIELD = "field"
    GROUP = "group"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class QueryPart:
    """A part of a query as understood, from ``start`` to ``end``; shown as one chip.

    ``label`` is what to show of it. ``field`` and ``value`` are set for a field, ``parts`` for a
    group. ``negated`` parts exclude; their range takes in the NOT or the minus.
    """

    role: Role
    start: int
    end: int
    label: str
    negated: bool = False
    field: str | None = None
    value: str | None = None
    parts: tuple["QueryPart", ...] = ()


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value that a field can have: as typed, as shown, and how many records have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchField:
    """A field of the query language: ``meaning`` in one line, ``example`` of its use.

    ``open`` fields take any words; of the others ``values`` are the most frequent ones.
    """

    name: str
    meaning: str
    example: str
    open: bool = False
    values: tuple[FieldValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that may be typed next.

    ``text`` replaces the range of its `Completions`; ``label`` is what to show, ``detail`` says
    more. ``what`` is field, value, operator or word. ``count`` is how many records (of a word:
    passages) have it. ``record`` is the key of the record that a value names.
    """

    text: str
    label: str
    what: str
    detail: str = ""
    count: int | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class Completions:
    """What may stand in place of the text from ``start`` to ``end``, likeliest first."""

    start: int
    end: int
    items: tuple[Completion, ...] = ()


def without(text: str, parts: tuple[QueryPart, ...], part: QueryPart) -> str:
    """Return a query without one of its parts, and without the operator that joined it.

    A group that would be left empty goes too. ``parts`` are all parts of ``text``.
    """
    for n, one in enumerate(parts):
        if one == part:
            start, end = _joined(parts, n)
            return _closed_up(text[:start], text[end:])
        if one.start <= part.start and part.end <= one.end and one.parts:
            if [p for p in one.parts if p.role is not Role.OPERATOR] == [part]:
                return without(text, parts, one)
            rest = without(text[: one.end], one.parts, part)
            return rest + text[one.end :]
    return text


def _closed_up(before: str, after: str) -> str:
    before, after = before.rstrip(), after.lstrip()
    apart = before and after and before[-1] != "(" and after[0] != ")"
    return f"{before} {after}" if apart else before + after


def _joined(parts: tuple[QueryPart, ...], n: int) -> tuple[int, int]:
    """Return the range of a part with the AND or OR before it, or else after it."""
    before = parts[n - 1] if n else None
    after = parts[n + 1] if n + 1 < len(parts) else None
    if before is not None and before.role is Role.OPERATOR:
        return before.start, parts[n].end
    if after is not None and after.role is Role.OPERATOR:
        return parts[n].start, after.end
    return parts[n].start, parts[n].end
