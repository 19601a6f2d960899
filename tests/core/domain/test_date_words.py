"""Dates in words read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.date_words import Period, read_period
from core.domain.dates import in_words, parse
from core.errors import UserError

points = st.builds(
    lambda year, month, day, mark: (
        "-".join(
            [f"{year:04}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if day else [])]
        )
        + mark
    ),
    st.integers(1000, 2100),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from(["", "?", "~", "%"]),
)
dates = st.one_of(
    points,
    st.builds(lambda point: point[:4] + point.lstrip("0123456789-"), points),
    st.builds(lambda point: point[:7] + point.lstrip("0123456789-"), points),
)


@given(dates)
def test_a_date_in_words_reads_back(date: str) -> None:
    """A point keeps its precision and its mark."""
    assert read_period(in_words(date)) == Period(date)
    assert read_period(f"since {in_words(date)}") == Period(date)
    assert read_period(f"until {in_words(date)}") == Period(None, date)
    assert read_period(in_words(f"{date}/..")) == Period(date)


@given(dates, dates)
def test_an_interval_in_words_reads_back(first: str, last: str) -> None:
    """Both ends stand where they stood; a mark of either is taken for both."""
    try:
        parse(f"{first}/{last}")
    except UserError:
        return
    if first == last:
        return
    period = read_period(in_words(f"{first}/{last}"))
    assert period is not None
    assert period.began is not None
    assert period.ended is not None
    assert period.began.rstrip("?~%") == first.rstrip("?~%")
    assert period.ended.rstrip("?~%") == last.rstrip("?~%")
    for mark in first.lstrip("0123456789-") + last.lstrip("0123456789-"):
        assert period.began[-1] in {mark, "%"}


@given(st.text(max_size=200))
def test_no_words_are_too_odd(words: str) -> None:
    """Whatever stands in a cell is read or left."""
    read_period(words)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("1–2 November 2011", Period("2011-11-01", "2011-11-02")),
        ("August 2012 – June 2013", Period("2012-08", "2013-06")),
        ("July–December 2012", Period("2012-07", "2012-12")),
        ("by 2019", Period("../2019")),
        ("2017 to May 2019", Period("2017", "2019-05")),
        ("31 February 2012", None),
        ("12–2015", None),
        ("193 member states", None),
        ("2019, 2020", None),
        ("", None),
    ],
)
def test_words_of_the_pages(words: str, period: Period | None) -> None:
    """What stands in the tables, and what is no date."""
    assert read_period(words) == period
