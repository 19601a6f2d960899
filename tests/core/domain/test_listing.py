"""A listing passed on as what differs gives the very list that it was made from."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.domain.keys import Kind
from core.domain.listing import difference, fingerprint_of
from core.domain.records import RecordEntry


def entry(number: int, annotations: int) -> RecordEntry:
    return RecordEntry(f"norm:n{number}", Kind.NORM, f"Norm {number}", "", annotations=annotations)


lists = st.lists(
    st.builds(entry, st.integers(0, 12), st.integers(0, 2)), unique_by=lambda e: e.key, max_size=12
)


@given(lists, lists)
def test_the_difference_upon_the_old_list_is_the_new_one(
    before: list[RecordEntry], after: list[RecordEntry]
) -> None:
    listing = difference(fingerprint_of(before), before, fingerprint_of(after), after)
    assert list(listing.upon(before)) == after
    assert (fingerprint_of(before) == fingerprint_of(after)) == (before == after)


def test_one_change_is_one_entry() -> None:
    before = [entry(n, 0) for n in range(100)]
    after = [replace(e, annotations=1) if e.key == "norm:n40" else e for e in before]
    listing = difference("old", before, "new", after)
    assert listing.placed == ((40, after[40]),)
    assert listing.gone == frozenset()
