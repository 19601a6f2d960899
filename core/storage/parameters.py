"""Statements with many parameters, of which SQLite takes no more than some thousands."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_MOST = 500


def in_chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Give the values in runs that fit into one statement."""
    for first in range(0, len(values), _MOST):
        yield values[first : first + _MOST]
