"""Several analysts on the same texts: how far two of them agree, and settling where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.analysis.agreement import (
    Coded,
    cohen_kappa,
    krippendorff_alpha,
    passages_within,
    with_those_above,
)
from core.domain.agreement import Agreement, Difference, Mark, TagAgreement
from core.domain.changes import Changes
from core.domain.text import Passage, Text
from core.errors import NotFoundError, UserError
from core.services.bulk import change_tags, delete_annotations
from core.services.marking import find_annotation, passage_row, set_tags
from core.services.reference import find_record
from core.storage.repositories.codebook import Tags
from core.storage.repositories.coding import Coding, analysts, codings
from core.storage.repositories.passage_links import PassageLinkStore
from core.storage.repositories.records import Records
from core.storage.tables import AnnotationRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import CancelToken, slow

_LONGEST = 2000  # characters of a passage that a difference shows


class AgreementService:
    """Two analysts side by side, passage by passage."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @slow
    def analysts(self) -> tuple[str, ...]:
        """Return who made annotations, by name."""
        with self._database.read() as session:
            return analysts(session)

    @slow
    def compare(
        self,
        first: str,
        second: str,
        record: str | None = None,
        *,
        below: bool = True,
        cancel: CancelToken | None = None,
    ) -> Agreement:
        """Compare two analysts, tag by tag, on the passages of each record that both marked.

        Args:
            record: compare them on this record alone, whoever marked it.
            below: a passage counts for a tag also where it carries one below.

        Raises:
            UserError: for an analyst without annotations, or one compared with themselves.
            CancelledError: when cancelled.
        """
        with self._database.read() as session:
            read = _read(session, (first, second), record, below=below)
            found: list[TagAgreement] = []
            for tag in sorted(read.coded, key=str.casefold):
                if cancel is not None:
                    cancel.check()
                pair = read.pair(tag)
                found.append(_judged(tag, read.units, [pair], read.colors.get(tag)))
            pairs = [read.pair(tag) for tag in read.coded]
            overall = _judged("", read.units, pairs, None)
            return Agreement(first, second, len(read.texts), read.units, overall, tuple(found))

    @slow
    def differences(
        self,
        first: str,
        second: str,
        tag: str,
        record: str | None = None,
        *,
        below: bool = True,
    ) -> tuple[Difference, ...]:
        """Return the passages that one of two analysts gave a tag and the other did not.

        Raises `UserError` as `compare` does.
        """
        with self._database.read() as session:
            read = _read(session, (first, second), record, below=below)
            return tuple(_differences(session, read, tag))

    @slow
    def settle(self, difference: Difference, applies: bool) -> Changes:
        """Have both analysts say the same of a passage, as one step.

        Where the tag applies, the one who lacks it gets it on the same words; else it is taken
        off, and an annotation that then says nothing is deleted. Raises `NotFoundError` where
        what made the difference is gone.
        """
        if not difference.marks:
            raise NotFoundError("Nothing makes this difference any more; compare anew.")
        with self._database.write() as work:
            if applies:
                for mark in difference.marks:
                    _give(work, mark, difference.lacking)
                return work.commit(f"Settle that “{difference.tag}” applies to a passage")
            _take(work, difference.marks)
            return work.commit(f"Settle that “{difference.tag}” does not apply to a passage")


@dataclass(slots=True)
class _Read:
    """What two analysts did: which units, numbered through all texts, carry which tag."""

    names: tuple[str, str]
    texts: dict[int, tuple[Text, tuple[Passage, ...], int]]  # by record; last, its first unit
    codings: list[Coding]
    colors: dict[str, str]
    known: frozenset[str]
    below: bool
    units: int = 0
    coded: dict[str, tuple[set[int], set[int]]] = field(
        default_factory=dict[str, tuple[set[int], set[int]]]
    )

    def tags_of(self, coding: Coding) -> frozenset[str]:
        """Return the tags that an annotation counts for."""
        return with_those_above(coding.tags, self.known) if self.below else frozenset(coding.tags)

    def units_of(self, coding: Coding) -> range:
        """Return the units that an annotation touches."""
        _, passages, first = self.texts[coding.record_id]
        within = passages_within(passages, coding.start, coding.end)
        return range(first + within.start, first + within.stop)

    def pair(self, tag: str) -> Coded:
        """Return the units that each gave a tag."""
        first, second = self.coded.get(tag, (set[int](), set[int]()))
        return frozenset(first), frozenset(second)


def _read(session: Session, names: tuple[str, str], record: str | None, *, below: bool) -> _Read:
    _check(session, names)
    records = Records(session)
    record_id = find_record(records, record) if record is not None else None
    found = codings(session, names, record_id)
    colors = {tag.path: tag.color for tag in Tags(session).rows()}
    read = _Read(names, {}, found, colors, frozenset(colors), below)
    for number in dict.fromkeys(coding.record_id for coding in found):
        text = records.text(number)
        passages = tuple(one for one in text.passages if one.end > one.start)
        read.texts[number] = (text, passages, read.units)
        read.units += len(passages)
    for coding in found:
        side = names.index(coding.analyst)
        for tag in read.tags_of(coding):
            both = read.coded.setdefault(tag, (set[int](), set[int]()))
            both[side].update(read.units_of(coding))
    return read


def _check(session: Session, names: Sequence[str]) -> None:
    known = analysts(session)
    for name in names:
        if name not in known:
            there = ", ".join(known) or "nobody yet"
            raise UserError(f"“{name}” has made no annotations; these have: {there}.")
    if names[0] == names[1]:
        raise UserError("Choose two different analysts to compare.")


def _judged(tag: str, units: int, pairs: Sequence[Coded], color: str | None) -> TagAgreement:
    both = sum(len(first & second) for first, second in pairs)
    only_first = sum(len(first - second) for first, second in pairs)
    only_second = sum(len(second - first) for first, second in pairs)
    neither = units * len(pairs) - both - only_first - only_second
    return TagAgreement(
        tag,
        both,
        only_first,
        only_second,
        neither,
        cohen_kappa(both, only_first, only_second, neither),
        krippendorff_alpha(units, pairs),
        color,
    )


def _differences(session: Session, read: _Read, tag: str) -> Iterable[Difference]:
    first, second = read.pair(tag)
    apart = first ^ second
    marks: dict[int, list[Mark]] = {}
    for coding in read.codings:
        if tag not in read.tags_of(coding):
            continue
        counting = tuple(t for t in coding.tags if t == tag or t.startswith(f"{tag}/"))
        mark = Mark(coding.annotation, coding.start, coding.end, counting)
        for unit in read.units_of(coding):
            if unit in apart:
                marks.setdefault(unit, []).append(mark)
    records = Records(session)
    for record_id, (text, passages, number) in read.texts.items():
        entry = records.entry(record_id)
        for unit, passage in enumerate(passages, number):
            if unit in apart:
                by, lacking = read.names if unit in first else reversed(read.names)
                yield Difference(
                    record=entry.key,
                    title=entry.title,
                    label=passage.label,
                    start=passage.start,
                    end=passage.end,
                    text=text.content[passage.start : passage.end][:_LONGEST],
                    tag=tag,
                    by=by,
                    lacking=lacking,
                    marks=tuple(marks.get(unit, ())),
                )


def _give(work: UnitOfWork, mark: Mark, analyst: str) -> None:
    """Put a mark's tags on the same words for another analyst."""
    row = find_annotation(work, mark.annotation)
    same = work.session.scalar(
        select(AnnotationRow).where(
            AnnotationRow.record_id == row.record_id,
            AnnotationRow.analyst == analyst,
            AnnotationRow.start == row.start,
            AnnotationRow.end == row.end,
        )
    )
    if same is not None:
        same.modified = work.now
        paths = [tag.path for tag in Tags(work.session).of(same.id)]
        set_tags(work, same, list(dict.fromkeys([*paths, *mark.tags])), create=False)
        return
    text = Records(work.session).text(row.record_id)
    made = passage_row(work, row.record_id, text, (row.start, row.end))
    made.analyst = analyst
    work.session.add(made)
    work.session.flush()
    set_tags(work, made, mark.tags, create=False)


def _take(work: UnitOfWork, marks: Sequence[Mark]) -> None:
    """Take the tags of marks off, and delete annotations that then say nothing."""
    silent: list[str] = []
    for mark in marks:
        row = find_annotation(work, mark.annotation)
        left = {tag.path for tag in Tags(work.session).of(row.id)} - set(mark.tags)
        linked = PassageLinkStore(work.session).touching([row.id])
        if not left and not row.note.strip() and not linked:
            silent.append(row.id)
        else:
            change_tags(work, [row.id], (), mark.tags, create=False)
    if silent:
        delete_annotations(work, silent)
