"""A project as a REFI-QDA project (QDPX 1.5), the same bytes each time.

As other tools accept it: GUIDs in upper case and each but once, elements in the standard's order,
booleans spelled out, texts in files of their own, positions in code points. What the standard has
no place for lies in ``normatlas.json`` beside the project; a reader that drops it loses only that.
A passage that is no longer in its text becomes a note on the source: its old positions would show
the wrong words elsewhere.
"""

from __future__ import annotations

from datetime import datetime

from core.domain.annotations import Verdict
from core.domain.interchange import (
    Project,
    ProjectAnnotation,
    ProjectNote,
    ProjectSource,
)
from core.interchange.archive import pack
from core.interchange.codes import add_codes, parents_first
from core.interchange.identity import derive, guid_of_person, upper
from core.interchange.moments import write_second
from core.interchange.qdpx_side import SIDE_FILE, SideFile
from core.interchange.safe_xml import Element, add, new_root, xml_text
from core.interchange.safe_xml import render as write

NAMESPACE = "urn:QDA-XML:project:1.0"
_TITLE = 80  # characters of a passage's name
_LOST = "No longer in the text: “{quote}”"


def render(project: Project) -> bytes:
    """Return the QDPX file's bytes."""
    writer = _Writer(project)
    document = write(writer.root())
    side = SideFile.of(project, {annotation.id for annotation in writer.lost})
    members = {"project.qde": document, **dict(sorted(writer.texts.items()))}
    return pack({**members, SIDE_FILE: side.render()})


class _Writer:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._tags = parents_first(project.tags)
        self._sources = sorted(project.sources, key=lambda s: (s.title, s.key or "", s.id))
        self._on: dict[str, list[ProjectAnnotation]] = {source.id: [] for source in self._sources}
        for annotation in sorted(project.annotations, key=_order):
            self._on[annotation.source].append(annotation)
        self._known = {tag.id for tag in self._tags}
        self.lost: list[ProjectAnnotation] = []
        self.texts: dict[str, bytes] = {}

    def root(self) -> Element:
        """Return the project's element, its parts in the standard's order."""
        root = new_root(NAMESPACE, "Project")
        root.set("name", xml_text(self._project.name or "NormAtlas"))
        root.set("origin", "NormAtlas")
        moments = [m for a in self._project.annotations for m in (a.created, a.modified) if m]
        if moments:
            _set_moment(root, "creationDateTime", min(moments))
            _set_moment(root, "modifiedDateTime", max(moments))
        self._add_people(root)
        if self._tags:
            add_codes(_add(_add(root, "CodeBook"), "Codes"), self._tags)
        if self._sources:
            sources = _add(root, "Sources")
            for source in self._sources:
                self._add_source(sources, source)
        self._add_notes(root)
        self._add_sets(root)
        return root

    def _add_people(self, root: Element) -> None:
        said = [one.analyst for one in (*self._project.annotations, *self._project.notes)]
        names = sorted({name for name in said if name})
        if not names:
            return
        users = _add(root, "Users")
        for name in names:
            _add(users, "User", guid=upper(guid_of_person(name)), name=xml_text(name))

    # Sources

    def _add_source(self, sources: Element, source: ProjectSource) -> None:
        file = f"{upper(derive('text', source.id))}.txt"
        element = _add(
            sources,
            "TextSource",
            guid=upper(source.id),
            name=xml_text(source.title),
            plainTextPath=f"internal://{file}",
        )
        _set_moment(element, "creationDateTime", source.created)
        content = source.text.content if source.text is not None else ""
        self.texts[f"sources/{file}"] = content.encode()
        if source.description:
            _add(element, "Description").text = xml_text(source.description)
        lost: list[ProjectAnnotation] = []
        for annotation in self._on[source.id]:
            if _stands(annotation, content):
                self._add_passage(element, annotation)
            else:
                lost.append(annotation)
        for annotation in lost:
            _add(element, "NoteRef", targetGUID=upper(annotation.id))
        self.lost += lost

    def _add_passage(self, source: Element, annotation: ProjectAnnotation) -> None:
        position, quote = annotation.position, annotation.quote
        assert position is not None
        element = _add(
            source,
            "PlainTextSelection",
            guid=upper(annotation.id),
            name=_short(quote.exact if quote else ""),
            startPosition=str(position.start),
            endPosition=str(position.end),
        )
        _set_author(element, annotation.analyst)
        _set_moment(element, "creationDateTime", annotation.created)
        _set_moment(element, "modifiedDateTime", annotation.modified)
        if annotation.note:
            _add(element, "Description").text = xml_text(annotation.note)
        for tag in annotation.tags:
            if tag in self._known:
                guid = derive("coding", annotation.id, tag)
                coding = _add(element, "Coding", guid=upper(guid))
                _set_author(coding, annotation.analyst)
                _set_moment(coding, "creationDateTime", annotation.created)
                _add(coding, "CodeRef", targetGUID=upper(tag))

    # Notes and sets

    def _add_notes(self, root: Element) -> None:
        notes = [*self._project.notes, *map(self._lost_note, self.lost)]
        if not notes:
            return
        below = _add(root, "Notes")
        for note in sorted(notes, key=lambda n: n.id):
            element = _add(below, "Note", guid=upper(note.id), name=xml_text(note.title))
            _set_author(element, note.analyst)
            _set_moment(element, "creationDateTime", note.created)
            _set_moment(element, "modifiedDateTime", note.modified)
            _add(element, "PlainTextContent").text = xml_text(note.text)

    def _lost_note(self, annotation: ProjectAnnotation) -> ProjectNote:
        said = _LOST.format(quote=annotation.quote.exact if annotation.quote else "")
        text = "\n\n".join(filter(None, (said, annotation.note)))
        return ProjectNote(
            annotation.id,
            _short(said),
            text,
            analyst=annotation.analyst,
            created=annotation.created,
            modified=annotation.modified,
        )

    def _add_sets(self, root: Element) -> None:
        if not self._project.sets:
            return
        below = _add(root, "Sets")
        for one in sorted(self._project.sets, key=lambda s: s.id):
            element = _add(below, "Set", guid=upper(one.id), name=xml_text(one.name))
            if one.description:
                _add(element, "Description").text = xml_text(one.description)
            for name, members in (("MemberCode", one.tags), ("MemberSource", one.sources)):
                for member in members:
                    _add(element, name, targetGUID=upper(member))


def _order(annotation: ProjectAnnotation) -> tuple[int, int, str]:
    position = annotation.position
    return (position.start, position.end, annotation.id) if position else (-1, -1, annotation.id)


def _stands(annotation: ProjectAnnotation, content: str) -> bool:
    position, quote = annotation.position, annotation.quote
    if position is None or annotation.verdict in (Verdict.CHANGED, Verdict.LOST):
        return False
    inside = 0 <= position.start < position.end <= len(content)
    return inside and (quote is None or content[position.start : position.end] == quote.exact)


def _short(text: str) -> str:
    line = xml_text(" ".join(text.split()))
    return line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"


def _set_author(element: Element, name: str) -> None:
    if name:
        element.set("creatingUser", upper(guid_of_person(name)))


def _set_moment(element: Element, attribute: str, moment: datetime | None) -> None:
    said = write_second(moment)
    if said is not None:
        element.set(attribute, said)


def _add(parent: Element, name: str, /, **attributes: str) -> Element:
    return add(parent, name, attributes)
