"""The workspace, or a part of it, as a project to hand on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from core.domain.annotations import Annotation, AnnotationFilter, Verdict
from core.domain.codebook import Tag
from core.domain.exports import Beside
from core.domain.interchange import (
    Original,
    Person,
    Project,
    ProjectAnnotation,
    ProjectLink,
    ProjectNote,
    ProjectSource,
    ProjectTag,
)
from core.domain.keys import Kind
from core.domain.notes import Note
from core.interchange.identity import guid_of_person, guid_of_record
from core.storage.originals import Originals
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.codebook import Tags
from core.storage.repositories.documents import Documents, metadata_from
from core.storage.repositories.notes import NoteStore
from core.storage.repositories.records import Records
from core.storage.tables import DocumentEditionRow
from core.storage.unit_of_work import Database
from core.tasks import slow

_NAME = "NormAtlas"
_EVERYTHING = AnnotationFilter()


class Projects:
    """Annotations with their texts and the codebook, for other tools and other analysts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @slow
    def render(
        self, format_name: str, wanted: AnnotationFilter = _EVERYTHING
    ) -> tuple[bytes, Project]:
        """Return a project's file in one of `PROJECT_FORMATS`, and what is in it.

        Raises `UserError` for an empty codebook, which QDC can't say.
        """
        with self._database.read() as session:
            files = Originals(self._database.file.parent) if format_name == "bundle" else None
            project = gather(session, wanted, all_tags=wanted == _EVERYTHING, originals=files)
        return _RENDERERS[format_name](project), project

    @slow
    def beside(self, wanted: AnnotationFilter, annotations: Sequence[Annotation]) -> Beside:
        """Count what a project of these annotations would hold beside them."""
        with self._database.read() as session:
            tags = Tags(session).uncounted()
            scope = _scope(session, annotations, tags, whole=wanted == _EVERYTHING)
        notes = scope.notes
        return Beside(
            notes_on_records=sum(note.record is not None for note in notes),
            notes_on_tags=sum(note.tag is not None for note in notes),
            notes_alone=sum(note.record is None and note.tag is None for note in notes),
            definitions=sum(
                bool(tag.definition or tag.include or tag.exclude or tag.example)
                for tag in scope.tags
            ),
            documents=sum(key.startswith(f"{Kind.DOCUMENT}:") for key in scope.keys),
        )


@dataclass(frozen=True, slots=True)
class _Scope:
    """What goes along with annotations: tags, notes, and the keys of the records of both."""

    tags: tuple[Tag, ...]
    notes: tuple[Note, ...]
    keys: tuple[str, ...]


def _scope(
    session: Session, annotations: Sequence[Annotation], tags: tuple[Tag, ...], *, whole: bool
) -> _Scope:
    notes = NoteStore(session).all()
    keys = dict.fromkeys(a.target.record for a in annotations)
    if not whole:
        tags = _in_use(tags, annotations)
        paths = {tag.path for tag in tags}
        notes = tuple(note for note in notes if note.record in keys or note.tag in paths)
    keys |= dict.fromkeys(note.record for note in notes if note.record is not None)
    return _Scope(tags, notes, tuple(keys))


def _bundle(project: Project) -> bytes:
    from core.interchange import bundle

    return bundle.render(project)


def _qdpx(project: Project) -> bytes:
    from core.interchange import qdpx_writer

    return qdpx_writer.render(project)


def _qdc(project: Project) -> bytes:
    from core.interchange import qdc

    return qdc.render(project.tags)


_RENDERERS = {"bundle": _bundle, "qdpx": _qdpx, "qdc": _qdc}


def losses(format_name: str, project: Project) -> tuple[str, ...]:
    """Return what a format can't hold of a project, a sentence each."""
    if format_name == "bundle":
        return project.remarks
    if format_name == "qdc":
        left = _counted(len(project.annotations), "annotation is", "annotations are")
        left += _counted(len(project.notes), "note is", "notes are")
        return tuple(f"{n} not in QDC, which holds the codebook alone." for n in left)
    links = sum(len(a.links) for a in project.annotations)
    lost = sum(a.verdict in (Verdict.CHANGED, Verdict.LOST) for a in project.annotations)
    ties = _counted(links, "tie of passages is", "ties of passages are")
    notes = _counted(lost, "passage that is not in its text is", "passages not in their text are")
    return (
        *project.remarks,
        *(f"{n} kept for NormAtlas alone." for n in ties),
        *(f"{n} written as a note." for n in notes),
    )


def _counted(number: int, one: str, many: str) -> tuple[str, ...]:
    """Return how many there are in words; nothing for none."""
    return (f"{number:,} {one if number == 1 else many}",) * bool(number)


def summary(format_name: str, project: Project) -> str:
    """Return in words what a project's file holds."""
    texts = sum(source.text is not None for source in project.sources)
    counts = (
        (len(project.tags), "tags"),
        (len(project.annotations) if format_name != "qdc" else 0, "annotations"),
        (len(project.notes) if format_name != "qdc" else 0, "notes"),
        (texts if format_name != "qdc" else 0, "texts"),
        (len(project.people) if format_name != "qdc" else 0, "analysts"),
    )
    lines = [f"{n:,} {what}" for n, what in counts if n]
    return "\n".join(lines) + "\n"


def gather(
    session: Session,
    wanted: AnnotationFilter,
    *,
    all_tags: bool = True,
    originals: Originals | None = None,
) -> Project:
    """Return the annotations that a filter names, their records' texts, codebook and notes.

    Args:
        all_tags: the whole codebook and all notes; else the tags in use and those above them,
            and the notes on them and on the records.
        originals: where the documents' files are, if they are to go along.
    """
    annotations = AnnotationStore(session).find(wanted)
    scope = _scope(session, annotations, Tags(session).tags(), whole=all_tags)
    ids = {tag.path: tag.id for tag in scope.tags}
    notes, keys = scope.notes, scope.keys
    names = dict.fromkeys([*(a.analyst for a in annotations), *(n.analyst for n in notes)])
    sources = _Sources(session, keys, set(ids.values()), originals)
    return Project(
        "normatlas",
        _NAME,
        tuple(Person(guid_of_person(name), name) for name in names),
        project_tags(scope.tags),
        tuple(map(sources.source, keys)),
        tuple(_annotation(a, ids) for a in annotations),
        tuple(_note(note, ids) for note in notes),
        remarks=_left_behind(session, keys) if all_tags else (),
    )


def _left_behind(session: Session, keys: Collection[str]) -> tuple[str, ...]:
    """Say how many documents nothing is marked on: they don't go along."""
    left = sum(card.key not in keys for card in Documents(session).cards())
    counted = _counted(left, "document has", "documents have")
    return tuple(f"{n} no passage and no note, and so no place in it." for n in counted)


def _note(note: Note, tags: dict[str, str]) -> ProjectNote:
    about = guid_of_record(note.record) if note.record else tags.get(note.tag or "")
    return ProjectNote(
        note.id, note.heading, note.text, about, note.analyst, note.created, note.modified
    )


def _in_use(tags: Sequence[Tag], annotations: Sequence[Annotation]) -> tuple[Tag, ...]:
    used: set[str] = set()
    for annotation in annotations:
        for path in annotation.tags:
            parts = path.split("/")
            used.update("/".join(parts[:n]) for n in range(1, len(parts) + 1))
    return tuple(tag for tag in tags if tag.path in used)


def project_tags(tags: Sequence[Tag]) -> tuple[ProjectTag, ...]:
    """Return a codebook's tags as a project has them, each with the id of the one above."""
    ids = {tag.path: tag.id for tag in tags}
    return tuple(_tag(tag, ids) for tag in tags)


def _tag(tag: Tag, ids: dict[str, str]) -> ProjectTag:
    return ProjectTag(
        tag.id,
        tag.name,
        ids.get(tag.parent or ""),
        tag.color,
        tag.definition,
        tag.include,
        tag.exclude,
        tag.example,
        tag.position,
        tag.favourite,
        tag.created,
        tag.modified,
    )


class _Sources:
    """The records that annotations stand on; a document with what is said of it and its file."""

    def __init__(
        self,
        session: Session,
        keys: Sequence[str],
        tags: Collection[str],
        originals: Originals | None,
    ) -> None:
        self._texts = Records(session).texts(keys)
        self._documents = Documents(session)
        self._tags = tags
        self._originals = originals

    def source(self, key: str) -> ProjectSource:
        """Return a record as a source."""
        place, title, text = self._texts[key]
        made = ProjectSource(guid_of_record(key), title, key, text, text.sha256, reference=True)
        row = self._documents.row(place) if made.is_document else None
        if row is None:
            return replace(made, reference=not made.is_document)
        edition = self._documents.edition(row.edition)
        return replace(
            made,
            metadata=metadata_from(row),
            format=edition.format,
            original=self._original(edition),
            created=row.created,
            tags=tuple(
                tag
                for tag in sorted(tie.tag_id for tie in self._documents.tag_links(place))
                if tag in self._tags
            ),
            reference=False,
        )

    def _original(self, edition: DocumentEditionRow) -> Original | None:
        if self._originals is None:
            return None
        place = self._originals.place(edition.sha256, edition.suffix)
        try:
            data = place.read_bytes()
        except OSError:  # `check` tells of an original that is gone; its text goes on without it
            data = None
        return Original(edition.name, edition.sha256, data)


def _annotation(annotation: Annotation, tags: dict[str, str]) -> ProjectAnnotation:
    target = annotation.target
    return ProjectAnnotation(
        annotation.id,
        guid_of_record(target.record),
        target.position,
        target.quote,
        target.text_sha256,
        tuple(tags[path] for path in annotation.tags if path in tags),
        annotation.note,
        annotation.analyst,
        annotation.created,
        annotation.modified,
        annotation.verdict,
        annotation.score,
        tuple(
            ProjectLink(
                link.id, link.meaning.value, link.record, link.target, link.analyst, link.created
            )
            for link in annotation.links
        ),
    )
