"""Values as plain JSON and back: what the bundle's lines and the side file of a QDPX hold.

What is empty is left out, so that a reader of an earlier version meets nothing that it must know.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from core.domain.annotations import TextPositionSelector, TextQuoteSelector, Verdict
from core.domain.documents import DocumentMetadata
from core.domain.interchange import (
    Original,
    ProjectAnnotation,
    ProjectLink,
    ProjectNote,
    ProjectSet,
    ProjectSource,
    ProjectTag,
)
from core.domain.text import Passage, PassageKind, Span, SpanKind, Text
from core.interchange.identity import parse_guid
from core.interchange.moments import read_moment, write_exact

Row = dict[str, Any]

_HALF = re.compile("[\ud800-\udfff]")


class RowError(ValueError):
    """A row that is not what it should be; the message names the field."""


def plain(**values: object) -> Row:
    """Return what is not empty, in the order given."""
    return {k: v for k, v in values.items() if v is not None and v not in ("", [], {})}


def said(row: Row, name: str, kind: type = str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Return a field or None; raises `RowError` for one of another type."""
    value = row.get(name)
    if value is None:
        return None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise RowError(f"“{name}” is no {kind.__name__}")
    return whole(name, value) if isinstance(value, str) else value


def whole(name: str, text: str) -> str:
    """Return a string that can be stored; raises `RowError` for half a surrogate pair."""
    if not text.isascii() and _HALF.search(text):
        raise RowError(f"“{name}” holds half a character")
    return text


def guid(row: Row, name: str = "id") -> str:
    """Return a GUID that must be there, in lower case."""
    found = parse_guid(text_in(row, name))
    if found is None:
        raise RowError(f"“{name}” is no GUID")
    return found


def text_in(row: Row, name: str) -> str:
    """Return a string, "" for none."""
    return said(row, name) or ""


def needed(row: Row, name: str) -> str:
    """Return a string that must be there."""
    value = text_in(row, name)
    if not value:
        raise RowError(f"“{name}” is missing")
    return value


def strings(row: Row, name: str) -> tuple[str, ...]:
    """Return a list of strings."""
    values = cast("list[object]", said(row, name, list) or [])
    if not all(isinstance(value, str) for value in values):
        raise RowError(f"“{name}” is no list of strings")
    return tuple(whole(name, value) for value in cast("list[str]", values))


# Tags


def tag_row(tag: ProjectTag) -> Row:
    """Return a tag as a row."""
    return plain(
        id=tag.id,
        name=tag.name,
        parent=tag.parent,
        color=tag.color,
        definition=tag.definition,
        include=tag.include,
        exclude=tag.exclude,
        example=tag.example,
        position=tag.position or None,
        favourite=tag.favourite,
        created=write_exact(tag.created),
        modified=write_exact(tag.modified),
    )


def tag_from(row: Row) -> ProjectTag:
    """Return the tag of a row; raises `RowError`."""
    return ProjectTag(
        guid(row),
        needed(row, "name"),
        said(row, "parent"),
        text_in(row, "color"),
        text_in(row, "definition"),
        text_in(row, "include"),
        text_in(row, "exclude"),
        text_in(row, "example"),
        said(row, "position", int) or 0,
        said(row, "favourite", int),
        read_moment(row.get("created")),
        read_moment(row.get("modified")),
    )


# Sources


def source_row(source: ProjectSource) -> Row:
    """Return a source as a row, without its text's words and its original's bytes."""
    metadata = cast("dict[str, object]", dataclasses.asdict(source.metadata))
    metadata["authors"] = list(source.metadata.authors)
    return plain(
        id=source.id,
        key=source.key,
        title=source.title,
        sha256=source.sha256,
        metadata=plain(**metadata),
        description=source.description,
        address=source.address,
        format=source.format,
        original=plain(name=source.original.name, sha256=source.original.sha256)
        if source.original
        else None,
        created=write_exact(source.created),
        tags=list(source.tags),
        reference=source.reference or None,
        **(_structure(source.text) if source.text and not source.reference else {}),
    )


def _structure(text: Text) -> Row:
    return {
        "passages": [
            _trimmed(p.n, p.kind.value, p.level, p.start, p.end, p.label, p.page)
            for p in text.passages
        ],
        "spans": [
            _trimmed(s.start, s.end, s.kind.value, s.target, s.verified, s.locator)
            for s in text.spans
        ],
    }


def _trimmed(*values: object) -> list[object]:
    """Return the values without the Nones at the end."""
    row = list(values)
    while row and row[-1] is None:
        row.pop()
    return row


def source_from(row: Row, content: str | None) -> ProjectSource:
    """Return the source of a row with its text's words; raises `RowError`."""
    original = cast("Row | None", said(row, "original", dict))
    return ProjectSource(
        guid(row),
        needed(row, "title"),
        said(row, "key"),
        text_from(row, content) if content is not None and row.get("passages") else None,
        said(row, "sha256"),
        metadata_from(cast("Row", said(row, "metadata", dict) or {})),
        text_in(row, "description"),
        said(row, "address"),
        said(row, "format"),
        Original(needed(original, "name"), needed(original, "sha256")) if original else None,
        read_moment(row.get("created")),
        strings(row, "tags"),
        row.get("reference") is True,
    )


def metadata_from(row: Row) -> DocumentMetadata:
    """Return what a file says of itself; raises `RowError`."""
    names = [
        field.name for field in dataclasses.fields(DocumentMetadata) if field.name != "authors"
    ]
    return DocumentMetadata(
        authors=strings(row, "authors"), **{name: said(row, name) for name in names}
    )


def text_from(row: Row, content: str) -> Text:
    """Return a text with its passages; raises `RowError` where they do not tile it."""
    passages: list[Passage] = []
    at = 0
    for n, values in enumerate(cast("list[object]", said(row, "passages", list) or [])):
        passage = _passage(values)
        if passage.n != n or passage.start != at or not at <= passage.end <= len(content):
            raise RowError("“passages” do not follow one another")
        passages.append(passage)
        at = passage.end + 1
    if not passages or at != len(content) + 1:
        raise RowError("“passages” do not cover the text")
    if any(content[p.start - 1] != "\n" for p in passages[1:]):
        raise RowError("“passages” do not part at line ends")
    spans = tuple(
        _span(values, len(content))
        for values in cast("list[object]", said(row, "spans", list) or [])
    )
    return Text(content, tuple(passages), spans)


def _passage(values: object) -> Passage:
    n, kind, level, start, end, label, page = _filled(values, 5, 7)
    try:
        found = PassageKind(kind)
    except ValueError as error:
        raise RowError("“passages” hold one of an unknown kind") from error
    if not all(isinstance(v, int) for v in (n, level, start, end)) or not _optional(label, page):
        raise RowError("“passages” are not as they should be")
    return Passage(n, found, max(0, min(level, 9)), start, end, label, page)


def _span(values: object, length: int) -> Span:
    start, end, kind, target, verified, locator = _filled(values, 3, 6)
    try:
        found = SpanKind(kind)
    except ValueError as error:
        raise RowError("“spans” hold one of an unknown kind") from error
    whole = isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= length
    if not whole or not _optional(target, locator) or verified not in (None, True, False):
        raise RowError("“spans” are not as they should be")
    return Span(start, end, found, target, verified, locator)


def _filled(values: object, least: int, most: int) -> list[Any]:
    row = cast("list[Any]", values) if isinstance(values, list) else []
    if not least <= len(row) <= most:
        raise RowError("a row has too few or too many values")
    return [*row, *[None] * (most - len(row))]


def _optional(*values: object) -> bool:
    return all(value is None or isinstance(value, str) for value in values)


# Annotations


def annotation_row(annotation: ProjectAnnotation) -> Row:
    """Return an annotation as a row."""
    position, quote = annotation.position, annotation.quote
    verdict = annotation.verdict
    return plain(
        id=annotation.id,
        source=annotation.source,
        start=position.start if position else None,
        end=position.end if position else None,
        exact=quote.exact if quote else None,
        prefix=quote.prefix if quote else None,
        suffix=quote.suffix if quote else None,
        sha256=annotation.text_sha256,
        tags=list(annotation.tags),
        note=annotation.note,
        analyst=annotation.analyst,
        created=write_exact(annotation.created),
        modified=write_exact(annotation.modified),
        verdict=verdict.value if verdict not in (None, Verdict.EXACT) else None,
        score=annotation.score if verdict not in (None, Verdict.EXACT) else None,
        links=[link_row(link) for link in annotation.links],
    )


def annotation_from(row: Row) -> ProjectAnnotation:
    """Return the annotation of a row; raises `RowError`."""
    start, end = said(row, "start", int), said(row, "end", int)
    exact = said(row, "exact")
    verdict = said(row, "verdict") or Verdict.EXACT.value
    if verdict not in [known.value for known in Verdict]:
        raise RowError("“verdict” is an unknown one")
    score = row.get("score", 1.0)
    if not isinstance(score, int | float):
        raise RowError("“score” is no number")
    return ProjectAnnotation(
        guid(row),
        guid(row, "source"),
        TextPositionSelector(start, end) if start is not None and end is not None else None,
        TextQuoteSelector(exact, text_in(row, "prefix"), text_in(row, "suffix")) if exact else None,
        said(row, "sha256"),
        strings(row, "tags"),
        text_in(row, "note"),
        text_in(row, "analyst"),
        read_moment(row.get("created")),
        read_moment(row.get("modified")),
        Verdict(verdict),
        min(1.0, max(0.0, float(score))),
        tuple(
            link_from(cast("Row", link))
            for link in cast("Sequence[object]", said(row, "links", list) or [])
            if isinstance(link, dict)
        ),
    )


def link_row(link: ProjectLink) -> Row:
    """Return a link as a row."""
    return plain(
        id=link.id,
        meaning=link.meaning,
        record=link.record,
        target=link.target,
        analyst=link.analyst,
        created=write_exact(link.created),
    )


def link_from(row: Row) -> ProjectLink:
    """Return the link of a row; raises `RowError`."""
    return ProjectLink(
        guid(row),
        needed(row, "meaning"),
        needed(row, "record"),
        said(row, "target"),
        text_in(row, "analyst"),
        read_moment(row.get("created")),
    )


# Notes and sets


def note_row(note: ProjectNote) -> Row:
    """Return a note as a row."""
    return plain(
        id=note.id,
        title=note.title,
        text=note.text,
        about=note.about,
        analyst=note.analyst,
        created=write_exact(note.created),
        modified=write_exact(note.modified),
    )


def note_from(row: Row) -> ProjectNote:
    """Return the note of a row; raises `RowError`."""
    return ProjectNote(
        guid(row),
        text_in(row, "title"),
        text_in(row, "text"),
        said(row, "about"),
        text_in(row, "analyst"),
        read_moment(row.get("created")),
        read_moment(row.get("modified")),
    )


def set_row(one: ProjectSet) -> Row:
    """Return a set as a row."""
    return plain(
        id=one.id,
        name=one.name,
        description=one.description,
        tags=list(one.tags),
        sources=list(one.sources),
    )


def set_from(row: Row) -> ProjectSet:
    """Return the set of a row; raises `RowError`."""
    return ProjectSet(
        guid(row),
        needed(row, "name"),
        text_in(row, "description"),
        strings(row, "tags"),
        strings(row, "sources"),
    )


def as_row(value: object) -> Row:
    """Return a JSON object; raises `RowError` for anything else."""
    if not isinstance(value, Mapping):
        raise RowError("it is no object")
    return cast("Row", value)
