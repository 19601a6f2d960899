"""The cited works for reference managers: CSL-JSON, BibTeX and RIS.

RIS as reference managers read it (https://en.wikipedia.org/wiki/RIS_(file_format)); BibTeX in
UTF-8, with what TeX would take for commands escaped.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, cast

from core.exporting.csl_items import CslItem

_BIBTEX_TYPES = {
    "report": "techreport",
    "chapter": "incollection",
    "book": "book",
    "webpage": "misc",
    "document": "misc",
    "treaty": "misc",
    "speech": "misc",
}
_RIS_TYPES = {
    "report": "RPRT",
    "chapter": "CHAP",
    "book": "BOOK",
    "webpage": "ELEC",
    "treaty": "STAT",
    "speech": "GEN",
}
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def render_csl(items: Sequence[CslItem]) -> str:
    """Return the works as CSL-JSON."""
    return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"


def render_bibtex(items: Sequence[CslItem]) -> str:
    """Return the works as BibTeX; two works never get the same key."""
    taken: set[str] = set()
    return "\n".join(_bibtex(item, _key(item["id"], taken)) for item in items)


def render_ris(items: Sequence[CslItem]) -> str:
    """Return the works as RIS."""
    return "".join(_ris(item) for item in items)


def _key(identity: str, taken: set[str]) -> str:
    """Return a key of letters, digits and hyphens, which every BibTeX takes."""
    plain = unicodedata.normalize("NFKD", identity).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-") or "work"
    key, n = stem, 1
    while key.lower() in taken:
        n += 1
        key = f"{stem}-{n}"
    taken.add(key.lower())
    return key


def _bibtex(item: CslItem, key: str) -> str:
    kind = _BIBTEX_TYPES.get(item["type"], "misc")
    year, month, day = _date(item)
    publisher = {"techreport": "institution", "misc": "howpublished"}.get(kind, "publisher")
    authors = [*_names(item)]
    institution = item.get("publisher") or (_literal(item) if kind == "techreport" else None)
    fields = {
        "title": f"{{{_tex(item['title'])}}}",
        "author": " and ".join(_bibtex_name(name) for name in authors),
        publisher: _tex(institution or ""),
        "booktitle": _tex(item.get("container-title", "")),
        "number": _tex(item.get("number", "")),
        "address": _tex(item.get("publisher-place", "")),
        "year": str(year or ""),
        "day": str(day or ""),
        "language": _tex(item.get("language", "")),
        "url": item.get("URL", "").replace("{", "%7B").replace("}", "%7D"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if month:
        lines.append(f"  month = {_MONTHS[month - 1]},")
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _bibtex_name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{_tex(name['literal'])}}}"
    return f"{_tex(name['family'])}, {_tex(name['given'])}"


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _line(text))


def _ris(item: CslItem) -> str:
    year, month, day = _date(item)
    date = f"{year}/{month or 0:02}/{day or 0:02}/" if year and month else ""
    lines: list[tuple[str, object]] = [
        ("TY", _RIS_TYPES.get(item["type"], "GEN")),
        ("ID", item["id"]),
        ("TI", item["title"]),
        ("ST", item.get("title-short")),
        *(("AU", _ris_name(name)) for name in _names(item)),
        ("T2", item.get("container-title")),
        ("M1", item.get("number")),
        ("PB", item.get("publisher")),
        ("CY", item.get("publisher-place")),
        ("PY", year),
        ("DA", date.replace("/00/", "//")),
        ("LA", item.get("language")),
        ("UR", item.get("URL")),
    ]
    written = [f"{tag}  - {_line(str(value))}\r\n" for tag, value in lines if value]
    return "".join([*written, "ER  - \r\n\r\n"])


def _ris_name(name: dict[str, str]) -> str:
    return name.get("literal") or f"{name['family']}, {name['given']}"


def _names(item: CslItem) -> Iterator[dict[str, str]]:
    yield from cast("list[dict[str, str]]", item.get("author", []))


def _literal(item: CslItem) -> str | None:
    return next((name.get("literal") for name in _names(item)), None)


def _date(item: CslItem) -> tuple[int | None, int | None, int | None]:
    parts: list[list[int]] = cast("dict[str, Any]", item.get("issued", {})).get("date-parts", [[]])
    first: list[int | None] = [*parts[0], None, None, None]
    return first[0], first[1], first[2]


def _line(text: str) -> str:
    return " ".join(text.split())
