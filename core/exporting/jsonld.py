"""The report as a W3C Web Annotation collection (https://www.w3.org/TR/annotation-model/)."""

import json
import uuid

from core.domain.annotations import Annotation
from core.exporting.report import Entry, Report, timestamp

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
SOURCE_PREFIX = "urn:normatlas:"
_NO_ITEMS = '"items": []'


def render(report: Report) -> str:
    """Return an AnnotationCollection whose only page holds every annotation, one a line.

    Indenting those too would take Python's own encoder, which is five times as slow.
    """
    entries = report.entries
    identity = " ".join(sorted(entry.annotation.id for entry in entries))
    page: dict[str, object] = {
        "id": _urn(uuid.uuid5(uuid.NAMESPACE_URL, f"{SOURCE_PREFIX}page:{identity}")),
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": [],
    }
    collection: dict[str, object] = {
        "@context": CONTEXT,
        "id": _urn(uuid.uuid5(uuid.NAMESPACE_URL, f"{SOURCE_PREFIX}collection:{identity}")),
        "type": "AnnotationCollection",
        "label": report.heading,
        "created": timestamp(max((e.annotation.modified for e in entries), default=report.made)),
        "total": len(entries),
        "first": page,
        "last": page["id"],
    }
    # No string can hold these signs: in one, the quotation marks would be escaped.
    frame = json.dumps(collection, ensure_ascii=False, indent=2)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines = ",\n".join(f"      {encode(_annotation(entry))}" for entry in entries)
    items = f'"items": [\n{lines}\n    ]' if entries else _NO_ITEMS
    return frame.replace(_NO_ITEMS, items, 1) + "\n"


def _urn(identity: uuid.UUID | str) -> str:
    return f"urn:uuid:{identity}"


def _annotation(entry: Entry) -> dict[str, object]:
    note = entry.annotation
    item: dict[str, object] = {
        "id": _urn(note.id),
        "type": "Annotation",
        "motivation": _motivation(note),
        "creator": {"type": "Person", "name": note.analyst},
        "created": timestamp(note.created),
        "modified": timestamp(note.modified),
    }
    bodies = _bodies(note)
    if bodies:
        item["body"] = bodies
    item["target"] = _target(entry)
    return item


def _motivation(note: Annotation) -> list[str] | str:
    motives = [m for m, has in (("tagging", note.tags), ("commenting", note.note)) if has]
    return motives or "highlighting"


def _bodies(note: Annotation) -> list[dict[str, str]]:
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in note.tags]
    if note.note:
        bodies.append(
            {
                "type": "TextualBody",
                "purpose": "commenting",
                "format": "text/markdown",
                "value": note.note,
            }
        )
    return bodies


def _target(entry: Entry) -> dict[str, object]:
    target = entry.annotation.target
    return {
        "type": "SpecificResource",
        "source": SOURCE_PREFIX + target.record,
        "dcterms:title": entry.annotation.title,
        "dcterms:bibliographicCitation": entry.citation.text,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": target.quote.exact,
                "prefix": target.quote.prefix,
                "suffix": target.quote.suffix,
            },
            {
                "type": "TextPositionSelector",
                "start": target.position.start,
                "end": target.position.end,
            },
        ],
    }
