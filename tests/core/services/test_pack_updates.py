"""A newer pack: by key, with what the analyst did left as it is; whole or not at all."""

import shutil
import signal
import subprocess
import sys

import pytest

from core.domain.annotations import Verdict
from core.domain.records import Origin
from core.errors import NotFoundError
from core.reference.compilation import compile_pack
from core.services.packs import sync_pack
from core.storage.unit_of_work import Database
from core.workspace import DATABASE, Workspace, open_workspace
from tests.core.services.pack_versions import (
    ADDED,
    REMOVED,
    RENAMED,
    first_version,
    record,
    second_version,
)

NORM = "norm:gge-13f-no-ci-damage"
NEW_SUMMARY = "Leave the installations on which people depend unharmed."


def reworded(files):
    norm = record(files, NORM)
    norm["summary"] = NEW_SUMMARY
    norm["category"] = "renamed category"
    _, second, *others = norm["facts"]
    words = second["text"].split()
    second["text"] = " ".join(["Somewhat", "differently", *words[2:]])
    norm["facts"] = [second, *others, {"text": "A statement of the second version."}]


@pytest.fixture(scope="session")
def packs(tmp_path_factory):
    """Both versions, compiled."""
    one = first_version(tmp_path_factory.mktemp("one"))
    two = second_version(tmp_path_factory.mktemp("two"), reworded)
    return compile_pack(one), compile_pack(two)


@pytest.fixture(scope="session")
def first_folder(filled_folder, packs, tmp_path_factory):
    """A workspace with the first version."""
    folder = tmp_path_factory.mktemp("first") / "workspace"
    shutil.copytree(filled_folder, folder)
    database = Database(folder / DATABASE, "Ada Analyst")
    sync_pack(database, packs[0])
    database.close()
    return folder


@pytest.fixture
def database(first_folder, tmp_path):
    folder = tmp_path / "workspace"
    shutil.copytree(first_folder, folder)
    database = Database(folder / DATABASE, "Ada Analyst")
    yield database
    database.close()


@pytest.fixture
def workspace(database, tmp_path):
    opened = Workspace(tmp_path / "workspace", database, created=False)
    yield opened
    opened.search.close()


def edit(workspace, key, **fields):
    problems, _ = workspace.records.save({**workspace.records.form(key).raw, **fields})
    assert not problems


def test_records_come_change_go_and_are_renamed(workspace, database, packs):
    report = sync_pack(database, packs[1])
    assert report.added >= {ADDED}
    assert report.gone == {REMOVED}
    assert report.renamed == dict([RENAMED])
    assert len(report.changed) > 60
    assert workspace.reference.entry(RENAMED[0]).key == RENAMED[1]
    with pytest.raises(NotFoundError):
        workspace.reference.entry(REMOVED)
    assert NEW_SUMMARY in workspace.reference.record(NORM).text.content
    assert workspace.checkup.check().ok


def fact(workspace, number):
    """Return where a fact's own words stand: an article may say them too."""
    text = workspace.reference.record(NORM).text
    passage = next(p for p in text.passages if p.label == f"Fact {number}")
    words = workspace.records.form(NORM).raw["facts"][number - 1]["text"]
    return passage.start, passage.start + len(words)


def test_annotations_are_placed_anew_and_the_uncertain_are_reviewed(workspace, database, packs):
    first, second = [fact["text"] for fact in workspace.records.form(NORM).raw["facts"][:2]]
    changed, _ = workspace.annotations.annotate(NORM, *fact(workspace, 2), note="on a fact")
    lost, _ = workspace.annotations.annotate(NORM, *fact(workspace, 1))
    assert (changed.target.quote.exact, lost.target.quote.exact) == (second, first)
    moved, _ = workspace.annotations.annotate_quote(NORM, "Facts")
    renamed, _ = workspace.annotations.annotate(RENAMED[0], 0, 10)
    exact, _ = workspace.annotations.annotate("participant:iran", 0, 4)
    report = sync_pack(database, packs[1])
    verdicts = {a.id: a.verdict for a in workspace.annotations.find()}
    assert verdicts[moved.id] in (Verdict.MOVED, Verdict.EXACT)
    assert verdicts[renamed.id] is Verdict.EXACT
    assert verdicts[exact.id] is Verdict.EXACT
    assert verdicts[changed.id] is Verdict.CHANGED
    assert workspace.annotations.get(renamed.id).target.record == RENAMED[1]
    items = {item.annotation.id: item for item in workspace.review.items()}
    assert set(items) == {changed.id, lost.id}
    assert report.review == 2
    assert items[changed.id].annotation.target.quote.exact == second
    assert items[changed.id].wording.endswith(second.split(maxsplit=2)[2])
    workspace.review.confirm(changed.id)
    placed = workspace.annotations.get(changed.id)
    assert (placed.verdict, placed.note) == (Verdict.EXACT, "on a fact")
    workspace.review.place(lost.id, 0, 6)
    assert workspace.review.items() == ()
    workspace.history.undo()
    assert [item.annotation.id for item in workspace.review.items()] == [lost.id]


def test_what_the_analyst_edited_stays_theirs_with_the_difference(workspace, database, packs):
    facts = workspace.records.form(NORM).raw["facts"]
    edit(workspace, NORM, category="my category", facts=[*facts, {"text": "My own statement."}])
    sync_pack(database, packs[1])
    record = workspace.reference.record(NORM)
    assert record.entry.origin == Origin.EDITED
    assert record.entry.type == "my category"
    statements = [cited.fact.text for cited in record.facts]
    assert "My own statement." in statements
    assert "A statement of the second version." in statements
    assert NEW_SUMMARY in record.text.content
    found = {d.field: d for d in workspace.records.differences(NORM)}
    assert set(found) == {"category", "facts"}
    assert found["category"].pack == "renamed category"
    assert found["category"].moved
    workspace.records.take_pack(NORM)
    assert workspace.reference.entry(NORM).type == "renamed category"


def test_removed_records_stay_where_something_hangs_on_them(workspace, database, packs):
    raw = {"key": "event:own", "title": "Own", "summary": "Mine.", "date": "2020",
           "relations": [{"predicate": "part-of", "object": RENAMED[0]}]}  # fmt: skip
    workspace.records.save(raw, new=True)
    workspace.annotations.annotate(REMOVED, 0, 5)
    report = sync_pack(database, packs[1])
    assert report.withdrawn == {REMOVED}
    assert workspace.reference.entry(REMOVED).withdrawn
    assert workspace.reference.record(REMOVED).text.content.startswith("A day")
    assert workspace.reference.record("event:own").ties[0].record == RENAMED[1]
    for _ in range(2):
        workspace.history.undo()
    sync_pack(database, packs[1])
    assert workspace.reference.entry(REMOVED).withdrawn, "redo could bring its annotation back"
    workspace.history.redo()
    assert workspace.checkup.check().ok


def test_an_own_record_that_the_pack_now_has_becomes_an_edit_of_it(workspace, database, packs):
    raw = {"key": ADDED, "title": "My edition", "summary": "Mine."}
    workspace.records.save(raw, new=True)
    sync_pack(database, packs[1])
    entry = workspace.reference.entry(ADDED)
    assert (entry.origin, entry.title) == (Origin.EDITED, "My edition")
    assert {d.field for d in workspace.records.differences(ADDED)} == {"title", "summary"}


KILLED = """
import os, pickle, signal, sys
from pathlib import Path
from sqlalchemy import event
from core.services.packs import sync_pack
from core.storage.unit_of_work import Database

folder, pack, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
database = Database(folder / "normatlas.db", "Ada Analyst")
count = 0

def kill(*_):
    global count
    count += 1
    if count >= last:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(database.engine, "after_cursor_execute", kill)
sync_pack(database, pickle.loads(pack.read_bytes()))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process outright")
def test_a_killed_update_leaves_the_old_state(workspace, database, packs, tmp_path):
    import pickle

    edit(workspace, NORM, category="my category")
    workspace.annotations.annotate(REMOVED, 0, 5)
    before = workspace.reference.record(NORM).text
    kept = tmp_path / "pack"
    kept.write_bytes(pickle.dumps(packs[1]))
    for statements in (3, 14, 26):
        arguments = [str(tmp_path / "workspace"), str(kept), str(statements)]
        done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
        assert done.returncode == -signal.SIGKILL
        assert workspace.reference.record(NORM).text == before
        assert not workspace.reference.entry(REMOVED).withdrawn
    assert workspace.checkup.check().ok
    sync_pack(database, packs[1])
    assert workspace.reference.entry(REMOVED).withdrawn


def test_a_workspace_without_the_packs_entries_is_filled_anew(workspace_folder):
    database = Database(workspace_folder / DATABASE, "Ada Analyst")
    with database.write() as work:
        work.session.connection().exec_driver_sql("DELETE FROM pack_entry")
        work.commit()
    database.close()
    opened = open_workspace(workspace_folder)
    assert opened.records.form(NORM).raw["statement"]
    opened.close()
