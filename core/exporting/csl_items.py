"""Records as CSL-JSON items: what citation styles and reference managers read."""

import re
from typing import Any, cast

from core.domain.keys import Kind
from core.domain.records import Record
from core.exporting.citation import PACK
from core.exporting.locators import symbol_as_cited

CslItem = dict[str, Any]
"""One item of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""

_TYPES = {
    "treaty": "treaty",
    "speech/remarks": "speech",
    "legal manual": "book",
}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
OWN = "NormAtlas, own records"
_AUTHORS = re.compile(r"\s*(?:;|\band\b(?=\s+\w+\s+\w+\Z))\s*")


def item_of(record: Record) -> CslItem:
    """Return a record as it is cited; its id is its key."""
    fields = {field.name: field.value for field in record.fields}
    maker = _MAKERS.get(record.entry.kind)
    if maker is None:
        return {**page_item(record), "id": record.entry.key}
    item: CslItem = {"id": record.entry.key, **maker(record, fields)}
    item["issued"] = date_parts(record.entry.date)
    return {name: value for name, value in item.items() if value not in (None, "", [])}


def _instrument(record: Record, fields: dict[str, str]) -> CslItem:
    symbol = fields.get("symbol")
    return {
        "type": _TYPES.get(record.entry.type or "", "report"),
        "title": fields.get("official_title") or record.entry.title,
        "title-short": record.entry.title,
        "author": _body(fields.get("issuing_body")),
        "number": symbol_as_cited(symbol) if symbol else None,
        "publisher-place": fields.get("place"),
        "URL": _address(fields.get("urls") or fields.get("url")),
    }


def _source(record: Record, fields: dict[str, str]) -> CslItem:
    address = _address(fields.get("url"))
    return {
        "type": "webpage" if address else "document",
        "title": record.entry.title,
        "author": _body(fields.get("publisher")),
        "URL": address,
    }


def _document(record: Record, fields: dict[str, str]) -> CslItem:
    symbol, address = fields.get("symbol"), _address(fields.get("address") or fields.get("url"))
    people = fields.get("authors") or fields.get("author")
    publisher = fields.get("publisher")
    return {
        "type": "report" if symbol or not address else "webpage",
        "title": record.entry.title,
        "author": _people(people) if people else _body(publisher),
        "publisher": publisher if people else None,
        "number": symbol_as_cited(symbol) if symbol else None,
        "language": fields.get("language"),
        "URL": address,
    }


def page_item(record: Record) -> CslItem:
    """Return a page of the reference, or of the analyst's own records, as it is cited."""
    own = record.entry.origin == "analyst"
    return {
        "id": f"page-{record.entry.key}",
        "type": "chapter",
        "title": record.entry.title,
        "container-title": OWN if own else PACK,
    }


_MAKERS = {Kind.INSTRUMENT: _instrument, Kind.SOURCE: _source, Kind.DOCUMENT: _document}


def _body(name: str | None) -> list[dict[str, str]]:
    return [{"literal": name}] if name else []


def _people(names: str) -> list[dict[str, str]]:
    found = [name.strip() for name in _AUTHORS.split(names) if name.strip()]
    return [_person(name) for name in found]


def _person(name: str) -> dict[str, str]:
    family, comma, given = name.partition(",")
    if comma and given.strip():
        return {"family": family.strip(), "given": given.strip()}
    return {"literal": name}


def _address(value: str | None) -> str | None:
    if not value:
        return None
    first = value.split()[0].rstrip(",;")
    return first if first.startswith(("http://", "https://")) else None


def date_parts(edtf: str | None) -> dict[str, object] | None:
    """Return an EDTF date as CSL has it; open and unknown ends are left out."""
    if not edtf:
        return None
    parts: list[list[int]] = []
    for end in edtf.split("/")[:2]:
        found = _DATE.match(end)
        if found:
            numbers = [int(number) for number in found.groups() if number]
            parts.append(numbers[:1] if len(numbers) > 1 and not 1 <= numbers[1] <= 12 else numbers)
    if not parts:
        return None
    made: dict[str, object] = {"date-parts": parts}
    if "~" in edtf or "?" in edtf:
        made["circa"] = True
    return made


def sort_items(items: list[CslItem]) -> list[CslItem]:
    """Return items by title, then id, so that two exports are the same."""
    return sorted(
        items, key=lambda item: (cast("str", item.get("title", "")).casefold(), item["id"])
    )
