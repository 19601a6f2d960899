"""Tables as other programs write them: each dialect and encoding, and what is no table."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.domain.codebook import Tag
from core.exporting.tables import write_csv
from core.interchange import codebook_csv
from core.interchange.csv_table import read_table
from core.interchange.problems import FileRefusedError

ROWS = [
    ["Name", "ignored", "Description"],
    ["Sécurité, État", "x", "a;b\tc\n“d” | e"],
    [],
    ["Б", "", "it's 3\" high"],
]


def tags_of(data, **how):
    return codebook_csv.read(read_table("a.csv", data, **how))


def written(rows=ROWS, encoding="utf-8", **dialect):
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue().encode(encoding)


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
HOW = [
    {},
    {"lineterminator": "\n"},
    {"lineterminator": "\r", "quoting": csv.QUOTE_ALL},
    {"quoting": csv.QUOTE_ALL},
    {"quotechar": "'", "quoting": csv.QUOTE_ALL},
    {"escapechar": "\\", "doublequote": False},
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_dialect_and_encoding_is_read(delimiter):
    for encoding in ENCODINGS:
        for how in HOW:
            tags = tags_of(written(encoding=encoding, delimiter=delimiter, **how))
            said = [(t.path, t.definition) for t in tags]
            assert said == [(row[0], row[2]) for row in ROWS[1:] if row], (encoding, how)


def test_a_spreadsheet_may_name_its_separator():
    table = read_table("a.csv", b"sep=;\r\ntag;words\r\na,b;c\r\n")
    assert (table.header, list(table.rows)) == (["tag", "words"], [(3, ["a,b", "c"])])


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1252", "Déclaration générale sur la sécurité des systèmes où l’État répond"),
        ("cp1251", "Применимость международного права к использованию информационных технологий"),
        ("gb18030", "各国应当根据国际法以和平手段解决网络空间的争端并且不使用武力或者以武力相威胁"),
    ],
)
def test_an_old_code_page_is_told_or_named(encoding, words):
    data = f"tag,description\nA,{words}\n".encode(encoding)
    for how in ({}, {"encoding": encoding}):
        assert [t.definition for t in tags_of(data, **how)] == [words]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no rows"),
        (b"colour;words\nred;none\n", "“tag”"),
        (b"tag,description\n,words\n", "row 2 names no tag"),
        (b'tag\n"' + b"x" * 1_000_001 + b'"\n', "line 2"),
        (b"tag\n" + b"x\n" * 20_001, "more than 20,000"),
        (b"tag\n" + b"a," * 1_001 + b"\n", "row 2 has more than 1,000 columns"),
        (b"tag\0\1\2\0\0\0\0\0\0", "no text"),
    ],
)
def test_what_is_no_codebook_is_refused_in_one_line(data, why):
    with pytest.raises(FileRefusedError, match=why) as refused:
        tags_of(data)
    assert "\n" not in str(refused.value)


NASTY = ["'=x", "''=x", "=1+1", ' "quoted"', " a", 'a, "b"', "'", '"', "\\", '\\"', "\t", "a\r\nb"]
CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.sampled_from(NASTY)


@example([("0", "", ""), ("'", "", ""), ("0", "", '"0'), ("'", "", "")])
@settings(max_examples=25)
@given(st.lists(st.tuples(CELL.filter(str.strip), CELL, CELL), min_size=1, max_size=8))
def test_what_we_write_is_read_as_it_was(rows):
    table = read_table("a.csv", write_csv(("id", "tag", "note"), rows).encode())
    assert [tuple(cells) for _, cells in table.rows] == rows
    assert table.dialect.delimiter == ","


@given(st.binary(max_size=300))
@settings(max_examples=40)
def test_no_bytes_at_all_make_it_stumble(data):
    with suppress(FileRefusedError):
        list(read_table("a.csv", data).rows)


def test_tags_come_in_from_the_shell(normatlas, tmp_path):
    book = tmp_path / "book.csv"
    book.write_bytes(written([["path", "Definition", "colour"], ["CBM/Hot", "'=Lines", "#336699"]]))
    assert normatlas.done("tags", "import", str(book))
    tags = {tag["path"]: tag for tag in normatlas.done("tags", "list")["tags"]}
    assert tags["CBM/Hot"]["definition"] == "=Lines"
    book.write_bytes(written([["tag", "description"], ["CBM/Hot", "Other words"]]))
    for options, words in (((), "=Lines"), (("--overwrite",), "Other words")):
        normatlas("tags", "import", str(book), *options)
        tags = {tag["path"]: tag for tag in normatlas.done("tags", "list")["tags"]}
        assert tags["CBM/Hot"]["definition"] == words
    (tmp_path / "no.csv").write_text("colour;words\nred;none\n")
    normatlas("tags", "import", str(tmp_path / "no.csv")).assert_refused(2, "no.csv", "“tag”")
    normatlas("tags", "import", str(tmp_path)).assert_refused(2, "folder")


def test_tags_without_ids_are_told_apart_by_path():
    tags = tags_of(b"tag,include,exclude,example,key\nA,i,x,e,3\n")
    assert tags == (Tag("", "A", "", "", include="i", exclude="x", example="e"),)
