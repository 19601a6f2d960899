"""Tables are found in a text cell by cell, and their columns sort as a reader would."""

from core.domain.tables import Cell, tables_of
from core.domain.text import Passage, PassageKind, Span, SpanKind, Text


def a_text(*passages, spans=()):
    made, start = [], 0
    for n, (kind, words) in enumerate(passages):
        made.append(Passage(n, kind, 0, start, start + len(words)))
        start += len(words) + 1
    return Text("\n".join(words for _, words in passages), tuple(made), tuple(spans))


def test_cells_know_their_words_places_and_links():
    text = a_text(
        (PassageKind.HEADING, "Votes"),
        (PassageKind.TABLE_HEAD, "State\tVote"),
        (PassageKind.TABLE_ROW, "Fiji\tyes"),
        (PassageKind.TABLE_ROW, "Mali"),
        (PassageKind.PARAGRAPH, "Between."),
        (PassageKind.TABLE_ROW, "Tonga\tno"),
        spans=[Span(17, 21, SpanKind.LINK, "participant:fiji"), Span(22, 25, SpanKind.EMPHASIS)],
    )
    first, second = tables_of(text)
    assert (first.title, first.columns) == ("Votes", ("State", "Vote"))
    fiji, mali = first.rows
    assert [cell.words for cell in mali] == ["Mali", ""]
    assert fiji[0].target == "participant:fiji"
    assert fiji[1].target is None
    assert all(text.content[c.start : c.end] == c.words for row in first.rows for c in row)
    assert [[cell.words for cell in row] for row in second.rows] == [["Tonga", "no"]]


def test_a_text_without_tables_has_none():
    assert tables_of(a_text((PassageKind.PARAGRAPH, "Words."))) == ()


def test_dates_sort_by_time_numbers_by_size_words_without_accents():
    def in_order(*words):
        cells = [Cell(word, 0, len(word)) for word in words]
        return [cell.words for cell in sorted(cells, key=Cell.sort_key)]

    assert in_order("9 May 2001", "2003", "23 November 2001 (uncertain)", "May 2001") == [
        "May 2001",
        "9 May 2001",
        "23 November 2001 (uncertain)",
        "2003",
    ]
    assert in_order("10", "9", "-1", "2,5%") == ["-1", "2,5%", "9", "10"]
    assert in_order("Éire", "Fiji", "eire", "", "austria") == [
        "austria",
        "Éire",
        "eire",
        "Fiji",
        "",
    ]
