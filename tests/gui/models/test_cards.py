"""The panels' list model keeps what stays, whatever it is asked to show."""

from hypothesis import given
from hypothesis import strategies as st

from core.domain.relations import Relation, Tie
from gui.models.cards import Card, CardModel
from gui.models.relations import relation_cards

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


def test_ties_are_grouped_by_meaning_with_their_dates_and_sources():
    def tie(label, title, **more):
        relation = Relation("norm:a", "stated-in", "instrument:b", **more)
        return Tie(relation, label, "instrument:b", title, True, "A source")

    cards = relation_cards(
        (
            tie("stated in", "Zeta", since="2015", source="source:s", verified=True),
            tie("supported by", "Beta"),
            tie("stated in", "Alpha", locator="para. 13(f)", source="source:s"),
        )
    )
    assert [card.body for card in cards] == ["Stated in", "Alpha", "Zeta", "Supported by", "Beta"]
    assert cards[1].foot == "para. 13(f) · ○ Not verified: A source"
    assert cards[2].foot == "2015 · A source"
    assert "No source" in cards[4].foot
