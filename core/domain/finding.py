"""What is found within one text."""

from dataclasses import dataclass

Span = tuple[int, int]
"""``(start, end)`` in code points of a canonical text."""


@dataclass(frozen=True, slots=True)
class Found:
    """All places in a text, in order, not overlapping; ``cut`` says that there are more."""

    spans: tuple[Span, ...] = ()
    cut: bool = False
