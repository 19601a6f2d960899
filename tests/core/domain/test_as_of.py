"""What was so on a day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.as_of import (
    AsOf,
    Standing,
    foremost,
    of_entry,
    of_fact,
    of_row,
    of_tie,
    read_as_of,
    standing,
)
from core.domain.keys import Kind
from core.domain.records import RecordEntry
from core.domain.relations import Fact, Relation, Tie
from core.errors import UserError
from tests.core.domain.test_date_words import dates

ORDER = [
    Standing.LATER,
    Standing.PERHAPS,
    Standing.SO,
    Standing.PERHAPS_OVER,
    Standing.OVER,
]
days = st.dates(min_value=date(1001, 1, 1)).map(lambda day: AsOf(day.isoformat()))
maybe = st.one_of(st.none(), dates)


@given(maybe, maybe, days, days, st.booleans())
def test_time_only_goes_on(
    began: str | None, ended: str | None, one: AsOf, other: AsOf, lasting: bool
) -> None:
    """A later day never finds something less begun, or less over, than an earlier one."""
    first, second = sorted((one, other), key=lambda as_of: as_of.day)
    before = standing(began, ended, first, lasting=lasting)
    after = standing(began, ended, second, lasting=lasting)
    if began is None and ended is None:
        assert before is after is Standing.UNDATED
    else:
        assert ORDER.index(before) <= ORDER.index(after)


@given(dates, days)
def test_doubt_hides_nothing_that_is_certain_to_be_so(began: str, as_of: AsOf) -> None:
    """A marked date is later, or so, only where the same date without its mark is."""
    exact = standing(began.rstrip("?~%"), None, as_of)
    marked = standing(began, None, as_of)
    assert marked in (exact, Standing.PERHAPS)


@given(dates, days)
def test_a_happening_is_never_over(dated: str, as_of: AsOf) -> None:
    """What happened stays so."""
    found = standing(dated, dated, as_of, lasting=False)
    assert found in (Standing.LATER, Standing.PERHAPS, Standing.SO)


@given(st.lists(st.sampled_from(Standing)))
def test_several_statements_are_shown_if_any_is(found: list[Standing]) -> None:
    """A row is hidden only if all it says is."""
    assert foremost(found).shown == (not found or any(one.shown for one in found))


@pytest.mark.parametrize(
    ("typed", "edtf", "words"),
    [
        ("2015", "2015", "2015"),
        (" 2015-07 ", "2015-07", "July 2015"),
        ("july 2015", "2015-07", "July 2015"),
        ("22 July 2015", "2015-07-22", "22 July 2015"),
    ],
)
def test_a_date_is_typed_as_one_writes_it(typed: str, edtf: str, words: str) -> None:
    """EDTF or words."""
    as_of = read_as_of(typed)
    assert as_of == AsOf(edtf)
    assert AsOf(edtf).words == words


def test_a_year_means_its_end() -> None:
    """What happened on the last day of the year is in it."""
    assert standing("2015-12-31", None, AsOf("2015")) is Standing.SO
    assert standing("2015-12-31", None, AsOf("2015-12-30")) is Standing.LATER
    assert standing("2015", None, AsOf("2015-06")) is Standing.PERHAPS
    assert standing("2014", "2015-12-31", AsOf("2015")) is Standing.SO


@pytest.mark.parametrize("typed", ["2015/2016", "2015?", "..", "yesterday", "2015-13", "20155"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    """The sentence says what to write."""
    with pytest.raises(UserError, match="write a year"):
        read_as_of(typed)


@pytest.mark.parametrize("typed", ["", "  ", "today", "Today"])
def test_today_is_no_limit(typed: str) -> None:
    """Nothing typed shows everything."""
    assert read_as_of(typed) is None


def _entry(kind: Kind, dated: str | None, type_: str | None = None) -> RecordEntry:
    return RecordEntry(f"{kind.value}:a", kind, "A", "", dated, type=type_)


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (_entry(Kind.EVENT, "2011-11-01/2011-11-02"), Standing.SO),
        (_entry(Kind.EVENT, "2016-01"), Standing.LATER),
        (_entry(Kind.INSTRUMENT, "2015-07-22"), Standing.SO),
        (_entry(Kind.INSTRUMENT, "2016-07-22"), Standing.LATER),
        (_entry(Kind.INITIATIVE, "2004/2005"), Standing.OVER),
        (_entry(Kind.INITIATIVE, "2014/.."), Standing.SO),
        (_entry(Kind.PARTICIPANT, "2002", "state"), Standing.UNDATED),
        (_entry(Kind.PARTICIPANT, "2018", "state"), Standing.UNDATED),
        (_entry(Kind.PARTICIPANT, "2018", "organisation"), Standing.LATER),
        (_entry(Kind.PARTICIPANT, None, "person"), Standing.UNDATED),
        (_entry(Kind.SOURCE, "2015?"), Standing.PERHAPS),
    ],
)
def test_existing_depends_on_the_kind(entry: RecordEntry, found: Standing) -> None:
    """As the module's docstring says, by the end of 2015."""
    assert of_entry(entry, AsOf("2015")) is found


def _tie(predicate: str, dated: str | None = None, **more: str) -> Tie:
    relation = Relation("participant:a", predicate, "initiative:b", **more)
    return Tie(relation, predicate, "initiative:b", "B", True, date=dated)


@pytest.mark.parametrize(
    ("tie", "found"),
    [
        (_tie("party-to", since="2014-01-01"), Standing.SO),
        (_tie("party-to", since="2016-01-01"), Standing.LATER),
        (_tie("party-to", since="2001", until="2014"), Standing.OVER),
        (_tie("voted", since="2001", until="2001"), Standing.SO),
        (_tie("member-of", "2012/2013"), Standing.OVER),
        (_tie("member-of", "2019/2021"), Standing.LATER),
        (_tie("member-of", "2001/.."), Standing.UNDATED),
        (_tie("participant-in", "2011-11-01/2011-11-02"), Standing.SO),
        (_tie("participant-in", "2001/.."), Standing.UNDATED),
        (_tie("supports"), Standing.UNDATED),
    ],
)
def test_a_tie_without_a_date_leans_on_its_ends(tie: Tie, found: Standing) -> None:
    """By the end of 2015, from a state's page."""
    assert of_tie(tie, _entry(Kind.PARTICIPANT, "1945", "state"), AsOf("2015")) is found


def test_the_page_of_what_is_later_has_later_ties() -> None:
    """A tie can't be older than the record whose page it is on."""
    record = _entry(Kind.INITIATIVE, "2019-05-06")
    assert of_tie(_tie("part-of"), record, AsOf("2015")) is Standing.LATER
    assert of_tie(_tie("part-of"), replace(record, date="2011"), AsOf("2015")) is Standing.UNDATED


def test_rows_go_by_their_dates_then_by_their_ties() -> None:
    """Signed by then is enough for a row; without a date the tie decides."""
    as_of, columns = AsOf("2003"), ("Participant", "Signature", "Ratification")
    albania, chile = ("Albania", "23 November 2001", "20 June 2002"), ("Chile", "", "20 April 2017")
    assert of_row(columns, albania, [], as_of) is Standing.SO
    assert of_row(columns, chile, [Standing.SO], as_of) is Standing.LATER
    assert of_row(("Participant", "Vote"), ("Chile", "yes"), [Standing.LATER], as_of) is (
        Standing.LATER
    )
    assert of_row(("Participant", "Vote"), ("Chile", "yes"), [], as_of) is Standing.UNDATED


def test_only_a_lasting_tie_ends_a_row() -> None:
    """A conference of two days has been held; a seat of two years is over."""
    as_of = AsOf("2015")
    event, seat = ("1–2 November 2011", "London"), ("2004–2005", "First GGE")
    assert of_row(("When", "Event"), event, [Standing.SO], as_of) is Standing.SO
    assert of_row(("When", "As"), seat, [Standing.OVER], as_of) is Standing.OVER
    assert of_row(("When", "As"), seat, [], as_of) is Standing.OVER
    assert of_row(("Date", "As"), seat, [], as_of) is Standing.SO


def test_facts_go_by_their_year() -> None:
    """A fact without one is kept."""
    assert of_fact(Fact("A", 2016, None, False), AsOf("2015")) is Standing.LATER
    assert of_fact(Fact("A", None, None, False), AsOf("2015")) is Standing.UNDATED


@given(dates)
def test_every_date_can_be_looked_at_from_its_own_day(dated: str) -> None:
    """As of the very date, it is so, or perhaps."""
    as_of = read_as_of(dated.rstrip("?~%"))
    assert as_of is not None
    assert standing(dated, None, as_of) in (Standing.SO, Standing.PERHAPS)
