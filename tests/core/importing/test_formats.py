"""The same small document in every format: what survives in each."""

import shutil
import subprocess

import pytest

from core.domain.text import PassageKind as Kind
from core.importing.pandoc import executable
from tests.core.importing.making import archive, read, shown, spans

SOURCE = """---
title: On norms
author: [Ann Analyst, Bob Writer]
date: 2015-07-22
lang: en
---

# Article 3

1. Para with *stress* and **weight**, [a link](https://a.org/b) and a note.[^n]

   a. inner

> Quoted

| State | Since |
|-------|-------|
| Estonia | 2007 |

[^n]: Noted.
"""
WITH_NOTES = ["docx", "odt", "epub", "latex", "rst", "org", "fb2", "docbook", "markdown"]
WITHOUT_LISTS = {"fb2"}  # it has none


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Writes the document in a format; returns its bytes."""
    folder = tmp_path_factory.mktemp("made")

    def make(form, suffix):
        path = folder / f"made.{suffix}"
        command = [executable(), "--from", "markdown", "--to", form, "--standalone"]
        subprocess.run([*command, "-o", str(path)], input=SOURCE, text=True, check=True)
        return path.read_bytes()

    return make


@pytest.mark.parametrize("form", WITH_NOTES)
def test_structure_survives(tmp_path, made, form):
    suffix = {"latex": "tex", "docbook": "xml", "markdown": "md"}.get(form, form)
    document = read(tmp_path, f"file.{suffix}", made(form, suffix))
    assert document.format == form
    held = shown(document.text)
    assert (Kind.HEADING, "Article 3") in held
    assert any(said.endswith("a note.[1]") for _, said in held)
    assert (Kind.NOTE, "[1] Noted.") in held
    assert (Kind.QUOTATION, "Quoted") in held
    kinds = {kind for kind, _, _ in spans(document.text)}
    assert {"emphasis", "strong", "note"} <= kinds
    assert ("link", "a link", "https://a.org/b") in spans(document.text)
    if form not in WITHOUT_LISTS:
        assert (Kind.TABLE_ROW, "Estonia\t2007") in held
        labels = {
            said[:7]: p.label for p, (_, said) in zip(document.text.passages, held, strict=True)
        }
        assert labels["1. Para"] == "Article 3 (1)"
        assert {"Article 3 (1)(a)"} & set(labels.values()) or form in ("org", "latex")
    assert document.metadata.title == "On norms"


def test_what_files_say_of_themselves(tmp_path, made):
    for form in ("docx", "epub"):
        metadata = read(tmp_path, f"file.{form}", made(form, form)).metadata
        assert metadata.authors == ("Ann Analyst", "Bob Writer")
        assert (metadata.date, metadata.language) == ("2015-07-22", "en")


def test_slides_and_notebooks_are_read(tmp_path, made):
    assert "Quoted" in read(tmp_path, "talk.pptx", made("pptx", "pptx")).text.content
    assert "Quoted" in read(tmp_path, "book.ipynb", made("ipynb", "ipynb")).text.content


def test_tables_keep_their_cells(tmp_path):
    text = read(tmp_path, "states.csv", 'State,Note\nEstonia,"a, b"\nJapan,"two\nlines"\n').text
    assert shown(text) == [
        (Kind.TABLE_HEAD, "State\tNote"),
        (Kind.TABLE_ROW, "Estonia\ta, b"),
        (Kind.TABLE_ROW, "Japan\ttwo lines"),
    ]


def test_workbooks_are_tables_by_their_sheets(tmp_path):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    path = tmp_path / "made.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("States")
    for row, cells in enumerate([["State", "Since"], ["Estonia", 2007], ["Japan", 2012.5]]):
        sheet.write_row(row, 0, cells)
    book.close()
    text = read(tmp_path, "states.xlsx", path.read_bytes()).text
    assert shown(text) == [
        (Kind.HEADING, "States"),
        (Kind.TABLE_HEAD, "State\tSince"),
        (Kind.TABLE_ROW, "Estonia\t2007"),
        (Kind.TABLE_ROW, "Japan\t2012.5"),
    ]


def test_rtf_is_read_with_its_notes(tmp_path):
    rtf = r"{\rtf1\ansi{\info{\title On norms}{\author Ann}}\pard Words{\footnote Noted.} here\par}"
    document = read(tmp_path, "file.rtf", rtf)
    assert "Words[1] here" in document.text.content
    assert document.metadata.title == "On norms"


def test_an_xml_file_of_an_unknown_kind_is_told_so(tmp_path):
    with pytest.raises(Exception, match="XML file of a kind"):
        read(tmp_path, "data.xml", '<?xml version="1.0"?><data><a/></data>')


def test_nothing_is_left_behind(tmp_path, made, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    read(tmp_path, "file.docx", made("docx", "docx"))
    assert [path.name for path in tmp_path.iterdir()] == ["file.docx"]
    assert shutil.which("pandoc") or executable()


def test_a_plain_archive_is_no_document(tmp_path):
    with pytest.raises(Exception, match="unpack it first"):
        read(tmp_path, "many.zip", archive({"a.txt": "words"}))
