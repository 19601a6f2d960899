"""What a user finds, and in which order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.domain.keys import Kind
from core.domain.search import IndexedPassage, IndexedRecord, SearchQuery
from core.errors import CancelledError
from core.search.whoosh_index import create_index
from core.tasks import CancelToken, no_progress

from .conftest import RECORDS, a_note, a_record, keys

TEXTS = {(r.key, p.n): p.text for r in RECORDS for p in r.passages}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("cafe", "participant:japan"),
        ("CAFÉ", "participant:japan"),
        ("strasse", "participant:japan"),
        ("final ", "participant:japan"),
        ("A/70/174", "norm:critical"),
        ("a/70/17", "norm:critical"),
        ("13(f)", "norm:critical"),
        ("13f", "norm:critical"),
        ("PC.DEC/1202", "norm:critical"),
        ("🔒", "document:memo"),
        ("السيبراني", "document:memo"),
        ("الامن", "document:memo"),
        ("空間", "participant:japan"),
        ("日本", "participant:japan"),
        ("اليابان", "participant:japan"),
        ("ETS No. 185", "instrument:budapest-convention"),
        ("hospital", "norm:critical"),
    ],
)
def test_found_as_typed(ask, text, key):
    assert keys(ask(text))[:1] == [key]


def test_the_record_whose_title_was_typed_comes_before_those_that_speak_of_it(ask):
    assert keys(ask("budapest convention")) == [
        "instrument:budapest-convention",
        "event:conference",
    ]


def test_so_does_one_whose_other_name_was_typed(ask):
    assert keys(ask("Convention on Cybercrime"))[0] == "instrument:budapest-convention"


def test_a_title_helps_to_find_a_passage_that_does_not_repeat_it(ask):
    hit = ask("budapest convention article 35").hits[0]
    assert (hit.record, hit.passage) == ("instrument:budapest-convention", 2)


def test_a_title_that_answers_alone_shows_the_first_paragraph(ask):
    hit = ask("title:seoul").hits[0]
    assert (hit.passage, hit.more) == (1, 0)


def test_stems_are_found_below_exact_forms(index):
    index.apply(
        (
            a_record("norm:exact", "One", "They attribute it to a group here."),
            a_record("norm:stem", "Two", "They attributed it to a group here."),
        ),
        ("event:conference",),
        (),
    )
    for word, first in (("attribute ", "norm:exact"), ("attributed ", "norm:stem")):
        found = keys(index.search(SearchQuery(word), CancelToken()))
        assert found[0] == first
        assert len(found) == 2


def test_phrases_stand_together_in_their_very_form(ask):
    assert keys(ask('"point of contact"')) == ["instrument:budapest-convention"]
    assert keys(ask('"contact of point"')) == []
    assert keys(ask('"points of contact"')) == []


def test_boolean_operators(ask):
    assert keys(ask("attribution AND seoul")) == ["event:conference"]
    assert set(keys(ask("hotlines OR delegates "))) == {"document:memo", "event:conference"}
    assert keys(ask("(cybercrime OR delegates) NOT seoul ")) == ["instrument:budapest-convention"]


def test_words_in_different_passages_are_found_when_no_passage_has_them_all(ask):
    answer = ask("treaty contact ")
    assert keys(answer) == ["instrument:budapest-convention"]
    assert "several places" in (answer.hint or "")


def test_function_words_need_not_be_there(ask):
    assert keys(ask("treaty of the cybercrime "))[0] == "instrument:budapest-convention"


def test_the_last_word_is_taken_as_begun_while_typing(ask):
    assert keys(ask("infrastr")) == ["norm:critical"]
    assert keys(ask("infrastr ")) == []
    assert keys(ask("infrastr* damages ")) == ["norm:critical"]
    assert keys(ask("point of con")) == ["instrument:budapest-convention"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind:norm", {"norm:critical"}),
        ("kind:norm,document", {"norm:critical", "document:memo"}),
        ("year:2013", {"event:conference"}),
        ("year:2003..2013", {"event:conference", "instrument:budapest-convention"}),
        ("year:..2003", {"instrument:budapest-convention"}),
        ("tag:CBM", {"document:memo"}),
        ("tag:health", {"norm:critical"}),
        ('theme:"critical infrastructure"', {"norm:critical"}),
        ("participant:japan", {"norm:critical", "participant:japan"}),
        ("in:documents", {"document:memo"}),
        ("in:notes wording", {"norm:critical"}),
        ("is:annotated", {"norm:critical", "document:memo"}),
        ("title:budapest", {"instrument:budapest-convention"}),
        ("kind:event cybercrime ", {"event:conference"}),
    ],
)
def test_fields(ask, text, found):
    assert set(keys(ask(text))) == found


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"kinds": frozenset({Kind.EVENT})}, {"event:conference"}),
        ({"year_from": 2002, "year_to": 2005}, {"instrument:budapest-convention"}),
        ({"themes": ("Cybercrime",)}, {"instrument:budapest-convention"}),
        ({"within": frozenset({"documents"})}, set()),
    ],
)
def test_filters_narrow(ask, filters, found):
    assert set(keys(ask("cybercrime ", **filters))) == found


def test_facets_count_records_as_if_no_kind_were_chosen(ask):
    answer = ask("cybercrime ", kinds=frozenset({Kind.EVENT}), facets=True)
    assert answer.total == 1
    assert answer.facets["kind"] == {"instrument": 1, "event": 1}
    assert answer.facets["year"] == {"2013": 1}


def test_a_note_is_a_hit_with_its_place(ask):
    hit = ask("hospital").hits[0]
    assert (hit.annotation, hit.passage, hit.start, hit.end) == ("n1", None, 3, 9)


def test_hits_are_one_a_record_and_count_the_rest(ask):
    answer = ask("budapest convention", limit=1)
    assert len(answer.hits) == 1
    assert answer.total == 2
    assert keys(ask("budapest convention", limit=1, offset=1)) == ["event:conference"]
    assert ask("cybercrime OR contact ").hits[0].more == 1


def test_the_marker_marks_what_was_found(ask):
    answer = ask("hotlines bold")
    hit = answer.hits[0]
    snippet = answer.marker.snippet(TEXTS[hit.record, hit.passage])
    assert "&lt;b&gt;<mark>bold</mark>&lt;/b&gt; &amp; brave" in snippet
    assert {"hotlines", "bold"} <= set(answer.terms)


def test_what_is_excluded_is_not_marked(ask):
    assert "seoul" not in ask("cybercrime NOT seoul ").terms


def test_a_misspelt_word_gets_a_suggestion_that_finds_something(ask):
    answer = ask("critcal infrastructure ")
    assert answer.suggestion == "critical infrastructure "
    assert ask(answer.suggestion).total == 1


def test_words_run_together_are_parted(ask):
    assert ask("budapestconvention ").suggestion == "budapest convention "


def test_nothing_found_is_explained(ask):
    assert ask("zzzzqqqq ").hint
    assert ask("").hint


def test_a_cancelled_search_stops(shared_index):
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        shared_index.search(SearchQuery("cybercrime"), token)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.booleans())
def test_no_text_makes_a_search_raise(shared_index, text, typed):
    answer = shared_index.search(SearchQuery(text + (" " if typed else "")), CancelToken())
    assert answer.total >= len(answer.hits)


def test_prose_comes_before_names_of_other_records_and_rows_of_tables(tmp_path):
    def passages(*texts_and_labels):
        return tuple(
            IndexedPassage(n, 100 * n, 100 * n + len(text), text, label=label)
            for n, (text, label) in enumerate(texts_and_labels)
        )

    def record(key, *texts_and_labels):
        found = passages(*texts_and_labels)
        return IndexedRecord(key, Kind.NORM, key, (), None, None, (), (), (), found)

    index = create_index(tmp_path / "index")
    index.apply(
        (
            record("norm:tie", ("Submarine cables", None)),
            record("norm:row", ("Submarine cables\t1998", "Row 1")),
            record(
                "norm:prose",
                ("Submarine cables", None),
                ("States should protect submarine cables that land on their coasts.", "Statement"),
            ),
        ),
        (),
        (),
    )
    hit = index.search(SearchQuery("submarine cables"), CancelToken()).hits[0]
    assert (hit.record, hit.passage) == ("norm:prose", 1)


def test_a_page_about_a_thing_comes_below_the_thing_of_that_name(tmp_path):
    index = create_index(tmp_path / "index")
    index.apply(
        (
            a_record("source:talks", "Hague talks", "The Hague talks, the Hague talks."),
            a_record("event:talks", "Hague talks", "They met."),
            a_record("event:other", "Other", "Delegates gathered.", year=2011),
        ),
        (),
        (),
    )
    assert keys(index.search(SearchQuery("hague talks"), CancelToken())) == [
        "event:talks",
        "source:talks",
    ]
    assert keys(index.search(SearchQuery("other 2011"), CancelToken())) == ["event:other"]


def test_one_slip_is_forgiven_in_a_short_word_and_two_in_a_long_one(ask):
    assert ask("treety ").suggestion == "treaty "
    assert ask("traezy ").suggestion is None
    assert ask("infrastructrues ").suggestion == "infrastructure "


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"contact clock"~6', {"instrument:budapest-convention"}),
        ('"clock contact"~6', {"instrument:budapest-convention"}),
        ('"contact clock"~1', set()),
        ("-seoul budapest", {"instrument:budapest-convention"}),
        ('cybercrime -"conference"', {"instrument:budapest-convention"}),
        ("inf*cture", {"norm:critical"}),
        ("delegat?s", {"event:conference"}),
        ("*structure", {"norm:critical"}),
        ("c?b*crime", {"event:conference", "instrument:budapest-convention"}),
        ("delegtes~", {"event:conference"}),
        ("delgtes~2", {"event:conference"}),
        ("note:hospital", {"norm:critical"}),
        ("note:budapest", set()),
        ("title:(budapest OR seoul)", {"instrument:budapest-convention", "event:conference"}),
        ("kind:n", {"norm:critical"}),
        ('theme:"critical', {"norm:critical"}),
        ("participant:日本", {"norm:critical", "participant:japan"}),
        ("year:201", {"event:conference", "norm:critical"}),
        ("網絡空間", {"participant:japan"}),
        ("网络空间", {"participant:japan"}),  # the text has the traditional characters
        ("支持", {"participant:japan"}),
        ("規", {"participant:japan"}),
    ],
)
def test_the_rest_of_the_language(ask, text, found):
    assert set(keys(ask(text))) == found


_pieces = st.sampled_from(
    [
        *("cyber", "crim?", "*", "?", "~", "~2", "kind:", "note:", "title:", "year:", "party:"),
        *("tag:", '"', "(", ")", "-", " ", " ", "OR ", "NOT ", "AND ", "13(f)", "A/70/174"),
        *("1 May 2011", "日本", "who ", "\x00", "🔒", "ا", "..", "2011", ","),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.lists(_pieces, max_size=12).map("".join))
def test_no_pieces_of_the_language_make_a_search_raise(shared_index, text):
    query = SearchQuery(text, facets=True)
    answer = shared_index.search(query, CancelToken())
    assert answer.hits or answer.hint
    if not answer.hits:
        assert shared_index.why_nothing(query, CancelToken()).hint


def test_a_misspelt_query_is_respelt_where_only_that_is_answered_in_full(tmp_path):
    index = create_index(tmp_path / "index")
    full = [a_record(f"norm:n{n}", f"Rule {n}", "Attribution of attacks.") for n in range(2)]
    half = [a_record(f"event:e{n}", f"Talk {n}", "On attacks and on harm.") for n in range(3)]
    index.apply((*full, *half), (), ())
    answer = index.search(SearchQuery("attribtion attacks "), CancelToken())
    assert set(keys(answer)[:2]) == {"norm:n0", "norm:n1"}
    assert "attribtion" in (answer.hint or "")
    index.close()


def test_a_record_is_found_by_its_note_alone_wherever_it_stands(tmp_path):
    index = create_index(tmp_path)
    many = [a_record(f"norm:n{n}", f"Norm {n}", "Something is said.") for n in range(60)]
    index.rebuild([*many, a_note("x", "norm:n57", "A zyxomat of its own.")], no_progress, 61)
    answer = index.search(SearchQuery("in:reference zyxomat"), CancelToken())
    assert [hit.record for hit in answer.hits] == ["norm:n57"]
    index.close()
