"""Marked places, found by where one is."""

from gui.reader.marks import Marks

MARKS = Marks(((2, 5), (10, 12), (20, 30)), current=1)


def test_only_what_is_in_sight_is_painted():
    assert list(MARKS.between(11, 19)) == [((10, 12), True)]
    assert list(MARKS.between(25, 40)) == [((20, 30), False)]
    assert [span for span, _ in MARKS.between(0, 10)] == [(2, 5), (10, 12)]
    assert list(Marks().between(0, 100)) == []


def test_steps_begin_at_the_caret():
    assert MARKS.following(0) == 0
    assert MARKS.following(3) == 1
    assert MARKS.following(21) is None
    assert MARKS.preceding(2) is None
    assert MARKS.preceding(21) == 2
