"""Zotero's notes of annotations in Markdown: words, comment, where it is from, and ids."""

import pytest

from core.domain.table_merging import TableMapping
from core.interchange.files import read_project
from core.interchange.problems import FileRefusedError
from core.services.merge import Merge
from tests.core.services.desk import RECORD, Desk

SELECT = "([United Nations, 2015, p. 8](zotero://select/library/items/GNS5UBQB))"


def opened(key):
    return f"([pdf](zotero://open-pdf/library/items/GRF5DKFD?page=8&annotation={key}))"


NOTE = f"""# Annotations
(26/11/2026, 08:00:00)

“States should” {SELECT} {opened("AAAA1111")} My \\*own\\* comment
over “two” lines

- <span style="background-color: #ffd40080">“talk to each
  other 🕊”</span> {opened("BBBB2222")}

[image] {SELECT} {opened("CCCC3333")}

Words of mine with [a link](https://example.org) and {SELECT}.

“One” {opened("DDDD4444")} first, “often” {opened("EEEE5555")} second
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "UN 2015.md"
    path.write_text(NOTE, encoding="utf-8")
    return path


def test_highlights_come_with_comment_and_source(file):
    read = read_project(file)
    titles = {source.id: source.title for source in read.sources}
    found = [(a.quote.exact, a.note, titles[a.source]) for a in read.annotations]
    assert found == [
        ("States should", "My *own* comment over “two” lines", "United Nations, 2015"),
        ("talk to each other 🕊", "", "UN 2015"),
        ("One", "first,", "UN 2015"),
        ("often", "second", "UN 2015"),
    ]
    assert read.remarks == ("Left out: 1 annotations without words, such as of pictures.",)
    assert read_project(file) == read


def test_it_is_merged_onto_the_record_that_is_named(file, tmp_path):
    desk = Desk(tmp_path / "ada.db")
    mapping = TableMapping(record=RECORD.entry.key)
    merged, _ = Merge(desk.database).merge(file, mapping=mapping)
    assert not merged.in_part
    content = RECORD.text.content
    assert {content[a.start : a.end] for a in desk.annotations.find()} == {
        "States should",
        "talk to each other 🕊",
        "One",
        "often",
    }
    again, _ = Merge(desk.database).merge(file, mapping=mapping)
    assert again.written == 0
    desk.database.close()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("# A note\n\nWords.", "none of the files"),
        ("[pdf](zotero://open-pdf/library/items/X?annotation=Y)", "no highlights"),
        ("(" * 50_000 + "[" * 50_000 + "zotero://open", "no highlights"),
        ("(" * 100_000 + opened("A"), "no highlights"),
    ],
)
def test_other_markdown_is_refused_in_one_line(file, text, why):
    file.write_text(text)
    with pytest.raises(FileRefusedError, match=why) as refused:
        read_project(file)
    assert "\n" not in str(refused.value)
