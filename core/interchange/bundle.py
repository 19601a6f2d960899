"""A NormAtlas bundle: a zip of JSON lines, texts and originals, with nothing lost.

``manifest.json`` names format and version; ``tags.jsonl``, ``sources.jsonl``,
``annotations.jsonl``, ``notes.jsonl`` and ``sets.jsonl`` hold one value a line, sorted;
``texts/SHA256.txt`` and ``originals/SHA256`` hold what they name. The same project gives the same
bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar, cast

from core.domain.interchange import Original, Person, Project, ProjectSource
from core.domain.text import hash_text
from core.interchange import rows
from core.interchange.archive import Archive, pack
from core.interchange.codes import parents_first
from core.interchange.identity import guid_of_person
from core.interchange.problems import (
    MAX_ANNOTATIONS,
    MAX_SOURCES,
    MAX_TAGS,
    MAX_TEXT,
    MAX_TEXTS,
    refused,
    too_many,
)

FORMAT = "normatlas-bundle"
VERSION = 1
MANIFEST = "manifest.json"
_MANIFEST_BYTES = 2**20

T = TypeVar("T")


def render(project: Project) -> bytes:
    """Return the bundle's bytes."""
    members: dict[str, bytes] = {}
    members["tags.jsonl"] = _lines(rows.tag_row(t) for t in parents_first(project.tags))
    sources = sorted(project.sources, key=lambda s: (s.key or "", s.title, s.id))
    members["sources.jsonl"] = _lines(map(rows.source_row, sources))
    placed = {source.id: n for n, source in enumerate(sources)}
    annotations = sorted(
        project.annotations,
        key=lambda a: (
            placed.get(a.source, len(placed)),
            a.position.start if a.position else -1,
            a.position.end if a.position else -1,
            a.id,
        ),
    )
    members["annotations.jsonl"] = _lines(map(rows.annotation_row, annotations))
    members["notes.jsonl"] = _lines(rows.note_row(n) for n in _by_id(project.notes))
    members["sets.jsonl"] = _lines(rows.set_row(s) for s in _by_id(project.sets))
    members |= dict(sorted(_texts(sources)))
    members |= dict(sorted(_originals(sources)))
    manifest = {"format": FORMAT, "version": VERSION, "sha256": _digest(members)}
    return pack({MANIFEST: json.dumps(manifest, indent=1).encode() + b"\n", **members})


def _by_id(values: Iterable[T]) -> list[T]:
    return sorted(values, key=lambda value: cast("str", getattr(value, "id")))  # noqa: B009


def _lines(values: Iterable[rows.Row]) -> bytes:
    lines = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return "".join(f"{line}\n" for line in lines).encode()


def _texts(sources: Iterable[ProjectSource]) -> Iterator[tuple[str, bytes]]:
    for source in sources:
        if source.text is not None and not source.reference:
            yield f"texts/{source.text.sha256}.txt", source.text.content.encode()


def _originals(sources: Iterable[ProjectSource]) -> Iterator[tuple[str, bytes]]:
    for source in sources:
        if source.original is not None and source.original.data is not None:
            yield f"originals/{source.original.sha256}", source.original.data


def _digest(members: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(members):
        digest.update(f"{name}\0{len(members[name])}\0".encode() + members[name])
    return digest.hexdigest()


def is_bundle(archive: Archive) -> bool:
    """Tell whether a zip says that it is a bundle."""
    return MANIFEST in archive.names and "annotations.jsonl" in archive.names


def read(name: str, archive: Archive) -> Project:
    """Return the project of an open bundle; raises `FileRefusedError`."""
    _check_manifest(name, archive)
    tags = tuple(_read(name, archive, "tags.jsonl", rows.tag_from, MAX_TAGS))
    sources = tuple(_sources(name, archive))
    annotations = tuple(
        _read(name, archive, "annotations.jsonl", rows.annotation_from, MAX_ANNOTATIONS)
    )
    notes = tuple(_read(name, archive, "notes.jsonl", rows.note_from, MAX_ANNOTATIONS))
    sets = tuple(_read(name, archive, "sets.jsonl", rows.set_from, MAX_SOURCES))
    _check_ids(name, "tags", [tag.id for tag in tags])
    _check_ids(name, "sources", [source.id for source in sources])
    _check_ids(name, "annotations", [annotation.id for annotation in annotations])
    names = dict.fromkeys(a.analyst for a in annotations if a.analyst)
    people = tuple(Person(guid_of_person(one), one) for one in names)
    return Project("bundle", name, people, tags, sources, annotations, notes, sets)


def _check_manifest(name: str, archive: Archive) -> None:
    try:
        said = cast("object", json.loads(archive.read(MANIFEST, _MANIFEST_BYTES)))
    except (ValueError, RecursionError) as error:
        raise refused(name, f"its {MANIFEST} can't be read") from error
    fields = cast("dict[str, object]", said) if isinstance(said, dict) else {}
    if fields.get("format") != FORMAT:
        raise refused(name, "it is no NormAtlas bundle")
    version = fields.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise refused(name, "it was made by a newer version of NormAtlas; update the program")


def _check_ids(name: str, what: str, ids: list[str]) -> None:
    if len(ids) != len(set(ids)):
        raise refused(name, f"two of its {what} have the same id")


def _sources(name: str, archive: Archive) -> Iterator[ProjectSource]:
    characters = 0
    found = _read(name, archive, "sources.jsonl", rows.as_row, MAX_SOURCES)
    for n, row in enumerate(found, start=1):
        content = None
        member = f"texts/{row.get('sha256')}.txt"
        if member in archive.names:
            content = _content(name, archive, member)
            characters += len(content)
            if characters > MAX_TEXTS:
                raise refused(name, f"its texts have more than {MAX_TEXTS:,} characters")
            if hash_text(content) != row.get("sha256"):
                raise refused(name, f"“{member}” in it is not the text that it should be")
        source = _convert(name, "sources.jsonl", n, row, _with_text(content))
        original = source.original
        if original is not None and f"originals/{original.sha256}" in archive.names:
            data = archive.read(f"originals/{original.sha256}")
            if hashlib.sha256(data).hexdigest() != original.sha256:
                raise refused(name, f"the original “{original.name}” in it is damaged")
            source = replace(source, original=Original(original.name, original.sha256, data))
        yield source


def _with_text(content: str | None) -> Callable[[rows.Row], ProjectSource]:
    return lambda row: rows.source_from(row, content)


def _content(name: str, archive: Archive, member: str) -> str:
    try:
        content = archive.read(member).decode()
    except UnicodeDecodeError as error:
        raise refused(name, f"“{member}” in it is no UTF-8 text") from error
    if len(content) > MAX_TEXT:
        raise refused(name, f"a text in it has more than {MAX_TEXT:,} characters")
    return content


def _read(
    name: str, archive: Archive, member: str, convert: Callable[[rows.Row], T], most: int
) -> Iterator[T]:
    if member not in archive.names:
        return
    count = 0
    for line in archive.read(member).split(b"\n"):
        if not line.strip():
            continue
        count += 1
        if count > most:
            raise too_many(name, member.partition(".")[0], most)
        try:
            value = cast("object", json.loads(line))
        except (ValueError, RecursionError) as error:
            raise refused(name, f"line {count:,} of {member} can't be read") from error
        yield _convert(name, member, count, value, convert)


def _convert(
    name: str, member: str, line: int, value: object, convert: Callable[[rows.Row], T]
) -> T:
    try:
        return convert(rows.as_row(value))
    except rows.RowError as error:
        raise refused(name, f"line {line:,} of {member}: {error}") from error
