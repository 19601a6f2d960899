"""``merge``: one JSON object a line, exit code 1 when something waits for the analyst."""

import json

import pytest

from core.domain.annotations import TextPositionSelector, TextQuoteSelector
from core.domain.interchange import Project, ProjectAnnotation, ProjectSource, ProjectTag
from core.interchange import bundle
from core.interchange.identity import derive, guid_of_record


@pytest.fixture
def colleague(tmp_path, norm):
    """A colleague's bundle: a passage of a norm, and one of a page that nobody has."""
    tag = ProjectTag(derive("t"), "CBM", color="#336699")
    here = ProjectSource(guid_of_record(norm), "A norm", norm, reference=True)
    page = ProjectSource(derive("p"), "A page", address="https://example.org/a")
    passages = (
        ProjectAnnotation(
            derive("a"),
            here.id,
            TextPositionSelector(0, 6),
            TextQuoteSelector("Do not", "", ""),
            tags=(tag.id,),
            analyst="Carla",
        ),
        ProjectAnnotation(
            derive("b"), page.id, None, TextQuoteSelector("words", "", ""), note="kept"
        ),
    )
    path = tmp_path / "colleague.zip"
    path.write_bytes(bundle.render(Project("x", "", (), (tag,), (here, page), passages)))
    return path


def lines_of(outcome):
    return [json.loads(line) for line in outcome.out.splitlines()]


def test_it_says_what_became_of_each_and_ends_with_one(normatlas, colleague, norm):
    outcome = normatlas("merge", str(colleague), "--json")
    assert outcome.code == 1, outcome
    *items, whole = lines_of(outcome)
    assert {(i["what"], i["status"], i["record"]) for i in items} == {
        ("tag", "new", None),
        ("annotation", "new", norm),
        ("annotation", "unanchored", "source:a-page"),
    }
    assert (whole["new"], whole["unanchored"], whole["conflicting"]) == (2, 1, 0)
    listed = normatlas.done("annotations")["annotations"]
    assert {(a["exact"], a["state"]) for a in listed} == {
        ("Do not", "anchored"),
        ("words", "orphaned"),
    }
    assert normatlas.done("show", "source:a-page")["title"] == "A page"
    assert lines_of(normatlas("merge", str(colleague), "--json"))[-1]["same"] == 3
    assert normatlas.done("check")["ok"]


def test_a_dry_run_writes_nothing(normatlas, colleague):
    assert normatlas("merge", str(colleague), "--dry-run").code == 1
    assert normatlas.done("annotations")["total"] == 0


def test_what_can_not_be_read_is_one_line(normatlas, tmp_path):
    file = tmp_path / "broken.qdpx"
    file.write_bytes(b"PK\x03\x04 and no more")
    normatlas("merge", str(file)).assert_refused(2, "broken.qdpx", "damaged")
    normatlas("merge", str(tmp_path / "nowhere")).assert_refused(2, "nowhere")
    normatlas("merge", str(tmp_path)).assert_refused(2, "folder")
    normatlas("merge", str(file), "--conflicts", "coin").assert_refused(2, "mine, theirs")


def test_a_table_comes_in_with_its_columns_named(normatlas, norm, tmp_path):
    table = tmp_path / "odd.csv"
    table.write_bytes("Beleg;Schlagworte;Für wen\nDo not damage;A, B;\n".encode("cp1252"))
    how = ["merge", str(table), "--column", "quotation=Beleg", "--column", "tags=2"]
    outcome = normatlas(*how, "--on", norm, "--columns", "--json")
    shown = {c["name"]: c["field"] for c in outcome.json["columns"]}
    assert shown == {"Beleg": "quotation", "Schlagworte": "tags", "Für wen": None}
    assert outcome.json["delimiter"] == ";"
    assert normatlas(*how, "--on", norm, "--separator", ",").code == 1  # stands there twice
    (one,) = normatlas.done("annotations")["annotations"]
    assert (one["exact"], one["tags"], one["record"]) == (
        "Do not damage",
        ["A", "B"],
        norm,
    )
    for wrong, word in (
        (["--column", "quotation=Zitat"], "Zitat"),
        (["--column", "words=Beleg"], "words"),
        (["--column", "Beleg"], "quotation=Text"),
        (["--encoding", "klingon"], "klingon"),
        (["--delimiter", "::"], "::"),
    ):
        normatlas("merge", str(table), *wrong).assert_refused(2, word)
