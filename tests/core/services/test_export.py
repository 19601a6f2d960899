"""Exports are whole or not there, and say what to do when they can't be."""

import json
import os
import resource
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.domain.annotations import AnnotationFilter
from core.domain.briefings import Briefing, Order
from core.domain.exports import FORMATS, PROJECT_FORMATS, REFERENCE_FORMATS
from core.errors import NotFoundError, UserError
from core.interchange.files import read_project
from core.services.annotations import Annotations
from core.services.codebook import Codebook
from core.services.export import Export, write_whole
from core.services.notes import Notes
from core.services.projects import Projects
from core.services.reference import Reference
from core.services.settings import SettingsService
from core.storage.migrations import upgrade
from core.storage.repositories.packs import Packs
from core.storage.unit_of_work import Database
from tests.builders import a_pack, a_record

NORM = a_record("norm:calm", "Calm 💻", "يجب على الدول the cafx\u0301 \u00a0rule.", "Another line.")
NOW = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "normatlas.db", "Ada Analyst")
    upgrade(made.engine)
    with made.write() as work:
        Packs(work.session).sync(a_pack(NORM), work.now)
        work.commit()
    yield made
    made.close()


@pytest.fixture
def export(database: Database) -> Export:
    annotations = Annotations(database)
    annotations.annotate("norm:calm", 0, 40, ["A/B"], "First **note**", create_tags=True)
    annotations.annotate_quote("norm:calm", "Another", tags=["C"], create_tags=True)
    return Export(annotations, Reference(database), SettingsService(database), Projects(database))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.mark.parametrize("name", [f for f in FORMATS if f not in PROJECT_FORMATS])
def test_a_file_holds_what_is_rendered_byte_by_byte(export, folder, name):
    path = folder / "notes.out"
    done = export.write(name, path, now=NOW)
    assert (done.path, done.annotations) == (path, 2)
    assert path.read_bytes() == export.make(name, now=NOW).data
    assert [p.name for p in folder.iterdir()] == ["notes.out"]


def test_bytes_are_not_rendered_as_text(export):
    with pytest.raises(UserError, match="no text"):
        export.render("docx", now=NOW)


@pytest.mark.parametrize("name", FORMATS)
def test_a_preview_shows_how_it_begins_and_what_is_left_out(export, name):
    preview = export.preview(name)
    assert (preview.shown, preview.total) == (2, 2)
    assert preview.text
    assert preview.is_html == (name in {"html", "docx", "odt", "pdf"})
    assert preview.remarks == export.make(name).remarks


NOTES = ("1 note on a record is", "2 notes on tags are", "1 note on its own is")
CITED = ("2 passages with tags and notes left out: this format holds the works they are cited by.",)
BOOK = ("2 annotations are", "4 notes are")


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_says_what_it_can_not_hold(export, database, name):
    notes = Notes(database)
    notes.add("On the norm", record="norm:calm")
    notes.add("On a tag", tag="C")
    notes.add("On another", tag="A/B")
    notes.add("# A memo")
    Codebook(database).define("C", "What is calm")
    labels = {"markdown": "Markdown", "jsonld": "JSON-LD"}
    label = labels.get(name, name.upper())
    said = tuple(f"{note} not in {label}." for note in NOTES)
    meant = f"What 1 tag means is not in {label}."
    coloured = "The colours of 2 tags left out."
    expected = {
        **dict.fromkeys(("csv", "xlsx"), (*said, meant, coloured)),
        **dict.fromkeys(("json", "jsonld"), (*said, meant)),
        **dict.fromkeys(REFERENCE_FORMATS, CITED),
        "qdc": tuple(f"{n} not in QDC, which holds the codebook alone." for n in BOOK),
        "qdpx": (),
        "bundle": (),
    }.get(name, said)
    assert export.make(name).remarks == export.preview(name).remarks == expected


def test_what_stands_beside_other_passages_is_no_loss(export, database):
    notes = Notes(database)
    notes.add("On a tag", tag="C")
    notes.add("# A memo")
    assert export.make("markdown", AnnotationFilter(tag="A")).remarks == ()
    remarks = export.make("markdown", AnnotationFilter(tag="C")).remarks
    assert remarks == ("1 note on a tag is not in Markdown.",)


def test_the_filter_narrows_what_is_exported(export):
    rendered = export.render("json", AnnotationFilter(tag="A"), now=NOW)
    (only,) = json.loads(rendered)["annotations"]
    assert only["exact"] == NORM.text.content[:40]
    assert only["tags"] == ["A/B"]
    assert only["citation"] == (
        "Calm 💻, NormAtlas reference pack, § 0. No source was read for this."
    )


def test_what_comes_first_is_chosen_in_every_format_that_has_an_order(database):
    moments = iter(NOW + timedelta(days=day) for day in range(20))
    clock = Database(database.file, "Ada Analyst", lambda: next(moments))
    with clock.write() as work:
        early = replace(NORM.entry, key="norm:early", title="Zeal", date="1999", year=1999)
        late = replace(NORM.entry, key="norm:late", title="Aim", date="2020-05", year=2020)
        records = [replace(NORM, entry=early, aliases=()), replace(NORM, entry=late, aliases=())]
        Packs(work.session).sync(a_pack(NORM, *records, version="2"), work.now)
        work.commit()
    annotations = Annotations(clock)
    made = {
        name: annotations.annotate(f"norm:{name}", start, start + 4)[0].id
        for name, start in (("early", 9), ("late", 0), ("calm", 0))
    } | {"again": annotations.annotate("norm:early", 0, 4)[0].id}
    export = Export(annotations, Reference(clock), SettingsService(clock), Projects(clock))

    def order(chosen, format_name):
        text = export.make(format_name, briefing=Briefing(order=chosen), now=NOW).data.decode()
        return sorted(made, key=lambda name: text.index(made[name]))

    for name in ("csv", "json", "jsonld"):
        assert order(Order.TITLE, name) == ["late", "calm", "again", "early"], name
        assert order(Order.DATE, name) == ["again", "early", "late", "calm"], name
        assert order(Order.OLDEST, name) == ["early", "again", "late", "calm"], name
        assert order(Order.NEWEST, name) == ["again", "early", "calm", "late"], name
    clock.close()


def test_citations_are_those_of_the_export(export, database):
    annotations = Annotations(database).find()
    rows = json.loads(export.render("json", now=NOW))["annotations"]
    assert export.citations(annotations) == {row["id"]: row["citation"] for row in rows}


def test_an_unknown_format_names_those_there_are(export, folder):
    with pytest.raises(UserError, match="markdown, html, docx, odt, pdf, csv"):
        export.write("papyrus", folder / "x", now=NOW)
    assert not list(folder.iterdir())


def test_a_filter_on_a_tag_that_is_not_there_writes_nothing(export, folder):
    with pytest.raises(NotFoundError):
        export.write("csv", folder / "x.csv", AnnotationFilter(tag="Nowhere"))
    assert not list(folder.iterdir())


def test_a_folder_is_no_file(export, folder):
    with pytest.raises(UserError, match="is a folder"):
        export.write("csv", folder)


def test_a_folder_that_is_not_there_is_named(export, folder):
    with pytest.raises(UserError, match="not there"):
        export.write("csv", folder / "gone" / "x.csv")


def test_a_failing_write_keeps_the_old_file_and_leaves_no_draft(folder, monkeypatch):
    path = folder / "notes.md"
    path.write_text("old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"No space left on device.*unchanged"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in folder.iterdir()] == ["notes.md"]


@pytest.fixture(params=FORMATS)
def made_then(request, export, monkeypatch):
    """Write in each format to a file, with something happening once the content is made."""

    def write(path, happens):
        real = export.make

        def make(*arguments, **options):
            made = real(*arguments, **options)
            happens()
            return made

        monkeypatch.setattr(export, "make", make)
        return export.write(request.param, path)

    return write


@pytest.mark.skipif(os.name != "posix", reason="a limit that the system sets")
def test_in_every_format_the_old_file_is_kept_where_there_is_no_room(made_then, folder):
    path = folder / "notes.out"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with pytest.raises(UserError, match=r"could not be written.*unchanged"):
            made_then(path, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1])))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"old"
    assert [p.name for p in folder.iterdir()] == ["notes.out"]


def test_in_every_format_a_folder_that_vanishes_meanwhile_is_told(made_then, folder):
    with pytest.raises(UserError, match="not there"):
        made_then(folder / "notes.out", lambda: shutil.rmtree(folder))
    assert not folder.exists()


def test_in_every_format_a_file_that_turns_into_a_folder_is_told(made_then, folder):
    path = folder / "notes.out"
    with pytest.raises(UserError, match="is a folder"):
        made_then(path, path.mkdir)
    assert not list(path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="a device file to write to")
def test_a_device_is_not_replaced():
    with pytest.raises(UserError, match="not a plain file"):
        write_whole(Path("/dev/null"), "x")


def test_writing_through_a_link_keeps_the_link(folder):
    real, link = folder / "real.md", folder / "link.md"
    real.write_text("old")
    link.symlink_to(real)
    write_whole(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_new_version_keeps_the_permissions_of_the_old(folder):
    path = folder / "shared.md"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, "new")
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", PROJECT_FORMATS)
def test_a_project_is_the_same_file_each_time(export, tmp_path, name):
    written = export.write(name, tmp_path / "one")
    export.write(name, tmp_path / "two")

    assert written.annotations == 2
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert export.make(name).data == (tmp_path / "one").read_bytes()


@pytest.mark.parametrize("name", PROJECT_FORMATS)
def test_a_project_is_read_back(export, tmp_path, name):
    export.write(name, tmp_path / "file")

    project = read_project(tmp_path / "file")

    assert {tag.name for tag in project.tags} == {"A", "B", "C"}
    assert len(project.annotations) == (0 if name == "qdc" else 2)


def test_what_a_codebook_leaves_out_is_said(export, tmp_path):
    written = export.write("qdc", tmp_path / "book.qdc")

    assert written.remarks == ("2 annotations are not in QDC, which holds the codebook alone.",)
    assert "3 tags" in export.preview("qdc").text
