"""Values of the analyst's own records: forms, what differs from the pack, what needs review."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.domain.annotations import Annotation, TextPositionSelector
from core.domain.keys import Kind
from core.domain.records import Origin

Raw = dict[str, object]
"""A record's fields as a pack file has them: plain values that are fit for YAML and JSON."""


class Shape(StrEnum):
    """What a form shows a field as."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    KEY = "key"
    LINES = "lines"
    KEYS = "keys"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a kind of record. ``kinds`` are those that a key may name, empty for any."""

    name: str
    label: str
    shape: Shape
    required: bool = False
    kinds: tuple[Kind, ...] = ()
    columns: tuple["FormField", ...] = ()  # of a field of rows


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with a field: ``path`` leads to it, ("facts", 0, "source")."""

    path: tuple[str | int, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class RecordForm:
    """A record as it is edited: its kind's fields, what stands in them, whose it is."""

    key: str
    kind: Kind
    raw: Raw
    fields: tuple[FormField, ...]
    origin: Origin = Origin.ANALYST
    withdrawn: bool = False
    changed: tuple[str, ...] = ()  # names of the fields that differ from the pack's


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a form that could not be stored yet."""

    id: str
    kind: Kind
    raw: Raw
    modified: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of a pack's record that the analyst changed, in words and as it is.

    ``pack`` is what the pack says now; ``moved`` tells that it said something else when the
    analyst changed it.
    """

    field: str
    label: str
    pack: str
    mine: str
    moved: bool = False


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An annotation that a change of its text left uncertain.

    ``place`` is where its words now seem to stand, with ``wording`` between ``before`` and
    ``after``; all are None or empty when they were not found again.
    """

    annotation: Annotation
    place: TextPositionSelector | None
    before: str = ""
    wording: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """What loading a pack's file did; ``updated`` tells that it replaced the reference."""

    name: str
    version: str
    added: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    updated: bool = False


@dataclass(frozen=True, slots=True)
class SavedPack:
    """What was written into a pack's file."""

    path: str
    added: int
    edited: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a newer pack changed, by record key, and how many annotations are to be reviewed."""

    added: frozenset[str] = field(default_factory=frozenset[str])
    changed: frozenset[str] = field(default_factory=frozenset[str])
    gone: frozenset[str] = field(default_factory=frozenset[str])
    withdrawn: frozenset[str] = field(default_factory=frozenset[str])
    renamed: dict[str, str] = field(default_factory=dict[str, str])
    review: int = 0
