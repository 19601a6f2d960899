"""The shapes of a pack's records: what may stand in its files, and nothing else."""

from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from core.struct_types import make_ready

Words = Annotated[str, Meta(min_length=1)]
Key = Annotated[str, Meta(pattern=r"^[a-z]+:[a-z0-9]+(-[a-z0-9]+)*$")]


class _Shape(Struct, forbid_unknown_fields=True, kw_only=True):
    """A mapping in which an unknown key is an error."""


class PackInfo(_Shape, kw_only=True):
    """``pack.yaml``."""

    name: Words
    version: Words
    description: Words


class SynonymShape(_Shape, kw_only=True):
    """One group of ``synonyms.yaml``: names of one thing."""

    forms: Annotated[list[Words], Meta(min_length=2)]
    note: str = ""


class FactShape(_Shape, kw_only=True):
    """One sourced statement."""

    text: Words
    year: int | None = None
    source: Key | None = None
    verified: bool = False


class RelationShape(_Shape, kw_only=True):
    """One tie of the record that it stands in."""

    predicate: Words
    object: Key
    since: str | None = None
    until: str | None = None
    role: str | None = None
    locator: str | None = None
    source: Key | None = None
    verified: bool = False
    note: str | None = None


class CountShape(_Shape, kw_only=True):
    """A number as some source gives it at some date."""

    count: int
    unit: Words
    as_of: str | None = None
    source: Key | None = None
    verified: bool = False
    note: str | None = None


class OutcomeShape(_Shape, kw_only=True):
    """A text that has no record of its own."""

    title: Words
    date: str | None = None


class RecordShape(_Shape, kw_only=True):
    """What every record but a source may hold."""

    dates: ClassVar[tuple[str, ...]] = ("date",)

    key: Key
    title: Words
    summary: Words
    other_names: list[Words] = []
    aliases: list[Key] = []
    source: Key | None = None
    verified: bool = False
    seed: bool = False
    seed_indirect: bool | str = False
    themes: list[Words] = []
    note: str | None = None
    facts: list[FactShape] = []
    relations: list[RelationShape] = []
    sources: list[Key] = []
    see_also: list[Key] = []


class Norm(RecordShape, kw_only=True):
    """A norm, principle or confidence measure."""

    statement: Words
    category: Words
    legal_status: str | None = None
    date: str | None = None


class Instrument(RecordShape, kw_only=True):
    """A text."""

    dates: ClassVar[tuple[str, ...]] = ("date", "entry_into_force")

    type: Words
    official_title: str | None = None
    date: str | None = None
    place: str | None = None
    issuing_body: str | None = None
    symbol: str | None = None
    legal_status: str | None = None
    entry_into_force: str | None = None
    urls: list[Words] = []
    counts: list[CountShape] = []


class Initiative(RecordShape, kw_only=True):
    """A process, conference, coalition, programme or dialogue."""

    type: Words
    status: str | None = None
    date: str | None = None
    place: str | None = None
    region: str | None = None
    seat: str | None = None
    other_outcomes: list[OutcomeShape] = []


class Event(RecordShape, kw_only=True):
    """A dated happening."""

    date: str


class State(RecordShape, kw_only=True, tag_field="type", tag="state"):
    """A state or territory."""

    dates: ClassVar[tuple[str, ...]] = ("un_member_since",)

    iso2: str | None = None
    iso3: str | None = None
    m49: str | None = None
    region: str | None = None
    subregion: str | None = None
    area: str | None = None
    un_group: str | None = None
    un_member_since: str | None = None
    status: str | None = None
    profile: str | None = None


class Organisation(RecordShape, kw_only=True, tag_field="type", tag="organisation"):
    """An organisation acting in its own name."""

    dates: ClassVar[tuple[str, ...]] = ("founded",)

    category: Words
    founded: str | None = None
    seat: str | None = None
    role: str | None = None


class Person(RecordShape, kw_only=True, tag_field="type", tag="person"):
    """A person."""

    dates: ClassVar[tuple[str, ...]] = ()

    office: str | None = None
    role: str | None = None


Participant = State | Organisation | Person


class Source(_Shape, kw_only=True):
    """What statements rest on."""

    key: Key
    title: Words
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    seen: bool = False
    seed: bool = False
    summary: Words
    aliases: list[Key] = []


class RowShape(_Shape, kw_only=True):
    """One row of a table; without ``source`` or ``verified`` it has those of its table."""

    dates: ClassVar[tuple[str, ...]] = (
        "signature",
        "ratification",
        "entry_into_force",
        "invited",
        "date",
    )

    participant: Key
    initiative: Key | None = None
    person: Key | None = None
    status: str | None = None
    vote: str | None = None
    role: str | None = None
    category: str | None = None
    basis: str | None = None
    signature: str | None = None
    ratification: str | None = None
    entry_into_force: str | None = None
    invited: str | None = None
    date: str | None = None
    further: str | None = None
    delegates: str | None = None
    note: str | None = None
    source: Key | None = None
    verified: bool | None = None


class TableShape(_Shape, kw_only=True):
    """A table of members, parties, votes; ``about`` is the record that it belongs to."""

    key: Key
    title: Words
    as_of: str | None = None
    about: Key | None = None
    predicate: str | None = None
    source: Key | None = None
    verified: bool = False
    other_sources: list[Key] = []
    see_also: list[Key] = []
    complete: bool | None = None
    totals: dict[str, int] | None = None
    outcome: str | None = None
    note: str | None = None
    rows: list[RowShape] = []


AnyRecord = Norm | Instrument | Initiative | State | Organisation | Person | Event | Source


_RECORDS = (Norm, Instrument, Initiative, Event, State, Organisation, Person, Source)
make_ready(PackInfo, SynonymShape, TableShape, *_RECORDS)
