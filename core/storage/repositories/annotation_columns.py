"""All annotations as columns in memory: what narrows and groups 100,000 of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.domain.annotations import AnnotationFilter, Verdict
from core.domain.browsing import AnnotationListing, BrowsingChoices, Group, Grouping
from core.domain.tables import folded
from core.storage.tables import (
    AnnotationRow,
    AnnotationTagRow,
    CollectedRow,
    CollectionRow,
    RecordRow,
    StepRow,
    TagRow,
    TurnRow,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

_HOUR = 3_600_000_000  # microseconds
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Fingerprint = tuple[object, ...]


def fingerprint(session: Session) -> Fingerprint:
    """Return what differs after every change of annotations: the last step and turn, the count."""
    last = session.execute(
        select(StepRow.id, StepRow.at).order_by(StepRow.id.desc()).limit(1)
    ).first()
    turn = session.scalar(select(func.max(TurnRow.id)))
    count = session.scalar(select(func.count()).select_from(AnnotationRow))
    return (tuple(last) if last else None, turn, count)


@dataclass(frozen=True, slots=True)
class _Record:
    key: str
    title: str
    kind: str
    collections: frozenset[str]


@dataclass(slots=True)
class AnnotationColumns:
    """One entry an annotation, by record title and position; tags as pairs of numbers."""

    ids: list[str]
    quotations: list[str]
    notes: list[str]
    records: list[_Record]
    record: Numbers
    analysts: list[str]
    analyst: Numbers
    states: list[str]
    state: Numbers
    created: Numbers  # microseconds since 1970, UTC
    tags: list[tuple[str, str | None]]  # path and colour, by path
    tag_of: Numbers  # one entry a tag on an annotation
    row_of: Numbers
    _words: list[str] = field(default_factory=list[str])

    def passing(self, wanted: AnnotationFilter) -> Mask:
        """Tell which annotations pass a filter; ``tag`` and ``record`` as they are spelled."""
        mask: Mask = np.ones(len(self.ids), dtype=bool)
        if wanted.record is not None or wanted.kinds or wanted.collection is not None:
            mask &= self._on_records(wanted)[self.record]
        if wanted.analyst is not None:
            mask &= self.analyst == _place(self.analysts, wanted.analyst)
        if wanted.not_by:
            left_out = [n for n, name in enumerate(self.analysts) if name in wanted.not_by]
            mask &= ~np.isin(self.analyst, left_out)
        if wanted.states:
            known = [n for n, state in enumerate(self.states) if state in wanted.states]
            mask &= np.isin(self.state, known)
        if wanted.since is not None:
            mask &= self.created >= _microseconds(wanted.since)
        if wanted.until is not None:
            mask &= self.created <= _microseconds(wanted.until)
        if wanted.ids:
            mask &= np.fromiter((one in wanted.ids for one in self.ids), bool, len(self.ids))
        if wanted.tag is not None:
            carrying: Mask = np.zeros(len(self.ids), dtype=bool)
            carrying[self.row_of[self._with_tags(wanted)]] = True
            mask &= carrying
        for word in folded(wanted.text).split():
            texts = self._folded()
            rows = np.flatnonzero(mask)
            mask[rows] = np.fromiter((word in texts[n] for n in rows.tolist()), bool, len(rows))
        return mask

    def listing(self, wanted: AnnotationFilter, grouping: Grouping) -> AnnotationListing:
        """Return what passes a filter, in the order of its groups."""
        mask = self.passing(wanted)
        rows = np.flatnonzero(mask)
        total, every = len(rows), len(self.ids)
        groups: tuple[Group, ...] = ()
        if grouping is Grouping.RECORD:
            groups = self._by_record(rows)
        elif grouping is Grouping.DAY:
            rows, groups = self._by_day(rows)
        elif grouping is Grouping.TAG:
            rows, groups = self._by_tag(mask, wanted)
        ids = self.ids
        return AnnotationListing(total, every, tuple([ids[n] for n in rows.tolist()]), groups)

    def choices(self) -> BrowsingChoices:
        """Return what a filter can name, with what stands on it."""
        on_record = np.bincount(self.record, minlength=len(self.records)).tolist()
        of_analyst = np.bincount(self.analyst, minlength=len(self.analysts)).tolist()
        analysts = sorted(zip(self.analysts, of_analyst, strict=True), key=_by_name)
        return BrowsingChoices(
            tuple(
                Group(record.key, record.title, count)
                for record, count in zip(self.records, on_record, strict=True)
            ),
            tuple(Group(name, name, count) for name, count in analysts),
            self._counted(self.tag_of),
            len(self.ids),
        )

    def tags_on(self, ids: frozenset[str]) -> tuple[Group, ...]:
        """Return the tags of these annotations, counted, by path; not those that none carries."""
        meant = self.passing(AnnotationFilter(ids=ids)) if ids else np.zeros(len(self.ids), bool)
        return tuple(tag for tag in self._counted(self.tag_of[meant[self.row_of]]) if tag.count)

    def _counted(self, tags: Numbers) -> tuple[Group, ...]:
        counts = np.bincount(tags, minlength=len(self.tags)).tolist()
        return tuple(
            Group(path, path, count, color)
            for (path, color), count in zip(self.tags, counts, strict=True)
        )

    def _on_records(self, wanted: AnnotationFilter) -> Mask:
        return np.fromiter(
            (
                (wanted.record is None or record.key == wanted.record)
                and (not wanted.kinds or record.kind in wanted.kinds)
                and (wanted.collection is None or wanted.collection in record.collections)
                for record in self.records
            ),
            bool,
            len(self.records),
        )

    def _with_tags(self, wanted: AnnotationFilter) -> Mask:
        """Tell which of the pairs carry the filter's tag, or one below it."""
        path = (wanted.tag or "").casefold()
        meant = [
            n
            for n, (other, _) in enumerate(self.tags)
            if (folds := other.casefold()) == path
            or (not wanted.exact_tag and folds.startswith(path + "/"))
        ]
        return np.isin(self.tag_of, meant)

    def _folded(self) -> list[str]:
        if len(self._words) != len(self.ids):
            self._words = [
                folded(f"{quotation}\n{note}")
                for quotation, note in zip(self.quotations, self.notes, strict=True)
            ]
        return self._words

    def _by_record(self, rows: Numbers) -> tuple[Group, ...]:
        found: list[Group] = []
        for place, count in _runs(self.record[rows]):
            record = self.records[place]
            found.append(Group(record.key, record.title, count))
        return tuple(found)

    def _by_day(self, rows: Numbers) -> tuple[Numbers, tuple[Group, ...]]:
        rows = rows[np.argsort(-self.created[rows], kind="stable")]
        hours, where = np.unique(self.created[rows] // _HOUR, return_inverse=True)
        days = np.array([_local_day(hour).toordinal() for hour in hours.tolist()], dtype=np.int64)
        found: list[Group] = []
        for ordinal, count in _runs(days[where]):
            day = date.fromordinal(ordinal).isoformat()
            found.append(Group(day, day, count))
        return rows, tuple(found)

    def _by_tag(self, mask: Mask, wanted: AnnotationFilter) -> tuple[Numbers, tuple[Group, ...]]:
        pairs = mask[self.row_of]
        if wanted.tag is not None:
            pairs &= self._with_tags(wanted)
        tags, rows = self.tag_of[pairs], self.row_of[pairs]
        order = np.lexsort((rows, tags))
        found: list[Group] = []
        for place, count in _runs(tags[order]):
            path, color = self.tags[place]
            found.append(Group(path, path, count, color))
        bare = mask.copy()
        bare[self.row_of] = False
        untagged = np.flatnonzero(bare)
        if len(untagged):
            found.append(Group("", "", len(untagged)))
        return np.concatenate([rows[order], untagged]), tuple(found)

    def keep_words(self, before: AnnotationColumns) -> None:
        """Take over the folded words of annotations that read as they did."""
        if len(before._words) != len(before.ids):
            return
        known = dict(zip(before.ids, range(len(before.ids)), strict=True))
        kept: list[str] = []
        for one, quotation, note in zip(self.ids, self.quotations, self.notes, strict=True):
            n = known.get(one)
            if n is not None and before.quotations[n] == quotation and before.notes[n] == note:
                kept.append(before._words[n])
            else:
                kept.append(folded(f"{quotation}\n{note}"))
        self._words = kept


def read_columns(session: Session, before: AnnotationColumns | None = None) -> AnnotationColumns:
    """Read the columns of all annotations; ``before`` spares folding the same words again."""
    rows = session.execute(_ROWS).tuples().all()
    ids = [row[0] for row in rows]
    numbers = {n: place for place, n in enumerate(dict.fromkeys(row[3] for row in rows))}
    described = session.execute(
        select(RecordRow.id, RecordRow.key, RecordRow.title, RecordRow.kind)
    )
    shelves = _read_collections(session)
    nowhere: frozenset[str] = frozenset()
    known = {
        n: _Record(key, title, kind, shelves.get(n, nowhere))
        for n, key, title, kind in described.tuples()
    }
    analysts, analyst = _numbered([row[4] for row in rows])
    states, state = _numbered([Verdict(row[5]).state for row in rows])
    tags, both = _read_tags(session, ids)
    columns = AnnotationColumns(
        ids=ids,
        quotations=[row[1] for row in rows],
        notes=[row[2] for row in rows],
        records=[known[n] for n in numbers],
        record=np.array([numbers[row[3]] for row in rows], dtype=np.int64),
        analysts=analysts,
        analyst=analyst,
        states=states,
        state=state,
        created=np.array([_microseconds(row[6]) for row in rows], dtype=np.int64),
        tags=tags,
        tag_of=both[:, 1],
        row_of=both[:, 0],
    )
    if before is not None:
        columns.keep_words(before)
    return columns


def _read_collections(session: Session) -> dict[int, frozenset[str]]:
    """Return the names of the collections that each document is in."""
    query = select(CollectedRow.document_id, CollectionRow.name).join(
        CollectionRow, CollectionRow.id == CollectedRow.collection_id
    )
    found: dict[int, set[str]] = {}
    for document, name in session.execute(query).tuples():
        found.setdefault(document, set()).add(name)
    return {document: frozenset(names) for document, names in found.items()}


def _read_tags(
    session: Session, ids: Sequence[str]
) -> tuple[list[tuple[str, str | None]], Numbers]:
    """Return tags by path, and pairs of an annotation's place with a tag's."""
    rows = session.execute(select(TagRow.id, TagRow.path, TagRow.color)).tuples().all()
    tags = sorted(rows, key=lambda tag: tag[1].casefold())
    tag_place = {tag: n for n, (tag, _, _) in enumerate(tags)}
    place = {one: n for n, one in enumerate(ids)}
    links = session.execute(select(AnnotationTagRow.annotation_id, AnnotationTagRow.tag_id))
    pairs = [(place[one], tag_place[tag]) for one, tag in links.tuples()]
    return (
        [(path, color) for _, path, color in tags],
        np.array(pairs, dtype=np.int64).reshape(len(pairs), 2),
    )


_ROWS = (
    select(
        AnnotationRow.id,
        AnnotationRow.exact,
        AnnotationRow.note,
        AnnotationRow.record_id,
        AnnotationRow.analyst,
        AnnotationRow.verdict,
        AnnotationRow.created,
    )
    .join(RecordRow, RecordRow.id == AnnotationRow.record_id)
    .order_by(
        RecordRow.sort_title,
        RecordRow.key,
        AnnotationRow.start,
        AnnotationRow.end,
        AnnotationRow.created,
        AnnotationRow.id,
    )
)


def _numbered(values: Sequence[str]) -> tuple[list[str], Numbers]:
    """Return the different values, and the place of each among them."""
    places = {value: n for n, value in enumerate(dict.fromkeys(values))}
    return list(places), np.array([places[value] for value in values], dtype=np.int64)


def _by_name(counted: tuple[str, int]) -> str:
    return counted[0].casefold()


def _place(values: Sequence[str], value: str) -> int:
    return values.index(value) if value in values else -1


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _local_day(hour: int) -> date:
    return (_EPOCH + timedelta(hours=hour)).astimezone().date()


def _runs(values: Numbers) -> list[tuple[int, int]]:
    """Return each run of equal values as the value and its length."""
    if not len(values):
        return []
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    lengths = np.diff(np.r_[starts, len(values)])
    return list(zip(values[starts].tolist(), lengths.tolist(), strict=True))
