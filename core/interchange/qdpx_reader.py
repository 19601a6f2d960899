"""REFI-QDA projects (QDPX 1.5) as a project.

Standard: https://www.qdasoftware.org. Positions are read as `core.interchange.plain_text` finds
them meant; what stands on pictures, sound and pages has no place here and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from core.anchoring.describe import describe
from core.domain.annotations import TextPositionSelector, TextQuoteSelector
from core.domain.interchange import (
    Person,
    Project,
    ProjectAnnotation,
    ProjectNote,
    ProjectSet,
    ProjectSource,
    ProjectTag,
)
from core.interchange.archive import Archive
from core.interchange.codes import read_codes
from core.interchange.identity import derive, parse_guid, upper
from core.interchange.moments import read_moment
from core.interchange.plain_text import CanonicalText, Selection, choose_reading, decode
from core.interchange.problems import (
    MAX_ANNOTATIONS,
    MAX_SOURCES,
    MAX_TEXT,
    MAX_TEXTS,
    refused,
    too_many,
)
from core.interchange.qdpx_side import SideFile
from core.interchange.safe_xml import Element, child, children, local_name, parse, text_of

_SELECTIONS = {
    "PDFSelection": "pages of a PDF",
    "PictureSelection": "pictures",
    "AudioSelection": "sound",
    "VideoSelection": "film",
    "TranscriptSelection": "sound or film",
}
_WITHOUT_TEXT = {"PictureSource", "AudioSource", "VideoSource"}
_INTERNAL = "internal://"


def read(name: str, archive: Archive) -> Project:
    """Return the project of an open QDPX; raises `FileRefusedError`."""
    member = next((n for n in archive.names if n.casefold().endswith(".qde")), None)
    if member is None:
        raise refused(name, "it holds no .qde file, so it is no QDPX project")
    data = archive.read(member)
    if data.count(b"<PlainTextSelection") > MAX_ANNOTATIONS:
        raise too_many(name, "passages", MAX_ANNOTATIONS)
    root = parse(name, data)
    if local_name(root) != "Project":
        raise refused(name, "its .qde file is no REFI-QDA project")
    return _Reader(name, archive, member.rpartition("/")[0], root).project()


@dataclass(frozen=True, slots=True)
class _Place:
    """A source's text with the way from a tool's positions to ours."""

    text: CanonicalText | None
    convert: Callable[[int], int | None]


class _Reader:
    def __init__(self, name: str, archive: Archive, folder: str, root: Element) -> None:
        self._name = name
        self._archive = archive
        self._folder = f"{folder}/" if folder else ""
        self._root = root
        self._side = SideFile.read(archive)
        self._missed: Counter[str] = Counter()
        self._people: dict[str | None, str] = {}
        self._notes: dict[str, Element] = {}
        self._used: set[str] = set()  # notes that became part of something else
        self._seen: set[str] = set()
        self._annotations: list[ProjectAnnotation] = []
        self._characters = 0

    def project(self) -> Project:
        """Read it all."""
        people = self._read_people()
        book = child(self._root, "CodeBook")
        tags = read_codes(self._name, child(book, "Codes") if book is not None else None)
        self._codes = {tag.id for tag in tags}
        for note in self._below("Notes"):
            self._notes[self._guid(note)] = note
        sources = tuple(self._sources())
        sets = tuple(self._sets())
        for part, what in (("Cases", "cases"), ("Variables", "variables"), ("Graphs", "graphs")):
            self._missed[what] += sum(1 for _ in self._below(part))
        self._missed["links between codes, notes and passages"] += sum(
            1 for _ in self._below("Links")
        )
        tags = tuple(map(self._side.tag, self._with_notes(tags, book)))
        notes = tuple(self._free_notes())
        described = text_of(child(self._root, "Description"))
        if described.strip():
            identity = derive("description", self._root.get("name") or "", described)
            notes = (ProjectNote(identity, "Project", described.strip()), *notes)
        return Project(
            "qdpx",
            self._root.get("name") or self._name,
            people,
            tags,
            sources,
            tuple(self._annotations),
            notes,
            sets,
            self._remarks(),
        )

    def _below(self, part: str) -> Iterator[Element]:
        found = child(self._root, part)
        if found is not None:
            yield from (one for one in found if local_name(one))

    def _guid(self, element: Element) -> str:
        guid = parse_guid(element.get("guid") or "")
        if guid is None:
            raise refused(self._name, f"a {local_name(element)} in it has no GUID")
        if guid in self._seen:
            raise refused(self._name, f"the GUID {upper(guid)} is in it twice")
        self._seen.add(guid)
        return guid

    def _read_people(self) -> tuple[Person, ...]:
        for user in self._below("Users"):
            guid = self._guid(user)
            self._people[guid] = (user.get("name") or user.get("id") or "").strip()
        return tuple(Person(guid, said) for guid, said in self._people.items() if guid)

    def _person(self, element: Element) -> str:
        guids = (parse_guid(element.get(a) or "") for a in ("creatingUser", "modifyingUser"))
        return next((self._people[guid] for guid in guids if guid in self._people), "")

    # Sources

    def _sources(self) -> Iterator[ProjectSource]:
        for count, element in enumerate(self._below("Sources")):
            if count >= MAX_SOURCES:
                raise too_many(self._name, "sources", MAX_SOURCES)
            yield self._source(element)

    def _source(self, element: Element) -> ProjectSource:
        guid, kind = self._guid(element), local_name(element)
        holder: Element | None = element
        if kind == "PDFSource":
            holder = child(element, "Representation")
        elif kind in _WITHOUT_TEXT:
            holder = child(element, "TextDescription")
            self._missed["pictures, sounds and films"] += 1
        for name, what in _SELECTIONS.items():
            self._missed[f"passages on {what}"] += sum(1 for _ in children(element, name))
        place = self._place(guid, holder)
        if holder is not None:
            self._passages(guid, holder, place)
        self._whole(guid, element)
        if holder is not None and holder is not element:
            self._whole(guid, holder)
        notes = self._note_refs(guid, element, place)
        description = text_of(child(element, "Description")).strip()
        read = ProjectSource(
            guid,
            (element.get("name") or "").strip() or "Untitled",
            text=place.text.text if place.text is not None and place.text.text.content else None,
            sha256=place.text.text.sha256 if place.text is not None else None,
            description="\n\n".join(filter(None, (description, *notes))),
            created=read_moment(element.get("creationDateTime")),
        )
        return self._side.source(read)

    def _place(self, guid: str, holder: Element | None) -> _Place:
        raw = self._raw(holder) if holder is not None else None
        if raw is None:
            return _Place(None, lambda position: position)
        if len(raw) > MAX_TEXT:
            raise refused(self._name, f"a text in it has more than {MAX_TEXT:,} characters")
        self._characters += len(raw)
        if self._characters > MAX_TEXTS:
            raise refused(self._name, f"its texts have more than {MAX_TEXTS:,} characters")
        assert holder is not None
        ours = self._side.text(guid, raw)
        if ours is not None:
            return _Place(CanonicalText.verbatim(ours), lambda p: p if 0 <= p <= len(raw) else None)
        said = [
            Selection(*place, one.get("name") or "")
            for one in children(holder, "PlainTextSelection")
            if (place := _positions(one)) is not None
        ]
        return _Place(CanonicalText(raw), choose_reading(raw, said))

    def _raw(self, holder: Element) -> str | None:
        inside = child(holder, "PlainTextContent")
        if inside is not None:
            return text_of(inside)
        path = holder.get("plainTextPath") or ""
        if not path.startswith(_INTERNAL):
            self._missed["texts that lie outside the file"] += 1
            return None
        wanted = path.removeprefix(_INTERNAL)
        for folder in ("sources/", ""):
            member = self._archive.find(f"{self._folder}{folder}{wanted}")
            if member is not None:
                return decode(self._archive.read(member))
        self._missed["texts that the file names but does not hold"] += 1
        return None

    # Passages

    def _passages(self, source: str, holder: Element, place: _Place) -> None:
        for one in children(holder, "PlainTextSelection"):
            self._add(self._passage(source, one, place))

    def _passage(self, source: str, one: Element, place: _Place) -> ProjectAnnotation:
        described = text_of(child(one, "Description")).strip("\n")
        notes = [self._take_note(ref) for ref in children(one, "NoteRef")]
        codings = [c for c in children(one, "Coding") if self._code(c)]
        notes += [self._take_note(ref) for c in codings for ref in children(c, "NoteRef")]
        positions = self._positions(one)
        quote = _quote(place, positions)
        if quote is None:
            positions = None
            quote = TextQuoteSelector((one.get("name") or "").strip(), "", "")
        people = [self._person(one), *map(self._person, codings)]
        person = next((name for name in people if name), "")
        created = read_moment(one.get("creationDateTime"))
        read = ProjectAnnotation(
            self._guid(one),
            source,
            _canonical(place, positions),
            quote,
            place.text.text.sha256 if place.text is not None else None,
            tuple(dict.fromkeys(filter(None, map(self._code, codings)))),
            "\n\n".join(filter(None, (described, *notes))),
            person,
            created,
            read_moment(one.get("modifiedDateTime")) or created,
        )
        return self._side.annotation(read)

    def _positions(self, one: Element) -> tuple[int, int]:
        found = _positions(one)
        if found is None or found[0] > found[1]:
            raise refused(self._name, "a passage in it has no start and end that are numbers")
        return found

    def _code(self, coding: Element) -> str | None:
        ref = child(coding, "CodeRef")
        guid = parse_guid(ref.get("targetGUID") or "") if ref is not None else None
        if guid not in self._codes:
            self._missed["uses of codes that the file does not define"] += 1
            return None
        return guid

    def _add(self, annotation: ProjectAnnotation) -> None:
        self._annotations.append(annotation)
        if len(self._annotations) > MAX_ANNOTATIONS:
            raise too_many(self._name, "annotations", MAX_ANNOTATIONS)

    def _whole(self, source: str, element: Element) -> None:
        self._missed["codes on a whole source"] += sum(1 for _ in children(element, "Coding"))

    # Notes

    def _take_note(self, ref: Element) -> str:
        guid = parse_guid(ref.get("targetGUID") or "") or ""
        note = self._notes.get(guid)
        if note is None:
            self._missed["notes that the file names but does not hold"] += 1
            return ""
        self._used.add(guid)
        return self._note_text(note)

    def _note_text(self, note: Element) -> str:
        raw = self._raw(note)
        return (raw or text_of(child(note, "Description"))).strip("\n")

    def _note_refs(self, source: str, element: Element, place: _Place) -> Iterator[str]:
        """Take a source's notes: those with a passage of their own become annotations."""
        for ref in children(element, "NoteRef"):
            guid = parse_guid(ref.get("targetGUID") or "") or ""
            note = self._notes.get(guid)
            if note is None:
                continue
            lost = self._side.lost_annotation(guid, source, self._person(note))
            if lost is not None:
                self._used.add(guid)
                self._add(lost)
                continue
            text = self._take_note(ref)
            marked = child(note, "PlainTextSelection")
            positions = _positions(marked) if marked is not None else None
            if positions is None or marked is None or _quote(place, positions) is None:
                yield text
                continue
            passage = self._passage(source, marked, place)
            created = passage.created or read_moment(note.get("creationDateTime"))
            self._add(
                replace(
                    passage,
                    note="\n\n".join(filter(None, (text, passage.note))),
                    analyst=passage.analyst or self._person(note),
                    created=created,
                    modified=passage.modified or created,
                )
            )

    def _free_notes(self) -> Iterator[ProjectNote]:
        for guid, note in self._notes.items():
            if guid not in self._used:
                created = read_moment(note.get("creationDateTime"))
                yield ProjectNote(
                    guid,
                    (note.get("name") or "").strip() or "Note",
                    self._side.note_text(guid, self._note_text(note)),
                    self._side.about(guid),
                    self._person(note),
                    created,
                    read_moment(note.get("modifiedDateTime")) or created,
                )

    def _with_notes(
        self, tags: tuple[ProjectTag, ...], book: Element | None
    ) -> tuple[ProjectTag, ...]:
        """Put the notes on codes below the codes' definitions."""
        if book is None or not self._notes:
            return tags
        said: dict[str, list[str]] = {}
        for code in book.iter("{*}Code"):
            guid = parse_guid(code.get("guid") or "") or ""
            said[guid] = [self._take_note(ref) for ref in children(code, "NoteRef")]
        return tuple(
            replace(
                tag, definition="\n\n".join(filter(None, (tag.definition, *said.get(tag.id, ()))))
            )
            for tag in tags
        )

    def _sets(self) -> Iterator[ProjectSet]:
        for one in self._below("Sets"):
            yield ProjectSet(
                self._guid(one),
                (one.get("name") or "").strip(),
                text_of(child(one, "Description")).strip(),
                tuple(_targets(one, "MemberCode")),
                tuple(_targets(one, "MemberSource")),
            )

    def _remarks(self) -> tuple[str, ...]:
        return tuple(
            f"Left out: {count:,} {what}." for what, count in self._missed.items() if count
        )


def _targets(element: Element, name: str) -> Iterator[str]:
    for member in children(element, name):
        guid = parse_guid(member.get("targetGUID") or "")
        if guid is not None:
            yield guid


def _positions(one: Element) -> tuple[int, int] | None:
    try:
        return int(one.get("startPosition") or ""), int(one.get("endPosition") or "")
    except ValueError:
        return None


def _canonical(place: _Place, positions: tuple[int, int] | None) -> TextPositionSelector | None:
    if positions is None:
        return None
    if place.text is None:
        return TextPositionSelector(*positions)
    start, end = (place.convert(position) for position in positions)
    found = place.text.place(start, end) if start is not None and end is not None else None
    return TextPositionSelector(*found) if found else None


def _quote(place: _Place, positions: tuple[int, int]) -> TextQuoteSelector | None:
    found = _canonical(place, positions)
    if place.text is None or found is None:
        return None
    return describe(place.text.text.content, found.start, found.end)
