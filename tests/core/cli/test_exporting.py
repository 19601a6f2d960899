"""``export`` to files and to standard output."""

import csv
import io
import json
import os
import stat

import pytest

from core.domain.briefings import Briefing
from core.workspace import open_workspace

FORMATS = ["markdown", "html", "csv", "json", "jsonld"]
NOTE = "Where the 2015 report says it."


@pytest.fixture
def marked(normatlas, norm):
    normatlas.done("tags", "add", "CI")
    arguments = ["--start", "0", "--end", "30", "--tag", "CI", "--note", NOTE]
    return normatlas.done("annotate", norm, *arguments)


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_holds_the_passage_and_the_note(normatlas, marked, name, tmp_path):
    target = tmp_path / f"out.{name}"
    said = normatlas.done("export", "--format", name, "--output", str(target))
    assert said | {"remarks": []} == {
        "path": str(target),
        "format": name,
        "annotations": 1,
        "remarks": [],
    }
    written = target.read_text(encoding="utf-8")
    assert marked["exact"].split("\n")[0] in written
    assert NOTE in written


@pytest.mark.usefixtures("marked")
def test_a_document_is_laid_out_as_told_and_says_what_it_leaves_out(normatlas, tmp_path):
    target = tmp_path / "out.docx"
    to = ["export", "--format", "docx", "--output", str(target)]
    said = normatlas.done(*to, "--group", "tag", "--style", "apa", "--without", "notes,annex")
    assert said["remarks"] == ["1 note left out, as chosen."]
    assert target.read_bytes().startswith(b"PK")
    assert "1 note left out" in normatlas(*to, "--without", "notes").err
    normatlas(*to, "--without", "music").assert_refused(2, "music", "bibliography")
    normatlas(*to, "--reference", "none.docx").assert_refused(2, "none.docx")


@pytest.mark.usefixtures("marked")
def test_cited_works_go_to_standard_output(normatlas):
    said = normatlas("export", "--format", "ris", "--output", "-")
    assert said.out.startswith("TY  - ")


def test_standard_output_holds_the_document_alone(normatlas, marked):
    said = normatlas("export", "--format", "json", "--output", "-")
    assert said.code == 0
    assert said.err == ""
    assert marked["id"] in json.dumps(json.loads(said.out))
    rows = list(
        csv.reader(io.StringIO(normatlas("export", "--format", "csv", "--output", "-").out))
    )
    assert len(rows) == 2


def test_filters_narrow_it(normatlas, marked, tmp_path):
    target = str(tmp_path / "out.json")
    none = normatlas.done("export", "--format", "json", "--output", target, "--analyst", "Bob")
    assert none["annotations"] == 0
    by_tag = normatlas.done("export", "--format", "json", "--output", target, "--tag", "ci")
    assert by_tag["annotations"] == 1


@pytest.mark.usefixtures("marked")
def test_unwritable_places_are_refused_and_leave_nothing(normatlas, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    export = ["export", "--format", "csv", "--output"]
    normatlas(*export, str(folder)).assert_refused(2, str(folder))
    missing = tmp_path / "missing" / "out.csv"
    normatlas(*export, str(missing)).assert_refused(2, str(missing.parent))
    assert not missing.parent.exists()
    assert not list(folder.iterdir())


@pytest.mark.usefixtures("marked")
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_refused(normatlas, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    target = folder / "out.csv"
    normatlas("export", "--format", "csv", "--output", str(target)).assert_refused(2, str(target))


@pytest.mark.usefixtures("marked")
def test_a_full_disk_is_refused(normatlas):
    normatlas("export", "--format", "csv", "--output", "/dev/full").assert_refused(2, "/dev/full")


@pytest.mark.usefixtures("marked")
def test_an_earlier_export_survives_a_refused_one(normatlas, tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("earlier", encoding="utf-8")
    arguments = ["export", "--format", "csv", "--output", str(target), "--tag", "Nowhere"]
    normatlas(*arguments).assert_refused(2, "Nowhere")
    assert target.read_text(encoding="utf-8") == "earlier"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.csv"]


@pytest.mark.usefixtures("marked")
def test_projects_say_what_they_leave_out(normatlas, tmp_path):
    book, whole = str(tmp_path / "book.qdc"), str(tmp_path / "whole.zip")
    said = normatlas.done("export", "--format", "qdc", "--output", book)
    assert said["remarks"] == ["1 annotation is not in QDC, which holds the codebook alone."]
    said = normatlas.done("export", "--format", "bundle", "--output", whole)
    assert (said["annotations"], said["remarks"]) == (1, [])


@pytest.mark.usefixtures("marked")
def test_a_preset_gives_format_and_options_which_an_option_overrides(normatlas, tmp_path):
    target, layout = tmp_path / "out.md", tmp_path / "mine.j2"
    layout.write_text("Laid out by hand", encoding="utf-8")
    workspace = open_workspace(normatlas.folder)
    briefing = Briefing(layout=str(tmp_path / "elsewhere.j2"))
    workspace.export_presets.save("For the minister", "markdown", briefing)
    workspace.close()
    to = ["export", "--output", str(target)]
    normatlas(*to, "--preset", "Nobody’s").assert_refused(2, "There is no preset", "minister")
    normatlas(*to).assert_refused(2, "--format")
    normatlas(*to, "--preset", "Nobody’s", "--format", "csv").assert_refused(2, "no preset")
    normatlas.done(*to, "--preset", "for the MINISTER", "--template", str(layout))
    assert target.read_text(encoding="utf-8").strip() == "Laid out by hand"
