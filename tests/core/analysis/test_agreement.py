"""Coefficients of agreement, against examples that their authors and textbooks work by hand."""

import krippendorff
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.agreement import (
    cohen_kappa,
    krippendorff_alpha,
    passages_within,
    with_those_above,
)
from tests.builders import a_text


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ((20, 5, 10, 15), 0.4),  # agree on 0.7, by chance 0.5
        ((45, 15, 25, 15), 0.130434),  # agree on 0.6, by chance 0.54
        ((25, 35, 5, 35), 0.259259),  # agree on 0.6, by chance 0.46
        ((10, 0, 0, 10), 1.0),
        ((0, 10, 10, 0), -1.0),
        ((0, 0, 0, 0), None),
        ((7, 0, 0, 0), None),
        ((0, 0, 0, 7), None),
        ((3, 4, 0, 0), 0.0),
    ],
)
def test_kappa_of_worked_examples(table, kappa):
    found = cohen_kappa(*table)
    assert found == (None if kappa is None else pytest.approx(kappa, abs=1e-6))


def test_alpha_of_krippendorffs_own_example():
    """Two observers, ten units, two values: 1 - 19 * 4 / (14 * 6) = 0.095."""
    first = frozenset({1, 8})
    second = frozenset({0, 1, 2, 5})
    assert krippendorff_alpha(10, [(first, second)]) == pytest.approx(1 - 76 / 84)


def test_alpha_has_no_value_where_all_say_the_same():
    nothing, all_of = frozenset[int](), frozenset(range(4))
    assert krippendorff_alpha(4, [(nothing, nothing)]) is None
    assert krippendorff_alpha(4, [(all_of, all_of)]) is None
    assert krippendorff_alpha(0, []) is None
    assert krippendorff_alpha(4, [(all_of, all_of), (nothing, nothing)]) == 1.0
    assert krippendorff_alpha(10**6 + 1, [(all_of, nothing)]) is None


units = st.frozensets(st.integers(0, 11))


@given(st.lists(st.tuples(units, units), min_size=1, max_size=3))
def test_alpha_is_that_of_the_whole_table(coded):
    table = [[int(n in pair[side]) for pair in coded for n in range(12)] for side in (0, 1)]
    found = krippendorff_alpha(12, coded)
    if len({value for row in table for value in row}) == 1:
        assert found is None
    else:
        expected = krippendorff.alpha(table, level_of_measurement="nominal")
        assert found == pytest.approx(expected)


def test_passages_that_a_mark_touches():
    passages = a_text("One", "Second", "Third").passages  # 0-3, 4-10, 11-16
    within = [
        list(passages_within(passages, *span))
        for span in ((0, 3), (3, 4), (2, 5), (4, 10), (9, 12), (0, 16), (15, 16))
    ]
    assert within == [[0], [], [0, 1], [1], [1, 2], [0, 1, 2], [2]]


def test_a_tag_counts_for_those_above_it():
    known = frozenset({"A", "A/B", "A/B/C"})
    assert with_those_above(["A/B/C", "D"], known) == {"A", "A/B", "A/B/C", "D"}
    assert with_those_above(["X/Y"], known) == {"X/Y"}
