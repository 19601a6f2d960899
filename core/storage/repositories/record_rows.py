"""Compiled records as rows of the tables that keep them."""

import unicodedata
from dataclasses import astuple
from typing import Any

from core.domain.records import CompiledRecord


def record_row(record: CompiledRecord, place: int, origin: str) -> dict[str, Any]:
    """Return the row of a record."""
    entry = record.entry
    return {
        "id": place,
        "key": entry.key,
        "kind": entry.kind.value,
        "title": entry.title,
        "sort_title": sort_title(entry.title),
        "summary": entry.summary,
        "date": entry.date,
        "year": entry.year,
        "year_to": entry.year_to,
        "type": entry.type,
        "status": entry.status,
        "region": entry.region,
        "themes": list(entry.themes),
        "names": list(entry.names),
        "seed": entry.seed,
        "verified": entry.verified,
        "source": record.source,
        "note": record.note,
        "sources": list(record.sources),
        "see_also": list(record.see_also),
        "fields": [list(astuple(field)) for field in record.fields],
        "attributes": record.attributes,
        "origin": origin,
        "withdrawn": False,
    }


def sort_title(title: str) -> str:
    """Return what a title is sorted by: no accents, no case, "Åland" beside "Albania"."""
    folded = unicodedata.normalize("NFKD", title).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c)).lstrip("“\"'«( ")


def alias_rows(record: CompiledRecord, place: int) -> list[dict[str, Any]]:
    """Return the rows of a record's earlier keys."""
    return [{"key": alias, "record_id": place} for alias in record.aliases]


def fact_rows(record: CompiledRecord, place: int) -> list[dict[str, Any]]:
    """Return the rows of a record's facts."""
    return [
        {
            "record_id": place,
            "n": n,
            "text": fact.text,
            "year": fact.year,
            "source": fact.source,
            "verified": fact.verified,
        }
        for n, fact in enumerate(record.facts)
    ]


def text_row(record: CompiledRecord, place: int) -> dict[str, Any]:
    """Return the row of a record's text."""
    text = record.text
    return {
        "record_id": place,
        "content": text.content,
        "sha256": text.sha256,
        "passages": [
            [p.n, p.kind.value, p.level, p.start, p.end, p.label, p.page] for p in text.passages
        ],
        "spans": [
            [s.start, s.end, s.kind.value, s.target, s.verified, s.locator] for s in text.spans
        ],
    }


def relation_rows(record: CompiledRecord, ids: dict[str, int]) -> list[dict[str, Any]]:
    """Return the rows of the ties that lead from a record; ``ids`` are of both ends."""
    return [
        {
            "subject_id": ids[tie.subject],
            "predicate": tie.predicate,
            "object_id": ids[tie.object],
            "since": tie.since,
            "until": tie.until,
            "role": tie.role,
            "locator": tie.locator,
            "source": tie.source,
            "verified": tie.verified,
            "note": tie.note,
        }
        for tie in record.relations
    ]
