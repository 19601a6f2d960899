"""The details of a record: its fields, labelled and in words."""

from dataclasses import dataclass

from core.domain.dates import in_words
from core.reference.facts import happened
from core.reference.index import PackIndex
from core.reference.schema import (
    AnyRecord,
    CountShape,
    Event,
    FactShape,
    Initiative,
    Instrument,
    Source,
    State,
)
from core.reference.writing import Cited, Link, Piece, plain

_FIELDS: dict[str, dict[str, str]] = {
    "Norm": {"category": "Category", "legal_status": "Legal status", "date": "First stated"},
    "Instrument": {
        "official_title": "Official title",
        "symbol": "Symbol",
        "type": "Type",
        "date": "Date",
        "place": "Place",
        "issuing_body": "Issued by",
        "legal_status": "Legal status",
        "entry_into_force": "Entry into force",
    },
    "Initiative": {
        "type": "Type",
        "status": "Status",
        "date": "Date",
        "place": "Place",
        "region": "Region",
        "seat": "Seat",
    },
    "State": {
        "status": "Status",
        "region": "Region",
        "subregion": "Subregion",
        "area": "Area",
        "un_group": "UN regional group",
        "un_member_since": "UN member since",
    },
    "Organisation": {
        "category": "Category",
        "role": "Role",
        "seat": "Seat",
        "founded": "Founded",
    },
    "Person": {"office": "Office", "role": "Role"},
    "Event": {"date": "Date"},
    "Source": {"publisher": "Publisher", "date": "Date"},
}
_SAID = ("official_title", "symbol", "iso2", "iso3")  # names that have a detail of their own
_PROFILES = {"detailed": "detailed", "basic": "basic data only"}


@dataclass(frozen=True, slots=True)
class Detail:
    """One labelled detail; ``value`` as pieces of text."""

    name: str
    label: str
    value: tuple[Piece, ...]

    @property
    def words(self) -> str:
        """The value without links."""
        return plain(self.value)


def details(index: PackIndex, shape: AnyRecord) -> list[Detail]:
    """Return the details of a record, in the order of its page."""
    found: list[Detail] = []
    said = {shape.title, *(getattr(shape, name, None) for name in _SAID)}
    other_names: list[str] = [n for n in getattr(shape, "other_names", []) if n not in said]
    if other_names:
        found.append(Detail("other_names", "Other names", ("; ".join(other_names),)))
    dated = shape.dates if not isinstance(shape, Source) else ("date",)
    for name, label in _FIELDS[type(shape).__name__].items():
        value: str | None = getattr(shape, name)
        if value and not (name == "role" and value in shape.summary):
            words = in_words(value) if name in dated else value
            ground = happened(shape) if isinstance(shape, Event) else None
            piece = _resting(index, words, ground) if ground else words
            found.append(Detail(name, label, (piece,)))
    found += _particular(index, shape)
    themes: list[str] = getattr(shape, "themes", [])
    if themes:
        found.append(Detail("themes", "Themes", (", ".join(themes),)))
    return found


def _resting(index: PackIndex, words: str, fact: FactShape) -> Piece:
    return Cited((words,), index.optional_key(fact.source), fact.verified)


def _particular(index: PackIndex, shape: AnyRecord) -> list[Detail]:
    if isinstance(shape, State):
        return _state(shape)
    if isinstance(shape, Instrument):
        links = [Detail("urls", "Address", (Link(url, url),)) for url in shape.urls]
        return [*links, *(_count(index, count) for count in shape.counts)]
    if isinstance(shape, Initiative):
        return [
            Detail(
                "other_outcomes",
                "Other outcome",
                (o.title + (f", {in_words(o.date)}" if o.date else ""),),
            )
            for o in shape.other_outcomes
        ]
    if isinstance(shape, Source):
        return _source(shape)
    return []


def _state(shape: State) -> list[Detail]:
    codes = [code for code in (shape.iso2, shape.iso3) if code]
    if shape.m49:
        codes.append(f"M49 {shape.m49}")
    found = [Detail("codes", "Codes", (", ".join(codes),))] if codes else []
    if shape.profile:
        words = _PROFILES.get(shape.profile, shape.profile)
        found.append(Detail("profile", "Profile", (words,)))
    return found


def _count(index: PackIndex, count: CountShape) -> Detail:
    words = f"{count.count:,} {count.unit}"
    if count.as_of:
        words += f", as of {in_words(count.as_of)}"
    words += f". Caveat: {count.note}" if count.note else ""
    value = Cited((words,), index.optional_key(count.source), count.verified)
    return Detail("counts", "Count", (value,))


def _source(shape: Source) -> list[Detail]:
    found = [Detail("url", "Address", (Link(shape.url, shape.url),))] if shape.url else []
    consulted = "yes" if shape.seen else "no, a suggested reference"
    return [*found, Detail("seen", "Consulted", (consulted,))]
