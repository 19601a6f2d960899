"""What only documents have, on the page: numbered items, notes, code, changes, captions."""

import pytest
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor

from core.domain.text import PassageKind, Span, SpanKind
from core.importing.composing import Composer, Mark, Words
from gui.reader.render import render
from gui.reader.style import ReadingStyle

STYLE = ReadingStyle(
    font=QFont("Sans Serif", 12),
    text=QColor("black"),
    muted=QColor("gray"),
    faded=QColor("silver"),
    faded_link=QColor("silver"),
    link=QColor("blue"),
    shade=QColor("white"),
    column=600.0,
    unit=20.0,
)
SAID = {
    PassageKind.NUMBERED_ITEM: "(f) A State should not damage.[1]",
    PassageKind.NOTE: "[1] See the report.",
    PassageKind.TERM: "Sovereignty",
    PassageKind.CAPTION: "A map of parties",
    PassageKind.LINE: "Ministry of Foreign Affairs",
    PassageKind.VERBATIM: "    return state",
}


@pytest.fixture
def page(qtbot):
    composer = Composer()
    for kind, words in SAID.items():
        at = words.find("[1]")
        marks = (Mark(at, at + 3, SpanKind.NOTE, "1"),) if at >= 0 else ()
        composer.add(kind, Words(words, marks), level=1 if kind is PassageKind.NUMBERED_ITEM else 0)
    return render(composer.finish(), STYLE)


def letters_at(page, offset: int) -> QTextCharFormat:
    cursor = QTextCursor(page.document)
    cursor.setPosition(page.offsets.to_document(offset) + 1)
    return cursor.charFormat()


def test_every_offset_finds_its_character(page):
    for passage in page.text.passages:
        for offset in range(passage.start, passage.end):
            there = page.document.characterAt(page.offsets.to_document(offset))
            wanted = page.text.content[offset]
            assert there == wanted or (wanted == " " and there in "\t "), offset


def test_an_item_hangs_beside_its_number_and_has_no_bullet(page):
    block = page.document.firstBlock()
    assert block.text().startswith("(f)\tA State")
    assert block.blockFormat().textIndent() < 0
    assert block.blockFormat().tabPositions()


def test_marks_of_notes_are_raised_and_lead_nowhere(page):
    mark = page.text.content.index("[1]")
    letters = letters_at(page, mark)
    assert letters.verticalAlignment() == QTextCharFormat.VerticalAlignment.AlignSuperScript
    assert not letters.isAnchor()


def test_notes_are_small_terms_heavy_and_code_of_one_width(page):
    note, term, code = (
        page.text.content.index(SAID[kind].strip())
        for kind in (PassageKind.NOTE, PassageKind.TERM, PassageKind.VERBATIM)
    )
    assert letters_at(page, note + 6).fontPointSize() < 12
    assert letters_at(page, term).fontWeight() == QFont.Weight.DemiBold
    assert letters_at(page, code).fontFixedPitch()


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        (SpanKind.STRIKEOUT, QTextCharFormat.fontStrikeOut),
        (SpanKind.UNDERLINE, QTextCharFormat.fontUnderline),
        (SpanKind.CODE, QTextCharFormat.fontFixedPitch),
    ],
)
def test_changes_in_a_draft_can_be_seen(qtbot, kind, holds):
    composer = Composer()
    composer.add(PassageKind.PARAGRAPH, Words("voluntary binding norms", (Mark(10, 17, kind),)))
    page = render(composer.finish(), STYLE)
    assert page.text.spans == (Span(10, 17, kind),)
    assert holds(letters_at(page, 12))
    assert not holds(letters_at(page, 2))
