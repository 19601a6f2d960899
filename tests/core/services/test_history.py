"""Whatever an analyst does can be taken back and done again, across restarts."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.services.history import History
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
