"""Records: everything that can be read, under one key with one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from core.domain.keys import Kind

if TYPE_CHECKING:  # each class of values takes a millisecond of the start
    from core.domain.relations import CitedFact, Fact, Relation, Tie
    from core.domain.synonyms import SynonymGroup
    from core.domain.text import Text


class Origin(StrEnum):
    """Whose a record is."""

    REFERENCE = "reference"
    EDITED = "edited"  # the pack's, with changes of the analyst laid over it
    ANALYST = "analyst"


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """One row of the library: what browsing needs, without the text."""

    key: str
    kind: Kind
    title: str
    summary: str
    date: str | None = None  # EDTF
    year: int | None = None  # first year of ``date``; what lists sort and filter by
    year_to: int | None = None  # last year, None while open or when ``date`` is None
    type: str | None = None  # type, category or office: what the kind is divided into
    status: str | None = None
    region: str | None = None
    themes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # other names: acronyms, symbols, formal titles
    seed: bool = False
    verified: bool = False
    annotations: int = 0
    origin: str = "reference"  # or edited, analyst, document
    withdrawn: bool = False  # kept although the pack, or its analyst, no longer has it


@dataclass(frozen=True, slots=True)
class Field:
    """One labelled detail of a record; ``value`` is as shown (dates in words)."""

    name: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record as read: entry, text, fields, facts, ties."""

    entry: RecordEntry
    text: Text
    fields: tuple[Field, ...] = ()
    facts: tuple[CitedFact, ...] = ()
    ties: tuple[Tie, ...] = ()
    source: str | None = None
    note: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompiledRecord:
    """A pack's record, ready to be stored: what `core.reference` hands to storage."""

    entry: RecordEntry
    text: Text
    aliases: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    facts: tuple[Fact, ...] = ()
    relations: tuple[Relation, ...] = ()  # outgoing only
    sources: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    source: str | None = None
    note: str | None = None
    attributes: dict[str, object] = field(
        default_factory=dict[str, object]
    )  # all raw fields, JSON-able


@dataclass(frozen=True, slots=True)
class CompiledPack:
    """A whole compiled pack; ``sha256`` is over its files and tells versions apart."""

    name: str
    version: str
    sha256: str
    records: tuple[CompiledRecord, ...]
    synonyms: tuple[SynonymGroup, ...] = ()
    tables: tuple[dict[str, object], ...] = ()  # raw, as `CompiledRecord.attributes`
    articles: tuple[dict[str, object], ...] = ()  # key, record, text (Markdown), mentions (keys)
