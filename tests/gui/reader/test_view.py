"""Reading and selecting, in code points of the record's text."""

from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest

from core.domain.annotations import Annotation, Target, TextPositionSelector, TextQuoteSelector
from core.domain.text import Passage, PassageKind, Span, SpanKind, Text
from gui.reader.highlights import assign_lanes
from gui.reader.marks import Marks
from gui.reader.view import Reader
from tests.gui.reader.test_render import a_text

FIRST = "A 😀 opens; re\u0301sume\u0301 and no\u00a0break follow."
SECOND = "ينبغي للدول أن تتعاون"
THIRD = "The last paragraph rests on a source."
TEXT = a_text(
    (PassageKind.HEADING, "Title", 1),
    (PassageKind.PARAGRAPH, FIRST),
    (PassageKind.QUOTATION, SECOND),
    (PassageKind.LIST_ITEM, THIRD, 1),
    spans=[Span(6, 6 + len(FIRST), SpanKind.CITE, "source:s", False)],
)
START = TEXT.passages[1].start


def an_annotation(name, start, end, color="#3b82c4"):
    target = Target(
        "norm:x",
        TextPositionSelector(start, end),
        TextQuoteSelector(TEXT.content[start:end], "", ""),
        "",
    )
    now = datetime(2025, 1, 1)
    return Annotation(name, target, "X", None, ("T",), "", "Ada", now, now, color=color)


@pytest.fixture
def reader(qtbot):
    shown = Reader()
    qtbot.addWidget(shown)
    shown.resize(900, 500)
    shown.show()
    shown.show_text(TEXT, {"source:s": "The source"})
    return shown


@pytest.mark.parametrize(
    "words", ["😀", "re\u0301sume\u0301", "no\u00a0break", "للدول أن", "source."]
)
def test_a_selection_of_tricky_characters_comes_back_exactly(reader, words):
    start = TEXT.content.index(words)
    reader.select_passage(start, start + len(words))
    assert reader.selection() == (start, start + len(words))
    assert reader.createMimeDataFromSelection().text() == words


def test_selecting_with_the_keyboard_from_an_emoji_over_paragraphs(reader, qtbot):
    start = TEXT.content.index("😀")
    reader.goto(start, start + 1)
    with qtbot.waitSignal(reader.passage_selected) as told:
        QTest.keyClick(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert told.args == [start, start + 1]
    for _ in range(3):
        QTest.keyClick(reader, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    first, last = reader.selection()
    assert first == start
    assert last > TEXT.passages[2].start


def test_the_whole_record(reader):
    reader.selectAll()
    assert reader.selection() == (0, len(TEXT.content))
    assert reader.createMimeDataFromSelection().text() == TEXT.content


def click_at(reader, offset):
    first, _ = reader._page.offsets.range_to_document(offset, offset + 1)
    cursor = reader.textCursor()
    cursor.setPosition(first)
    rect = reader.cursorRect(cursor)
    QTest.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=rect.center() + QPoint(3, 0))


def test_clicking_a_highlight_tells_its_annotation_and_again_the_one_beneath(reader, qtbot):
    reader.set_annotations(
        [an_annotation("long", START, START + 30), an_annotation("short", START + 12, START + 20)]
    )
    with qtbot.waitSignal(reader.annotation_clicked) as told:
        click_at(reader, START + 14)
    assert told.args == ["short"]
    reader.set_current_annotation("short")
    with qtbot.waitSignal(reader.annotation_clicked) as told:
        click_at(reader, START + 14)
    assert told.args == ["long"]
    with qtbot.assertNotEmitted(reader.annotation_clicked):
        click_at(reader, TEXT.passages[3].start + 4)


def test_enter_on_a_highlight_tells_its_annotation(reader, qtbot):
    reader.set_annotations([an_annotation("a", START, START + 10)])
    reader.goto(START + 2, START + 3)
    with qtbot.waitSignal(reader.annotation_clicked) as told:
        QTest.keyClick(reader, Qt.Key.Key_Return)
    assert told.args == ["a"]


def test_highlights_show_in_their_tags_colour_and_overlaps_differ(reader):
    def colours():
        image = reader.grab().toImage()
        return {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        }

    plain = colours()
    reader.set_annotations([an_annotation("a", START, START + 20, "#d02020")])
    one = colours()
    reader.set_annotations(
        [
            an_annotation("a", START, START + 20, "#d02020"),
            an_annotation("b", START + 10, START + 30, "#2020d0"),
        ]
    )
    two = colours()
    assert len(plain) < len(one) < len(two)


def test_overlapping_stripes_take_lanes_and_free_ones_are_used_again():
    assert assign_lanes([(0, 10), (5, 20), (10, 12), (12, 30), (20, 21)]) == [0, 1, 0, 0, 1]


def test_a_source_number_says_what_it_is_and_leads_to_the_source(reader, qtbot):
    assert reader._words_for("cite:0") == "The source\nNot verified in this source."
    with qtbot.waitSignal(reader.link_followed) as told:
        reader.anchorClicked.emit(QUrl("cite:0"))
    assert told.args == ["source:s", False]


def test_an_address_is_only_asked_for(reader, qtbot):
    with qtbot.waitSignal(reader.address_requested) as told:
        reader.anchorClicked.emit(QUrl("https://example.org/a?b=1"))
    assert told.args == ["https://example.org/a?b=1"]


@pytest.mark.parametrize("address", ["https://example.org/a.png", "file:///etc/passwd", "a.png"])
def test_nothing_is_loaded_from_anywhere(reader, address):
    image = QTextDocument.ResourceType.ImageResource.value
    assert reader.loadResource(image, QUrl(address)) is None


def test_a_larger_font_keeps_selection_and_annotations(reader, qtbot):
    reader.set_annotations([an_annotation("a", START, START + 10)])
    reader.select_passage(START + 2, START + 8)
    height = reader.document().size().height()
    reader.set_scale(2.0)
    assert reader.selection() == (START + 2, START + 8)
    assert reader.document().size().height() > height * 1.4
    with qtbot.waitSignal(reader.annotation_clicked):
        reader.goto(START + 2, START + 3)
        QTest.keyClick(reader, Qt.Key.Key_Return)


def test_marks_are_painted_and_shown_on_the_scroll_bar(reader):
    at = TEXT.content.index("last")
    plain = reader.grab().toImage()
    reader.set_hits(Marks(((0, 5), (at, at + 4)), current=0))
    assert reader.grab().toImage() != plain
    ticks = reader._overview.ticks()
    assert len({tick.top for tick in ticks}) == 2
    assert {tick.height for tick in ticks} == {2, 4}
    reader.set_found(Marks(((at, at + 4),)))
    assert len(reader._overview.ticks()) == len(ticks) + 1
    reader.set_annotations([an_annotation("a", 0, 5)])
    assert {tick.side for tick in reader._overview.ticks()} == {0, 1, None}


def test_a_mark_is_revealed_without_scrolling_what_is_in_sight(reader):
    reader.resize(900, 90)
    reader.reveal(0, 5)
    assert reader.verticalScrollBar().value() == 0
    end = len(TEXT.content) - 1
    reader.reveal(end, end + 1)
    assert reader.caret() == end
    assert reader.verticalScrollBar().value() > 0


def test_highlights_show_at_the_very_top_and_the_very_end(reader):
    def shows():
        image = reader.grab().toImage()
        return any(
            image.pixelColor(x, y).red() > 190 and image.pixelColor(x, y).green() < 60
            for x in range(image.width())
            for y in range(0, image.height(), 3)
        )

    bar = reader.verticalScrollBar()
    assert bar.value() == 0
    assert not shows()
    reader.set_annotations([an_annotation("top", 0, 5, "#d02020")])
    assert shows()
    reader.set_annotations(
        [an_annotation("end", len(TEXT.content) - 9, len(TEXT.content), "#d02020")]
    )
    bar.setValue(bar.maximum())
    assert shows()


def test_the_place_on_the_page_is_kept(reader):
    assert reader.place() == 0
    long = a_text(*[(PassageKind.PARAGRAPH, f"Paragraph {n}. {FIRST}") for n in range(60)])
    reader.show_text(long)
    there = long.passages[30]
    reader.go_to_place(there.start)
    place = reader.place()
    assert abs(long.passage_at(place).n - there.n) <= 1
    reader.set_scale(1.25)
    assert abs(long.passage_at(reader.place()).n - there.n) <= 1


def test_a_source_number_leads_to_the_pages_own_list_of_sources(qtbot):
    content = "A claim.\nSources\nThe listed source. A house."
    text = Text(
        content,
        (
            Passage(0, PassageKind.PARAGRAPH, 0, 0, 8),
            Passage(1, PassageKind.HEADING, 2, 9, 16),
            Passage(2, PassageKind.REFERENCE, 0, 17, len(content)),
        ),
        (
            Span(0, 8, SpanKind.CITE, "source:s", True, "para. 13(f)"),
            Span(17, 34, SpanKind.LINK, "source:s"),
        ),
    )
    view = Reader()
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show_text(text)
    view.show()
    followed = []
    view.link_followed.connect(lambda *told: followed.append(told))
    said = view._words_for("cite:0")
    assert said == "The listed source, para. 13(f)\nVerified: read in this source."
    view.anchorClicked.emit(QUrl("cite:0"))
    assert followed == []
    assert view._page.offsets.to_text(view.textCursor().position()) == 17


def test_of_a_long_text_only_what_is_seen_is_laid_out_at_once(reader, qtbot):
    words = "States should not conduct or knowingly support such activity. " * 8
    long = a_text(*((PassageKind.PARAGRAPH, f"{n} {words}") for n in range(1500)))
    reader.show_text(long)
    reader.set_found(Marks([(p.start, p.start + 1) for p in long.passages]))
    reader.viewport().repaint()
    bar = reader.verticalScrollBar()
    at_first = bar.maximum()
    assert reader.place() == 0
    assert reader.document().characterCount() < len(long.content) / 10
    assert at_first > 0
    far = long.passages[1400].start
    reader.go_to_place(far)
    assert abs(reader.place() - far) < 3

    def is_at_the_end():  # the rest comes piece by piece
        bar.setValue(bar.maximum())
        reader.viewport().repaint()
        return long.passages[1490].start < reader.place() < len(long.content)

    qtbot.waitUntil(is_at_the_end)
    assert bar.maximum() > 100 * at_first


def test_all_of_a_long_text_is_selected_by_a_key_though_only_its_beginning_was_in_sight(
    reader, qtbot
):
    long = a_text(*((PassageKind.PARAGRAPH, f"{n} states should") for n in range(1500)))
    reader.show_text(long)
    qtbot.keyClick(reader, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert reader.selection() == (0, len(long.content))
