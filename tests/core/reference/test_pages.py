"""Pages: what each part of a record becomes, on a pack small enough to see whole."""

import pytest

from core.domain.citing import Statement, find_statement
from core.domain.text import PassageKind, SpanKind
from core.errors import UserError
from core.reference.compilation import compile_pack
from core.reference.writing import Cited, Link, TextWriter


@pytest.fixture
def small(make_pack):
    return {record.entry.key: record for record in compile_pack(make_pack()).records}


def _cites(record):
    content = record.text.content
    return {
        content[s.start : s.end]: (s.target, s.verified)
        for s in record.text.spans
        if s.kind is SpanKind.CITE
    }


def test_the_page_of_a_norm(small):
    record = small["norm:calm"]
    assert record.text.content.split("\n") == [
        "Keep calm",
        "States should keep calm.",
        "States keep calm.",
        "Caveat: Not all do.",
        "Facts",
        "Said twice. (2015)",
        "Said in 2016.",
        "Where it is stated",
        "The oldest text known to state it is the Calm Treaty (2015) (para. 1).",
        "Who supports and who contests it",
        "It is supported by Östland (by February 2019).",
        "Details",
        "Category\tresponsible state behaviour",
        "First stated\t2015",
        "Sources",
        "A page. A house, January 2016. https://example.org/page",
    ]
    labels = [p.label for p in record.text.passages]
    assert labels[1:4] == ["Statement", "Summary", "Caveat"]
    assert labels[5:7] == ["Fact 1", "Fact 2"]
    assert record.text.passages[1].kind is PassageKind.QUOTATION


def test_statements_carry_their_source_and_whether_it_was_verified(small):
    cites = _cites(small["norm:calm"])
    assert cites["States should keep calm."] == ("source:page", True)
    assert cites["Said twice."] == ("source:page", True)
    assert cites["Said in 2016."] == (None, False)


def test_the_page_of_a_text_with_a_table(small):
    record = small["instrument:treaty"]
    assert record.text.content.split("\n") == [
        "Calm Treaty (2015)",
        "A treaty.",
        "What it states",
        "It states “Keep calm” (first stated, para. 1).",
        "Figures",
        "Figure\tAs of\tCaveat",
        "1,200 parties\tabout 2016\tone count",
        "Parties to the treaty",
        "Caveat: One of two lists.",
        "As of 31 December 2016. The list is incomplete. Totals: 1 party, 3 absent.",
        "Participant\tStatus\tRatification\tCaveat",
        "Östland\tparty\t2 January 2016 (uncertain)\tTold by one page.",
        "Club\tobserver\t\tOnce only.",
        "Details",
        "Type\ttreaty",
        "Date\t1 March 2015 (uncertain)",
        "Address\thttps://example.org/treaty",
        "Sources",
        "A page. A house, January 2016. https://example.org/page",
        "See also",
        "Another page. A house. https://example.org/other (not consulted)",
    ]
    assert _cites(record)["Club\tobserver\t\tOnce only."] == ("source:page", False)


def test_aliases_lead_to_the_record_they_stood_for(small):
    (tie,) = [r for r in small["participant:ostland"].relations if r.predicate == "party-to"]
    assert tie.object == "instrument:treaty"
    assert small["instrument:treaty"].aliases == ("instrument:old-treaty",)


def test_the_ties_of_a_state_say_when_and_what_is_doubtful(small):
    lines = small["participant:ostland"].text.content.split("\n")
    at = lines.index(
        "Östland ratified the Calm Treaty (2015) and has been a party since 2 January 2016 "
        "(uncertain)."
    )
    assert lines[at + 1] == "Caveat (Calm Treaty (2015)): Told by one page."
    assert "Östland was a member of the Calm talks (2014–2016)." in lines


def test_a_source_says_what_rests_on_it_and_whether_it_was_consulted(small):
    page = small["source:page"].text.content
    assert "\nConsulted\tyes\n" in page
    assert "\nSix statements on two records rest on it, five of them verified.\n" in page
    assert "\nKeep calm: summary; fact 1; stated in Calm Treaty (2015)\n" in page
    rows = "two rows of “Parties to the treaty” (one not verified)"
    assert f"\nCalm Treaty (2015): figure 1; {rows}" in page
    unseen = small["source:unseen"].text.content
    assert "\nNo statement of the pack rests on it.\n" in unseen
    assert unseen.endswith("\nSuggested as further reading by\nCalm Treaty (2015)")


def test_entries_carry_what_lists_show(small):
    entry = small["initiative:talks"].entry
    assert (entry.type, entry.year, entry.year_to) == ("conference", 2014, None)
    assert small["norm:calm"].entry.type == "responsible state behaviour"
    assert small["participant:club"].entry.year == 2001
    assert small["event:opening"].entry.date == "2014-04-30/2014-05-02"


def test_progress_ends_complete(make_pack):
    seen = []
    compile_pack(make_pack(), lambda done, total, what: seen.append((done, total, what)))
    assert seen[-1][0] == seen[-1][1]
    assert all(done <= total and what for done, total, what in seen)


def test_offsets_hold_with_emoji_accents_and_breaks_in_the_words():
    writer = TextWriter()
    writer.heading("e\u0301 🙂\u2028z", level=1)
    writer.item("a\n", Cited(("🙂 ", Link("cafe\u0301", "norm:x")), None, False), label="Fact 1")
    text = writer.finish()
    assert text.content == "é 🙂 z\na 🙂 café"
    assert [text.content[s.start : s.end] for s in text.spans] == ["café", "🙂 café"]


def test_a_mark_that_would_join_the_words_before_it_is_refused():
    writer = TextWriter()
    writer.item("e", Link("\u0301x", "norm:x"))
    with pytest.raises(UserError, match="combining mark"):
        writer.finish()


def test_a_statement_that_begins_the_summary_is_said_once(pages):
    record = pages["norm:gge-13f-no-ci-damage"]
    statement = record.attributes["statement"]
    assert record.text.content.count(statement) == 1
    assert record.entry.summary in record.text.content


def test_what_rests_on_a_source_links_to_the_very_statement(small):
    page = small["source:page"].text
    links = [s for s in page.spans if s.kind is SpanKind.LINK and s.locator]
    told = {}
    for link in links:
        text = small[link.target].text
        start, end = find_statement(text, Statement("source:page", link.locator))
        words = page.content[link.start : link.end]
        told[link.target, words] = text.content[start:end]
    assert told["norm:calm", "fact 1"].startswith(small["norm:calm"].facts[0].text)
    assert "Calm Treaty" in told["norm:calm", "stated in"]
    assert told["instrument:treaty", "two rows"].startswith("Östland")
    assert told["instrument:treaty", "figure 1"].startswith("1,200 parties")


def test_a_statement_that_is_gone_is_looked_for_where_the_source_still_bears_something(small):
    text = small["norm:calm"].text
    first = find_statement(text, Statement("source:page", "Fact 99"))
    assert first == find_statement(text, Statement("source:page", "Summary"))
    assert find_statement(text, Statement("source:nobody", "Fact 1")) is None
