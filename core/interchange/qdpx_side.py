"""The file beside a QDPX project that holds what the standard has no place for.

It only ever adds: where the project itself says otherwise, because another tool wrote it anew, the
project is right.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import cast

from core.domain.annotations import TextQuoteSelector
from core.domain.interchange import (
    Project,
    ProjectAnnotation,
    ProjectNote,
    ProjectSource,
    ProjectTag,
)
from core.domain.text import Passage, PassageKind, Text, hash_text
from core.interchange import rows
from core.interchange.archive import Archive
from core.interchange.codes import join_definition
from core.interchange.json_text import word
from core.interchange.moments import write_second
from core.interchange.safe_xml import xml_text

SIDE_FILE = "normatlas.json"
_VERSION = 1
_MOST = 256 * 2**20
_IN_THE_PROJECT = ("id", "source", "start", "end", "exact", "tags", "analyst", "created")
_TAG_IN_THE_PROJECT = ("id", "parent", "name", "color", "created", "modified")


class SideFile:
    """What is known of sources, tags, annotations and notes, by their GUIDs."""

    def __init__(self, parts: dict[str, dict[str, rows.Row]]) -> None:
        self._parts = parts

    # Writing

    @classmethod
    def of(cls, project: Project, lost: Collection[str]) -> SideFile:
        """Return what goes beside a project; ``lost`` are the ids that stand in no text."""
        return cls(
            {
                "sources": {s.id: _without(rows.source_row(s), "id") for s in project.sources},
                "tags": {t.id: row for t in project.tags if (row := _rest_of_tag(t))},
                "annotations": {
                    a.id: _whole(a) if a.id in lost else _rest(a) for a in project.annotations
                },
                "notes": {n.id: row for n in project.notes if (row := _rest_of_note(n))},
            }
        )

    def render(self) -> bytes:
        """Return the file's bytes."""
        said = {"version": _VERSION, **self._parts}
        return json.dumps(said, ensure_ascii=False, indent=0, sort_keys=True).encode() + b"\n"

    # Reading

    @classmethod
    def read(cls, archive: Archive) -> SideFile:
        """Return what an archive holds of it; one that can't be read adds nothing."""
        if SIDE_FILE not in archive.names:
            return cls({})
        try:
            said = cast("object", json.loads(archive.read(SIDE_FILE, _MOST)))
        except (ValueError, RecursionError):
            return cls({})
        if not isinstance(said, dict) or cast("rows.Row", said).get("version") != _VERSION:
            return cls({})
        parts = cast("dict[str, object]", said)
        return cls({name: _rows(part) for name, part in parts.items()})

    def _row(self, part: str, guid: str) -> rows.Row | None:
        return self._parts.get(part, {}).get(guid)

    def text(self, guid: str, raw: str) -> Text | None:
        """Return the source's text with its passages, if ``raw`` is what we once wrote."""
        row = self._row("sources", guid)
        if row is None or row.get("sha256") != hash_text(raw):
            return None
        try:
            return rows.text_from(row, raw) if row.get("passages") else _lines(raw)
        except rows.RowError:
            return None

    def source(self, read: ProjectSource) -> ProjectSource:
        """Return a source with what is known beside what was read."""
        row = self._row("sources", read.id)
        if row is None:
            return read
        try:
            known = rows.source_from({"title": read.title, **row, "id": read.id}, None)
        except rows.RowError:
            return read
        if known.sha256 != read.sha256:
            return replace(read, key=known.key)
        return replace(known, text=read.text, title=read.title, description=read.description)

    def tag(self, read: ProjectTag) -> ProjectTag:
        """Return a tag with its fields apart."""
        row = self._row("tags", read.id)
        if row is None:
            return read
        try:
            known = rows.tag_from({**row, "id": read.id, "name": read.name})
        except rows.RowError:
            return read
        if xml_text(join_definition(known)) != join_definition(read):
            return read
        return replace(known, parent=read.parent, color=read.color)

    def annotation(self, read: ProjectAnnotation) -> ProjectAnnotation:
        """Return an annotation with what is known beside what was read."""
        row = self._row("annotations", read.id)
        if row is None or read.quote is None:
            return read
        try:
            known = rows.annotation_from(
                {**row, "id": read.id, "source": read.source, "exact": read.quote.exact}
            )
        except rows.RowError:
            return read
        quote = known.quote or read.quote
        same_note = xml_text(known.note).strip("\n") == read.note and known.note
        return replace(
            read,
            quote=TextQuoteSelector(read.quote.exact, quote.prefix, quote.suffix),
            text_sha256=known.text_sha256 or read.text_sha256,
            note=known.note if same_note else read.note,
            verdict=known.verdict,
            score=known.score,
            links=known.links,
        )

    def lost_annotation(self, guid: str, source: str, analyst: str) -> ProjectAnnotation | None:
        """Return the annotation that a note stands for, if it is one that lost its place."""
        row = self._row("annotations", guid)
        if row is None or "exact" not in row:
            return None
        try:
            return rows.annotation_from({"analyst": analyst, **row, "id": guid, "source": source})
        except rows.RowError:
            return None

    def about(self, guid: str) -> str | None:
        """Return what a note is about."""
        row = self._row("notes", guid)
        about = row.get("about") if row is not None else None
        return about if isinstance(about, str) else None

    def note_text(self, guid: str, read: str) -> str:
        """Return a note's text as it was written, with what XML or the reader left out of it."""
        row = self._row("notes", guid)
        known = row.get("text") if row is not None else None
        if not isinstance(known, str) or xml_text(known).strip("\n") != read:
            return read
        return word(known)


def _rows(part: object) -> dict[str, rows.Row]:
    if not isinstance(part, dict):
        return {}
    found = cast("dict[str, object]", part).items()
    return {guid: cast("rows.Row", row) for guid, row in found if isinstance(row, dict)}


def _lines(content: str) -> Text:
    """Return a canonical text whose lines are its passages."""
    passages: list[Passage] = []
    at = 0
    for n, line in enumerate(content.split("\n")):
        passages.append(Passage(n, PassageKind.PARAGRAPH, 0, at, at + len(line)))
        at += len(line) + 1
    return Text(content, tuple(passages))


def _rest(annotation: ProjectAnnotation) -> rows.Row:
    """Return what of an annotation the standard can't say."""
    rest = _without(rows.annotation_row(annotation), *_IN_THE_PROJECT, "modified", "note")
    note = annotation.note
    return {**rest, "note": note} if xml_text(note).strip("\n") != note else rest


def _whole(annotation: ProjectAnnotation) -> rows.Row:
    """Return all of an annotation, to the second."""
    row = _without(rows.annotation_row(annotation), "id", "source")
    for name in ("created", "modified"):
        if name in row:
            row[name] = write_second(datetime.fromisoformat(row[name]))
    return row


def _rest_of_tag(tag: ProjectTag) -> rows.Row:
    """Return a tag's texts where they are folded into one, or XML can't hold them."""
    rest = _without(rows.tag_row(tag), *_TAG_IN_THE_PROJECT)
    plain = set(rest) <= {"definition"} and xml_text(tag.definition) == tag.definition
    return {} if plain else rest


def _rest_of_note(note: ProjectNote) -> rows.Row:
    """Return what a note is about, and its text where it would come back as another."""
    kept = xml_text(note.text).strip("\n") == note.text
    return rows.plain(about=note.about, text=None if kept else note.text)


def _without(row: rows.Row, *names: str) -> rows.Row:
    return {name: value for name, value in row.items() if name not in names}
