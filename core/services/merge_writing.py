"""Writing what a comparison found: sources, tags, annotations with their ties, then notes."""

from collections.abc import Iterator

from core.domain.merging import Decisions, MergeStatus, Rule
from core.domain.passage_links import Meaning
from core.services.merge_comparison import Comparison, Incoming
from core.services.merge_documents import DocumentsAdder, carries_text
from core.services.merge_notes import NotesWriter, sources_noted
from core.services.merge_sources import add_sources
from core.services.merge_tags import take_tags
from core.storage.originals import Originals
from core.storage.repositories.annotations import AnnotationStore
from core.storage.tables import AnnotationRow, AnnotationTagRow, PassageLinkRow
from core.storage.unit_of_work import UnitOfWork
from core.tasks import CancelToken, Progress

_STEP = 500
_UNKNOWN = "Unknown"


class MergeWriter:
    """Writes one comparison into one unit of work; ``written`` counts what it added or changed."""

    def __init__(
        self, work: UnitOfWork, found: Comparison, decisions: Decisions, originals: Originals
    ) -> None:
        self._work = work
        self._originals = originals
        self._found = found
        self._decisions = decisions
        self._store = AnnotationStore(work.session)
        self._tags: dict[str, str] = {}
        self._analyst = found.project.people[0].name if len(found.project.people) == 1 else ""
        self.written = 0

    def write(self, progress: Progress, cancel: CancelToken) -> None:
        """Write all; raises `CancelledError`."""
        places = self._found.places
        needed = {i.annotation.source for i in self._found.annotations if self._is_written(i)}
        needed |= sources_noted(self._found.notes)
        needed |= {source.id for source in self._found.project.sources if source.is_work}
        texts = [source for source in places.missing if carries_text(source)]
        adder = DocumentsAdder(self._work, self._originals)
        adder.add(texts, places)
        self.written += len(texts) + add_sources(self._work, places, needed)
        self._tags, changed = take_tags(self._work, self._found.tags, self._decisions)
        self.written += changed
        adder.tag(texts, places, self._tags)
        self._untie([i.annotation.id for i in self._found.annotations if self._is_replaced(i)])
        total = len(self._found.annotations)
        for done, incoming in enumerate(self._found.annotations):
            if done % _STEP == 0:
                cancel.check()
                progress(done, total, "Merging")
            if self._is_written(incoming):
                self._write_one(incoming)
                self.written += 1
        self._work.session.flush()
        cancel.check()
        self.written += self._add_links()
        notes = NotesWriter(self._work, places, self._tags, self._decisions)
        self.written += notes.write(self._found.notes, self._analyst or _UNKNOWN)

    def _is_written(self, incoming: Incoming) -> bool:
        if incoming.status is MergeStatus.CONFLICTING:
            return self._settles(incoming) in (Rule.THEIRS, Rule.BOTH)
        return incoming.status in (MergeStatus.NEW, MergeStatus.UNANCHORED)

    def _is_replaced(self, incoming: Incoming) -> bool:
        conflict = incoming.status is MergeStatus.CONFLICTING
        return conflict and self._settles(incoming) is Rule.THEIRS

    def _untie(self, annotations: list[str]) -> None:
        """Take the tags off what is replaced."""
        for identity in annotations:
            for tie in self._store.links(identity):
                self._work.session.delete(tie)
        self._work.session.flush()

    def _settles(self, incoming: Incoming) -> Rule | None:
        """Return mine, theirs or both for a conflict; None while it is open."""
        rule = self._decisions.of(incoming.annotation.id)
        if rule is not Rule.NEWER or incoming.own is None:
            return rule
        theirs = incoming.annotation.modified
        newer = theirs is not None and theirs > incoming.own.modified
        return Rule.THEIRS if newer else Rule.MINE

    def _write_one(self, incoming: Incoming) -> None:
        if incoming.status is not MergeStatus.CONFLICTING:
            self._add(incoming, incoming.annotation.id)
        elif self._settles(incoming) is Rule.BOTH:
            self._add(incoming, incoming.copy)
        else:
            self._replace(incoming)

    def _add(self, incoming: Incoming, identity: str) -> None:
        annotation = incoming.annotation
        created = annotation.created or annotation.modified or self._work.now
        row = AnnotationRow(
            id=identity,
            analyst=annotation.analyst or self._analyst or _UNKNOWN,
            created=created,
            modified=annotation.modified or created,
        )
        self._fill(row, incoming)
        self._work.session.add(row)
        self._work.session.add_all(self._ties(row.id, incoming))

    def _replace(self, incoming: Incoming) -> None:
        row = self._store.row(incoming.annotation.id)
        assert row is not None
        self._fill(row, incoming)
        row.analyst = incoming.annotation.analyst or row.analyst
        row.modified = incoming.annotation.modified or self._work.now
        self._work.session.add_all(self._ties(row.id, incoming))

    def _fill(self, row: AnnotationRow, incoming: Incoming) -> None:
        standing = incoming.standing
        place = self._found.places.record_of(incoming.annotation.source)
        assert place is not None
        row.record_id = place
        row.start, row.end = standing.position.start, standing.position.end
        row.exact, row.prefix = standing.quote.exact, standing.quote.prefix
        row.suffix, row.text_sha256 = standing.quote.suffix, standing.text_sha256
        row.label, row.note = standing.label, incoming.note
        row.verdict, row.score = standing.verdict.value, standing.score

    def _ties(self, identity: str, incoming: Incoming) -> Iterator[AnnotationTagRow]:
        ids = (self._tags[t] for t in incoming.annotation.tags if t in self._tags)
        for position, tag in enumerate(dict.fromkeys(ids)):
            yield AnnotationTagRow(annotation_id=identity, tag_id=tag, position=position)

    def _add_links(self) -> int:
        """Add the ties that are not here yet, where both their ends are."""
        linked = [i.annotation for i in self._found.annotations if i.annotation.links]
        if not linked:
            return 0
        here = set(self._store.ids())
        known = {
            (link.annotation, link.meaning.value, link.record, link.target)
            for links in self._store.ties([a.id for a in linked]).values()
            for link in links
        }
        meanings = {meaning.value for meaning in Meaning}
        added = 0
        for annotation in linked:
            for link in annotation.links:
                ends = (annotation.id, link.meaning, link.record, link.target)
                if link.meaning not in meanings or ends in known or annotation.id not in here:
                    continue
                if link.target is not None and link.target not in here:
                    continue
                known.add(ends)
                self._work.session.add(
                    PassageLinkRow(
                        id=link.id,
                        annotation_id=annotation.id,
                        meaning=link.meaning,
                        record_key=link.record,
                        target_id=link.target,
                        analyst=link.analyst or annotation.analyst or _UNKNOWN,
                        created=link.created or annotation.created or self._work.now,
                    )
                )
                added += 1
        return added
