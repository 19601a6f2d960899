"""What a form shows of each kind of record: its fields in their order, with their labels."""

from typing import cast

from core.domain.keys import Kind
from core.domain.own_records import FieldProblem, FormField, Raw, Shape

_SOURCE = (Kind.SOURCE,)
TYPES = ("state", "organisation", "person")
"""What a participant can be; its form differs."""

_SOURCED = (
    FormField("source", "Source", Shape.KEY, kinds=_SOURCE),
    FormField("verified", "Read in the source", Shape.FLAG),
)
_FACTS = FormField(
    "facts",
    "Facts",
    Shape.ROWS,
    columns=(
        FormField("text", "Statement", Shape.TEXT, required=True),
        FormField("year", "Year", Shape.NUMBER),
        *_SOURCED,
    ),
)
_RELATIONS = FormField(
    "relations",
    "Relations",
    Shape.ROWS,
    columns=(
        FormField("predicate", "Relation", Shape.LINE, required=True),
        FormField("object", "Record", Shape.KEY, required=True),
        FormField("since", "Since", Shape.DATE),
        FormField("until", "Until", Shape.DATE),
        FormField("role", "Role", Shape.LINE),
        FormField("locator", "Place in the text", Shape.LINE),
        *_SOURCED,
        FormField("note", "Caveat", Shape.LINE),
    ),
)
_COUNTS = FormField(
    "counts",
    "Counts",
    Shape.ROWS,
    columns=(
        FormField("count", "Number", Shape.NUMBER, required=True),
        FormField("unit", "Of what", Shape.LINE, required=True),
        FormField("as_of", "As of", Shape.DATE),
        *_SOURCED,
        FormField("note", "Caveat", Shape.LINE),
    ),
)
_OUTCOMES = FormField(
    "other_outcomes",
    "Other outcomes",
    Shape.ROWS,
    columns=(
        FormField("title", "Title", Shape.LINE, required=True),
        FormField("date", "Date", Shape.DATE),
    ),
)
_TITLE = FormField("title", "Title", Shape.LINE, required=True)
_SUMMARY = FormField("summary", "Summary", Shape.TEXT, required=True)
_HEAD = (_TITLE, _SUMMARY)
_TAIL = (
    *_SOURCED,
    FormField("note", "Caveat", Shape.TEXT),
    FormField("other_names", "Other names", Shape.LINES),
    FormField("themes", "Themes", Shape.LINES),
    _FACTS,
    _RELATIONS,
    FormField("sources", "Sources", Shape.KEYS, kinds=_SOURCE),
    FormField("see_also", "See also", Shape.KEYS, kinds=_SOURCE),
)


def _line(name: str, label: str, *, required: bool = False) -> FormField:
    return FormField(name, label, Shape.LINE, required=required)


def _date(name: str = "date", label: str = "Date", *, required: bool = False) -> FormField:
    return FormField(name, label, Shape.DATE, required=required)


_FORMS: dict[str, tuple[FormField, ...]] = {
    "norm": (
        _TITLE,
        FormField("statement", "Statement", Shape.TEXT, required=True),
        _SUMMARY,
        _line("category", "Category", required=True),
        _line("legal_status", "Legal status"),
        _date(label="First stated"),
        *_TAIL,
    ),
    "instrument": (
        *_HEAD,
        _line("type", "Type", required=True),
        _date(),
        _line("official_title", "Official title"),
        _line("symbol", "Symbol"),
        _line("issuing_body", "Issued by"),
        _line("place", "Place"),
        _line("legal_status", "Legal status"),
        _date("entry_into_force", "Entry into force"),
        FormField("urls", "Addresses", Shape.LINES),
        _COUNTS,
        *_TAIL,
    ),
    "initiative": (
        *_HEAD,
        _line("type", "Type", required=True),
        _line("status", "Status"),
        _date(),
        _line("place", "Place"),
        _line("region", "Region"),
        _line("seat", "Seat"),
        _OUTCOMES,
        *_TAIL,
    ),
    "event": (*_HEAD, _date(required=True), *_TAIL),
    "state": (
        *_HEAD,
        _line("status", "Status"),
        _line("region", "Region"),
        _line("subregion", "Subregion"),
        _line("area", "Area"),
        _line("un_group", "UN regional group"),
        _date("un_member_since", "UN member since"),
        _line("iso2", "Code of two letters"),
        _line("iso3", "Code of three letters"),
        _line("m49", "Code M49"),
        *_TAIL,
    ),
    "organisation": (
        *_HEAD,
        _line("category", "Category", required=True),
        _date("founded", "Founded"),
        _line("seat", "Seat"),
        _line("role", "Role"),
        *_TAIL,
    ),
    "person": (*_HEAD, _line("office", "Office"), _line("role", "Role"), *_TAIL),
    "source": (
        *_HEAD,
        _line("publisher", "Publisher"),
        _date(),
        _line("url", "Address"),
        FormField("seen", "Consulted", Shape.FLAG),
    ),
}
_LABELS = {field.name: field.label for form in _FORMS.values() for field in form}


def form_fields(kind: Kind, type_: object = None) -> tuple[FormField, ...]:
    """Return the fields of a kind of record; ``type_`` tells participants apart."""
    if kind is Kind.PARTICIPANT:
        return _FORMS[str(type_) if type_ in TYPES else TYPES[0]]
    return _FORMS[kind.value]


def label_of(field: str) -> str:
    """Return how a field is called."""
    return _LABELS.get(field, field.replace("_", " ").capitalize())


def missing(fields: tuple[FormField, ...], raw: Raw) -> tuple[FieldProblem, ...]:
    """Return a problem for each field that must be filled and is not, rows included."""
    found: list[FieldProblem] = []
    for one in fields:
        value = raw.get(one.name)
        if one.required and value in (None, "", []):
            found.append(FieldProblem((one.name,), f"Write the {one.label.lower()}."))
        if one.shape is Shape.ROWS and isinstance(value, list):
            for number, row in enumerate(cast("list[object]", value)):  # pyright: ignore[reportUnknownMemberType]
                cells = cast("Raw", row) if isinstance(row, dict) else {}
                found += [
                    FieldProblem((one.name, number, *problem.path), problem.sentence)
                    for problem in missing(one.columns, cells)
                ]
    return tuple(found)
