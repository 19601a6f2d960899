"""A Taguette project: the SQLite file that its “Export project” writes, or its whole database.

Documents are HTML; a highlight's offsets count the UTF-8 bytes of the text in it, and it has tags
but no note. Who made it and when stands in the list of commands. Written from Taguette 1.5.2.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from core.anchoring.describe import describe
from core.domain.annotations import TextPositionSelector, TextQuoteSelector
from core.domain.documents import DocumentMetadata
from core.domain.interchange import (
    Person,
    Project,
    ProjectAnnotation,
    ProjectSource,
    ProjectTag,
)
from core.interchange.foreign_sqlite import ForeignDatabase, open_foreign
from core.interchange.html_text import HtmlText
from core.interchange.identity import derive, guid_of_person
from core.interchange.json_text import plain_of_html, row, word
from core.interchange.moments import read_moment
from core.interchange.plain_text import CanonicalText
from core.interchange.problems import (
    MAX_ANNOTATIONS,
    MAX_SOURCES,
    MAX_TAGS,
    MAX_TEXT,
    MAX_TEXTS,
    refused,
    too_many,
)

_NAMESPACE = uuid.UUID("51b2b2b7-27eb-4ecb-9d56-e75b0a0496c2")
"""In which Taguette derives the GUIDs of its QDC files from the tags' names."""

_TABLES = {
    "projects": {"id", "name", "description"},
    "documents": {"id", "name", "description", "created", "project_id", "contents"},
    "highlights": {"id", "document_id", "start_offset", "end_offset", "snippet"},
    "tags": {"id", "path", "description"},
    "highlight_tags": {"highlight_id", "tag_id"},
}
_COMMANDS = {"id", "date", "user_login", "payload"}
_SEPARATOR = "/"


def read(path: Path) -> Project:
    """Return the project of a file; raises `FileRefusedError`."""
    with open_foreign(path) as database:
        if any(columns - database.columns(table) for table, columns in _TABLES.items()):
            raise refused(path.name, "it is a database, but not one of Taguette")
        return _Reader(path.name, database).project()


class _Page:
    """A document's text, and what its bytes are in it."""

    def __init__(self, source: str, contents: str) -> None:
        self.source = source
        self._html = HtmlText(contents)
        self.canonical = CanonicalText(self._html.raw, self._html.kind_at)
        self.text = self.canonical.text

    def place(self, start: int, end: int) -> TextPositionSelector | None:
        """Return where a highlight stands in the text, None where it stands nowhere."""
        raw = self._html.place(start, end)
        found = self.canonical.place(*raw) if raw else None
        return TextPositionSelector(*found) if found else None


class _Reader:
    def __init__(self, name: str, database: ForeignDatabase) -> None:
        self._name = name
        self._database = database
        self._made: dict[int, tuple[str, datetime | None, datetime | None]] = {}
        self._tags: dict[str, ProjectTag] = {}
        self._missed: Counter[str] = Counter()
        self._seen: Counter[tuple[str, int, int]] = Counter()

    def project(self) -> Project:
        """Read it all."""
        ((count,),) = self._database.rows("SELECT count(*) FROM highlights")
        if int(str(count)) > MAX_ANNOTATIONS:
            raise too_many(self._name, "highlights", MAX_ANNOTATIONS)
        names = [str(name) for (name,) in self._database.rows("SELECT name FROM projects")]
        self._read_commands()
        tags = self._read_tags()
        tied: dict[int, list[str]] = {}
        for highlight, tag in self._database.rows(
            "SELECT highlight_id, tag_id FROM highlight_tags ORDER BY tag_id"
        ):
            if isinstance(highlight, int) and isinstance(tag, int) and tag in tags:
                tied.setdefault(highlight, []).append(tags[tag])
        sources: list[ProjectSource] = []
        annotations: list[ProjectAnnotation] = []
        for number, source, page in self._pages():
            sources.append(source)
            annotations += self._highlights(number, page, tied)
        analysts = dict.fromkeys(a.analyst for a in annotations if a.analyst)
        return Project(
            "taguette",
            names[0] if len(names) == 1 else self._name,
            tuple(Person(guid_of_person(name), name) for name in analysts),
            tuple(self._tags.values()),
            tuple(sources),
            tuple(annotations),
            remarks=tuple(f"{what}: {n:,}." for what, n in self._missed.items()),
        )

    def _read_commands(self) -> None:
        """Take from the list of commands who made each highlight, and when."""
        if _COMMANDS - self._database.columns("commands"):
            return
        for at, who, payload in self._database.rows(
            "SELECT date, user_login, payload FROM commands "
            "WHERE payload LIKE '%highlight_add%' ORDER BY id"
        ):
            try:
                said = row(json.loads(str(payload)))
            except (ValueError, RecursionError):  # a list of what happened, nothing rests on it
                continue
            number = said.get("highlight_id")
            if said.get("type") == "highlight_add" and isinstance(number, int):
                moment = read_moment(at)
                first, created, _ = self._made.get(number, (str(who), moment, moment))
                self._made[number] = (first, created, moment)

    def _read_tags(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for number, path, description in self._database.rows(
            "SELECT id, path, description FROM tags ORDER BY path, id"
        ):
            names = [name.strip() for name in str(path).split(_SEPARATOR) if name.strip()]
            parent = None
            for depth, name in enumerate(names):
                guid = str(uuid.uuid5(_NAMESPACE, _SEPARATOR.join(names[: depth + 1])))
                last = depth == len(names) - 1
                if guid not in self._tags or (last and not self._tags[guid].definition):
                    words = word(description).strip() if last else ""
                    self._tags[guid] = ProjectTag(guid, name, parent, definition=words)
                parent = guid
            if parent is not None and isinstance(number, int):
                found[number] = parent
            if len(self._tags) > MAX_TAGS:
                raise too_many(self._name, "tags", MAX_TAGS)
        return found

    def _pages(self) -> Iterator[tuple[int, ProjectSource, _Page]]:
        characters = 0
        documents = self._database.rows(
            "SELECT id, name, description, created, contents FROM documents ORDER BY id"
        )
        seen: Counter[str] = Counter()
        for count, (number, name, description, created, contents) in enumerate(documents):
            if count >= MAX_SOURCES:
                raise too_many(self._name, "documents", MAX_SOURCES)
            source = word(contents)
            characters += len(source)
            if len(source) > MAX_TEXT or characters > MAX_TEXTS:
                raise refused(self._name, "its texts are too long to be taken in")
            title = word(name).strip() or "Untitled"
            sha256 = hashlib.sha256(source.encode()).hexdigest()
            seen[sha256] += 1
            guid = derive("taguette-document", sha256, title, str(seen[sha256]))
            page = _Page(guid, source)
            made = ProjectSource(
                guid,
                title,
                text=page.text if page.text.content else None,
                sha256=page.text.sha256,
                metadata=DocumentMetadata(title=title),
                description=word(description).strip(),
                format="html",
                created=read_moment(created),
            )
            yield number if isinstance(number, int) else -1, made, page

    def _highlights(
        self, document: int, page: _Page, tied: dict[int, list[str]]
    ) -> Iterator[ProjectAnnotation]:
        for number, start, end, snippet in self._database.rows(
            "SELECT id, start_offset, end_offset, snippet FROM highlights "
            f"WHERE document_id = {document:d} ORDER BY start_offset, end_offset, id"
        ):
            if not (isinstance(number, int) and isinstance(start, int) and isinstance(end, int)):
                self._missed["Left out highlights whose places are no numbers"] += 1
                continue
            self._seen[page.source, start, end] += 1
            nth = self._seen[page.source, start, end]
            analyst, created, modified = self._made.get(number, ("", None, None))
            position, quote = self._words(page, start, end, word(snippet))
            yield ProjectAnnotation(
                derive("taguette", page.source, str(start), str(end), str(nth)),
                page.source,
                position,
                quote,
                page.text.sha256 if position else None,
                tuple(dict.fromkeys(tied.get(number, ()))),
                "",
                analyst,
                created,
                modified,
            )

    def _words(
        self, page: _Page, start: int, end: int, snippet: str
    ) -> tuple[TextPositionSelector | None, TextQuoteSelector]:
        """Return where a highlight stands; by its snippet alone where its offsets say another."""
        said = CanonicalText(plain_of_html(snippet)).text.content
        place = page.place(start, end)
        if place is not None:
            found = describe(page.text.content, place.start, place.end)
            if not said or _letters(said) in _letters(found.exact):
                return place, found
        self._missed["Highlights whose offsets do not fit, placed by their words"] += 1
        return None, TextQuoteSelector(said, "", "")


def _letters(words: str) -> str:
    """Return words without blanks, accents apart: a highlight may begin between the two."""
    return unicodedata.normalize("NFD", "".join(words.split()))
