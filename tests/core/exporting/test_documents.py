"""Finished documents, as the programs that people open them with read them."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import openpyxl
import pypdfium2
import pytest

from core.domain.briefings import Briefing, Grouping
from core.domain.keys import Kind
from core.domain.passage_links import Meaning, PassageLink
from core.domain.relations import Relation, Tie
from core.domain.settings import Settings
from core.errors import UserError
from core.exporting import office, workbook
from core.exporting.annex import annex_of
from core.exporting.losses import left_out
from core.exporting.pandoc import blocks_of, document_json, run_pandoc
from core.exporting.report import build
from core.exporting.tables import COLUMNS
from core.services.briefings import cited_items, finish
from tests.core.exporting.sample import (
    ANNOTATIONS,
    INSTRUMENT,
    NORM_LINES,
    NOW,
    RECORDS,
    record,
    sample_report,
    text_of,
)

find = RECORDS.__getitem__


def finished(report=None, **chosen):
    return finish(report or sample_report(), Briefing(**chosen), Settings(), find)


def read_back(data, format_name, to="plain"):
    return run_pandoc(["-f", format_name, "-t", to, "--wrap=none"], data).decode()


@pytest.fixture(scope="module")
def documents():
    return {name: office.render(finished(), name) for name in ("docx", "odt", "pdf")}


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_pandoc_reads_back_every_quotation_note_and_work(documents, name):
    text = read_back(documents[name], name)
    for line in NORM_LINES[1:]:
        assert " ".join(line.split()) in " ".join(text.split())
    assert "Compare" in text
    assert "a fence that is never closed" in text
    assert "Convention on Cybercrime" in text
    links = read_back(documents[name], name, "html")
    for annotation in ANNOTATIONS:
        assert f'href="normatlas://{annotation.target.record}#' in links


def test_the_pdf_says_everything_in_order(documents):
    pdf = pypdfium2.PdfDocument(documents["pdf"])
    text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    assert "Annotations of 2026" in text
    assert "Each Party shall adopt such measures." in text
    assert text.index("Budapest Convention") < text.rindex("Bibliography")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not there")
def test_pdftotext_finds_every_script(documents, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(documents["pdf"])
    made = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    text = made.stdout.decode()
    assert "البنية" in text or "ةينبلا" in text
    assert "Séoul" in text


@pytest.mark.parametrize("name", ["docx", "odt", "pdf"])
def test_the_same_document_on_the_same_day_is_the_same_file(documents, name):
    assert office.render(finished(), name) == documents[name]


@pytest.mark.skipif(shutil.which("xmllint") is None, reason="xmllint is not there")
@pytest.mark.parametrize("name", ["docx", "odt"])
def test_every_part_is_well_formed(documents, name):
    with zipfile.ZipFile(io.BytesIO(documents[name])) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                command = ["xmllint", "--noout", "--nonet", "-"]
                subprocess.run(command, input=archive.read(part), check=True)


def test_an_author_date_style_cites_in_brackets_and_a_note_style_at_the_foot():
    apart = read_back(office.render(finished(style="apa"), "docx"), "docx", "markdown")
    assert re.search(r"adopt such measures\. \(", apart)
    notes = read_back(office.render(finished(style="oscola"), "docx"), "docx", "markdown")
    assert re.search(r"adopt such measures\.\[\^\d\]", notes)


def headings(made):
    return [group.title for group in made.groups]


def test_headings_are_what_they_are_to_be():
    assert headings(finished(group=Grouping.TAG)) == [
        "-risk_1",
        "CBM › Hotlines",
        "Lost",
        "البنية التحتية",
        "Without a tag",
    ]
    assert headings(finished()) == [RECORDS[k].entry.title for k in ("norm:sample",)] + [
        INSTRUMENT.entry.title
    ]
    assert headings(finished(group=Grouping.PARTICIPANT)) == ["Tied to no participant"]


def test_passages_stand_under_the_participants_that_they_are_tied_to():
    state = record("participant:fr", Kind.PARTICIPANT, "France", text_of(("France",)))
    link = PassageLink(
        "l", ANNOTATIONS[3].id, Meaning.SUPPORTS, "participant:fr", None, "France", "Ada", NOW
    )
    records = {**RECORDS, "participant:fr": state}
    report = build(
        [replace(ANNOTATIONS[3], links=(link,)), ANNOTATIONS[1]],
        records,
        records.__getitem__,
        heading="x",
        now=NOW,
    )
    made = finish(report, Briefing(Grouping.PARTICIPANT), Settings(), records.__getitem__)
    assert headings(made) == ["France", "Tied to no participant"]
    assert left_out(report, "csv")[0] == "1 tie to records and passages left out."


def tie(name, predicate, *, role=None, since=None, verified=True):
    relation = Relation(
        f"participant:{name}", predicate, INSTRUMENT.entry.key, since, None, role, verified=verified
    )
    return Tie(relation, "", relation.subject, name, outgoing=False, source_title="The list")


def test_the_annex_says_who_is_party_and_who_voted_how():
    ties = (
        tie("Norway", "voted", role="in favour"),
        tie("Cuba", "voted", role="against"),
        tie("Japan", "party-to", since="2012-11-01"),
        tie("Chile", "party-to", since="2017", verified=False),
    )
    (table,) = annex_of([replace(INSTRUMENT, ties=ties), RECORDS["norm:sample"]])
    assert [(row.words, row.names) for row in table.rows] == [
        ("Parties", ("Chile (2017)*", "Japan (2012)")),
        ("Votes: against", ("Cuba",)),
        ("Votes: in favour", ("Norway",)),
    ]
    assert table.sources == ("The list",)
    made = replace(finished(), annex=(table,))
    text = read_back(office.render(made, "docx"), "docx")
    assert "Chile (2017)*; Japan (2012)" in text
    assert "not verified in its source" in text


def test_parts_can_be_left_out():
    made = finished(notes=False, details=False, bibliography=False)
    text = read_back(office.render(made, "docx"), "docx")
    assert "Compare" not in text
    assert "Ada Analyst" not in text
    assert "Bibliography" not in text
    assert left_out(sample_report(), "docx", notes=False) == ("2 notes left out, as chosen.",)


def test_the_styles_of_another_document_are_used(documents, tmp_path):
    own = tmp_path / "house.docx"
    with zipfile.ZipFile(io.BytesIO(documents["docx"])) as old, zipfile.ZipFile(own, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"1F5FA8", b"AB12CD"))
    made = office.render(finished(), "docx", str(own))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b"AB12CD" in archive.read("word/styles.xml")


def test_what_is_no_reference_document_is_refused(tmp_path):
    path = tmp_path / "house.docx"
    with pytest.raises(UserError, match="can't be read"):
        office.render(finished(), "docx", str(path))
    path.write_bytes(b"words")
    with pytest.raises(UserError, match=r"no \.docx file"):
        office.render(finished(), "docx", str(path))
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(UserError, match="could not be formatted"):
        office.render(finished(), "docx", str(path))


def test_a_workbook_gives_each_field_back_and_runs_nothing():
    data = workbook.render(sample_report())
    assert data == workbook.render(sample_report())
    book = openpyxl.load_workbook(io.BytesIO(data))
    rows = list(book["Annotations"].iter_rows(values_only=True))
    assert list(rows[0]) == COLUMNS
    first = dict(zip(COLUMNS, rows[2], strict=True))
    assert first["exact"] == NORM_LINES[2]
    assert all(cell.data_type != "f" for row in book["Annotations"] for cell in row)
    assert [r[0] for r in book["Records"].iter_rows(values_only=True)] == [
        "record",
        "norm:sample",
        "instrument:convention",
    ]
    assert not book["Annotations"]["A2"].hyperlink


def test_what_is_too_long_for_a_cell_is_cut_and_said():
    long = replace(ANNOTATIONS[3], note="x" * 40_000)
    report = build([long], RECORDS, find, heading="x", now=NOW)
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(report)))
    cell = book["Annotations"].cell(2, COLUMNS.index("note") + 1).value
    assert len(cell) == workbook.LONGEST
    assert left_out(report, "xlsx") == ("1 cell cut at 32,767 characters.",)
    assert left_out(report, "csv") == ()


def test_the_works_cited_are_each_there_once():
    items = cited_items(sample_report(), find)
    assert len({item["id"] for item in items}) == len(items)
    assert "instrument:convention" in {item["id"] for item in items}
    assert left_out(sample_report(), "ris")[0].startswith("5 passages")


def test_a_tree_written_and_read_block_by_block_is_the_same_tree():
    words = ["plain", '"blocks":[', "{]}", "\\", "é🕊\u2028"]
    blocks = [{"t": "Para", "c": [{"t": "Str", "c": word}]} for word in words]
    meta = {"title": {"t": "MetaString", "c": '"blocks":[ }'}}
    for some in ([], blocks[:1], blocks):
        given = document_json(iter(some), meta)
        assert json.loads(given)["blocks"] == some
        assert list(blocks_of(run_pandoc(["-f", "json", "-t", "json"], given))) == some
