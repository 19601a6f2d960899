"""W3C Web Annotation JSON-LD as a project (https://www.w3.org/TR/annotation-model/).

Collections, pages, single annotations and lists of them. Contexts and pages elsewhere are never
fetched: the keys are read as the model's own context names them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from core.domain.annotations import TextPositionSelector, TextQuoteSelector
from core.domain.interchange import (
    Project,
    ProjectAnnotation,
    ProjectNote,
    ProjectSource,
    ProjectTag,
)
from core.domain.keys import is_key
from core.interchange.codes import tag_of_path
from core.interchange.identity import derive, guid_of_record, identity_of
from core.interchange.json_text import Row, first_word, listed, plain_of_html, position, row, word
from core.interchange.moments import read_moment
from core.interchange.problems import MAX_ANNOTATIONS, MAX_NOTE, refused, too_many

_CONTAINERS = ("AnnotationCollection", "AnnotationPage", "OrderedCollection")
_TAGGING = {"tagging", "classifying", "identifying"}
_KEY = re.compile(r"(?:urn:normatlas:|normatlas://)([a-z]+:[a-z0-9-]+)")
_CHAR_RANGE = re.compile(r"char=(\d{1,9}),(\d{1,9})")
_MOST_NESTED = 40


def read(path: Path, said: object) -> Project:
    """Return the project of parsed JSON-LD; raises `FileRefusedError`."""
    return _Reader(path.name).project(said)


@dataclass(frozen=True, slots=True)
class Bodies:
    """What an annotation says: its tags, as paths, and its note."""

    tags: tuple[str, ...] = ()
    note: str = ""


class Gathering:
    """Gathers sources, tags and annotations for a project, each once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.missed: Counter[str] = Counter()
        self.annotations: dict[str, ProjectAnnotation] = {}
        self.notes: dict[str, ProjectNote] = {}
        self._sources: dict[str, ProjectSource] = {}
        self._tags: dict[str, ProjectTag] = {}

    def source(self, address: str, title: str) -> str:
        """Return the id of the source at an address."""
        match = _KEY.match(address)
        key = match[1] if match and is_key(match[1]) else None
        guid = guid_of_record(key) if key else derive("address", address or title)
        if guid not in self._sources:
            web = address if address.startswith(("http://", "https://")) else None
            shown = title or key or address or "Untitled"
            self._sources[guid] = ProjectSource(guid, shown, key, address=web)
        return guid

    def tags(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of tags given by path."""
        found: list[str] = []
        for path in paths:
            made = tag_of_path(path)
            self._tags |= {tag.id: tag for tag in made}
            found += [tag.id for tag in made[-1:]]
        return tuple(dict.fromkeys(found))

    def add(self, annotation: ProjectAnnotation) -> None:
        """Take an annotation; raises `FileRefusedError` for too many or two of one id."""
        if annotation.id in self.annotations:
            raise refused(self.name, f"two of its annotations have the id {annotation.id}")
        self.annotations[annotation.id] = annotation
        if len(self.annotations) > MAX_ANNOTATIONS:
            raise too_many(self.name, "annotations", MAX_ANNOTATIONS)

    def project(self, format_name: str) -> Project:
        """Return all that was gathered."""
        remarks = [f"Left out: {n:,} {what}." for what, n in self.missed.items() if n]
        return Project(
            format_name,
            self.name,
            tags=tuple(self._tags.values()),
            sources=tuple(self._sources.values()),
            annotations=tuple(self.annotations.values()),
            notes=tuple(self.notes.values()),
            remarks=tuple(remarks),
        )


class _Reader:
    def __init__(self, name: str) -> None:
        self._gathered = Gathering(name)
        self._missed = self._gathered.missed

    def project(self, said: object) -> Project:
        """Read everything that is an annotation."""
        for item in self._items(said):
            self._read(item)
        return self._gathered.project("jsonld")

    def _items(self, said: object) -> Iterator[Row]:
        waiting: list[tuple[object, int]] = [(said, 0)]
        while waiting:
            value, depth = waiting.pop()
            if isinstance(value, list):
                waiting += [(one, depth + 1) for one in reversed(cast("list[object]", value))]
                continue
            item = row(value)
            kinds = {word(kind) for kind in listed(item.get("type", item.get("@type")))}
            if kinds & set(_CONTAINERS) or "@graph" in item:
                waiting += [(p, depth + 1) for p in reversed(self._parts(item, depth))]
            elif "target" in item or "Annotation" in kinds:
                yield item
            elif item:
                self._missed["things that are no annotations"] += 1

    def _parts(self, item: Row, depth: int) -> list[object]:
        parts: list[object] = []
        for name in ("@graph", "first", "items", "next"):
            for part in listed(item.get(name)):
                if isinstance(part, str):
                    self._missed["pages that lie elsewhere and are never fetched"] += 1
                elif depth < _MOST_NESTED or name == "next":
                    parts.append(part)
        return parts

    def _read(self, item: Row) -> None:
        said = word(item.get("id", item.get("@id")))
        targets = listed(item.get("target"))
        if not targets:
            self._missed["annotations without a target"] += 1
        bodies = self._bodies(item)
        for n, target in enumerate(targets):
            where = _Where(self._gathered, target)
            identity = identity_of(said, "annotation") if said else where.identity(bodies)
            self._place(derive(identity, str(n)) if n else identity, item, where, bodies)

    def _place(self, identity: str, item: Row, where: _Where, bodies: Bodies) -> None:
        author = _author(item.get("creator"))
        created = read_moment(item.get("created"))
        modified = read_moment(item.get("modified")) or created
        if where.position is None and where.quote is None:
            if bodies.tags:
                self._missed["tags on a whole source"] += len(bodies.tags)
            if bodies.note:
                self._gathered.notes[identity] = ProjectNote(
                    identity, where.title, bodies.note, where.source, author, created, modified
                )
            return
        self._gathered.add(
            ProjectAnnotation(
                identity,
                where.source,
                where.position,
                where.quote,
                None,
                self._gathered.tags(bodies.tags),
                bodies.note,
                author,
                created,
                modified,
            )
        )

    def _bodies(self, item: Row) -> Bodies:
        motives = {word(m) for m in listed(item.get("motivation"))}
        tags: list[str] = []
        notes = [word(item.get("bodyValue"))]
        waiting = list(reversed(listed(item.get("body"))))
        steps = 0
        while waiting and steps < MAX_ANNOTATIONS:
            steps += 1
            body = waiting.pop()
            inside = row(body)
            if "items" in inside:
                waiting += reversed(listed(inside["items"]))
                continue
            said = self._said(body)
            purposes = {word(p) for p in listed(inside.get("purpose"))}
            if not said:
                self._missed["bodies that are no text"] += 1
            elif purposes & _TAGGING or (not purposes and motives == {"tagging"}):
                tags.append(said)
            else:
                notes.append(said)
        note = "\n\n".join(filter(None, notes))[:MAX_NOTE]
        return Bodies(tuple(dict.fromkeys(tags)), note)

    def _said(self, body: object) -> str:
        if isinstance(body, str):
            return word(body)
        inside = row(body)
        said = first_word(inside.get("value")) or first_word(inside.get("chars"))
        if said and word(inside.get("format")).startswith("text/html"):
            return plain_of_html(said)
        return said or word(inside.get("source")) or word(inside.get("id"))


class _Where:
    """Where an annotation stands: source and selectors."""

    def __init__(self, gathered: Gathering, target: object) -> None:
        self.position: TextPositionSelector | None = None
        self.quote: TextQuoteSelector | None = None
        inside = row(target)
        address = word(target) or source_of(inside)
        self.title = first_word(inside.get("dcterms:title")) or address
        self.source = gathered.source(address.partition("#")[0] or address, self.title)
        self._read(gathered, listed(inside.get("selector")))

    def identity(self, bodies: Bodies) -> str:
        """Return the id that this passage with these words always has."""
        quote, place = self.quote, self.position
        exact = f"{quote.prefix}\x1e{quote.exact}\x1e{quote.suffix}" if quote else ""
        at = f"{place.start}-{place.end}" if place else ""
        return derive("passage", self.source, at, exact, bodies.note, *bodies.tags)

    def _read(self, gathered: Gathering, waiting: list[object]) -> None:
        steps = 0
        while waiting and steps < 100:
            steps += 1
            selector = row(waiting.pop(0))
            kind = word(selector.get("type", selector.get("@type")))
            if kind == "TextQuoteSelector" and self.quote is None:
                self.quote = quote_of(selector)
            elif kind == "TextPositionSelector" and self.position is None:
                self.position = span(selector.get("start"), selector.get("end"))
            elif kind == "FragmentSelector" and self.position is None:
                match = _CHAR_RANGE.search(word(selector.get("value")))
                self.position = span(int(match[1]), int(match[2])) if match else None
            waiting += [*listed(selector.get("refinedBy")), *listed(selector.get("items"))]
        if waiting:
            gathered.missed["selectors beyond a hundred on one target"] += len(waiting)


def source_of(target: Row) -> str:
    """Return the address that a target stands on."""
    source = target.get("source")
    return word(source) or word(row(source).get("id")) or word(target.get("id"))


def quote_of(selector: Row) -> TextQuoteSelector | None:
    """Return a quote selector, None without words."""
    exact = word(selector.get("exact"))
    if not exact:
        return None
    return TextQuoteSelector(exact, word(selector.get("prefix")), word(selector.get("suffix")))


def span(start: object, end: object) -> TextPositionSelector | None:
    """Return a position selector, None for what is no stretch."""
    first, last = position(start), position(end)
    if first is None or last is None or first >= last:
        return None
    return TextPositionSelector(first, last)


def _author(creator: object) -> str:
    for one in listed(creator):
        inside = row(one)
        name = word(one) or first_word(inside.get("name")) or first_word(inside.get("nickname"))
        found = name or word(inside.get("id"))
        if found:
            return found
    return ""
