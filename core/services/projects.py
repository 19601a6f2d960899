"""The workspace, or a part of it, as a project to hand on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.codebook import Tag
from core.domain.interchange import (
    Person,
    Project,
    ProjectAnnotation,
    ProjectLink,
    ProjectSource,
    ProjectTag,
)
from core.domain.keys import Kind, kind_of
from core.interchange.identity import guid_of_person, guid_of_record
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.codebook import Tags
from core.storage.repositories.records import Records

_NAME = "NormAtlas"


def gather(session: Session, wanted: AnnotationFilter, *, all_tags: bool = True) -> Project:
    """Return the annotations that a filter names, their records' texts, and the codebook.

    Args:
        all_tags: the whole codebook; else the tags in use and those above them.
    """
    annotations = AnnotationStore(session).find(wanted)
    tags = Tags(session).tags()
    if not all_tags:
        tags = _in_use(tags, annotations)
    ids = {tag.path: tag.id for tag in tags}
    keys = dict.fromkeys(a.target.record for a in annotations)
    names = dict.fromkeys(a.analyst for a in annotations)
    return Project(
        "normatlas",
        _NAME,
        tuple(Person(guid_of_person(name), name) for name in names),
        tuple(_tag(tag, ids) for tag in tags),
        tuple(_source(Records(session), key) for key in keys),
        tuple(_annotation(a, ids) for a in annotations),
    )


def _in_use(tags: Sequence[Tag], annotations: Sequence[Annotation]) -> tuple[Tag, ...]:
    used: set[str] = set()
    for annotation in annotations:
        for path in annotation.tags:
            parts = path.split("/")
            used.update("/".join(parts[:n]) for n in range(1, len(parts) + 1))
    return tuple(tag for tag in tags if tag.path in used)


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


def _source(records: Records, key: str) -> ProjectSource:
    place = records.resolve(key)
    assert place is not None
    entry, text = records.entry(place), records.text(place)
    reference = kind_of(key) is not Kind.DOCUMENT
    return ProjectSource(
        guid_of_record(key), entry.title, key, text, text.sha256, reference=reference
    )


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
