"""Undo and redo, across restarts."""

from collections.abc import Sequence

from core.domain.changes import Changes, HistoryState, HistoryStep
from core.errors import UserError
from core.services.composing import compose_after, retie
from core.services.layering import recompose
from core.services.pack_editions import turn_edition
from core.services.reanchoring import settle
from core.storage import history
from core.storage.row_images import Image
from core.storage.tables import StepRow
from core.storage.unit_of_work import Database, UnitOfWork
from core.tasks import CancelToken, slow


class History:
    """The analyst's steps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self) -> HistoryState:
        """Return what can be undone and redone."""
        with self._database.read() as session:
            return HistoryState(
                history.next_name(session, "done"), history.next_name(session, "undone")
            )

    def undo(self) -> Changes:
        """Take the last step back; raises `UserError` when there is none."""
        return self._apply("done", "There is nothing to undo.")

    def redo(self) -> Changes:
        """Do the step again that was undone last; raises `UserError` when there is none."""
        return self._apply("undone", "There is nothing to redo.")

    def steps(self, limit: int = 200, before: int | None = None) -> tuple[HistoryStep, ...]:
        """Return at most ``limit`` steps, newest first; with ``before`` those older than it.

        Raises `UserError` for a limit that is none.
        """
        if limit < 1:
            raise UserError(f"{limit} is no number of steps; ask for at least one.")
        with self._database.read() as session:
            return tuple(history.steps_before(session, limit, before))

    @slow
    def undo_to(self, step: int, cancel: CancelToken | None = None) -> Changes:
        """Take back every step from the last one to this one, and this one too; all or none.

        Raises `UserError` when it is not done now, `CancelledError` when ``cancel`` says so.
        """
        return self._apply_to(step, "done", cancel or CancelToken())

    @slow
    def redo_to(self, step: int, cancel: CancelToken | None = None) -> Changes:
        """Do every step again that was undone, up to this one, and this one too; all or none.

        Raises `UserError` when it is not undone now, `CancelledError` when ``cancel`` says so.
        """
        return self._apply_to(step, "undone", cancel or CancelToken())

    def _apply(self, state: str, nothing: str) -> Changes:
        with self._database.write() as work:
            step = history.next_step(work.session, state)
            if step is None:
                raise UserError(nothing)
            return _turn(work, [step.id], state, CancelToken())

    def _apply_to(self, step: int, state: str, cancel: CancelToken) -> Changes:
        with self._database.write() as work:
            ids = history.step_ids(work.session, state, step)
            if step not in ids:
                raise UserError(
                    "This step can't be taken back: it is not done now."
                    if state == "done"
                    else "This step can't be done again: it was not undone, or other work followed."
                )
            return _turn(work, ids, state, cancel)


def _turn(work: UnitOfWork, ids: Sequence[int], state: str, cancel: CancelToken) -> Changes:
    """Take steps back (``done``) or do them again (``undone``), in this order, as one write."""
    turn = history.Turn(work.analyst, work.now)
    changes = Changes()
    for id_ in ids:
        cancel.check()
        step = work.session.get_one(StepRow, id_)
        images = step.images
        turned = history.apply_step(work.session, step, turn, backwards=state == "done")
        work.queue(turned)
        turned |= turn_edition(work, images, backwards=state == "done")
        turned |= _recompose(work, images)
        changes |= turned | compose_after(work, images)
    settle(work, changes.annotations)
    work.commit()
    return changes


def _recompose(work: UnitOfWork, images: list[Image]) -> Changes:
    """Write the pages anew that rest on records of the analyst's that a step changed."""
    keys = history.own_keys(images)
    if not keys:
        return Changes()
    changed = recompose(work, keys, history.own_words(images))
    retie(work, keys)
    return Changes(records=keys | changed)
