"""Annotations that a change of their text left uncertain: listed, confirmed, placed anew."""

from itertools import groupby

from core.anchoring.anchor import Anchorer
from core.domain.annotations import (
    Annotation,
    AnnotationFilter,
    Target,
    TextPositionSelector,
    Verdict,
)
from core.domain.changes import Changes
from core.domain.own_records import ReviewItem
from core.errors import NotFoundError, UserError
from core.services.marking import put
from core.storage.repositories.annotations import AnnotationStore, target_from
from core.storage.repositories.records import Records
from core.storage.tables import AnnotationRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import slow

_AROUND = 80  # characters shown before and after the words
_ORPHANED = AnnotationFilter(states=frozenset({"orphaned"}))


class Review:
    """What the analyst is asked after a text has changed beneath an annotation."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[tuple[str, str, Target], TextPositionSelector | None] = {}

    @slow
    def items(self) -> tuple[ReviewItem, ...]:
        """Return the annotations that are changed or lost, with the wording they may mean now."""
        with self._database.read() as session:
            records, found = Records(session), list[ReviewItem]()
            known: dict[tuple[str, str, Target], TextPositionSelector | None] = {}
            uncertain = AnnotationStore(session).find(_ORPHANED)
            for key, annotations in groupby(uncertain, key=lambda a: a.target.record):
                place = records.resolve(key)
                assert place is not None
                content, sha256 = records.content(place)
                anchorer = Anchorer(content, sha256)
                for annotation in annotations:
                    ask = (annotation.id, sha256, annotation.target)
                    if ask in self._known:
                        known[ask] = self._known[ask]
                    else:
                        known[ask] = _offered(content, anchorer, annotation.target)
                    found.append(_item(content, annotation, known[ask]))
            self._known = known  # asked again after each change
        return tuple(found)

    @slow
    def confirm(self, annotation: str) -> Changes:
        """Take the place where a changed annotation now seems to stand; one undoable step.

        Raises `UserError` for one that was not found again.
        """
        with self._database.write() as work:
            row = _row(work, annotation)
            text = Records(work.session).text(row.record_id)
            anchorer = Anchorer(text.content, text.sha256)
            placed = _offered(text.content, anchorer, target_from(row, ""))
            if placed is None:
                raise UserError(
                    "Its words are not in the text any more; select where it belongs and place it "
                    "there, or delete it."
                )
            put(work, row, text, (placed.start, placed.end))
            return work.commit("Confirm an annotation")

    @slow
    def place(self, annotation: str, start: int, end: int) -> Changes:
        """Put an annotation on ``text[start:end]`` of its record; one undoable step."""
        with self._database.write() as work:
            row = _row(work, annotation)
            text = Records(work.session).text(row.record_id)
            if not 0 <= start < end <= len(text.content):
                raise UserError("Select the words in the text of the annotation's record first.")
            put(work, row, text, (start, end))
            return work.commit("Place an annotation anew")


def _item(content: str, annotation: Annotation, place: TextPositionSelector | None) -> ReviewItem:
    if place is None or annotation.verdict is Verdict.LOST:
        return ReviewItem(annotation, None)
    start, end = place.start, place.end
    before, after = content[max(0, start - _AROUND) : start], content[end : end + _AROUND]
    return ReviewItem(annotation, place, before, content[start:end], after)


def _offered(content: str, anchorer: Anchorer, target: Target) -> TextPositionSelector | None:
    """Return where an annotation seems to stand now, in whole words; None where it does not."""
    placed = anchorer.place(target).position
    if placed is None:
        return None
    start, end = placed.start, placed.end
    while start > 0 and content[start - 1].isalnum() and content[start].isalnum():
        start -= 1
    while end < len(content) and content[end - 1].isalnum() and content[end].isalnum():
        end += 1
    return TextPositionSelector(start, end)


def _row(work: UnitOfWork, annotation: str) -> AnnotationRow:
    row = AnnotationStore(work.session).row(annotation)
    if row is None:
        raise NotFoundError("That annotation is not there any more; it may have been deleted.")
    return row
