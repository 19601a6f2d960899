"""Tags all hits of a search: proposed for review first, then written as one step."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy.orm import Session

from core.domain.auto_tagging import Proposal, Proposals, Stretch
from core.domain.changes import Changes
from core.domain.concordance import ConcordanceLine, ContextSort
from core.domain.keys import Kind
from core.domain.search import SearchQuery
from core.domain.sentences import line_around, sentence_in
from core.domain.text import hash_text
from core.errors import UserError
from core.services.marking import check_range, passage_row
from core.services.reference import find_record
from core.services.search import Search
from core.services.tag_rows import clean_path, find_tag, make_tag
from core.storage.repositories.annotations import AnnotationStore
from core.storage.repositories.codebook import Tags
from core.storage.repositories.records import Records
from core.storage.row_images import Image, image_of
from core.storage.tables import AnnotationRow, AnnotationTagRow, TagRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import CancelToken, Progress, no_progress, slow

MOST = 5_000
"""Passages that may be proposed at once: more than one person reviews in a day."""


class AutoTagging:
    """A tag on every hit of a search that the analyst leaves chosen."""

    def __init__(self, database: Database, search: Search) -> None:
        self._database = database
        self._search = search

    @slow
    def propose(
        self, query: SearchQuery, stretch: Stretch, cancel: CancelToken | None = None
    ) -> Proposals:
        """Return the passages that hold a hit, each once, in the order of the search.

        Hits in notes are left out: a note is no text to tag.

        Raises:
            UserError: for an empty query.
            CancelledError: when ``cancel`` says so.
        """
        cancel = cancel or CancelToken()
        page = self._search.concordance(query, ContextSort.PLACE, limit=MOST, cancel=cancel)
        lines = [
            line for line in page.lines if line.annotation is None and line.kind is not Kind.NOTE
        ]
        found: list[Proposal] = []
        with self._database.read() as session:
            for record, on_record in groupby(lines, lambda line: line.record):
                cancel.check()
                found += _proposals(session, record, list(on_record), stretch)
        cut = page.cut or page.total is None or page.total > MOST
        return Proposals(query.text, tuple(found), cut, page.hint)

    @slow
    def tag(
        self,
        chosen: Sequence[Proposal],
        path: str,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> tuple[int, Changes]:
        """Put a tag on these passages, as one step; returns how many did not carry it yet.

        A passage that is an annotation of the analyst's already keeps its note and other tags. The
        tag is made where the codebook lacks it.

        Raises:
            UserError: where a text changed since it was proposed; nothing is tagged then.
            CancelledError: when ``cancel`` says so; nothing is tagged then.
        """
        if not chosen:
            raise UserError("Choose at least one passage to tag.")
        path, cancel = clean_path(path), cancel or CancelToken()
        with self._database.write() as work:
            tags = Tags(work.session)
            tag = make_tag(work, path) if tags.row(path) is None else find_tag(tags, path)
            marked: list[Image] = []
            tied: list[Image] = []
            in_order = sorted(chosen, key=lambda one: (one.record, one.start, one.end))
            for record, places in groupby(in_order, lambda one: one.record):
                cancel.check()
                progress(len(tied), len(chosen), record)
                new, ties = _tag_record(work, record, list(places), tag)
                marked += new
                tied += ties
            if not tied:
                raise UserError(f"Every chosen passage carries “{tag.path}” already.")
            work.write_rows(marked)
            work.write_rows(tied)
            return len(tied), work.commit(f"Tag {len(tied)} hits of a search “{tag.path}”")


def _proposals(
    session: Session, record: str, lines: Sequence[ConcordanceLine], stretch: Stretch
) -> Iterable[Proposal]:
    held = Records(session).labelled([record]).get(record)
    if held is None:
        return ()  # gone since the index saw it
    content = held[1]
    sha256, tagged = hash_text(content), AnnotationStore(session).tags_by_place(record)
    found: dict[tuple[int, int], Proposal] = {}
    for line in lines:
        span = _stretched(content, (line.start, line.end), stretch)
        found.setdefault(
            span,
            Proposal(
                record,
                line.title,
                sha256,
                *span,
                line.left,
                line.hit,
                line.right,
                line.label,
                tagged.get(span, ()),
            ),
        )
    return found.values()


def _stretched(content: str, hit: tuple[int, int], stretch: Stretch) -> tuple[int, int]:
    if stretch is Stretch.WORDS:
        return hit
    return (
        line_around(content, *hit) if stretch is Stretch.PARAGRAPH else sentence_in(content, *hit)
    )


def _tag_record(
    work: UnitOfWork, record: str, places: Sequence[Proposal], tag: TagRow
) -> tuple[list[Image], list[Image]]:
    """Return the images of new annotations, and of the ties to the tag that are missing."""
    records, store = Records(work.session), AnnotationStore(work.session)
    record_id = find_record(records, record)
    text = records.text(record_id)
    mine = {
        (row.start, row.end): row
        for row in store.on_records([record_id])
        if row.analyst == work.analyst
    }
    marked: list[Image] = []
    tied: list[Image] = []
    for place in places:
        if place.sha256 != text.sha256:
            raise UserError(
                f"The text of {record} has changed since the search; look the hits up again."
            )
        check_range(record, place.start, place.end, text)
        row = mine.get((place.start, place.end))
        held = store.links(row.id) if row is not None else []
        if any(link.tag_id == tag.id for link in held):
            continue
        if row is None:
            row = passage_row(work, record_id, text, (place.start, place.end))
            mine[place.start, place.end] = row
            marked.append(_added(row))
        position = max((link.position for link in held), default=-1) + 1
        tie = AnnotationTagRow(annotation_id=row.id, tag_id=tag.id, position=position)
        tied.append(_added(tie))
    return marked, tied


def _added(row: AnnotationRow | AnnotationTagRow) -> Image:
    return {"table": row.__tablename__, "before": None, "after": image_of(row)}
