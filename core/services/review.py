"""Annotations that a change of their text left uncertain: listed, confirmed, placed anew."""

from core.anchoring.anchor import anchor
from core.anchoring.describe import describe
from core.domain.annotations import AnnotationFilter, Target, TextPositionSelector, Verdict
from core.domain.changes import Changes
from core.domain.own_records import ReviewItem
from core.domain.text import Text
from core.errors import NotFoundError, UserError
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

    @slow
    def items(self) -> tuple[ReviewItem, ...]:
        """Return the annotations that are changed or lost, with the wording they may mean now."""
        found: list[ReviewItem] = []
        with self._database.read() as session:
            records = Records(session)
            for annotation in AnnotationStore(session).find(_ORPHANED):
                place = records.resolve(annotation.target.record)
                assert place is not None
                content, sha256 = records.content(place)
                placed = _offered(content, annotation.target, sha256)
                if placed is None or annotation.verdict is Verdict.LOST:
                    found.append(ReviewItem(annotation, None))
                    continue
                start, end = placed.start, placed.end
                found.append(
                    ReviewItem(
                        annotation,
                        placed,
                        content[max(0, start - _AROUND) : start],
                        content[start:end],
                        content[end : end + _AROUND],
                    )
                )
        return tuple(found)

    @slow
    def confirm(self, annotation: str) -> Changes:
        """Take the place where a changed annotation now seems to stand; one undoable step.

        Raises `UserError` for one that was not found again.
        """
        with self._database.write() as work:
            row = _row(work, annotation)
            text = Records(work.session).text(row.record_id)
            placed = _offered(text.content, target_from(row, ""), text.sha256)
            if placed is None:
                raise UserError(
                    "Its words are not in the text any more; select where it belongs and place it "
                    "there, or delete it."
                )
            _place(work, row, text, placed)
            return work.commit("Confirm an annotation")

    @slow
    def place(self, annotation: str, start: int, end: int) -> Changes:
        """Put an annotation on ``text[start:end]`` of its record; one undoable step."""
        with self._database.write() as work:
            row = _row(work, annotation)
            text = Records(work.session).text(row.record_id)
            if not 0 <= start < end <= len(text.content):
                raise UserError("Select the words in the text of the annotation's record first.")
            _place(work, row, text, TextPositionSelector(start, end))
            return work.commit("Place an annotation anew")


def _offered(content: str, target: Target, sha256: str) -> TextPositionSelector | None:
    """Return where an annotation seems to stand now, in whole words; None where it does not."""
    placed = anchor(content, target, sha256).position
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


def _place(work: UnitOfWork, row: AnnotationRow, text: Text, at: TextPositionSelector) -> None:
    quote = describe(text.content, at.start, at.end)
    row.start, row.end = at.start, at.end
    row.exact, row.prefix, row.suffix = quote.exact, quote.prefix, quote.suffix
    row.text_sha256 = text.sha256
    row.label = text.passage_at(at.start).label
    row.verdict, row.score = Verdict.EXACT.value, 1.0
    row.modified = work.now
