"""Sources that are not here: each becomes a record that its annotations can stand on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from core.domain.dates import parse
from core.domain.interchange import ProjectSource
from core.domain.keys import Kind
from core.errors import UserError
from core.services.layering import layered_pack, recompose
from core.services.merge_documents import carries_text
from core.services.merge_places import Places
from core.services.records import write_entry
from core.storage.repositories.records import Records
from core.storage.unit_of_work import UnitOfWork

_LONGEST_SLUG = 60
_LONGEST_TITLE = 300
_SUMMARY = "Annotated elsewhere; its text is not here."


def add_sources(work: UnitOfWork, places: Places, needed: Collection[str]) -> int:
    """Make records of the sources without text that are needed; returns how many.

    Such a source becomes a source record: what was marked on it is kept there, to be placed once
    the text is here. A work of a list of references is needed for its own sake.
    """
    wanted = [s for s in places.missing if s.id in needed and not carries_text(s)]
    if not wanted:
        return 0
    records = Records(work.session)
    taken = set(records.ids_by_key())
    before = layered_pack(work.session).neighbours([])
    keys: dict[str, str] = {}
    for source in wanted:
        key = _key(source, taken)
        taken.add(key)
        keys[source.id] = key
        write_entry(work, key, Kind.SOURCE, _fields(key, source))
    recompose(work, keys.values(), before)
    places_here = records.ids_by_key()
    for source, key in keys.items():
        places.settle(source, places_here[key])
    return len(wanted)


def _fields(key: str, source: ProjectSource) -> dict[str, Any]:
    said = source.metadata
    title = _clean(source.title)[:_LONGEST_TITLE] or "Untitled"
    fields: dict[str, Any] = {
        "key": key,
        "title": title,
        "summary": _clean(source.description)[:_LONGEST_TITLE] or _SUMMARY,
        "publisher": _clean(said.publisher or ""),
        "date": _date(said.date),
        "url": source.address or said.address,
    }
    return {name: value for name, value in fields.items() if value}


def _date(said: str | None) -> str | None:
    """Return a date that a record can have; None for none and for one that is not EDTF."""
    try:
        return said if said and parse(said) else None
    except UserError:
        return None


def _clean(text: str) -> str:
    printable = "".join(c if c.isprintable() else " " for c in text)
    return unicodedata.normalize("NFC", " ".join(printable.split()))


def _key(source: ProjectSource, taken: Collection[str]) -> str:
    folded = unicodedata.normalize("NFKD", source.title).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", folded))[:_LONGEST_SLUG].strip("-") or "untitled"
    named = source.key if source.key and source.key.startswith("source:") else None
    key, number = named or f"source:{slug}", 1
    while key in taken:
        number += 1
        key = f"source:{slug}-{number}"
    return key
