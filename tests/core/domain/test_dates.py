"""Dates: read as the EDTF library reads them, and said in words."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from core.domain.dates import in_words, parse, sort_key, years
from core.errors import UserError


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2011-11-01/2011-11-02", "1–2 November 2011"),
        ("2011-11", "November 2011"),
        ("2015/..", "from 2015 on"),
        ("../2019-02", "by February 2019"),
        ("2011-02-04?", "4 February 2011 (uncertain)"),
        ("2013~", "about 2013"),
        ("2013%", "about 2013 (uncertain)"),
        ("2011/2015", "2011–2015"),
        ("2012-03/2012-05", "March–May 2012"),
        ("2012-04-30/2012-05-02", "30 April – 2 May 2012"),
        ("2011-12-30/2012-01-02", "30 December 2011 – 2 January 2012"),
        ("2014-07/2015-06", "July 2014 – June 2015"),
        ("2016/2017-06", "2016 – June 2017"),
        ("2011?/2013?", "2011–2013 (uncertain)"),
        ("2011?/2013", "2011 (uncertain) – 2013"),
        ("2011/2011", "2011"),
        ("2015?/..", "from 2015 (uncertain) on"),
    ],
)
def test_dates_read_as_a_person_writes_them(edtf, words):
    assert in_words(edtf) == words


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "..",
        "../..",
        "2011-13",
        "2011-02-30",
        "11-2011",
        "2011/2010",
        "2011-1",
        "soon",
        "0000",
        "2011\n",
        "２０１１",
        "2011??",
        "2011//2012",
        "2011/2012/2013",
    ],
)
def test_what_is_not_a_date_is_refused_with_a_sentence(bad):
    with pytest.raises(UserError, match="“"):
        parse(bad)


def test_years_of_open_and_closed_dates():
    assert years("2011-11-01/2012-01-02") == (2011, 2012)
    assert years("2015/..") == (2015, None)
    assert years("../2019") == (None, 2019)
    assert years("2013~") == (2013, 2013)


def test_dates_sort_by_where_they_start_and_undated_come_last():
    dates = [None, "2012", "../2011-06", "2011-11-02", "2011", "2011-11/.."]
    assert sorted(dates, key=sort_key) == [
        "2011",
        "../2011-06",
        "2011-11/..",
        "2011-11-02",
        "2012",
        None,
    ]


_days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
_points = st.builds(
    lambda day, form, mark: day.strftime(form) + mark,
    _days,
    st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]),
    st.sampled_from(["", "?", "~", "%"]),
)


@given(_points)
def test_points_agree_with_the_edtf_library(edtf):
    theirs = parse_edtf(edtf)
    assert years(edtf) == (theirs.lower_strict().tm_year, theirs.upper_strict().tm_year)
    point = parse(edtf).start
    assert point.uncertain == ("?" in edtf or "%" in edtf)
    assert str(point.year) in in_words(edtf)


@given(_points, _points)
def test_intervals_agree_with_the_edtf_library(first, last):
    interval = f"{first}/{last}"
    try:
        got = years(interval)
    except UserError:
        assert last < first
        return
    theirs = parse_edtf(interval)
    assert got == (theirs.lower.lower_strict().tm_year, theirs.upper.upper_strict().tm_year)


@given(st.text(alphabet="0123456789-/.?~%", max_size=24))
def test_whatever_is_read_the_edtf_library_reads_too(text):
    try:
        parse(text)
    except UserError:
        return
    parse_edtf(text)
