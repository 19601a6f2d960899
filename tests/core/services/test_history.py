"""Whatever an analyst does can be taken back and done again, across restarts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import CancelledError, UserError
from core.services.history import History
from core.tasks import CancelToken
from tests.core.services.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "normatlas.db")
    yield made
    made.database.close()


def test_every_kind_of_change_undoes_and_redoes(desk: Desk) -> None:
    codebook, annotations = desk.codebook, desk.annotations
    states = [desk.seen()]

    def did(_result: object) -> None:
        desk.now += timedelta(hours=1)
        states.append(desk.seen())

    did(codebook.add("CBM/Hotlines"))
    made, changes = annotations.annotate("norm:one", 4, 10, ["cbm/hotlines"], "why")
    did(changes)
    did(annotations.write_note(made.id, "why not"))
    did(annotations.retag(made.id, ["CBM", "New/One"], create_tags=True))
    did(codebook.rename("CBM", "Confidence"))
    did(codebook.recolor("Confidence", "#123456"))
    did(codebook.delete("New"))
    did(annotations.delete([made.id]))

    for before in reversed(states[:-1]):
        desk.history.undo()
        assert desk.seen() == before
    assert desk.history.state().undo is None
    with pytest.raises(UserError, match="nothing to undo"):
        desk.history.undo()
    for after in states[1:]:
        desk.history.redo()
        assert desk.seen() == after
    assert desk.history.state().redo is None


def test_steps_are_named_and_survive_a_restart(desk: Desk) -> None:
    desk.codebook.add("CBM")
    again = History(desk.database)
    assert again.state().undo == "Add tag “CBM”"
    again.undo()
    assert History(desk.database).state().redo == "Add tag “CBM”"


def test_edits_of_one_note_in_a_row_undo_as_one(desk: Desk) -> None:
    made, _ = desk.annotations.annotate("norm:one", 4, 10)
    for text in ("a", "ab", "abc"):
        desk.now += timedelta(seconds=5)
        desk.annotations.write_note(made.id, text)
    desk.now += timedelta(hours=1)
    desk.annotations.write_note(made.id, "later")
    desk.history.undo()
    assert desk.annotations.get(made.id).note == "abc"
    desk.history.undo()
    assert desk.annotations.get(made.id).note == ""


def test_new_work_after_undo_takes_the_place_of_redo(desk: Desk) -> None:
    desk.codebook.add("A")
    desk.history.undo()
    desk.codebook.add("B")
    assert desk.history.state().redo is None
    assert [tag.path for tag in desk.codebook.tags()] == ["B"]


def test_undo_says_what_changed(desk: Desk) -> None:
    made, done = desk.annotations.annotate("norm:one", 4, 10, ["CBM"], create_tags=True)
    undone = desk.history.undo()
    assert undone.annotations == done.annotations == {made.id}
    assert undone.records == {"norm:one"}
    assert undone.tags == done.tags


def act(desk: Desk, what: str, n: int) -> None:
    """Do one thing of a script; things that need something there are left out without it."""
    ids = [annotation.id for annotation in desk.annotations.find()]
    tags = [tag.path for tag in desk.codebook.tags()]
    marks, book = desk.annotations, desk.codebook
    always = {
        "annotate": lambda: marks.annotate("norm:one", n, n + 5, [f"T{n}/x"], create_tags=True),
        "add": lambda: book.add(f"Tag {n}"),
    }
    with_annotation = {
        "retag": lambda: marks.retag(ids[0], tags[:2]),
        "note": lambda: marks.write_note(ids[-1], f"note {n}"),
        "delete": lambda: marks.delete(ids[:2]),
    }
    with_tag = {
        "rename": lambda: book.rename(tags[0], f"Renamed {n}"),
        "remove": lambda: book.delete(tags[-1]),
    }
    possible = always | (with_annotation if ids else {}) | (with_tag if tags else {})
    if desk.history.state().undo:
        possible["undo"] = desk.history.undo
    if what in possible:
        possible[what]()


SCRIPTS = st.lists(
    st.sampled_from(["annotate", "add", "retag", "note", "delete", "rename", "remove", "undo"]),
    max_size=14,
)


@settings(max_examples=15)
@given(SCRIPTS)
def test_any_run_of_changes_undoes_to_the_start(
    tmp_path_factory: pytest.TempPathFactory, script: list[str]
) -> None:
    desk = Desk(tmp_path_factory.mktemp("history") / "normatlas.db")
    start = desk.seen()
    for n, what in enumerate(script):
        desk.now += timedelta(minutes=5)
        act(desk, what, n)
    end = desk.seen()
    steps = 0
    while desk.history.state().undo:
        desk.history.undo()
        steps += 1
    assert desk.seen() == start
    for _ in range(steps):
        desk.history.redo()
    assert desk.seen() == end
    desk.database.close()


def done(desk: Desk) -> list[str]:
    return [step.name for step in desk.history.steps() if step.state == "done"]


def test_steps_are_listed_newest_first_and_read_in_pages(desk: Desk) -> None:
    for n in range(7):
        desk.now += timedelta(minutes=1)
        desk.codebook.add(f"T{n}")
    first = desk.history.steps(3)
    rest = desk.history.steps(100, before=first[-1].id)
    assert [step.name for step in (*first, *rest)] == [f"Add tag “T{n}”" for n in range(6, -1, -1)]
    assert first[0].at == desk.now
    assert first[0].analyst == "Ada Analyst"
    with pytest.raises(UserError, match="at least one"):
        desk.history.steps(0)


def test_undo_and_redo_go_to_any_step_in_one_turn(desk: Desk) -> None:
    seen = [desk.seen()]
    for n in range(5):
        desk.now += timedelta(hours=1)
        desk.annotations.annotate("norm:one", n, n + 5, [f"T{n}"], create_tags=True)
        seen.append(desk.seen())
    ids = [step.id for step in reversed(desk.history.steps())]

    changes = desk.history.undo_to(ids[2])
    assert desk.seen() == seen[2]
    assert len(changes.annotations) == 3
    assert [step.state for step in desk.history.steps()] == ["undone"] * 3 + ["done"] * 2
    History(desk.database).redo_to(ids[3])
    assert desk.seen() == seen[4]
    desk.history.undo_to(ids[0])
    assert desk.seen() == seen[0]
    desk.history.redo_to(ids[4])
    assert desk.seen() == seen[5]


def test_only_what_is_done_is_undone_and_the_other_way_round(desk: Desk) -> None:
    desk.codebook.add("A")
    desk.history.undo()
    overtaken = desk.history.steps()[0].id
    desk.codebook.add("B")
    assert [step.state for step in desk.history.steps()] == ["done", "dropped"]
    kept = desk.history.steps()[0].id
    for turn in (desk.history.undo_to, desk.history.redo_to):
        with pytest.raises(UserError, match="This step can't"):
            turn(overtaken)
    with pytest.raises(UserError, match="done again"):
        desk.history.redo_to(kept)
    assert done(desk) == ["Add tag “B”"]


def test_a_cancelled_turn_changes_nothing(desk: Desk) -> None:
    for n in range(3):
        desk.codebook.add(f"T{n}")
    before = desk.seen()
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        desk.history.undo_to(desk.history.steps()[-1].id, token)
    assert desk.seen() == before
    assert len(done(desk)) == 3
