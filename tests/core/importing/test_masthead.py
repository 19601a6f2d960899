"""What the first lines of a document say of it, where its file is silent or says less."""

import pytest

from core.importing.masthead import own_date, resolution_named
from core.importing.metadata import completed
from tests.core.importing.making import docx, read


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("22 July 2015", "22 July 2015"),
        ("Distr.: General 22 July 2015 Original: English", "22 July 2015"),
        ("Distr. GENERAL", None),
        ("of 22 November 1967", "22 November 1967"),
        ("Resolution 242 (1967) of 22 November 1967", "22 November 1967"),
        ("31 (1947). Resolution of 25 August 1947 [S/525, IV]", "25 August 1947"),
        ("Adopted by the Security Council at its 3196th meeting, on 7 April 1993", "7 April 1993"),
        ("The Hague, November 2, 2011", "November 2, 2011"),
        ("London, 1 to 2 November 2011", None),
        ("The meeting of 4 June 2019 was the last of three, and it ended on 22 July 2015.", None),
    ],
)
def test_the_day_that_a_line_gives(line, day):
    assert own_date(["United Nations", line]) == day


def test_a_resolution_is_called_by_its_number(tmp_path):
    text = "{}\n\nThe Security Council,\n\nRecalling what it said,\n\n1. Decides to meet.\n"
    for first in (
        "Resolution 87 (1950)\nof 29 September 1950",
        "87 (1950). Resolution of 29 September 1950 [S/1836]",
        "Resolution 87 (1950) of 29 September 1950 The Security Council,",
    ):
        said = read(tmp_path, "S_RES_87.txt", text.format(first)).metadata
        assert (said.title, said.symbol) == ("Resolution 87 (1950)", "S/RES/87 (1950)")
        assert said.date == "1950-09-29"
    assert resolution_named(["Resolution 87 (1950) is recalled by all."]) is None


def test_the_day_of_a_document_is_not_that_of_its_file(tmp_path):
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/'
        'terms/"><t:created>2026-11-23T10:00:00Z</t:created><dc:language>en-US</dc:language>'
        "</cp:coreProperties>"
    )
    lines = ["Discours du ministre", "Paris, 4 June 2019", "Le droit de la mer est dans le traité."]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    document = read(tmp_path, "speech.docx", docx(body, docProps__core_xml=core))
    assert document.metadata.date == "2019-06-04"
    assert document.metadata.language is None  # the program's own, not that of the text
    assert completed(document).metadata == document.metadata


def test_raw_bytes_in_rtf_are_passed_over(tmp_path):
    picture = b"{\\pict\\wmetafile8\\bin8 {{{\\par}\xff }"
    rtf = b"{\\rtf1\\ansi Before. " + picture + b" After.\\par}"
    assert read(tmp_path, "old.rtf", rtf).text.content == "Before. After."
