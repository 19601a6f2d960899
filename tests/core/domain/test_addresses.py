"""Addresses of passages: written, read, and found again where the text has changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.addresses import PassageAddress, address_of, place_of, read_address
from core.errors import UserError

TEXT = "States should not harm. Nor should they allow harm from their territory."


@given(st.text(), st.text(), st.text(min_size=1).filter(lambda t: t == t.strip()))
def test_what_still_says_the_same_is_found(before: str, after: str, words: str) -> None:
    address = address_of("norm:calm", 3, 3 + len(words), words)
    content = before + words + after
    place = place_of(address, content)
    assert place is not None
    assert content[slice(*place)] == words
    assert read_address(str(address)) == address


def test_the_nearest_of_equal_places_is_taken() -> None:
    second = TEXT.rindex("harm")
    for start in (TEXT.index("harm"), second):
        assert place_of(address_of("norm:calm", start, start + 4, "harm"), TEXT) == (
            start,
            start + 4,
        )
    moved = "Well: " + TEXT
    assert place_of(address_of("norm:calm", second, second + 4, "harm"), moved) == (
        second + 6,
        second + 10,
    )


def test_what_is_gone_has_no_place() -> None:
    assert place_of(address_of("norm:calm", 0, 9, "something"), TEXT) is None
    assert place_of(address_of("norm:calm", 0, 900, "s" * 900), TEXT) is None
    assert place_of(PassageAddress("norm:calm"), TEXT) is None


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ("normatlas://norm:calm#10-20,0a1b2c3d", "norm:calm"),
        ("normatlas://norm:calm", "norm:calm"),
        ("normatlas://norm:calm/", "norm:calm"),
        ("normatlas:norm:calm", "norm:calm"),
    ],
)
def test_a_desktop_may_write_them_its_own_way(text: str, record: str) -> None:
    assert read_address(text).record == record


@pytest.mark.parametrize(
    "text",
    [
        "",
        "normatlas://",
        "normatlas://nowhere",
        "https://example.org/#1-2,abc",
        "normatlas://norm:calm#x-2,abc",
        "normatlas://norm:calm#1-2,../../etc",
        "normatlas://norm:calm#99999999999-2,abc",
        "normatlas://" + "a" * 5000,
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is not the address of a passage"):
        read_address(text)
