"""Symbols, dates and languages as files write them."""

import pytest

from core.importing.metadata import as_edtf, as_language, described
from core.importing.symbols import own_symbol


@pytest.mark.parametrize(
    ("lines", "symbol"),
    [
        (["United Nations A/70/174", "General Assembly"], "A/70/174"),
        (["A/RES/73/27", "Resolution adopted"], "A/RES/73/27"),
        (["S/RES/1454 (2002)"], "S/RES/1454 (2002)"),
        (["The Security Council,", "Resolution 242 (1967)"], "S/RES/242 (1967)"),
        (["MC.DEC/5/16", "9 December 2016"], "MC.DEC/5/16"),
        (["PC.DEC/1202"], "PC.DEC/1202"),
        (["European Treaty Series - No. 185"], "CETS 185"),
        (["Council of Europe Treaty Series No. 224"], "CETS 224"),
        (["ETS 189 – Cybercrime"], "CETS 189"),
        (["JOIN(2020) 18 final"], "JOIN(2020) 18 final"),
        (["DIRECTIVE (EU) 2022/2555 OF THE PARLIAMENT"], "(EU) 2022/2555"),
        (["As recalled in A/70/174"], None),
        (["x" * 130 + " A/70/174"], None),
        (["and/or", "I/O", "24/7 network"], None),
    ],
)
def test_a_document_s_own_symbol(lines, symbol):
    assert own_symbol(None, lines) == symbol


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2015-07-22T10:00:00Z", "2015-07-22"),
        ("2015/7/2", "2015-07-02"),
        ("22 July 2015", "2015-07-22"),
        ("July 22, 2015", "2015-07-22"),
        ("2nd Dec 2016", "2016-12-02"),
        ("1949", "1949"),
        ("2015-13-40", None),
        ("yesterday", None),
    ],
)
def test_dates(written, edtf):
    assert as_edtf(written) == edtf


def test_languages():
    assert [as_language(tag) for tag in ("en_us", "zh-hans", "EN", "English", "")] == [
        "en-US",
        "zh-Hans",
        "en",
        None,
        None,
    ]


def test_names_that_say_nothing_are_left_out():
    metadata = described(
        {"title": ("Microsoft Word - draft.doc", "On norms"), "author": ("user; A. B.",)}
    )
    assert metadata.title == "On norms"
    assert metadata.authors == ("A. B.",)
