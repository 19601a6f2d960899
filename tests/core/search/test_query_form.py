"""The form writes the language, and reads what it wrote."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.query_form import QueryForm
from core.search.fields import KINDS
from core.search.query import parse
from core.search.query_form import read_form, write_form


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (QueryForm(), ""),
        (QueryForm(all_words="cyber norms"), "cyber norms"),
        (QueryForm(phrase="due diligence"), '"due diligence"'),
        (QueryForm(any_of='hospital "power grid"'), '(hospital OR "power grid")'),
        (QueryForm(any_of="hospital"), "hospital"),
        (QueryForm(none_of='draft "first reading"'), '-draft -"first reading"'),
        (QueryForm(near="critical infrastructure", within=5), '"critical infrastructure"~5'),
        (QueryForm(kinds=("norm", "event")), "kind:norm,event"),
        (QueryForm(theme="critical infrastructure"), 'theme:"critical infrastructure"'),
        (QueryForm(party="japan", stated_in="gge-2015"), "party:japan stated-in:gge-2015"),
        (QueryForm(year_from=2013, year_to=2015), "year:2013..2015"),
        (QueryForm(year_from=2013), "year:2013.."),
        (QueryForm(year_to=2013), "year:..2013"),
        (QueryForm(year_from=2013, year_to=2013), "year:2013"),
        (
            QueryForm(verified="no", annotated=True, in_notes=True),
            "verified:no is:annotated in:notes",
        ),
        (QueryForm(all_words="13(f) A/70/174 cyber* misspelt~"), "13(f) A/70/174 cyber* misspelt~"),
    ],
)
def test_writes(form, text):
    assert write_form(form) == text
    assert parse(text).hint is None


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("kind:norm", '"kind norm"'),
        ("this AND that", "this and that"),
        ("-not (really", "not really"),
        ('an "open phrase', 'an "open phrase"'),
        ("( ) :: --", ""),
    ],
)
def test_signs_of_the_language_in_a_field_are_words(typed, text):
    assert write_form(QueryForm(all_words=typed)) == text


@pytest.mark.parametrize(
    ("text", "form", "rest"),
    [
        ('a AND b -c NOT d "x y"', QueryForm(all_words="a b", none_of="c d", phrase="x y"), ""),
        ('a OR b OR "c d"', QueryForm(any_of='a b "c d"'), ""),
        ("a b OR c", QueryForm(), "a b OR c"),
        ("a (b OR c) (d OR e)", QueryForm(all_words="a", any_of="b c"), "(d OR e)"),
        ("a title:tallinn", QueryForm(all_words="a"), "title:tallinn"),
        ("a -kind:norm", QueryForm(all_words="a"), "-kind:norm"),
        ("kind:norms", QueryForm(), "kind:norms"),
        ('"a b"~ "c d"~3', QueryForm(near="a b"), '"c d"~3'),
        ("year:2013-2015", QueryForm(year_from=2013, year_to=2015), ""),
        ("year:201", QueryForm(), "year:201"),
        ("is:seed verified:yes", QueryForm(verified="yes"), "is:seed"),
        ("a (b OR (c AND d))", QueryForm(all_words="a"), "(b OR (c AND d))"),
        ('"one" "two words"', QueryForm(all_words='"one"', phrase="two words"), ""),
    ],
)
def test_reads_what_it_can_show_and_keeps_the_rest(text, form, rest):
    reading = read_form(text)
    assert (reading.form, reading.rest) == (form, rest)


def test_a_rest_of_alternatives_is_kept_together():
    assert write_form(QueryForm(all_words="z"), "a b OR c") == "z (a b OR c)"
    assert write_form(QueryForm(), "a b OR c") == "a b OR c"


_WORD = st.sampled_from(["cyber", "norms", "13(f)", "A/70/174", "é", "日本", "infra*", "notes"])
_WORDS = st.lists(_WORD, max_size=3).map(" ".join)
_PHRASE = st.lists(st.sampled_from(["due", "diligence", "13(f)", "État"]), min_size=2, max_size=3)
_YEAR = st.sampled_from([0, 1998, 2013, 2025])
_FORMS = st.builds(
    QueryForm,
    all_words=_WORDS,
    phrase=st.one_of(st.just(""), _PHRASE.map(" ".join)),
    any_of=st.one_of(
        st.just(""), st.lists(_WORD, min_size=2, max_size=3).map(" ".join), st.just('a "b c"')
    ),
    none_of=_WORDS,
    near=st.one_of(st.just(""), _PHRASE.map(" ".join)),
    kinds=st.lists(st.sampled_from(KINDS), unique=True, max_size=3).map(tuple),
    theme=st.sampled_from(["", "cybercrime", "critical infrastructure", "a,b c"]),
    participant=st.sampled_from(["", "japan", "participant:japan"]),
    party=st.sampled_from(["", "japan"]),
    stated_in=st.sampled_from(["", "gge-2015"]),
    tag=st.sampled_from(["", "CBM/Hotlines", "two words"]),
    year_from=_YEAR,
    year_to=_YEAR,
    verified=st.sampled_from(["", "yes", "no"]),
    annotated=st.booleans(),
    in_notes=st.booleans(),
).flatmap(
    lambda form: st.integers(1, 50).map(lambda n: replace(form, within=n if form.near else 10))
)


@given(_FORMS)
def test_what_a_form_writes_it_reads_back(form):
    text = write_form(form)
    reading = read_form(text)
    assert reading.rest == ""
    assert reading.form == form
    assert parse(text).hint is None


_SIGNS = st.sampled_from(
    [
        "cyber",
        " ",
        "(",
        ")",
        "-",
        '"',
        "kind:",
        "year:",
        "2015",
        "NOT ",
        "OR ",
        "AND ",
        "~2",
        "*",
        ",",
    ]
)
_TEXTS = st.one_of(st.text(max_size=40), st.lists(_SIGNS, max_size=14).map("".join))


@given(_TEXTS, _TEXTS, _TEXTS, _TEXTS)
def test_whatever_is_typed_into_the_form_is_a_query_without_mistakes(words, phrase, near, tag):
    form = QueryForm(all_words=words, phrase=phrase, any_of=words, none_of=near, near=near, tag=tag)
    text = write_form(form)
    assert parse(text).hint is None
    reading = read_form(text)
    assert reading.rest == ""
    settled = write_form(reading.form)  # a phrase of one word may have moved among the words
    assert write_form(*_both(read_form(settled))) == settled


@given(_TEXTS)
def test_any_query_is_read_and_what_is_written_again_stays(text):
    once = write_form(*_both(read_form(text)))
    assert write_form(*_both(read_form(once))) == once


def _both(reading):
    return reading.form, reading.rest
