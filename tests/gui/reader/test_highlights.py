"""Annotations on the page: lanes, washes, what hovering tells, ends that are drawn and stepped."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from gui.reader.ends import move_end, move_start
from gui.reader.highlights import Highlights, assign_lanes
from gui.reader.hovering import described
from gui.reader.offsets import OffsetMap
from tests.gui.reader.test_view import START, an_annotation, reader  # noqa: F401

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=25)


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


def test_hovering_tells_tags_note_and_how_many_more(reader):  # noqa: F811
    one = replace(
        an_annotation("a", START, START + 9), tags=("A/B", "C"), note="Why <b>this</b>\nmatters"
    )
    words = described([one], "3 more")
    assert "A/B" in words
    assert "Why &lt;b&gt;this&lt;/b&gt; matters" in words
    assert "3 more" in words
    reader.set_annotations([an_annotation(str(n), START, START + 9 + n) for n in range(9)])
    here = reader._backdrop.highlights.at(reader._page.offsets.to_document(START + 2))
    assert len(here) == 9
    assert "3 more" in reader._describe(here)


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
