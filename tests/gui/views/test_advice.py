"""What is said and offered beside an answer."""

import pytest

from core.domain.keys import Kind
from core.domain.search import SearchHit, SearchPage, SearchQuery
from gui.views.advice import Advice, why_nothing

NARROW = SearchQuery("x", kinds=frozenset({Kind.NORM}))


@pytest.fixture
def advice(qtbot) -> Advice:
    made = Advice()
    qtbot.addWidget(made)
    return made


def a_page(**more: object) -> SearchPage:
    return SearchPage("x", 0, (), 0.0, **more)


def test_looser_queries_are_offered_with_what_they_find(qtbot, advice: Advice) -> None:
    advice.show_page(a_page(loosened=(("x OR y", 12), ("x", 3))), SearchQuery("x y"))
    assert [b.words for b in advice.buttons()] == [
        "Search “x OR y”: 12 records",
        "Search “x”: 3 records",
    ]
    with qtbot.waitSignal(advice.query_taken) as taken:
        advice.buttons()[1].click()
    assert taken.args == ["x"]


def test_filters_can_be_taken_back_where_they_hide_everything(qtbot, advice: Advice) -> None:
    advice.show_page(a_page(hint="Why."), NARROW)
    assert advice.sentence == "Why."
    (button,) = advice.buttons()
    with qtbot.waitSignal(advice.widening_wanted):
        button.click()
    advice.show_page(a_page(), SearchQuery("x"))
    assert advice.buttons() == []
    assert advice.isHidden()


def test_nothing_is_said_where_there_is_nothing_to_say(advice: Advice) -> None:
    hit = SearchHit("norm:a", Kind.NORM, "A", 0, 0, 1, 1.0, "a")
    advice.show_page(SearchPage("x", 1, (hit,), 0.0), NARROW)
    assert advice.isHidden()
    advice.say("Refused.")
    assert not advice.isHidden()


def test_long_offers_are_cut_off_not_the_window_widened(qtbot, advice: Advice) -> None:
    advice.show_page(a_page(suggestion="words " * 60), SearchQuery("x"))
    assert advice.minimumSizeHint().width() < 300
    advice.resize(300, 100)
    advice.show()
    qtbot.waitUntil(lambda: advice.buttons()[0].text().endswith("…"))
    assert advice.buttons()[0].toolTip().endswith("words ”?")


def test_nothing_found_says_where() -> None:
    assert why_nothing(a_page(), SearchQuery("x")) == "Nothing found for “x”."
    assert "these filters" in why_nothing(a_page(), NARROW)
    within = SearchQuery("x", within=frozenset({"notes"}))
    assert "in your notes" in why_nothing(a_page(), within)
