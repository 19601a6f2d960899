"""Merging: what is shown is what is done, once, as one step, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.domain.annotations import AnnotationFilter, TextPositionSelector, TextQuoteSelector
from core.domain.interchange import Project, ProjectAnnotation, ProjectNote, ProjectSource
from core.domain.merging import Decisions, MergeKind, MergeStatus, Rule
from core.domain.notes import NoteFilter
from core.domain.passage_links import Meaning
from core.errors import CancelledError, UserError
from core.interchange import bundle, qdpx_writer
from core.interchange.identity import derive, guid_of_record
from core.services.merge import Merge
from core.services.notes import Notes
from core.services.passage_links import PassageLinks
from core.services.projects import gather
from core.tasks import CancelToken
from tests.core.services.desk import RECORD, Desk

KEY = RECORD.entry.key
WORDS = RECORD.text.content


@pytest.fixture
def desks(tmp_path):
    """Ada's desk with some work on it, and Bob's empty one."""
    made = [Desk(tmp_path / f"{name}.db") for name in ("ada", "bob")]
    ada, _ = made
    ada.codebook.add("CBM/Hotlines", None, "Lines that are hot")
    ada.annotations.annotate(KEY, 0, 3, ["CBM/Hotlines"], "A note\n\nof two")
    ada.annotations.annotate(KEY, 4, 10)
    yield made
    for desk in made:
        desk.database.close()


def project_of(desk):
    with desk.database.read() as session:
        return gather(session, AnnotationFilter())


def handed_on(desk, folder, render=bundle.render):
    path = Path(folder) / "handed-on.zip"
    path.write_bytes(render(project_of(desk)))
    return path


def merge(desk, path, *arguments):
    return Merge(desk.database).merge(path, *arguments)


def counts(plan):
    return {status.value: n for status in MergeStatus if (n := plan.count(status))}


@pytest.mark.parametrize("render", [bundle.render, qdpx_writer.render])
def test_what_one_hands_on_the_other_has_and_hands_on_the_same(desks, tmp_path, render):
    ada, bob = desks
    path = handed_on(ada, tmp_path, render)
    merged, changes = merge(bob, path)
    assert counts(merged.plan) == {"new": 4}
    assert not merged.in_part
    assert len(changes.annotations) == 2
    assert render(project_of(bob)) == path.read_bytes()
    assert [a.analyst for a in bob.annotations.find()] == ["Ada Analyst", "Ada Analyst"]


def test_the_plan_says_what_merging_does_and_writes_nothing(desks, tmp_path):
    ada, bob = desks
    path = handed_on(ada, tmp_path)
    before = bob.seen()
    plan = Merge(bob.database).plan(path)
    assert bob.seen() == before
    merged, _ = merge(bob, path, None, plan.sha256)
    assert merged.plan == plan


def test_merging_twice_changes_nothing(desks, tmp_path):
    ada, bob = desks
    path = handed_on(ada, tmp_path)
    merge(bob, path)
    once, steps = bob.seen(), bob.history.state()
    merged, changes = merge(bob, path)
    assert counts(merged.plan) == {"same": 4}
    assert merged.written == 0
    assert not changes
    assert (bob.seen(), bob.history.state()) == (once, steps)


def test_it_is_one_step_that_undo_takes_back_and_redo_does_again(desks, tmp_path):
    ada, bob = desks
    before = bob.seen()
    merge(bob, handed_on(ada, tmp_path))
    after = bob.seen()
    assert bob.history.state().undo == "Merge “handed-on.zip”"
    bob.history.undo()
    assert bob.seen() == before
    bob.history.redo()
    assert bob.seen() == after


@pytest.fixture
def conflict(desks, tmp_path):
    """Bob has Ada's note and changed it; then Ada changed hers, later."""
    ada, bob = desks
    merge(bob, handed_on(ada, tmp_path))
    first = ada.annotations.find()[0]
    bob.now += timedelta(hours=1)
    bob.annotations.write_note(first.id, "Bob's words")
    ada.now += timedelta(hours=2)
    ada.annotations.write_note(first.id, "Ada's words")
    ada.annotations.retag(first.id, ["CBM"])
    return bob, handed_on(ada, tmp_path), first.id


def notes_of(desk):
    return sorted(a.note for a in desk.annotations.find() if a.start == 0)


def test_a_conflict_shows_both_sides_where_they_differ(conflict):
    bob, path, annotation = conflict
    (item,) = Merge(bob.database).plan(path).conflicts
    assert (item.kind, item.id) == (MergeKind.ANNOTATION, annotation)
    assert dict(item.mine.fields) == {"Tags": "CBM/Hotlines", "Note": "Bob's words"}
    assert dict(item.theirs.fields) == {"Tags": "CBM", "Note": "Ada's words"}
    assert item.theirs.modified > item.mine.modified


@pytest.mark.parametrize(
    ("rule", "notes"),
    [
        (None, ["Bob's words"]),
        (Rule.MINE, ["Bob's words"]),
        (Rule.THEIRS, ["Ada's words"]),
        (Rule.NEWER, ["Ada's words"]),
        (Rule.BOTH, ["Ada's words", "Bob's words"]),
    ],
)
def test_a_conflict_is_settled_by_rule_and_stays_settled(conflict, rule, notes):
    bob, path, _ = conflict
    merged, _ = merge(bob, path, Decisions(rule))
    assert notes_of(bob) == notes
    assert merged.in_part is (rule is None)
    seen = bob.seen()
    again, _ = merge(bob, path, Decisions(rule))
    assert (bob.seen(), again.written) == (seen, 0)


def test_one_conflict_is_settled_apart_from_the_rule(conflict):
    bob, path, annotation = conflict
    merge(bob, path, Decisions(Rule.MINE, {annotation: Rule.THEIRS}))
    assert notes_of(bob) == ["Ada's words"]
    bob.history.undo()
    assert notes_of(bob) == ["Bob's words"]


def test_a_tag_that_means_something_else_here_is_a_conflict(desks, tmp_path):
    ada, bob = desks
    bob.codebook.add("cbm/hotlines", None, "Telephones")
    path = handed_on(ada, tmp_path)
    (item,) = Merge(bob.database).plan(path).conflicts
    assert dict(item.theirs.fields)["Definition"] == "Lines that are hot"
    merge(bob, path, Decisions(Rule.THEIRS))
    assert [t.definition for t in bob.codebook.tags() if t.count] == ["Lines that are hot"]


def test_the_same_passage_of_another_tool_is_not_taken_twice(desks, tmp_path):
    ada, bob = desks
    merge(bob, handed_on(ada, tmp_path))
    project = project_of(ada)
    others = tuple(replace(a, id=derive("other", a.id)) for a in project.annotations)
    path = tmp_path / "other.zip"
    path.write_bytes(bundle.render(replace(project, annotations=others)))
    merged, _ = merge(bob, path)
    assert counts(merged.plan) == {"same": 4}
    assert len(bob.annotations.find()) == 2


def one_passage(tmp_path, position, quote, sha256=None, key=KEY):
    source = ProjectSource(guid_of_record(key), "One", key, reference=True)
    passage = ProjectAnnotation(
        derive("a"), source.id, position, quote, sha256, analyst="Carla", note="kept"
    )
    path = tmp_path / "one.zip"
    path.write_bytes(bundle.render(Project("x", sources=(source,), annotations=(passage,))))
    return path


def test_words_that_stand_elsewhere_here_are_found(desks, tmp_path):
    _, bob = desks
    quote = TextQuoteSelector("talk to each other", "States should ", " 🕊 often")
    path = one_passage(tmp_path, TextPositionSelector(100, 118), quote, "0" * 64)
    merged, _ = merge(bob, path)
    (found,) = bob.annotations.find()
    assert WORDS[found.start : found.end] == "talk to each other"
    assert found.verdict.state == "moved"
    assert not merged.in_part


def test_words_that_are_not_here_are_kept_for_review(desks, tmp_path):
    _, bob = desks
    quote = TextQuoteSelector("never said by anybody", "x" * 32, "y" * 32)
    path = one_passage(tmp_path, TextPositionSelector(0, 21), quote)
    merged, _ = merge(bob, path)
    assert counts(merged.plan) == {"unanchored": 1}
    assert merged.in_part
    (kept,) = bob.annotations.find(AnnotationFilter(states=frozenset({"orphaned"})))
    assert (kept.target.quote.exact, kept.note) == ("never said by anybody", "kept")
    again, _ = merge(bob, path)
    assert again.written == 0


def test_positions_without_words_are_never_silently_believed(desks, tmp_path):
    _, bob = desks
    merged, _ = merge(bob, one_passage(tmp_path, TextPositionSelector(4, 10), None))
    assert counts(merged.plan) == {"unanchored": 1}
    assert bob.annotations.find()[0].verdict.value == "changed"


def test_ties_come_with_their_passages(desks, tmp_path):
    ada, bob = desks
    first, second = ada.annotations.find()
    links = PassageLinks(ada.database)
    links.link(first.id, Meaning.NARROWS, second.id)
    links.link(second.id, Meaning.STATES, KEY)
    path = handed_on(ada, tmp_path)
    merge(bob, path)
    assert [a.links for a in bob.annotations.find()] == [a.links for a in ada.annotations.find()]
    assert merge(bob, path)[0].written == 0


def test_a_file_that_changed_since_it_was_shown_is_refused(desks, tmp_path):
    ada, bob = desks
    path = handed_on(ada, tmp_path)
    shown = Merge(bob.database).plan(path).sha256
    ada.annotations.annotate(KEY, 2, 5)
    handed_on(ada, tmp_path)
    with pytest.raises(UserError, match="another file"):
        merge(bob, path, None, shown)
    assert not bob.annotations.find()


def test_cancelled_half_way_it_leaves_nothing(desks, tmp_path):
    ada, bob = desks
    path, token = handed_on(ada, tmp_path), CancelToken()

    def stop(done, total, what):
        if what == "Merging":
            token.cancel()

    before = bob.seen()
    with pytest.raises(CancelledError):
        merge(bob, path, None, None, stop, token)
    assert bob.seen() == before
    assert bob.history.state().undo is None


@pytest.mark.parametrize("render", [bundle.render, qdpx_writer.render])
def test_notes_on_no_passage_are_handed_on_and_settled(desks, tmp_path, render):
    ada, bob = desks
    notes, theirs = Notes(ada.database), Notes(bob.database)
    memo, _ = notes.add("# Plan\n\nSee [[norm:one]].")
    on_record, _ = notes.add("Of it all.", record=KEY)
    on_tag, _ = notes.add("Where it borders.", tag="CBM/Hotlines")
    path = handed_on(ada, tmp_path, render)
    merged, changes = merge(bob, path)
    found = {note.id: note for note in theirs.find()}
    assert found == {note.id: note for note in notes.find()}
    assert set(found) == {memo.id, on_record.id, on_tag.id} == changes.notes
    assert [i.kind for i in merged.plan.items].count(MergeKind.NOTE) == 3
    assert merge(bob, path)[0].written == 0
    assert project_of(bob).notes == project_of(ada).notes
    bob.now += timedelta(days=1)
    theirs.write(memo.id, "# Plan\n\nOtherwise.")
    (conflict,) = merge(bob, path)[0].plan.conflicts
    assert dict(conflict.mine.fields) == {"Note": "# Plan\n\nOtherwise."}
    merge(bob, path, Decisions(Rule.NEWER))
    assert theirs.get(memo.id).text.endswith("Otherwise.")
    merge(bob, path, Decisions(Rule.THEIRS))
    assert theirs.get(memo.id).text == memo.text
    bob.history.undo()
    merge(bob, path, Decisions(Rule.BOTH))
    both = ["# Plan\n\nOtherwise.", memo.text]
    assert sorted(note.text for note in theirs.find(NoteFilter(text="plan"))) == both
    assert merge(bob, path, Decisions(Rule.BOTH))[0].written == 0


def test_another_tools_note_keeps_its_title_and_is_no_copy_of_one_here(desks, tmp_path):
    _, bob = desks
    theirs = Notes(bob.database)
    ids = [derive("note", str(n)) for n in range(3)]
    said = [ProjectNote(ids[0], "Idea", "More of it."), ProjectNote(ids[1], "", "More of it.")]
    for name, notes in (("one.zip", said), ("two.zip", [replace(said[1], id=ids[2])])):
        path = tmp_path / name
        path.write_bytes(bundle.render(Project("bundle", notes=tuple(notes))))
        merge(bob, path)
    assert sorted(note.text for note in theirs.find()) == ["# Idea\n\nMore of it.", "More of it."]
