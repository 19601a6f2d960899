"""Where an annotation's ends go from word to word."""

import re
from itertools import islice

_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
_FAR = 4000  # characters that are looked through for the next word
Span = tuple[int, int]


def move_end(content: str, span: Span, step: int) -> Span:
    """Return the span with its end a word further (1) or back (-1); it keeps a character."""
    start, end = span
    if step > 0:
        ends = (m.end() for m in _WORD.finditer(content, max(start, end - _FAR), end + _FAR))
        return start, next((at for at in ends if at > end), end)
    words = _WORD.finditer(content, max(start, end - _FAR), end)
    before = [m.end() for m in words if m.end() < end]
    return start, before[-1] if before else end


def move_start(content: str, span: Span, step: int) -> Span:
    """Return the span with its start a word further (1) or back (-1); it keeps a character."""
    start, end = span
    if step > 0:
        words = _WORD.finditer(content, start, min(end, start + _FAR))
        return next(islice((m.start() for m in words if m.start() > start), 1), start), end
    words = _WORD.finditer(content, max(0, start - _FAR), start)
    before = [m.start() for m in words if m.start() < start]
    return before[-1] if before else start, end
