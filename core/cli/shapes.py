"""The JSON shapes of the outer contract: keys may be added, never renamed."""

from __future__ import annotations

from datetime import UTC, datetime

from core.domain.codebook import Tag, TagEvent
from core.domain.concordance import ConcordancePage
from core.domain.imports import ImportResult
from core.domain.records import Record, RecordEntry
from core.domain.relations import CitedFact, Tie
from core.domain.search import SearchHit, SearchPage
from core.domain.synonyms import SynonymGroup
from core.domain.text import Passage, Span

Shape = dict[str, object]


def entry_shape(entry: RecordEntry) -> Shape:
    """Return one line of ``list``."""
    return {
        "record": entry.key,
        "kind": entry.kind.value,
        "title": entry.title,
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
        "annotations": entry.annotations,
        "origin": entry.origin,
        "withdrawn": entry.withdrawn,
    }


def record_shape(record: Record) -> Shape:
    """Return what ``show`` prints."""
    return {
        **entry_shape(record.entry),
        "text": record.text.content,
        "sha256": record.text.sha256,
        "passages": [_passage_shape(passage) for passage in record.text.passages],
        "spans": [_span_shape(span) for span in record.text.spans],
        "facts": [_fact_shape(fact) for fact in record.facts],
        "relations": [_relation_shape(tie) for tie in record.ties],
        "fields": {field.name: field.value for field in record.fields},
        "source": record.source,
        "note": record.note,
        "aliases": list(record.aliases),
    }


def _passage_shape(passage: Passage) -> Shape:
    return {
        "n": passage.n,
        "kind": passage.kind.value,
        "level": passage.level,
        "start": passage.start,
        "end": passage.end,
        "label": passage.label,
        "page": passage.page,
    }


def _span_shape(span: Span) -> Shape:
    return {
        "start": span.start,
        "end": span.end,
        "kind": span.kind.value,
        "target": span.target,
        "verified": span.verified,
        "locator": span.locator,
    }


def _fact_shape(cited: CitedFact) -> Shape:
    return {
        "text": cited.fact.text,
        "year": cited.fact.year,
        "source": cited.fact.source,
        "source_title": cited.source_title,
        "verified": cited.fact.verified,
    }


def _relation_shape(tie: Tie) -> Shape:
    relation = tie.relation
    return {
        "predicate": relation.predicate,
        "label": tie.label,
        "outgoing": tie.outgoing,
        "record": tie.record,
        "title": tie.title,
        "since": relation.since,
        "until": relation.until,
        "role": relation.role,
        "locator": relation.locator,
        "source": relation.source,
        "source_title": tie.source_title,
        "verified": relation.verified,
        "note": relation.note,
    }


def import_shape(result: ImportResult) -> Shape:
    """Return one line of ``import``."""
    return {
        "path": result.path,
        "status": result.status.value,
        "record": result.record,
        "title": result.title,
        "format": result.format,
        "passages": result.passages,
        "characters": result.characters,
        "reason": result.reason,
        "newer_of": result.newer_of,
    }


def synonyms_shape(group: SynonymGroup) -> Shape:
    """Return a group as ``synonyms`` prints it."""
    return {"id": group.id, "forms": list(group.forms), "note": group.note, "own": group.own}


def page_shape(page: SearchPage) -> Shape:
    """Return what ``search`` prints."""
    likeness = page.similar_to
    return {
        "query": page.query,
        "similar_to": None
        if likeness is None
        else {
            "record": likeness.record,
            "title": likeness.title,
            "start": likeness.start,
            "end": likeness.end,
            "words": list(likeness.words),
        },
        "total": page.total,
        "seconds": round(page.seconds, 6),
        "suggestion": page.suggestion,
        "hint": page.hint,
        "loosened": [{"query": query, "total": total} for query, total in page.loosened],
        "facets": page.facets,
        "hits": [_hit_shape(hit) for hit in page.hits],
    }


def _hit_shape(hit: SearchHit) -> Shape:
    return {
        "record": hit.record,
        "kind": hit.kind.value,
        "title": hit.title,
        "passage": hit.passage,
        "label": hit.label,
        "start": hit.start,
        "end": hit.end,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "year": hit.year,
        "annotation": hit.annotation,
        "more": hit.more,
    }


def concordance_shape(page: ConcordancePage) -> Shape:
    """Return what ``search --context`` prints."""
    return {
        "query": page.query,
        "total": page.total,
        "passages": page.passages,
        "seconds": round(page.seconds, 6),
        "hint": page.hint,
        "lines": [
            {
                "left": line.left,
                "hit": line.hit,
                "right": line.right,
                "record": line.record,
                "kind": line.kind.value,
                "title": line.title,
                "year": line.year,
                "label": line.label,
                "passage": line.passage,
                "start": line.start,
                "end": line.end,
                "annotation": line.annotation,
            }
            for line in page.lines
        ],
    }


def tag_shape(tag: Tag) -> Shape:
    """Return one tag of ``tags``."""
    return {
        "path": tag.path,
        "color": tag.color,
        "definition": tag.definition,
        "count": tag.count,
        "id": tag.id,
        "parent": tag.parent,
        "include": tag.include,
        "exclude": tag.exclude,
        "example": tag.example,
        "favourite": tag.favourite,
        "total": tag.total,
        "created": None if tag.created is None else moment_shape(tag.created),
        "modified": None if tag.modified is None else moment_shape(tag.modified),
    }


def tag_event_shape(event: TagEvent) -> Shape:
    """Return one line of ``tags history``."""
    return {
        "at": moment_shape(event.at),
        "analyst": event.analyst,
        "deed": event.deed.value,
        "undone": event.undone,
        "field": event.field,
        "before": event.before,
        "after": event.after,
        "step": event.step,
    }


def moment_shape(moment: datetime) -> str:
    """Return a moment in UTC as ISO 8601 has it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
