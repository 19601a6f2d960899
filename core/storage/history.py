"""Reversible steps: row images before and after each change, for undo, redo and audit.

The session's flush events give the images, so that no use case can forget to record one.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, event, inspect, select, text, update
from sqlalchemy.orm import InstanceState, Session, defer

from core.domain.changes import Changes, HistoryStep, StepState
from core.storage.parameters import in_chunks
from core.storage.row_images import Image, plain, write_images
from core.storage.tables import (
    AnnotationRow,
    AnnotationTagRow,
    Base,
    ExportPresetRow,
    NoteRow,
    OwnRecordRow,
    PassageLinkRow,
    RecordRow,
    SavedFilterRow,
    SavedSearchRow,
    StepRow,
    SynonymRow,
    TagRow,
    TurnRow,
)

_FOUND_BY = ("path", "definition")
"""What of a tag the search index knows the annotations by that carry it."""

MERGE_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Step:
    """What a history step says of itself."""

    name: str
    analyst: str
    at: datetime
    merges: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Who takes a step back or does it again, and when."""

    analyst: str
    at: datetime


def watch(session: Session) -> list[Image]:
    """Return a list that gathers the images of all audited rows that ``session`` flushes."""
    images: list[Image] = []

    def gather(session: Session, _context: object) -> None:
        for row in session.new:
            _add(images, row, before=False, after=True)
        for row in session.dirty:
            if session.is_modified(row):
                _add(images, row, before=True, after=True)
        for row in session.deleted:
            _add(images, row, before=True, after=False)

    event.listen(session, "after_flush", gather)
    return images


def _add(images: list[Image], row: object, *, before: bool, after: bool) -> None:
    if not getattr(row, "__audited__", False):
        return
    state = cast("InstanceState[object]", inspect(row))
    table = cast("Table", state.mapper.local_table)
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    if not before:  # thousands at once where a colleague's file comes in
        new = {c.key: plain(getattr(row, c.key)) for c in state.mapper.column_attrs}
        images.append({"table": table.name, "before": None, "after": new})
        return
    for column in state.mapper.column_attrs:
        attribute = state.attrs[column.key]
        was = attribute.history.deleted
        new[column.key] = plain(attribute.value)
        old[column.key] = plain(was[0]) if was else new[column.key]
    images.append({"table": table.name, "before": old, "after": new if after else None})


def add_step(session: Session, step: Step, images: list[Image]) -> None:
    """Store a step; undone steps are overtaken by it and can't be redone any more."""
    session.execute(update(StepRow).where(StepRow.state == "undone").values(state="dropped"))
    last = _merging(session, step)
    if last is not None:
        last.images = merge_images(last.images, images)
        last.at = step.at
    else:
        session.add(
            StepRow(
                name=step.name,
                analyst=step.analyst,
                at=step.at,
                state="done",
                merges=step.merges,
                images=list(images),
            )
        )
    session.flush()


def _merging(session: Session, step: Step) -> StepRow | None:
    """Return the step that this one goes on with, if it does."""
    if step.merges is None:
        return None
    # Without its images, which are thousands after a merge
    done = select(StepRow).where(StepRow.state == "done").options(defer(StepRow.images))
    last = session.scalars(done.order_by(StepRow.id.desc()).limit(1)).first()
    if last is None or last.merges != step.merges or last.analyst != step.analyst:
        return None
    return last if step.at - last.at <= MERGE_WITHIN else None


def merge_images(first: list[Image], second: list[Image]) -> list[Image]:
    """Make two runs of images one: each row's first ``before`` and last ``after``."""
    merged: dict[str, Image] = {}
    for image in [*first, *second]:
        identity = _identity(image)
        earlier = merged.get(identity)
        merged[identity] = image if earlier is None else {**earlier, "after": image["after"]}
    return list(merged.values())


def _identity(image: Image) -> str:
    table = Base.metadata.tables[image["table"]]
    row = image["before"] or image["after"]
    return json.dumps([table.name, *(row[c.name] for c in table.primary_key)])


def next_step(session: Session, state: str) -> StepRow | None:
    """Return the step that undo (``done``) or redo (``undone``) would take, if any."""
    order = StepRow.id.desc() if state == "done" else StepRow.id.asc()
    return session.scalars(
        select(StepRow).where(StepRow.state == state).order_by(order).limit(1)
    ).first()


def next_name(session: Session, state: str) -> str | None:
    """Return the name of the step that undo or redo would take; its rows stay unread."""
    order = StepRow.id.desc() if state == "done" else StepRow.id.asc()
    query = select(StepRow.name).where(StepRow.state == state).order_by(order).limit(1)
    return session.scalar(query)


def steps_before(session: Session, limit: int, before: int | None) -> list[HistoryStep]:
    """Return steps, newest first, older than the one that ``before`` names; without their rows."""
    query = (
        select(StepRow.id, StepRow.name, StepRow.analyst, StepRow.at, StepRow.state)
        .order_by(StepRow.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(StepRow.id < before)
    return [
        HistoryStep(id_, name, analyst, at, StepState(state))
        for id_, name, analyst, at, state in session.execute(query).tuples()
    ]


def step_ids(session: Session, state: str, up_to: int) -> list[int]:
    """Return the steps that undo (``done``) or redo (``undone``) takes up to one, in its order."""
    query = select(StepRow.id).where(StepRow.state == state)
    if state == "done":
        query = query.where(StepRow.id >= up_to).order_by(StepRow.id.desc())
    else:
        query = query.where(StepRow.id <= up_to).order_by(StepRow.id.asc())
    return list(session.scalars(query))


def apply_step(session: Session, step: StepRow, turn: Turn, *, backwards: bool) -> Changes:
    """Undo or redo one step's rows, and note that it was done; returns what changed."""
    # A step's rows may refer to each other in either order; checked at the commit.
    session.execute(text("PRAGMA defer_foreign_keys=ON"))
    write_images(session, step.images, backwards=backwards)
    step.state = "undone" if backwards else "done"
    step.merges = None  # what it says of a moment stays so: nothing joins it any more
    session.add(TurnRow(step_id=step.id, at=turn.at, analyst=turn.analyst, undone=backwards))
    session.flush()
    session.expire_all()
    return changes_of(session, step.images, step.name)


def own_keys(images: list[Image]) -> frozenset[str]:
    """Tell which of the analyst's own records, or edits of the pack's, a run touched."""
    return frozenset(
        row["key"]
        for image in images
        if image["table"] == OwnRecordRow.__tablename__
        for row in (image["before"], image["after"])
        if row is not None
    )


def own_words(images: list[Image]) -> set[str]:
    """Return all words in what a run of images says of records, before and after it."""
    rows = (image[side] for image in images for side in ("before", "after"))
    waiting: list[Any] = [row["changes"] for row in rows if row is not None and "changes" in row]
    found: set[str] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += cast("dict[str, Any]", value).values()
        elif isinstance(value, list):
            waiting += cast("list[Any]", value)
        elif isinstance(value, str):
            found.add(value)
    return found


def _reworded(images: list[Image]) -> set[str]:
    """Return the tags under whose old words the annotations that carry them would be found."""
    return {
        image["before"]["id"]
        for image in images
        if image["table"] == TagRow.__tablename__ and image["before"] and image["after"]
        if any(image["before"].get(word) != image["after"].get(word) for word in _FOUND_BY)
    }


def changes_of(session: Session, images: list[Image], step: str | None) -> Changes:
    """Tell which records, annotations, tags, links and so on a run of images touched."""
    annotations: set[str] = set()
    records: set[int] = set()
    touched: dict[str, set[str]] = {name: set() for name in _IDS}
    for image in images:
        for row in (image["before"], image["after"]):
            if row is None:
                continue
            table = image["table"]
            if table in _IDS:
                touched[table].add(row["id"])
            if table == AnnotationRow.__tablename__:
                records.add(row["record_id"])
            elif table == AnnotationTagRow.__tablename__:
                annotations.add(row["annotation_id"])
                touched[TagRow.__tablename__].add(row["tag_id"])
            elif table == PassageLinkRow.__tablename__:
                annotations.add(row["annotation_id"])
    for some in in_chunks(sorted(_reworded(images))):
        carried = select(AnnotationTagRow.annotation_id).where(AnnotationTagRow.tag_id.in_(some))
        annotations.update(session.scalars(carried))
    keys = select(RecordRow.key).where(RecordRow.id.in_(records))
    return Changes(
        records=frozenset(session.scalars(keys) if records else ()) | own_keys(images),
        annotations=frozenset(annotations | touched[AnnotationRow.__tablename__]),
        tags=frozenset(touched[TagRow.__tablename__]),
        searches=frozenset(touched[SavedSearchRow.__tablename__]),
        filters=frozenset(touched[SavedFilterRow.__tablename__]),
        presets=frozenset(touched[ExportPresetRow.__tablename__]),
        synonyms=frozenset(touched[SynonymRow.__tablename__]),
        links=frozenset(touched[PassageLinkRow.__tablename__]),
        notes=frozenset(touched[NoteRow.__tablename__]),
        step=step,
    )


_IDS = tuple(
    table.__tablename__
    for table in (
        AnnotationRow,
        TagRow,
        ExportPresetRow,
        SavedFilterRow,
        SavedSearchRow,
        SynonymRow,
        PassageLinkRow,
        NoteRow,
    )
)
"""Audited tables whose rows `Changes` names by their ids."""
