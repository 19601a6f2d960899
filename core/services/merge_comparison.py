"""What a project is to the workspace: each annotation new, same, conflicting or unanchored."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from core.domain.annotations import Annotation, AnnotationFilter
from core.domain.interchange import Project, ProjectAnnotation, ProjectSource
from core.domain.merging import MergeItem, MergeKind, MergeStatus, Side
from core.interchange.identity import derive
from core.services.merge_documents import carries_text
from core.services.merge_notes import IncomingNote, compare_notes, note_items
from core.services.merge_places import Places, Standing
from core.services.merge_tags import TagMatch, match_tags, tag_items
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.codebook import Tags
from core.tasks import CancelToken, Progress

_STEP = 500  # annotations between two reports
_SHOWN = 400  # characters of a quotation in an item

Content = tuple[object, ...]
"""What of an annotation makes a difference: where, which words, tags, note, who."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An annotation of the file as it would stand here. ``own`` is the one it meets."""

    annotation: ProjectAnnotation
    standing: Standing
    tags: tuple[str, ...]  # ids here
    note: str
    status: MergeStatus
    own: Annotation | None = None
    copy: str = ""  # the id that a second version beside mine has


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole project beside the workspace."""

    project: Project
    places: Places
    tags: dict[str, TagMatch]
    annotations: list[Incoming] = field(default_factory=list[Incoming])
    notes: list[IncomingNote] = field(default_factory=list[IncomingNote])
    new: frozenset[str] = frozenset()  # ids of the sources that were not here beforehand

    def items(self) -> Iterator[MergeItem]:
        """Give it as items of a plan: texts, works, tags, annotations, notes."""
        for source in self.project.sources:
            if source.id in self.new and source.text is not None and carries_text(source):
                yield self._source(source, MergeKind.DOCUMENT, source.text.content)
        for source in self.project.sources:
            if source.is_work:
                yield self._source(source, MergeKind.WORK, source.description)
        yield from tag_items(self.tags)
        yield from map(self._item, self.annotations)
        yield from note_items(self.notes, self.places, self.tags)

    def _source(self, source: ProjectSource, kind: MergeKind, words: str) -> MergeItem:
        status = MergeStatus.NEW if source.id in self.new else MergeStatus.SAME
        here = self.places.record_of(source.id) is not None
        key = self.places.key_of(source.id) if here else None
        return MergeItem(kind, source.id, status, source.title, key, words[:_SHOWN])

    def _item(self, incoming: Incoming) -> MergeItem:
        annotation, standing = incoming.annotation, incoming.standing
        mine = theirs = None
        if incoming.status is MergeStatus.CONFLICTING and incoming.own is not None:
            mine, theirs = _sides(incoming, incoming.own, self.tags)
        return MergeItem(
            MergeKind.ANNOTATION,
            annotation.id,
            incoming.status,
            self.places.title(annotation.source),
            self.places.key_of(annotation.source),
            standing.quote.exact[:_SHOWN],
            standing.reason if incoming.status is MergeStatus.UNANCHORED else "",
            mine,
            theirs,
        )


def compare(
    session: Session, project: Project, progress: Progress, cancel: CancelToken
) -> Comparison:
    """Lay a project beside the workspace; writes nothing."""
    tags = match_tags(project.tags, Tags(session).tags())
    places = Places(session, project)
    own = _Own(session, project, places)
    for annotation in project.annotations:  # merged before: its source has become that record
        met = own.by_id.get(annotation.id)
        if met is not None and places.record_of(annotation.source) is None:
            places.recognise(annotation.source, met[0].target.record)
    new = frozenset(source.id for source in places.missing)
    found = Comparison(project, places, tags, new=new)
    total = len(project.annotations)
    for done, annotation in enumerate(project.annotations):
        if done % _STEP == 0:
            cancel.check()
            progress(done, total, "Comparing")
        found.annotations.append(_incoming(annotation, places, tags, own))
    progress(total, total, "Comparing")
    found.notes.extend(compare_notes(session, project, places, tags))
    return found


class _Own:
    """The annotations here that the project's may meet, by id and by what they say."""

    def __init__(self, session: Session, project: Project, places: Places) -> None:
        store = AnnotationStore(session)
        incoming = {annotation.id for annotation in project.annotations}
        tags = {tag.path: tag.id for tag in Tags(session).tags()}
        self.by_id: dict[str, tuple[Annotation, Content]] = {}
        self._twins: set[Content] = set()
        for annotation in store.find(AnnotationFilter()):
            content = _content_of(annotation, [tags[path] for path in annotation.tags])
            self.by_id[annotation.id] = (annotation, content)
            if annotation.id not in incoming:
                self._twins.add(content)

    def has_twin(self, content: Content) -> bool:
        """Tell whether one of another id says the very same."""
        return content in self._twins


def _content_of(annotation: Annotation, tags: Iterable[str]) -> Content:
    target = annotation.target
    place = (annotation.start, annotation.end) if annotation.verdict.state != "orphaned" else None
    return (
        target.record,
        place,
        target.quote.exact,
        frozenset(tags),
        annotation.note,
        annotation.analyst,
    )


def _incoming(
    annotation: ProjectAnnotation, places: Places, tags: dict[str, TagMatch], own: _Own
) -> Incoming:
    standing = places.stand(annotation)
    carried = tuple(dict.fromkeys(tags[t].id for t in annotation.tags if t in tags))
    note = unicodedata.normalize("NFC", annotation.note)
    arriving = Incoming(annotation, standing, carried, note, MergeStatus.NEW)
    content = _content(arriving, places)
    met = own.by_id.get(annotation.id)
    if met is not None:
        copy = derive("both", annotation.id, repr(content[:3]), note, *sorted(carried))
        known = own.by_id.get(copy)
        same = _alike(content, met[1]) or (known is not None and _alike(content, known[1]))
        status = MergeStatus.SAME if same else MergeStatus.CONFLICTING
        return replace(arriving, status=status, own=met[0], copy=copy)
    if own.has_twin(content):
        return replace(arriving, status=MergeStatus.SAME)
    return arriving if standing.anchored else replace(arriving, status=MergeStatus.UNANCHORED)


def _content(incoming: Incoming, places: Places) -> Content:
    standing = incoming.standing
    place = (standing.position.start, standing.position.end) if standing.anchored else None
    return (
        places.key_of(incoming.annotation.source),
        place,
        standing.quote.exact,
        frozenset(incoming.tags),
        incoming.note,
        incoming.annotation.analyst,
    )


def _alike(theirs: Content, mine: Content) -> bool:
    """Tell whether two versions say the same; an author that the file does not know is no
    difference, nor a place that only one of them has lost."""
    record, place, exact, tags, note, analyst = theirs
    own_record, own_place, own_exact, own_tags, own_note, own_analyst = mine
    return (
        (record, exact, tags, note) == (own_record, own_exact, own_tags, own_note)
        and (place == own_place or place is None or own_place is None)
        and (not analyst or analyst == own_analyst)
    )


def _sides(incoming: Incoming, own: Annotation, tags: dict[str, TagMatch]) -> tuple[Side, Side]:
    paths = {match.id: match.path for match in tags.values()}
    theirs = incoming.annotation
    said = (
        ("Passage", own.target.quote.exact, incoming.standing.quote.exact),
        ("Place", f"{own.start}–{own.end}", _range(incoming.standing)),
        ("Tags", "; ".join(own.tags), "; ".join(paths[tag] for tag in incoming.tags)),
        ("Note", own.note, incoming.note),
        ("Analyst", own.analyst, theirs.analyst or own.analyst),
    )
    differ = [(name, a, b) for name, a, b in said if a != b]
    mine = Side(tuple((name, a) for name, a, _ in differ), own.analyst, own.modified)
    return mine, Side(tuple((name, b) for name, _, b in differ), theirs.analyst, theirs.modified)


def _range(standing: Standing) -> str:
    return f"{standing.position.start}–{standing.position.end}"
