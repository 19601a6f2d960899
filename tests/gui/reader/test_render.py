"""A rendered page holds the canonical text, character for character, and finds it again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

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


def a_page(text: Text) -> Page:
    application = QApplication.instance()
    return render(text, ReadingStyle.of(application.palette(), application.font(), 12, 700))


def character(document: QTextDocument, position: int) -> str:
    unit = document.characterAt(position)
    if unit == "\u2029":
        return "\n"
    if "\ud800" <= unit <= "\udbff":
        pair = unit + document.characterAt(position + 1)
        return pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return unit


def check(page: Page) -> None:
    content = page.text.content
    for offset, expected in enumerate(content):
        position = page.offsets.to_document(offset)
        assert character(page.document, position) == expected, content[offset - 20 : offset + 20]
        assert page.offsets.to_text(position) == offset
    assert page.offsets.document_length == page.document.characterCount() - 1


def test_every_character_of_real_records_is_where_the_map_says(qapp, reference):
    keys = [entry.key for entry in reference.entries()][::37]
    for key in (*LONGEST, *keys):
        check(a_page(reference.record(key).text))


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
