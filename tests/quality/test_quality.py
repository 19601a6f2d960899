"""The search answers graded queries at least as well as these floors, on both halves."""

import pytest

from core.workspace import open_workspace
from tests.quality.measure import figures, gain, graded_queries, outcomes

LEAST_SUCCESS, LEAST_NDCG, LEAST_MRR = 0.95, 0.88, 0.90


@pytest.fixture(scope="module")
def found(filled_folder):
    workspace = open_workspace(filled_folder)
    yield outcomes(workspace)
    workspace.close()


@pytest.mark.parametrize("half", ["all", "tuned", "held out"])
def test_the_floors_hold(found, half):
    some = [one for one in found if half == "all" or one.query.held == (half == "held out")]
    success, ndcg, mrr = figures(some)
    assert success >= LEAST_SUCCESS
    assert ndcg >= LEAST_NDCG
    assert mrr >= LEAST_MRR


def test_every_graded_record_is_in_the_reference(found, filled_folder):
    workspace = open_workspace(filled_folder)
    known = {entry.key for entry in workspace.reference.entries()}
    workspace.close()
    queries = graded_queries()
    assert len(queries) >= 160
    assert {key for query in queries for key in query.grades} <= known
    assert all(3 in query.grades.values() for query in queries)


def test_gain_falls_with_the_rank():
    assert gain([3]) == 7
    assert gain([0, 3]) < gain([3, 0])
