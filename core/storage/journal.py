"""The history read backwards: what rows were at an earlier moment, and what became of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from core.storage.row_images import Image, Row
from core.storage.tables import StepRow, TurnRow


@dataclass(frozen=True, slots=True)
class Event:
    """A step done, taken back (``undone``) or done again; ``images`` are those of the step."""

    at: datetime
    analyst: str
    name: str
    undone: bool
    images: list[Image]

    def back(self) -> Iterator[tuple[str, Row | None, Row | None]]:
        """Give table, row after the event and row before it, in the order that leads back."""
        for image in self.images if self.undone else reversed(self.images):
            rows = image["before"], image["after"]
            after, before = rows if self.undone else rows[::-1]
            yield image["table"], after, before


def events_back(
    session: Session, tables: Collection[str], since: datetime | None = None
) -> Iterator[Event]:
    """Give what touched rows of any of these tables after a moment, newest first.

    Undoing these events one by one leads back to what was so at that moment. Steps that were
    taken back before the program noted when are left out: nothing of them is left.
    """
    steps = _steps(session, tables)
    known = {step.id for step in steps}
    turns = [turn for turn in session.scalars(select(TurnRow)) if turn.step_id in known]
    turned = {turn.step_id for turn in turns}
    by_id = {step.id: step for step in steps}
    dated = [
        ((step.at, step.id, 0), step, step.analyst, False)
        for step in steps
        if step.state == "done" or step.id in turned
    ]
    dated += [
        ((turn.at, turn.step_id, turn.id), by_id[turn.step_id], turn.analyst, turn.undone)
        for turn in turns
    ]
    dated.sort(key=lambda event: event[0], reverse=True)
    for (at, _, _), step, analyst, undone in dated:
        if since is not None and at <= since:
            return
        images = [image for image in step.images if image["table"] in tables]
        yield Event(at, analyst, step.name, undone, images)


def _steps(session: Session, tables: Collection[str]) -> list[StepRow]:
    """Read the steps that name any of the tables; the others' images are not even parsed."""
    words = cast(StepRow.images, String)
    named = [words.contains(f'"table": "{table}"') for table in sorted(tables)]
    return list(session.scalars(select(StepRow).where(or_(*named))))
