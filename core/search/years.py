"""How many records there are by year: in each year those that a search for that year finds."""

from collections import Counter

import numpy as np

from core.search.segment import YEAR_OPEN, Ints
from core.search.snapshot import Snapshot


def year_counts(snapshot: Snapshot, records: Ints) -> Counter[str]:
    """Count records by each year that they touch, years in order.

    What is still going on counts up to the last year in which any of them began or ended.
    """
    first, last = (years[records] for years in snapshot.years)
    dated = first >= 0
    first, last = first[dated], last[dated]
    if not len(first):
        return Counter()
    begin = int(first.min())
    end = int(max(first.max(), last[last < YEAR_OPEN].max(initial=begin)))
    size = end - begin + 2
    changes = np.bincount(first - begin, minlength=size)
    changes -= np.bincount(np.minimum(last, end) + 1 - begin, minlength=size)
    counts = np.cumsum(changes).tolist()
    return Counter({str(begin + n): count for n, count in enumerate(counts) if count})
