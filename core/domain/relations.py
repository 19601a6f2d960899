"""Facts and dated, sourced relations between records."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One sourced statement about a record; ``source`` is a source's key or None."""

    text: str
    year: int | None
    source: str | None
    verified: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie ``subject predicate object``; dates are EDTF."""

    subject: str
    predicate: str
    object: str
    since: str | None = None
    until: str | None = None
    role: str | None = None
    locator: str | None = None
    source: str | None = None
    verified: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as seen from one of its ends.

    ``label`` reads from this end ("stated in", "has member"); ``record`` and ``title`` are the
    other end; ``outgoing`` tells whether this end is the subject. ``source_title`` is the title
    of ``relation.source``; ``date`` is when the other end began or was made (EDTF), None where
    that is not known, or the other end is a state, which always is.
    """

    relation: Relation
    label: str
    record: str
    title: str
    outgoing: bool
    source_title: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class CitedFact:
    """A fact with its source's title, as shown."""

    fact: Fact
    source_title: str | None
