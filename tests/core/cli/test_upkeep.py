"""``check``, ``pack validate``, and workspaces that can't be used."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys

import pytest

from core.workspace import DATABASE, INDEX


def test_all_is_well(normatlas):
    assert normatlas.done("check") == {"ok": True, "problems": []}
    assert "in order" in normatlas("check").out


def test_a_lost_index_is_rebuilt(normatlas, norm):
    shutil.rmtree(normatlas.folder / INDEX)
    found = normatlas("search", "critical infrastructure", "--json")
    assert found.code == 0
    assert found.err == ""
    assert norm in [hit["record"] for hit in found.json["hits"]]


@pytest.mark.parametrize("content", [None, b"", b"nonsense"])
def test_a_damaged_index_is_rebuilt_without_a_word(normatlas, content):
    for file in (normatlas.folder / INDEX).rglob("*"):
        if file.is_file() and content is None:
            file.unlink()
        elif file.is_file():
            file.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "core.cli", "search", "critical infrastructure", "--json"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NORMATLAS_WORKSPACE": str(normatlas.folder)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["total"] > 0


def test_repair_of_a_lost_index(normatlas):
    shutil.rmtree(normatlas.folder / INDEX)
    assert normatlas.done("check", "--repair")["ok"]
    assert normatlas.done("check") == {"ok": True, "problems": []}


def test_a_newer_workspace_is_left_alone(normatlas):
    database = normatlas.folder / DATABASE
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = database.read_bytes()
    normatlas("list").assert_refused(3, "newer", str(normatlas.folder))
    assert database.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 500])
def test_a_damaged_database_is_left_alone(normatlas, content):
    database = normatlas.folder / DATABASE
    for file in normatlas.folder.glob(f"{DATABASE}-*"):
        file.unlink()
    database.write_bytes(content)
    normatlas("search", "x").assert_refused(3, str(normatlas.folder))
    assert database.read_bytes() == content


def test_another_programs_database_is_left_alone(normatlas):
    database = normatlas.folder / DATABASE
    database.unlink()
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    normatlas("list").assert_refused(3, str(normatlas.folder))


def test_a_file_is_no_workspace(normatlas, tmp_path):
    normatlas.folder = tmp_path / "file"
    normatlas.folder.write_text("x")
    normatlas("list").assert_refused(3, str(normatlas.folder))


def test_the_shipped_pack_is_valid(normatlas, pytestconfig):
    folder = pytestconfig.rootpath / "resources" / "reference"
    assert normatlas.done("pack", "validate", str(folder)) == {"ok": True, "problems": []}


def test_a_pack_reports_what_it_covers(normatlas, pytestconfig, tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(pytestconfig.rootpath / "resources" / "reference", folder)
    shutil.rmtree(folder / "articles", ignore_errors=True)
    article = folder / "articles" / "norm" / "due-diligence.md"
    article.parent.mkdir(parents=True)
    article.write_text(
        "Two words [@source:au-annexc]. Three more words [unverified].\n", encoding="utf-8"
    )
    found = normatlas.done("pack", "report", str(folder))
    assert (found["articles"], found["words"]) == (1, 5)
    assert found["citations"] == {"total": 2, "verified": 1, "share": 0.5}
    assert found["odd_lengths"] == {"norm:due-diligence": 5}
    assert found["doubtful_articles"] == {"norm:due-diligence": 0.5}
    assert found["facts"]["total"] > 2000
    assert 0 < found["relations"]["share"] < 1
    assert found["few_facts"]
    said = normatlas("pack", "report", str(folder)).out
    assert "1 articles, 5 words" in said
    assert "Records with fewer than three facts: " in said
    unverified = found["facts"]["total"] - found["facts"]["verified"]
    assert len(found["doubted"]) == unverified + 1
    assert "Statements that nobody has verified: " in said
    assert "  norm:due-diligence, para. 1: Three more words" in said


def test_a_bad_pack_is_not_counted(normatlas, pytestconfig, tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(pytestconfig.rootpath / "resources" / "reference", folder)
    (folder / "sources.yaml").write_text("- [", encoding="utf-8")
    assert "1 problem in " in normatlas("pack", "validate", str(folder)).err
    normatlas("pack", "report", str(folder)).assert_refused(2, "sources.yaml, line")


def test_a_pack_with_a_wrong_key_is_told_where(normatlas, pytestconfig, tmp_path):
    folder = tmp_path / "pack"
    shutil.copytree(pytestconfig.rootpath / "resources" / "reference", folder)
    norms = folder / "norms.yaml"
    text = norms.read_text(encoding="utf-8")
    norms.write_text(
        text.replace("'instrument:gge-2015'", "'instrument:gge-2051'", 1), encoding="utf-8"
    )
    outcome = normatlas("pack", "validate", str(folder), "--json")
    assert outcome.code == 2
    problem = outcome.json["problems"][0]
    assert problem["file"].endswith("norms.yaml")
    assert problem["line"] > 0
    assert "instrument:gge-2051" in problem["what"]
    assert "norms.yaml:" in normatlas("pack", "validate", str(folder)).out
