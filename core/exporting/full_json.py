"""The report as JSON with every field: the shape that ``annotations --json`` prints."""

import json

from core.domain.annotations import Annotation
from core.exporting.report import Report, link_to, timestamp


def render(report: Report) -> str:
    """Return the annotations as one JSON document."""
    rows = [annotation_as_json(e.annotation, e.citation.text) for e in report.entries]
    document = {"total": len(rows), "annotations": rows}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def annotation_as_json(annotation: Annotation, citation: str) -> dict[str, object]:
    """Return an annotation with the contract's keys, JSON-able."""
    quote = annotation.target.quote
    return {
        "id": annotation.id,
        "record": annotation.target.record,
        "title": annotation.title,
        "label": annotation.label,
        "start": annotation.start,
        "end": annotation.end,
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "tags": list(annotation.tags),
        "note": annotation.note,
        "analyst": annotation.analyst,
        "created": timestamp(annotation.created),
        "modified": timestamp(annotation.modified),
        "state": annotation.verdict.state,
        "verdict": annotation.verdict.value,
        "score": round(annotation.score, 4),
        "color": annotation.color,
        "text_sha256": annotation.target.text_sha256,
        "citation": citation,
        "link": link_to(annotation),
    }
