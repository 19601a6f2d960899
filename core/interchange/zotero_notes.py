"""Notes that Zotero makes of annotations and exports as Markdown.

A highlight is its words in quotation marks, a citation that links to the item, a link that opens
the file at the annotation, and the comment: ``“words” ([Author, 2015, p. 8](zotero://select/…))
([pdf](zotero://open-pdf/…?page=8&annotation=KEY)) comment``. Which text it stands on is told by the
citation alone, so that it may be said which record it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.domain.annotations import TextQuoteSelector
from core.domain.interchange import Project, ProjectAnnotation
from core.interchange.identity import derive
from core.interchange.json_text import plain_of_html
from core.interchange.plain_text import CanonicalText, decode
from core.interchange.problems import MAX_NOTE, refused
from core.interchange.web_annotation import Gathering

ENDINGS = (".md", ".markdown")

_LINK = re.compile(r"\(?\[([^\[\]]{0,400})\]\((zotero://[^()\s]{1,400})\)\)?")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*)")
_MARKER = re.compile(r"(?:[-*+]|>|\d{1,4}[.)])[ \t]+")
_ANNOTATION = re.compile(r"[?&]annotation=([A-Za-z0-9]{1,32})")
_LOCATOR = re.compile(r",?\s*(?:pp?\.|S\.|§|para\.)\s*[\w–-]+$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_OPENING, _CLOSING = '“"«„‘『「', '”"»“’』」'


def holds_annotations(data: bytes) -> bool:
    """Tell whether a Markdown file has links that open Zotero at a passage."""
    return b"zotero://open" in data


def read(name: str, data: bytes, record: str | None = None) -> Project:
    """Return the project of a note; ``record`` is the key of what all of it stands on.

    Raises `FileRefusedError`.
    """
    reader = _Reader(name, record)
    for paragraph in _PARAGRAPH.split(decode(data).replace("\r\n", "\n")):
        reader.take(paragraph.strip())
    if not reader.gathered.annotations:
        raise refused(name, "it holds no highlights with the words that they are on")
    return reader.gathered.project("zotero")


@dataclass(frozen=True, slots=True)
class _Reference:
    """Links that stand together: the citation, and the annotation that they open."""

    start: int
    end: int
    citation: str = ""
    item: str = ""
    annotation: str = ""


class _Reader:
    def __init__(self, name: str, record: str | None) -> None:
        self.gathered = Gathering(name)
        self._record = record
        self._title = name.rpartition(".")[0] or name

    def take(self, paragraph: str) -> None:
        """Read one paragraph: a heading, a highlight or several, or something else."""
        heading = _HEADING.match(paragraph)
        if heading and "\n" not in paragraph:
            self._title = _plain(heading[1]) or self._title
            return
        references = [r for r in _references(paragraph) if r.annotation]
        if not references:
            return
        marker = _MARKER.match(paragraph)
        at = marker.end() if marker else 0
        found: list[tuple[_Reference, str, str]] = []
        for reference in references:
            before, words = _parted(_plain(paragraph[at : reference.start]))
            if found and before:
                earlier, said, note = found[-1]
                found[-1] = (earlier, said, f"{note} {before}".strip())
            found.append((reference, words, ""))
            at = reference.end
        last, words, note = found[-1]
        found[-1] = (last, words, f"{note} {_plain(paragraph[at:])}".strip())
        for reference, words, note in found:
            self._add(reference, words, note)

    def _add(self, reference: _Reference, words: str, note: str) -> None:
        if not words:
            self.gathered.missed["annotations without words, such as of pictures"] += 1
            return
        if self._record is not None:
            source = self.gathered.source(f"urn:normatlas:{self._record}", "")
        else:
            title = _LOCATOR.sub("", reference.citation).strip() or self._title
            source = self.gathered.source(reference.item, title)
        identity = derive("zotero", reference.annotation)
        quote = TextQuoteSelector(CanonicalText(words).text.content, "", "")
        if identity in self.gathered.annotations:
            self.gathered.missed["passages that are in it twice"] += 1
            return
        self.gathered.add(ProjectAnnotation(identity, source, quote=quote, note=note[:MAX_NOTE]))


def _references(paragraph: str) -> Iterator[_Reference]:
    held: _Reference | None = None
    for match in _LINK.finditer(paragraph):
        address = match[2]
        one = _Reference(match.start(), match.end())
        if held is not None and not paragraph[held.end : match.start()].strip():
            one = replace(held, end=match.end())
        elif held is not None:
            yield held
        opened = _ANNOTATION.search(address)
        if opened:
            one = replace(one, annotation=opened[1])
        elif address.startswith("zotero://select/"):
            one = replace(one, citation=_plain(match[1]), item=address)
        held = one
    if held is not None:
        yield held


def _parted(said: str) -> tuple[str, str]:
    """Return what stands before a quotation, and its words."""
    if not said or said[-1] not in _CLOSING:
        return said, ""
    opening = next((n for n, sign in enumerate(said[:-1]) if sign in _OPENING), None)
    return (said, "") if opening is None else (said[:opening].strip(), said[opening + 1 : -1])


def _plain(said: str) -> str:
    return _ESCAPED.sub(r"\1", plain_of_html(" ".join(said.split()))).strip()
