"""A rendered page holds the canonical text, character for character, and finds it again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from core.domain.as_of import AsOf
from core.domain.as_of_text import fades
from core.domain.citing import number_sources
from core.domain.text import Passage, PassageKind, Span, SpanKind, Text
from core.workspace import open_workspace
from gui.reader.render import Page, render
from gui.reader.style import ReadingStyle

LONGEST = ("instrument:unga-73-187", "participant:united-states")


@pytest.fixture(scope="module")
def reference(filled_folder, tmp_path_factory):
    workspace = open_workspace(filled_folder)
    yield workspace.reference
    workspace.close()


def a_text(*passages, spans=()):
    """Passages as (kind, text) or (kind, text, level), joined as texts are."""
    made, start = [], 0
    for n, (kind, words, *level) in enumerate(passages):
        end = start + len(words)
        made.append(Passage(n, kind, level[0] if level else 0, start, end))
        start = end + 1
    return Text("\n".join(words for _, words, *_ in passages), tuple(made), tuple(spans))


def a_page(text: Text, scale: float = 1.0, fades=()) -> Page:
    return render(text, the_style(scale), None, fades)


def the_style(scale: float = 1.0) -> ReadingStyle:
    application = QApplication.instance()
    return ReadingStyle.of(application.palette(), application.font(), scale, 700)


# A paragraph's end, a cell's begin, a table's end, a line's end in a stacked row, an empty cell.
_BREAKS = "\u2029\ufdd0\ufdd1\u2028\u200b"


def character(document: QTextDocument, position: int, expected: str) -> str:
    unit = document.characterAt(position)
    if unit in _BREAKS:
        return expected if expected in "\t\n" else unit
    if "\ud800" <= unit <= "\udbff":
        pair = unit + document.characterAt(position + 1)
        return pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return unit


def check(page: Page) -> None:
    content = page.text.content
    for offset, expected in enumerate(content):
        position = page.offsets.to_document(offset)
        assert character(page.document, position, expected) == expected, content[
            offset - 20 : offset + 20
        ]
        assert page.offsets.to_text(position) == offset
    # Qt keeps an empty block behind a table that ends the text.
    behind = 1 if page.text.passages[-1].kind.startswith("table") else 0
    assert page.offsets.document_length + behind == page.document.characterCount() - 1


@pytest.mark.parametrize("scale", [1.0, 3.0])  # grids; cells below one another
def test_every_character_of_real_records_is_where_the_map_says(qapp, reference, scale):
    keys = [entry.key for entry in reference.entries()][::37]
    for key in (*LONGEST, *keys):
        check(a_page(reference.record(key).text, scale))


def test_what_is_later_is_drawn_apart_and_every_character_stays(qapp, reference):
    for key in LONGEST:
        record = reference.record(key)
        apart = fades(record, AsOf("2018"))
        assert apart
        page = a_page(record.text, fades=apart)
        check(page)
        drawn = page.document.toPlainText()
        assert drawn.count("(later)") + drawn.count("(ended by then)") == len(apart)


def a_table(*rows):
    kinds = [PassageKind.TABLE_HEAD] + [PassageKind.TABLE_ROW] * (len(rows) - 1)
    return list(zip(kinds, rows, strict=True))


def test_a_table_has_cells_of_its_own(qapp):
    page = a_page(
        a_text((PassageKind.HEADING, "Votes", 1), *a_table("State\tVote", "Fiji\tyes", "Mali\t"))
    )
    (table,) = page.document.rootFrame().childFrames()
    assert (table.rows(), table.columns()) == (3, 2)
    assert table.cellAt(1, 0).firstCursorPosition().block().text() == "Fiji"
    check(page)


def test_tables_side_by_side_and_uneven_ones_keep_their_places(qapp):
    page = a_page(
        a_text(
            (PassageKind.HEADING, "Votes", 1),
            *a_table("State\tVote", "Fiji\tyes"),
            *a_table("Who\t😀", "Mali\tno"),
            (PassageKind.PARAGRAPH, "After."),
            *a_table("One\ttwo\tthree", "uneven"),
            (PassageKind.PARAGRAPH, "End."),
            *a_table("Last\trow"),
        )
    )
    assert len(page.document.rootFrame().childFrames()) == 3
    check(page)


def test_in_a_narrow_column_a_label_stands_above_its_value(qapp):
    field = (PassageKind.FIELD, "Official title\tCountering the use of technologies")
    wide, narrow = (a_page(a_text(field), scale) for scale in (1.0, 4.0))
    assert "\t" in wide.document.firstBlock().text()
    assert "Official title\u2028Countering" in narrow.document.firstBlock().text()
    check(narrow)


def test_characters_that_qt_counts_or_reads_otherwise(qapp):
    tricky = "😀 re\u0301sume\u0301 no\u00a0break 👩‍👩‍👧 𝔘 \u200fعربي\u200e a\u2028b\u2029c\rd"
    span = Span(0, len(tricky), SpanKind.CITE, "source:s", False)
    page = a_page(
        a_text((PassageKind.LIST_ITEM, tricky, 1), (PassageKind.QUOTATION, tricky), spans=[span])
    )
    content = page.text.content
    for offset in range(len(content)):
        assert page.offsets.to_text(page.offsets.to_document(offset)) == offset
    assert page.offsets.document_length == page.document.characterCount() - 1
    assert page.document.blockCount() == 2


def test_right_to_left_paragraphs_read_right_to_left(qapp):
    page = a_page(
        a_text((PassageKind.PARAGRAPH, "(1) ينبغي للدول"), (PassageKind.PARAGRAPH, "(1) yes"))
    )
    directions = [
        page.document.findBlockByNumber(n).blockFormat().layoutDirection() for n in range(2)
    ]
    assert directions == [Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight]


def test_sources_are_numbered_as_the_page_lists_them(qapp):
    text = a_text(
        (PassageKind.PARAGRAPH, "One. Two. Three."),
        (PassageKind.REFERENCE, "First source"),
        (PassageKind.REFERENCE, "Second source"),
        spans=[
            Span(0, 4, SpanKind.CITE, "source:b", True),
            Span(5, 9, SpanKind.CITE, "source:a", False),
            Span(10, 16, SpanKind.CITE, None, False),
            Span(17, 29, SpanKind.LINK, "source:a"),
            Span(30, 43, SpanKind.LINK, "source:b"),
        ],
    )
    assert number_sources(text) == {"source:a": 1, "source:b": 2}
    page = a_page(text)
    shown = page.document.firstBlock().text()
    assert shown == "One.\u202f2 Two.\u202f1○ Three.\u202f○"
    check(page)


def test_sources_that_bear_one_claim_share_one_mark(qapp):
    text = a_text(
        (PassageKind.PARAGRAPH, "One. Two."),
        (PassageKind.REFERENCE, "First source"),
        (PassageKind.REFERENCE, "Second source"),
        spans=[
            Span(0, 4, SpanKind.CITE, "source:a", True, "para. 3"),
            Span(0, 4, SpanKind.CITE, "source:b", False),
            Span(5, 9, SpanKind.CITE, None, False),
            Span(10, 22, SpanKind.LINK, "source:a"),
            Span(23, 36, SpanKind.LINK, "source:b"),
        ],
    )
    page = a_page(text)
    assert page.document.firstBlock().text() == "One.\u202f1,2○ Two.\u202f○"
    assert page.marks[0].locator == "para. 3"
    check(page)


def test_a_long_table_grows_row_by_row_to_the_same_page():
    rows = (f"State {n}\tYes\t{n}" for n in range(300))
    kinds = [(PassageKind.PARAGRAPH, "Votes"), (PassageKind.TABLE_HEAD, "State\tVote\tRow")]
    last = (PassageKind.PARAGRAPH, "After the votes")
    long = a_text(*kinds, *((PassageKind.TABLE_ROW, row) for row in rows), last)
    whole = render(long, the_style())
    grown = Page(long, the_style(), None, ())
    while not grown.is_whole:
        grown.write_for(0.0)
    assert grown.document.toRawText() == whole.document.toRawText()
    assert grown.document.toHtml() == whole.document.toHtml()
    assert grown.offsets.document_length == grown.document.characterCount() - 1
