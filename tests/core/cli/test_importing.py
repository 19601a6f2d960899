"""``import`` as a user runs it, with the real readers, and ``check`` on the originals."""

import json
import os
import zipfile

import pytest


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "hotlines.md").write_text(
        "# On hotlines\n\nStates that share hotlines *misread* fewer incidents.\n\n- a list\n"
    )
    (folder / "sanctions.html").write_text(
        "<html><head><title>On sanctions</title></head><body><article><h1>On sanctions</h1>"
        "<p>Sanctions answer what was attributed in public, and say so.</p></article></body></html>"
    )
    return folder


def lines(outcome):
    return [json.loads(line) for line in outcome.out.splitlines()]


def test_one_result_a_line(normatlas, papers):
    found = normatlas("import", str(papers), "--json")
    assert found.code == 0, found
    results = {os.path.basename(result["path"]): result for result in lines(found)}
    assert set(results) == {"hotlines.md", "sanctions.html"}
    result = results["hotlines.md"]
    keys = ["path", "status", "record", "title", "format", "passages", "characters", "reason"]
    assert list(result)[: len(keys)] == keys
    assert (result["status"], result["title"], result["reason"]) == (
        "imported",
        "On hotlines",
        None,
    )
    shown = normatlas.done("show", result["record"])
    assert shown["text"].startswith("On hotlines\n")
    assert len(shown["passages"]) == result["passages"]
    assert len(shown["text"]) == result["characters"]
    hits = normatlas.done("search", "hotlines misread incidents")["hits"]
    assert hits[0]["record"] == result["record"]


def test_a_refused_file_ends_with_one_and_the_rest_goes_on(normatlas, papers):
    (papers / "empty.txt").write_bytes(b"")
    (papers / "noise.docx").write_bytes(b"PK\x03\x04" + os.urandom(400))
    with zipfile.ZipFile(papers / "out.docx", "w") as archive:
        archive.writestr("../../../escaped.xml", "<a/>")
    found = normatlas("import", str(papers))
    assert found.code == 1
    rows = [line.split("\t") for line in found.out.splitlines()]
    assert sorted(row[0] for row in rows) == ["imported"] * 2 + ["refused"] * 3
    assert all(row[-1].endswith(".") for row in rows if row[0] == "refused")
    assert "Traceback" not in found.out + found.err
    assert "5 files" in found.err


def test_the_same_again_is_a_duplicate(normatlas, papers):
    normatlas("import", str(papers))
    again = lines(normatlas("import", str(papers), "--json"))
    assert {result["status"] for result in again} == {"duplicate"}
    assert all("On " in result["reason"] for result in again)


def test_an_edition_moves_annotations(normatlas, papers):
    (first,) = lines(normatlas("import", str(papers / "hotlines.md"), "--json"))
    normatlas.done("annotate", first["record"], "--quote", "misread fewer")
    newer = papers / "second.md"
    newer.write_text(
        "# On hotlines\n\nA new preamble, and an aim. It is to say what hotlines are for.\n\n"
        "States that share hotlines *misread* fewer incidents.\n\n- a list\n"
    )
    (second,) = lines(
        normatlas("import", str(newer), "--edition-of", first["record"], "--title", "II", "--json")
    )
    assert (second["status"], second["record"], second["title"]) == (
        "updated",
        first["record"],
        "II",
    )
    (annotation,) = normatlas.done("annotations")["annotations"]
    text = normatlas.done("show", first["record"])["text"]
    assert text[annotation["start"] : annotation["end"]] == "misread fewer"
    assert annotation["state"] == "moved"


def test_title_and_tags(normatlas, papers):
    path = str(papers / "hotlines.md")
    (result,) = lines(
        normatlas("import", path, "--title", "Mine", "--tag", "CBM/Hotlines", "--json")
    )
    assert (result["title"], result["record"]) == ("Mine", "document:mine")
    hits = normatlas.done("search", "hotlines misread tag:CBM/Hotlines kind:document")["hits"]
    assert [hit["record"] for hit in hits][:1] == ["document:mine"]


def test_a_dry_run_writes_nothing(normatlas, papers):
    (papers / "twin.md").write_bytes((papers / "hotlines.md").read_bytes())
    before = normatlas.done("list", "--kind", "document")
    results = lines(normatlas("import", str(papers), "--dry-run", "--json"))
    assert sorted(r["status"] for r in results) == ["duplicate", "imported", "imported"]
    assert normatlas.done("list", "--kind", "document") == before
    assert not (normatlas.folder / "originals").exists()


def test_what_does_not_fit_is_refused(normatlas, papers):
    normatlas("import").assert_refused(2, "Name the files")
    normatlas("import", str(papers), "--title", "All").assert_refused(2, "one file alone")
    path = str(papers / "hotlines.md")
    normatlas("import", path, "--edition-of", "document:no").assert_refused(2, "document:no")
    normatlas("import", path, "--resume").assert_refused(2, "--resume")


def test_check_finds_an_altered_and_a_lost_original(normatlas, papers):
    normatlas("import", str(papers))
    assert normatlas.done("check")["ok"]
    altered, lost = sorted((normatlas.folder / "originals").glob("??/*"))
    altered.chmod(0o644)
    altered.write_bytes(b"something else")
    lost.chmod(0o644)
    lost.unlink()
    found = normatlas("check", "--json")
    assert found.code == 1, found
    problems = {p["where"].rpartition(" ")[2]: p["what"] for p in found.json["problems"]}
    assert "altered" in problems[altered.stem]
    assert "missing" in problems[lost.stem]


def test_repair_sweeps_what_a_crash_left(normatlas, papers):
    normatlas("import", str(papers))
    originals = normatlas.folder / "originals"
    (originals / "incoming" / "x").mkdir(parents=True)
    (originals / "incoming" / "x" / "half.pdf").write_bytes(b"half")
    (originals / "00").mkdir(exist_ok=True)
    loose = originals / "00" / ("0" * 64 + ".txt")
    loose.write_bytes(b"of no document")
    normatlas("check", "--repair")
    assert not loose.exists()
    assert not list((originals / "incoming").glob("*/*"))
    assert normatlas.done("check")["ok"]
