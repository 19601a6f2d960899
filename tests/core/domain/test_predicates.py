"""Predicates: words from either end."""

import pytest

from core.domain.keys import Kind
from core.domain.predicates import PREDICATES, predicate


def test_a_tie_reads_from_both_ends():
    stated = predicate("stated-in")
    assert stated.label(outgoing=True) == "stated in"
    assert stated.label(outgoing=False) == "states"
    assert stated.heading(outgoing=True) == "Stated in"
    assert stated.heading(outgoing=False) == "Norms stated here"
    assert stated.allows(Kind.NORM, Kind.INSTRUMENT)
    assert not stated.allows(Kind.INSTRUMENT, Kind.NORM)


@pytest.mark.parametrize("each", PREDICATES.values(), ids=lambda each: each.name)
def test_symmetric_ties_read_the_same_from_both_ends(each):
    same = each.forward == each.backward and each.forward_heading == each.backward_heading
    assert same == each.symmetric
    assert {each.forward, each.backward, each.forward_heading, each.backward_heading} & {
        ""
    } == set()
