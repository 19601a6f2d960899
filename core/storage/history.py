"""Reversible steps: row images before and after each change, for undo, redo and audit.

The session's flush events give the images, so that no use case can forget to record one.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, event, inspect, select, text, update
from sqlalchemy.orm import InstanceState, Session

from core.domain.changes import Changes
from core.storage.tables import (
    AnnotationRow,
    AnnotationTagRow,
    Base,
    OwnRecordRow,
    PassageLinkRow,
    RecordRow,
    SavedSearchRow,
    StepRow,
    SynonymRow,
    TagRow,
)
from core.storage.tables.base import Moment

Image = dict[str, Any]
"""``{"table", "before": row | None, "after": row | None}``, rows as plain JSON values."""

MERGE_WITHIN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Step:
    """What a history step says of itself."""

    name: str
    analyst: str
    at: datetime
    merges: str | None = None


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
    for column in state.mapper.column_attrs:
        attribute = state.attrs[column.key]
        was = attribute.history.deleted
        new[column.key] = _plain(attribute.value)
        old[column.key] = _plain(was[0]) if was else new[column.key]
    images.append(
        {"table": table.name, "before": old if before else None, "after": new if after else None}
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _row(table: Table, plain: dict[str, Any]) -> dict[str, Any]:
    moments = {c.name for c in table.columns if isinstance(c.type, Moment)}
    return {k: datetime.fromisoformat(v) if k in moments else v for k, v in plain.items()}


def add_step(session: Session, step: Step, images: list[Image]) -> None:
    """Store a step; undone steps are overtaken by it and can't be redone any more."""
    session.execute(update(StepRow).where(StepRow.state == "undone").values(state="dropped"))
    last = session.scalars(
        select(StepRow).where(StepRow.state == "done").order_by(StepRow.id.desc()).limit(1)
    ).first()
    if last is not None and _merges(last, step):
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


def _merges(last: StepRow, step: Step) -> bool:
    return (
        step.merges is not None
        and last.merges == step.merges
        and last.analyst == step.analyst
        and step.at - last.at <= MERGE_WITHIN
    )


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


def apply_step(session: Session, step: StepRow, *, backwards: bool) -> Changes:
    """Undo or redo one step's rows; returns what changed."""
    # A step's rows may refer to each other in either order; checked at the commit.
    session.execute(text("PRAGMA defer_foreign_keys=ON"))
    images = list(reversed(step.images)) if backwards else step.images
    for image in images:
        target, present = image["before"], image["after"]
        if not backwards:
            target, present = present, target
        _replace_row(session, Base.metadata.tables[image["table"]], present, target)
    step.state = "undone" if backwards else "done"
    session.flush()
    session.expire_all()
    return changes_of(session, step.images, step.name)


def _replace_row(
    session: Session, table: Table, present: dict[str, Any] | None, target: dict[str, Any] | None
) -> None:
    if present is None and target is not None:
        session.execute(table.insert().values(_row(table, target)))
    elif present is not None:
        here = [column == present[column.name] for column in table.primary_key]
        if target is None:
            session.execute(table.delete().where(*here))
        else:
            session.execute(table.update().where(*here).values(_row(table, target)))


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
    renamed = {
        i["before"]["id"]
        for i in images
        if i["table"] == TagRow.__tablename__ and i["before"] and i["after"]
    }
    carried = select(AnnotationTagRow.annotation_id).where(AnnotationTagRow.tag_id.in_(renamed))
    annotations.update(session.scalars(carried) if renamed else ())
    keys = select(RecordRow.key).where(RecordRow.id.in_(records))
    return Changes(
        records=frozenset(session.scalars(keys) if records else ()) | own_keys(images),
        annotations=frozenset(annotations | touched[AnnotationRow.__tablename__]),
        tags=frozenset(touched[TagRow.__tablename__]),
        searches=frozenset(touched[SavedSearchRow.__tablename__]),
        synonyms=frozenset(touched[SynonymRow.__tablename__]),
        links=frozenset(touched[PassageLinkRow.__tablename__]),
        step=step,
    )


_IDS = tuple(
    table.__tablename__
    for table in (AnnotationRow, TagRow, SavedSearchRow, SynonymRow, PassageLinkRow)
)
"""Audited tables whose rows `Changes` names by their ids."""
