"""Packs in one file: the same bytes, whole or refused, and a colleague's additions."""

import json
import random
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.reference.additions import as_yaml
from core.reference.fingerprint import pack_folder
from core.reference.packfile import MANIFEST, hash_files
from core.reference.yamlfile import read_yaml
from core.services import pack_files
from core.workspace import open_workspace
from tests.core.services.pack_versions import ADDED, RENAMED, second_version

NORM = "norm:gge-13f-no-ci-damage"
OWN = {
    "key": "norm:own",
    "title": "Keep calm",
    "summary": "Mine.",
    "statement": "Keep calm.",
    "category": "own",
    "facts": [{"text": "Said: twice — “so”.", "year": 2020}],
    "relations": [{"predicate": "refines", "object": NORM}],
}


@pytest.fixture(scope="module")
def additions(filled_folder, tmp_path_factory):
    """A file of one own record and one edit, as another analyst saved it."""
    place = tmp_path_factory.mktemp("additions")
    shutil.copytree(filled_folder, place / "workspace")
    workspace = open_workspace(place / "workspace", analyst="Ada Analyst")
    assert not workspace.records.save(OWN, new=True)[0]
    raw = workspace.records.form(NORM).raw | {"category": "edited"}
    assert not workspace.records.save(raw)[0]
    file = place / "additions.zip"
    saved = workspace.pack_files.export_additions(file)
    assert (saved.added, saved.edited) == (1, 1)
    workspace.close()
    return file


@pytest.fixture(scope="module")
def newer(tmp_path_factory):
    """A file of the reference's second version."""
    place = tmp_path_factory.mktemp("newer")
    pack_files.build(second_version(place / "two"), place / "newer.zip")
    return place / "newer.zip"


def remade(file, target, **changes):
    """Write a file with some members replaced and the manifest made to fit."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop(MANIFEST))
    members |= {name.replace("_yaml", ".yaml"): data for name, data in changes.items()}
    manifest["sha256"] = hash_files(members)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def test_a_build_has_the_same_bytes_each_time(tmp_path):
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    assert pack_files.build(pack_folder(), first) == pack_files.build(pack_folder(), second)
    assert first.read_bytes() == second.read_bytes()
    assert pack_files.validate(first) == ()


def test_a_newer_reference_updates_and_an_older_one_is_refused(workspace, newer, tmp_path):
    older = tmp_path / "older.zip"
    pack_files.build(pack_folder(), older)
    loaded, changes = workspace.pack_files.load(newer)
    assert loaded.updated
    assert ADDED in loaded.added
    assert ADDED in changes.records
    with pytest.raises(UserError, match="newer than"):
        workspace.pack_files.load(older)
    folder = workspace.path
    workspace.close()
    again = open_workspace(folder)
    assert again.reference.entry(ADDED).title == "Second edition"
    again.close()


def reference_of(workspace):
    """Return every entry of the reference, a sample of its records whole, and the annotations."""
    entries = {entry.key: entry for entry in workspace.reference.entries()}
    chosen = {NORM, *random.Random(7).sample(sorted(entries), 60)} | (entries.keys() & {*RENAMED})
    records = {key: workspace.reference.record(key) for key in chosen}
    return entries, records, workspace.annotations.find()


def test_loading_a_newer_reference_is_a_step(workspace, newer):
    workspace.annotations.annotate(RENAMED[0], 0, 10, note="on a renamed one")
    problems, _ = workspace.records.save({**workspace.records.form(NORM).raw, "note": "Mine."})
    assert not problems
    before = reference_of(workspace)
    _, changes = workspace.pack_files.load(newer)
    assert changes.step == workspace.history.state().undo
    assert "2099.1" in changes.step
    after = reference_of(workspace)
    assert RENAMED[1] in after[0]
    undone = workspace.history.undo()
    assert {ADDED, *RENAMED} <= undone.records | set(changes.records)
    assert reference_of(workspace) == before
    assert workspace.checkup.check().ok
    workspace.history.redo()
    assert reference_of(workspace) == after
    assert not workspace.pack_files.load(newer)[1].step, "the same again is no step"


def test_a_colleague_loads_additions_as_one_step(additions, filled_folder, tmp_path):
    shutil.copytree(filled_folder, tmp_path / "colleague")
    colleague = open_workspace(tmp_path / "colleague")
    before = colleague.reference.record(NORM).text
    loaded, changes = colleague.pack_files.load(additions)
    assert (loaded.added, loaded.edited) == (("norm:own",), (NORM,))
    assert changes.step == "Load “Additions of Ada Analyst”"
    assert colleague.reference.record("norm:own").facts[0].fact.text == "Said: twice — “so”."
    assert colleague.reference.entry(NORM).type == "edited"
    assert [d.field for d in colleague.records.differences(NORM)] == ["category"]
    assert not colleague.pack_files.load(additions)[1], "the same again changes nothing"
    colleague.history.undo()
    assert colleague.reference.record(NORM).text == before
    assert colleague.history.state().undo is None
    assert pack_files.validate(additions) == ()
    colleague.close()


def test_there_must_be_something_to_save(workspace, tmp_path):
    with pytest.raises(UserError, match="nothing of your own"):
        workspace.pack_files.export_additions(tmp_path / "x.zip")


BROKEN = {
    "an unknown key": ({"norms_yaml": as_yaml([OWN | {"colour": "red"}])}, "colour"),
    "a bad date": ({"norms_yaml": as_yaml([OWN | {"date": "20155"}])}, "not a date"),
    "a missing source": ({"norms_yaml": as_yaml([OWN | {"source": "source:nowhere"}])}, "nowhere"),
    "duplicate keys": ({"norms_yaml": as_yaml([OWN, OWN])}, "has this key already"),
    "a wrong type": ({"norms_yaml": as_yaml([OWN | {"facts": "none"}])}, "norms.yaml, line"),
    "a wrong kind": ({"norms_yaml": as_yaml([OWN | {"key": "event:own"}])}, "begin with"),
    "an alias that is taken": ({"norms_yaml": as_yaml([OWN | {"aliases": [NORM]}])}, "already"),
    "a cycle of aliases": (
        {
            "norms_yaml": as_yaml(
                [
                    OWN | {"aliases": ["norm:other"]},
                    OWN | {"key": "norm:other", "aliases": ["norm:own"]},
                ]
            )
        },
        "already",
    ),
    "a tag": ({"norms_yaml": b"- !!python/object:os.system {}\n"}, "tag"),
    "anchors": ({"norms_yaml": b"- &a [x]\n- *a\n"}, "anchors"),
    "deep nesting": ({"norms_yaml": b"[" * 5000}, "nested"),
    "no YAML": ({"norms_yaml": b"- {"}, "YAML"),
    "tables": ({"memberships_yaml": as_yaml([{"key": "table:x", "title": "x"}])}, "no tables"),
    "an article": ({"articles/norm/own.md": b"Mine."}, "no articles"),
    "an edit of nothing": (
        {"edits_yaml": as_yaml([{"key": "norm:nowhere", "changes": {}}])},
        "edits.yaml, line 1",
    ),
    "an edit that does not fit": (
        {"edits_yaml": as_yaml([{"key": NORM, "changes": {"date": {"mine": "soon"}}}])},
        "not a date",
    ),
    "an edit of a wrong shape": ({"edits_yaml": as_yaml([{"key": NORM, "mine": 1}])}, "edits.yaml"),
    "another file": ({"../norms_yaml": b"[]"}, "holds no"),
    "a file of another name": ({"readme.txt": b"[]"}, "holds no"),
    "a bomb": ({"norms_yaml": b"\0" * (33 * 2**20)}, "unpacks to more"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_refused_and_nothing_is_touched(workspace, additions, tmp_path, name):
    changes, words = BROKEN[name]
    broken = remade(additions, tmp_path / "broken.zip", **changes)
    with pytest.raises(UserError, match=words):
        workspace.pack_files.load(broken)
    assert workspace.history.state().undo is None, "no step was made"
    assert not [e for e in workspace.reference.entries() if e.origin != "reference"]


def _bomb() -> bytes:
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join(lines).encode()


BROKEN["a bomb of anchors"] = ({"norms_yaml": _bomb()}, "anchors")
TOLD = (
    "an unknown key",
    "a cycle of aliases",
    "a bad date",
    "a missing source",
    "duplicate keys",
    "a wrong type",
    "a tag",
    "anchors",
    "a bomb of anchors",
)


def _bytes_of(workspace):
    """Return the database as it lies on disk, with what was written but not yet moved into it."""
    return {path.name: path.read_bytes() for path in workspace.path.glob("normatlas.db*")}


@pytest.mark.parametrize("name", TOLD)
def test_validate_and_load_tell_file_line_and_reason(workspace, additions, tmp_path, name):
    changes, words = BROKEN[name]
    broken = remade(additions, tmp_path / "broken.zip", **changes)
    problems = pack_files.validate(broken)
    assert any(p.file == "norms.yaml" and p.line >= 1 and words in str(p) for p in problems)
    before = _bytes_of(workspace)
    with pytest.raises(UserError) as refused:
        workspace.pack_files.load(broken)
    told = str(refused.value)
    assert re.search(r"norms\.yaml, line \d+", told), told
    assert words in told
    before.pop("normatlas.db-shm", None)
    after = _bytes_of(workspace)
    assert {file: after[file] for file in before} == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "not a pack"), (b"nonsense" * 99, "not a pack"), (None, "can't be read")],
)
def test_what_is_no_pack_is_refused(workspace, tmp_path, content, words):
    file = tmp_path / "file.zip"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UserError, match=words):
        workspace.pack_files.load(file)


def test_a_large_file_is_refused_unread(workspace, tmp_path):
    file = tmp_path / "large.zip"
    with file.open("wb") as stream:
        stream.truncate(100 * 2**20)
    before = _bytes_of(workspace)
    with pytest.raises(UserError, match="larger than 64 MiB"):
        workspace.pack_files.load(file)
    with pytest.raises(UserError, match="larger than 64 MiB"):
        pack_files.validate(file)
    assert _bytes_of(workspace).get("normatlas.db") == before["normatlas.db"]


def test_a_pack_folder_with_a_file_of_100_mb_is_refused_unread(tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(pack_folder(), folder)
    with (folder / "norms.yaml").open("ab") as stream:
        stream.truncate(100 * 2**20)
    (problem,) = pack_files.validate(folder)
    assert (problem.file, problem.line) == ("norms.yaml", 1)
    assert "larger than" in problem.what


def test_damage_is_noticed(workspace, additions, tmp_path):
    data = bytearray(additions.read_bytes())
    for at in range(0, len(data), 97):
        damaged = bytes(data[:at]) + bytes([data[at] ^ 0xFF]) + bytes(data[at + 1 :])
        file = Path(tmp_path / "damaged.zip")
        file.write_bytes(damaged)
        try:
            workspace.pack_files.load(file)
        except UserError:
            continue


_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(rows=st.lists(st.dictionaries(_WORDS, _VALUES, max_size=5), max_size=4))
def test_what_a_form_holds_survives_its_file(rows, tmp_path_factory):
    file = tmp_path_factory.getbasetemp() / "round.yaml"
    file.write_bytes(as_yaml(rows))
    found = read_yaml(file)
    assert not found.problems
    assert found.value == rows
