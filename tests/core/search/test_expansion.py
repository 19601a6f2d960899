"""What words may also mean, and what a question is after."""

import pytest

from core.domain.search import SearchQuery
from core.search.nodes import Best, Phrase, Word
from core.search.questions import is_question, words_of_tie
from core.search.symbols import date_at, series_at, symbol
from core.search.whoosh_index import create_index
from core.tasks import CancelToken

from .conftest import a_record, keys

RECORDS = (
    a_record(
        "instrument:malabo",
        "Malabo Convention",
        "The treaty of the African Union was adopted in 2014.",
        "Ratifications: Ghana, Senegal and Zambia.",
        names=("AU Convention",),
        year=2014,
        date="2014-06-27",
    ),
    a_record("participant:ghana", "Ghana", "A state that ratified the Malabo Convention."),
    a_record(
        "event:london",
        "London conference",
        "It met on 1–2 November 2011 and heard of cyber attacks.",
        year=2011,
        date="2011-11-01/2011-11-02",
    ),
    a_record("event:other", "Another meeting", "A cyberattack was discussed on November 5, 2011."),
    a_record("norm:defence", "Self-defence", "The defence of a programme of organisations."),
    a_record("instrument:resolution", "Resolution 70/237", "The Assembly welcomed the report."),
    a_record("instrument:decision", "Decision 1202", "The Permanent Council adopted measures."),
    a_record("instrument:treaty", "Convention on Cybercrime", "It is ETS No. 185."),
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    index = create_index(tmp_path_factory.mktemp("expansion") / "index")
    index.apply(RECORDS, (), ())
    yield lambda text: index.search(SearchQuery(text), CancelToken())
    index.close()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("who ratified the Malabo Convention?", "instrument:malabo"),
        ("who ratified the AU convention", "instrument:malabo"),
        ("when was the london conference", "event:london"),
        ("1 November 2011", "event:london"),
        ("2 November 2011", "event:london"),
        ("November 1, 2011", "event:london"),
        ("2011-11-01", "event:london"),
        ("5 November 2011", "event:other"),
        ("27 June 2014", "instrument:malabo"),
        ("June 2014", "instrument:malabo"),
        ("self-defense ", "norm:defence"),
        ("program organizations ", "norm:defence"),
        ("A/RES/70/237", "instrument:resolution"),
        ("PC.DEC/1202", "instrument:decision"),
        ("CETS 185 ", "instrument:treaty"),
        ("CETS No. 185 ", "instrument:treaty"),
    ],
)
def test_the_record_that_answers_comes_first(ask, text, first):
    assert keys(ask(text))[:1] == [first]


def test_compounds_meet_written_apart_or_as_one(ask):
    assert set(keys(ask("cyberattack "))) == {"event:other", "event:london"}
    assert set(keys(ask("cyber attack "))) == {"event:other", "event:london"}
    assert keys(ask("cyberattack "))[0] == "event:other"


def test_what_has_most_of_the_words_follows_what_has_all(ask):
    answer = ask("conference november zebra ")
    assert keys(answer)[0] == "event:london"
    assert "most of it" in (answer.hint or "")
    assert keys(ask("conference AND november AND zebra ")) == []


def test_a_misspelt_query_is_answered_as_it_was_meant(ask):
    answer = ask("malabo convetnion ")
    assert answer.suggestion == "malabo convention "
    assert keys(answer)[0] == "instrument:malabo"
    assert "“convetnion”" in (answer.hint or "")


def test_words_that_are_known_get_no_suggestion(ask):
    assert ask("ratified convention ").suggestion is None


@pytest.mark.parametrize("word", ["who", "how", "when and where"])
def test_a_word_that_only_asks_can_be_looked_for_itself(ask, word):
    assert ask(word).total >= 0


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("who ratified it", True),
        ("which states voted against 74/247", True),
        ("does international law apply", True),
        ("sovereignty?", True),
        ("who", False),
        ("code of conduct", False),
        ("is binding", False),
    ],
)
def test_questions_are_told_from_other_queries(text, asked):
    assert is_question(text.rstrip("?").split(), text) == asked


def test_verbs_name_ties():
    assert "ratifications" in words_of_tie("ratified")
    assert "chair" in words_of_tie("chaired")
    assert words_of_tie("infrastructure") == ()


@pytest.mark.parametrize("words", [("32", "november", "2011"), ("may", "2"), ("a", "b", "2011")])
def test_what_is_no_date_is_no_date(words):
    assert date_at(words) is None


def test_symbols_are_also_cited_for_short():
    assert symbol(("a", "res", "70", "237")) == Best(
        ((Phrase(("a", "res", "70", "237")), 1.0), (Phrase(("70", "237")), 0.8))
    )
    assert symbol(("13", "f")) == Phrase(("13", "f"))
    assert series_at(("ets", "alone")) is None
    assert series_at(("convention",)) is None
    assert Word("x") != Phrase(("x",))
