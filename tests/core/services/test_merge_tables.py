"""Tables of annotations: columns told by name or by hand, and merged like any other file."""

import csv
import io
from datetime import timedelta

import pytest
import xlsxwriter

from core.domain.annotations import AnnotationFilter
from core.domain.cells import as_written, harmless
from core.domain.merging import MergeStatus
from core.domain.table_merging import TableField, TableMapping
from core.errors import UserError
from core.exporting import tables, workbook
from core.exporting.report import build
from core.interchange import csv_table
from core.services.merge import Merge
from core.storage.repositories.records import Records
from tests.core.services.desk import RECORD, Desk

KEY = RECORD.entry.key
TAGUETTE = [
    ["id", "document", "tag", "content"],
    ["1", "one", "CBM/Hotlines", "States should"],
    ["1", "one", "interesting", "States should"],
    ["2", "One", "", "talk to each other 🕊"],
    ["3", "Another text", "interesting", "what is not here"],
]


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "ada.db")
    yield made
    made.database.close()


def write(path, rows=TAGUETTE, encoding="utf-8", **dialect):
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def write_xlsx(path, rows=TAGUETTE):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("highlights")
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                sheet.write(down, across, cell)
    return path


@pytest.mark.parametrize("make", [write, write_xlsx])
def test_taguettes_highlights_come_in_one_for_all_its_tags(desk, tmp_path, make):
    file = make(tmp_path / ("h.csv" if make is write else "h.xlsx"))
    merged, _ = Merge(desk.database).merge(file)
    found = {a.target.quote.exact: a for a in desk.annotations.find()}
    assert set(found["States should"].tags) == {"CBM/Hotlines", "interesting"}
    assert found["States should"].target.record == KEY
    assert found["talk to each other 🕊"].start == RECORD.text.content.index("talk")
    assert merged.plan.count(MergeStatus.UNANCHORED) == 1
    assert found["what is not here"].target.record == "source:another-text"
    again, _ = Merge(desk.database).merge(file)
    assert again.written == 0
    desk.history.undo()
    assert desk.seen() == ((), ())


def report(desk):
    found = desk.annotations.find(AnnotationFilter())
    with desk.database.read() as session:
        entries = {KEY: Records(session).record(Records(session).resolve(KEY))}
    return build(found, entries, entries.get, heading="A", now=desk.now)


def test_our_own_tables_come_back_as_they_were_byte_for_byte(desk, tmp_path):
    at = RECORD.text.content.index("talk")
    for tag in ("A, b", "=sum", "CBM"):
        desk.codebook.add(tag)
    desk.annotations.annotate(KEY, 0, 6, ["A, b", "=sum"], "=1+1\n 'quoted'\n")
    desk.now += timedelta(hours=1)
    desk.annotations.annotate(KEY, at, at + 4, [], ' "x", \\"y\\"; \' ')
    desk.annotations.annotate(KEY, at, at + 4, ["CBM"], "'=not a formula")
    made = tables.render_csv(report(desk)).encode()
    (tmp_path / "own.csv").write_bytes(made)
    (tmp_path / "own.xlsx").write_bytes(workbook.render(report(desk)))
    for name in ("own.csv", "own.xlsx"):
        other = Desk(tmp_path / f"{name}.db")
        merged, _ = Merge(other.database).merge(tmp_path / name)
        assert not merged.in_part
        assert tables.render_csv(report(other)).encode() == made
        other.database.close()


ODD = [["Beleg", "Wo", "Schlagworte", "Anmerkung"], ["each other", "One", "A, B", "Für später"]]


def test_columns_are_mapped_by_hand_where_their_names_say_nothing(desk, tmp_path):
    file = write(tmp_path / "odd.csv", ODD, "cp1252", delimiter=";")
    merge = Merge(desk.database)
    with pytest.raises(UserError, match="quotations"):
        merge.plan(file)
    preview = merge.preview(file)
    assert (preview.encoding, preview.delimiter, preview.header) == ("cp1252", ";", tuple(ODD[0]))
    assert preview.rows == (tuple(ODD[1]),)
    assert not preview.mapping.columns
    said = [TableField.QUOTATION, TableField.TITLE, TableField.TAGS, TableField.NOTE]
    mapping = TableMapping(dict(enumerate(said)), ",")
    plan = merge.plan(file, mapping=mapping)
    merge.merge(file, None, plan.sha256, mapping=mapping)
    (one,) = desk.annotations.find()
    assert (one.target.record, one.tags, one.note) == (KEY, ("A", "B"), "Für später")
    only = TableMapping({0: TableField.QUOTATION}, record=KEY)
    assert [i.record for i in merge.plan(file, mapping=only).items] == [KEY]


@pytest.mark.parametrize(
    ("names", "cells", "fields", "separator"),
    [
        ("id,record,kind,title,date,label,start,end,exact,prefix,suffix,tags,note,analyst", "x; y",
         {0: "id", 1: "record", 3: "title", 6: "start", 7: "end", 8: "quotation", 9: "prefix",
          10: "suffix", 11: "tags", 12: "note", 13: "analyst"}, ";"),
        ("id,document,tag,content", "x, y", {0: "id", 1: "title", 2: "tags", 3: "quotation"}, ""),
        ("Comment,Document name,Code,Segment", "x",
         {0: "note", 1: "title", 2: "tags", 3: "quotation"}, ""),
        ("Document,Quotation Content,Codes,Created_by", "x, y",
         {0: "title", 1: "quotation", 2: "tags", 3: "analyst"}, ","),
    ],
)  # fmt: skip
def test_columns_of_known_programs_are_told(tmp_path, names, cells, fields, separator):
    header = names.split(",")
    file = write(tmp_path / "t.csv", [header, [cells] * len(header)])
    mapping = Merge(None).preview(file).mapping
    assert {n: field.value for n, field in mapping.columns.items()} == fields
    assert mapping.separator == separator


BAD = {
    "nothing.csv": (b"", "empty"),
    "words.csv": (b"one,two\n1,2\n", "quotations"),
    "nowhere.csv": (b"quotation,note\nwords,x\n", "record or source"),
    "gap.csv": (b"quotation,title\nwords,\n", "row 2 names no record"),
    "twice.csv": (b"quotation,title\nwords,One\nother,\n", "row 3 names no record"),
    "binary.csv": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "no text"),
    "long.csv": (b"quotation,title\n" + b"w,One\n" * 1_001, "more than 1,000 rows"),
    "cut.xlsx": (b"PK\x03\x04\0\0", "cut off"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_table_is_refused_in_one_line_with_nothing_written(desk, tmp_path, name, monkeypatch):
    monkeypatch.setattr(csv_table, "MAX_ANNOTATIONS", 1_000)
    data, why = BAD[name]
    (tmp_path / name).write_bytes(data)
    before = desk.seen()
    with pytest.raises(UserError, match=why) as refused:
        Merge(desk.database).merge(tmp_path / name)
    assert "\n" not in str(refused.value)
    assert desk.seen() == before


def test_what_a_row_lacks_is_said(desk, tmp_path):
    rows = [
        ["quotation", "record", "created", "start", "end", "id"],
        ["", KEY, "", "", "", ""],
        ["talk", KEY, "last week", "-1", "9999999999999999", "x"],
    ]
    plan = Merge(desk.database).plan(write(tmp_path / "t.csv", rows))
    assert [i.status for i in plan.items] == [MergeStatus.NEW]
    assert len(plan.remarks) == 2


def test_a_disarmed_cell_is_told_from_one_that_was_so():
    for cell in ("=1", "'=1", "''=1", "'", "'a", "", "a'=1", "\t", "-"):
        assert as_written(harmless(cell)) == cell
        assert not harmless(cell).startswith(("=", "-", "\t"))
