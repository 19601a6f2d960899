"""What is typed, as it is understood; no text makes it raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.search.nodes import And, Filter, InTitle, Not, Or, Phrase, Word, Years
from core.search.query import MOST_WORDS, parse


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("cyber norms ", And((Word("cyber"), Word("norms")))),
        ("cyb", Word("cyb", typing=True)),
        ("cyb*", Word("cyb", prefix=True)),
        ('"due diligence"', Phrase(("due", "diligence"), quoted=True)),
        ("“due diligence”", Phrase(("due", "diligence"), quoted=True)),
        ("A/70/174 ", Phrase(("a", "70", "174"))),
        ("13(f) ", Phrase(("13", "f"))),
        ("13(f", Phrase(("13", "f"), typing=True)),
        ("a OR b ", Or((Word("a"), Word("b")))),
        ("a AND (b OR c)", And((Word("a"), Or((Word("b"), Word("c")))))),
        ("AND", None),
        ("a NOT b ", And((Word("a"), Not(Word("b"))))),
        ("and ", Word("and")),
        ("kind:norms ", Filter("kind", ("norm",))),
        ('tag:"CBM/Hot lines"', Filter("tag", ("cbm/hot lines",))),
        ("year:2011..2015", Years(2011, 2015)),
        ("year:2011", Years(2011, 2011)),
        ("year:2011..", Years(2011, None)),
        ("title:paris ", InTitle(Word("paris"))),
        ("cyber-attack ", Or((Phrase(("cyber", "attack")), Word("cyberattack")))),
        ("", None),
        ("  ", None),
    ],
)
def test_the_language(text, node):
    if text == "AND":
        assert parse(text).node == And((Word("and"),))
    else:
        assert parse(text).node == node


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("(norms", "not closed"),
        ("norms)", "no opening"),
        ("norms AND", "both sides"),
        ("OR norms", "both sides"),
        ("NOT", "needs a word"),
        ('"norms of', "not closed"),
        ("year:soon x", "no year"),
        ("kind:fish", "Choose from"),
        ("kind:", "needs a value"),
        ("(" * 500 + "x" + ")" * 500, "too many"),
        ("title:" * 5000, "too many"),
        ("word " * 200, str(MOST_WORDS)),
    ],
)
def test_a_mistake_is_searched_as_words_and_explained(text, why):
    parsed = parse(text)
    assert why in (parsed.hint or "")


def test_other_colons_are_plain_text():
    assert parse("https://un.org/x ").node == Phrase(("https", "un", "org", "x"))
    assert parse("Tallinn: ").hint is None


_pieces = st.sampled_from(
    [*"()*-&' \x00\"“網", "AND", "OR", "NOT", "kind:", "year:", "title:", "tag:", "in:", "..", ":"]
).flatmap(lambda piece: st.sampled_from([piece, "cyber", "2011", "13(f)", "is:annotated"]))


@given(st.one_of(st.text(), st.lists(_pieces, max_size=12).map("".join)))
def test_no_text_makes_it_raise(text):
    parsed = parse(text)
    for typed in parsed.typed:
        assert 0 <= typed.start < typed.end <= len(text)


@given(st.lists(_pieces, max_size=10).map(" ".join))
def test_pieces_of_the_language_in_any_order_do_not_raise(text):
    parse(text)


def test_a_tilde_inside_a_quotation_is_no_distance():
    assert parse('"~ 7" OR year').hint is None
    assert parse('"cyber ~ norms"~5').node == parse('"cyber norms"~5').node
