"""Annotations on the page: lanes, washes, what hovering tells, ends that are drawn and stepped."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.reader.ends import move_end, move_start
from gui.reader.highlights import Highlights, assign_lanes
from gui.reader.offsets import OffsetMap
from tests.gui.reader.test_view import START, an_annotation, reader  # noqa: F401

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=25)
COLORS = ("#2060c0", "#c03030")


@given(SPANS, st.integers(0, 90), st.integers(0, 20))
def test_any_number_of_overlaps_take_lanes_of_their_own_and_are_found(spans, first, length):
    made = [
        replace(an_annotation(str(n), 0, 1), target=_at(start, start + long))
        for n, (start, long) in enumerate(spans)
    ]
    highlights = Highlights(made, OffsetMap("x" * 100))
    shown = highlights.between(0, 100)
    for one in shown:
        assert one.lane < one.lanes
        others = [o for o in shown if o.annotation != one.annotation and o.lane == one.lane]
        assert all(o.end <= one.start or o.start >= one.end for o in others)
        assert {one.lanes} == {o.lanes for o in shown if o.start < one.end and one.start < o.end}
    seen = {h.annotation for h in highlights.between(first, first + length)}
    assert seen == {a.id for a in made if a.start <= first + length and a.end >= first}
    ordered = sorted((a.start, a.end) for a in made)
    assert max(assign_lanes(ordered), default=-1) < len(made)


@given(SPANS, SPANS, st.data())
def test_what_comes_and_goes_leaves_all_as_if_placed_at_once(spans, later, data):
    def annotations(spans, first):
        return [
            replace(an_annotation(str(n), 0, 1, COLORS[n % 2]), target=_at(start, start + long))
            for n, (start, long) in enumerate(spans, first)
        ]

    def picture(highlights):
        shown = highlights.between(0, 100)
        return sorted((h.start, h.end, h.lane, h.lanes) for h in shown)

    before = annotations(spans, 0)
    highlights = Highlights(before, OffsetMap("x" * 100))
    picture(highlights)  # so that it knows what it may forget
    kept = [one for one in before if data.draw(st.booleans())]
    now = data.draw(st.permutations(kept + annotations(later, len(spans))))
    highlights.show(now)
    afresh = Highlights(now, OffsetMap("x" * 100))
    assert picture(highlights) == picture(afresh)
    assert {h.annotation for h in highlights.between(0, 100)} == {a.id for a in now}
    colors = {color: starts for color, starts in highlights.starts_by_color.items() if starts}
    assert colors == {color: sorted(starts) for color, starts in afresh.starts_by_color.items()}


def _at(start, end):
    target = an_annotation("x", 0, 1).target
    return replace(target, position=replace(target.position, start=start, end=end))


def test_a_wash_stays_light_however_many_overlap(reader):  # noqa: F811
    def darkest(number):
        reader.set_annotations(
            [an_annotation(str(n), START, START + 20, "#2060c0") for n in range(number)]
        )
        image = reader.viewport().grab().toImage()
        rect = reader.cursorRect()
        row = [image.pixelColor(x, rect.top() + 2).lightnessF() for x in range(40, 120)]
        return sorted(row)[len(row) // 2]

    reader.goto(START, START + 1)
    reader._on_flash_over()
    few, many = darkest(1), darkest(30)
    assert many > few - 0.12


def rest_mouse(widget, point):
    """Have the mouse rest on a point of a widget, as Qt tells of it."""
    event = QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point))
    QApplication.sendEvent(widget, event)


def told(reader):  # noqa: F811
    card = reader._hovering.card
    if card is None or not card.isVisible():
        return []
    return [card.cards.card(row) for row in range(card.cards.rowCount())]


def test_resting_on_a_highlight_tells_tags_note_and_analyst(reader, qtbot):  # noqa: F811
    note = "Why <b>this</b>\n\nmatters " + "so " * 300
    one = replace(an_annotation("a", START, START + 9), tags=("A/B", "C"), note=note)
    reader.set_annotations([one, an_annotation("b", START, START + 12)])
    reader.reveal(START + 2, START + 3)
    here = reader.cursorRect().center()
    rest_mouse(reader.viewport(), here)
    first, second = told(reader)
    assert first.body == "A/B  ·  C"
    assert first.head.startswith("Ada · ")
    assert first.foot.startswith("Why <b>this</b>\nmatters so so")
    assert len(first.foot) < 330
    assert first.foot.endswith("…")
    assert second.target == "b"
    assert not reader._hovering.card.hasFocus()
    QTest.mouseMove(reader.viewport(), QPoint(here.x(), reader.viewport().height() - 5))
    qtbot.waitUntil(lambda: not told(reader))
    rest_mouse(reader.viewport(), QPoint(3, reader.viewport().height() - 5))
    assert not told(reader)


def test_the_card_opens_at_the_caret_and_is_gone_through_by_keys(reader, qtbot):  # noqa: F811
    assert not reader.tell_at_caret()
    made = [an_annotation(str(n), START, START + 9 + n) for n in range(30)]
    reader.set_annotations(made)
    reader.reveal(START + 2, START + 3)
    reader.setFocus()
    assert reader.tell_at_caret()
    card = reader._hovering.card
    assert [c.target for c in told(reader)] == [a.id for a in made]
    assert reader.rect().contains(card.geometry())
    QTest.keyClick(card, Qt.Key.Key_Down)
    assert reader._backdrop.pointed == "1"
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not told(reader)
    assert reader._backdrop.pointed == ""
    assert reader.hasFocus()
    reader.tell_at_caret()
    QTest.keyClick(card, Qt.Key.Key_Down)
    QTest.keyClick(card, Qt.Key.Key_Down)
    with qtbot.waitSignal(reader.annotation_clicked) as clicked:
        QTest.keyClick(card, Qt.Key.Key_Return)
    assert clicked.args == ["2"]
    assert not told(reader)


@pytest.mark.parametrize("number", [1, 4, 60])
def test_each_of_many_overlapping_stripes_can_be_chosen(reader, qtbot, number):  # noqa: F811
    made = [an_annotation(f"a{n}", START, START + 9 + n % 20) for n in range(number)]
    reader.set_annotations(made)
    gutter, clicked = reader._gutter, []
    reader.annotation_clicked.connect(clicked.append)
    middle = int(gutter._visible()[0].top) + 3
    shared = 0
    for x in range(gutter.width()):
        QTest.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=QPoint(x, middle))
        if shared == 0 and told(reader):  # several share the lane: asked which
            shared = len(told(reader))
            for row in range(shared):
                card = reader._hovering.card
                card.setCurrentIndex(card.cards.index(row))
                QTest.keyClick(card, Qt.Key.Key_Return)
                QTest.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=QPoint(x, middle))
        reader._hovering.close_card()
    assert set(clicked) == {a.id for a in made}
    assert bool(shared) == (number > 20)


def test_an_end_is_drawn_with_the_mouse(reader, qtbot):  # noqa: F811
    reader.set_annotations([an_annotation("a", START, START + 12)])
    reader.set_current_annotation("a")
    reader.viewport().grab()
    item = reader._backdrop.highlights.find("a")
    lines = reader._visible_lines(reader._visible_positions())
    edge = lines.edge(item.end)
    knob = edge.bottomLeft().toPoint()
    to = lines.edge(reader._page.offsets.to_document(START + 25))
    QTest.mousePress(reader.viewport(), Qt.MouseButton.LeftButton, pos=knob)
    QTest.mouseMove(reader.viewport(), QPoint(int(to.left()) + 1, int(to.center().y())))
    with qtbot.waitSignal(reader.ends_moved) as told:
        QTest.mouseRelease(reader.viewport(), Qt.MouseButton.LeftButton)
    assert told.args == ["a", START, START + 25]
    assert reader.selection() is None
    assert reader._handle_under(QPointF(knob)) == ""


@given(st.text("ab -'\u2019é😀\n.", min_size=1, max_size=60), st.data())
def test_ends_step_from_word_to_word_and_never_cross(content, data):
    start = data.draw(st.integers(0, len(content) - 1))
    end = data.draw(st.integers(start + 1, len(content)))
    for move in (move_end, move_start):
        for step in (1, -1):
            span, path = (start, end), [(start, end)]
            while (span := move(content, span, step)) != path[-1]:
                assert 0 <= span[0] < span[1] <= len(content)
                path.append(span)
            moved = [e if move is move_end else s for s, e in path]
            assert all((b - a) * step > 0 for a, b in pairwise(moved))


def test_an_end_stops_at_whole_words():
    content = "States shouldn't knowingly allow."
    assert move_end(content, (0, 6), 1) == (0, 16)
    assert move_end(content, (0, 16), -1) == (0, 6)
    assert move_start(content, (7, 16), -1) == (0, 16)
    assert move_start(content, (0, 26), 1) == (7, 26)
