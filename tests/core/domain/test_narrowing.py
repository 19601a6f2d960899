"""Choices of a query's facets."""

import pytest

from core.domain.keys import Kind
from core.domain.narrowing import all_chosen, choose, chosen, widened, without
from core.domain.search import FACETS, SearchQuery

VALUES = {
    "kind": ("norm", "event"),
    "year": ("2011..2015",),
    "record": ("norm:a", "norm:b"),
}


@pytest.mark.parametrize("facet", FACETS)
def test_a_choice_comes_back_and_goes(facet):
    values = VALUES.get(facet, ("a", "b"))
    query = choose(SearchQuery("x"), facet, values)
    assert chosen(query, facet) == values
    assert all_chosen(query) == tuple((facet, value) for value in values)
    assert chosen(without(query, facet, values[0]), facet) == values[1:]
    assert widened(query) == SearchQuery("x")


def test_ranges_may_be_open():
    query = choose(SearchQuery("x", kinds=frozenset({Kind.NORM})), "year", ("..2015",))
    assert (query.year_from, query.year_to) == (None, 2015)
    assert chosen(query, "year") == ("..2015",)
    assert widened(SearchQuery("x", within=frozenset({"notes"}))) == SearchQuery("x")
