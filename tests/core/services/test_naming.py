"""Records found by their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.keys import Kind
from core.domain.records import RecordEntry
from core.errors import CancelledError
from core.services.naming import find_by_name
from core.tasks import CancelToken


def entry(title, *names):
    return RecordEntry(f"norm:{title}", Kind.NORM, title, "", names=names)


ENTRIES = [
    entry("Budapest Process on Cyberspace"),
    entry("Convention on Cybercrime", "Budapest Convention", "CETS 185"),
    entry("Budapest"),
    entry("Appel de Paris", "Paris Call for Trust"),
    entry("Évaluation"),
]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("budapest", ["Budapest", "Budapest Process on Cyberspace", "Convention on Cybercrime"]),
        ("cets", ["Convention on Cybercrime"]),
        ("buda conv", ["Convention on Cybercrime"]),
        ("trust par", ["Appel de Paris"]),
        ("evaluation", ["Évaluation"]),
        ("zz", []),
        ("  ", []),
    ],
)
def test_finds_by_the_beginnings_of_words(typed, titles):
    assert [found.title for found in find_by_name(ENTRIES, typed)] == titles


def test_it_stops_at_its_limit_and_when_told():
    assert len(find_by_name(ENTRIES, "budapest", limit=2)) == 2
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        find_by_name(ENTRIES, "budapest", cancel=token)


@given(st.text(max_size=20))
def test_any_text_can_be_typed(typed):
    assert set(find_by_name(ENTRIES, typed)) <= set(ENTRIES)
