"""The panels' list model keeps what stays, whatever it is asked to show."""

from hypothesis import given
from hypothesis import strategies as st

from core.domain.as_of import AsOf
from core.domain.keys import Kind
from core.domain.records import Record, RecordEntry
from core.domain.relations import Relation, Tie
from gui.models.cards import Card, CardModel
from gui.models.relations import relation_cards
from tests.builders import a_text

LISTS = st.lists(st.sampled_from([Card(body=c, target=c) for c in "abcdef"]), max_size=8)


@given(st.lists(LISTS, min_size=2, max_size=5))
def test_it_shows_exactly_what_it_was_given_last(lists):
    model = CardModel()
    for cards in lists:
        model.show_cards(cards)
        assert [model.card(row) for row in range(model.rowCount())] == cards


def test_it_is_a_sound_model_while_rows_come_and_go(qtmodeltester):
    model = CardModel()
    qtmodeltester.check(model, force_py=True)
    for bodies in ("abc", "abxc", "c", "", "xyz"):
        model.show_cards([Card(body=b, target=b, is_heading=b == "x") for b in bodies])
    assert model.find("y").row() == 1
    assert not model.find("a").isValid()


def _record(*ties):
    return Record(RecordEntry("norm:a", Kind.NORM, "A", "", "1998"), a_text("A"), ties=ties)


def _tie(label, title, date=None, predicate="stated-in", **more):
    relation = Relation("norm:a", predicate, "instrument:b", **more)
    return Tie(relation, label, "instrument:b", title, True, "A source", date)


def test_ties_are_grouped_by_meaning_with_their_dates_and_sources():
    cards = relation_cards(
        _record(
            _tie("stated in", "Zeta", since="2015", source="source:s", verified=True),
            _tie("supported by", "Beta"),
            _tie("stated in", "Undated"),
            _tie("stated in", "Alpha", date="2013", locator="para. 13(f)", source="source:s"),
        )
    )
    bodies = ["Stated in", "Alpha", "Zeta", "Undated", "Supported by", "Beta"]
    assert [card.body for card in cards] == bodies
    assert cards[1].foot == "para. 13(f) · ○ Not verified: A source"
    assert cards[2].foot == "2015 · A source"
    assert "No source" in cards[5].foot


def test_as_of_a_date_only_what_held_is_listed_and_doubt_is_said():
    ties = (
        _tie("party to", "Kept", predicate="party-to", since="2001-11-23"),
        _tie("party to", "Later", predicate="party-to", since="2016"),
        _tie("party to", "Over", predicate="party-to", since="2001", until="2010"),
        _tie("party to", "In that year", predicate="party-to", since="2015"),
        _tie("party to", "Undated", predicate="party-to"),
    )
    cards = relation_cards(_record(*ties), AsOf("2015-06"))
    assert [card.body for card in cards] == [
        "Party to",
        "Kept",
        "In that year",
        "Undated",
        "2 left out as of June 2015",
    ]
    assert "perhaps by then" in cards[2].foot
    assert "no date known" in cards[3].foot
    assert len(relation_cards(_record(*ties))) == 6
