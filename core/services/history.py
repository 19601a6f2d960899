"""Undo and redo, across restarts."""

from core.domain.changes import Changes, HistoryState
from core.errors import UserError
from core.services.composing import compose_after, retie
from core.services.layering import recompose
from core.storage import history
from core.storage.unit_of_work import Database, UnitOfWork


class History:
    """The analyst's steps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self) -> HistoryState:
        """Return what can be undone and redone."""
        with self._database.read() as session:
            done = history.next_step(session, "done")
            undone = history.next_step(session, "undone")
            return HistoryState(done.name if done else None, undone.name if undone else None)

    def undo(self) -> Changes:
        """Take the last step back; raises `UserError` when there is none."""
        return self._apply("done", backwards=True, nothing="There is nothing to undo.")

    def redo(self) -> Changes:
        """Do the step again that was undone last; raises `UserError` when there is none."""
        return self._apply("undone", backwards=False, nothing="There is nothing to redo.")

    def _apply(self, state: str, *, backwards: bool, nothing: str) -> Changes:
        with self._database.write() as work:
            step = history.next_step(work.session, state)
            if step is None:
                raise UserError(nothing)
            turn = history.Turn(work.analyst, work.now)
            changes = history.apply_step(work.session, step, turn, backwards=backwards)
            work.queue(changes)
            changes |= _recompose(work, step.images)
            changes |= compose_after(work, step.images)
            work.commit()
            return changes


def _recompose(work: UnitOfWork, images: list[history.Image]) -> Changes:
    """Write the pages anew that rest on records of the analyst's that a step changed."""
    keys = history.own_keys(images)
    if not keys:
        return Changes()
    changed = recompose(work, keys, history.own_words(images))
    retie(work, keys)
    return Changes(records=keys | changed)
