"""Finds words within one text, as the reader's find bar asks."""

import re

from core.domain.finding import Found, Span
from core.search.analysis import spans_of
from core.search.folded import fold_text, fold_wanted
from core.tasks import CancelToken, slow

MOST_FOUND = 20_000
LONGEST_WANTED = 2_000  # characters; the rest of what is pasted is not compared
_CHECKED_EVERY = 500


@slow
def find_in_text(
    content: str,
    wanted: str,
    *,
    case: bool = False,
    whole_words: bool = False,
    cancel: CancelToken | None = None,
) -> Found:
    """Return the places of ``wanted`` in a text, at most `MOST_FOUND`.

    Accents, ligatures and typographic quotation marks and dashes fold as in a search; so does
    case, unless ``case``. A space stands for any white space. Raises `CancelledError`.
    """
    pieces = fold_wanted(wanted[:LONGEST_WANTED], case=case).split()
    if not pieces:
        return Found()
    text = fold_text(content, case=case)
    pattern = re.compile(r"\s+".join(re.escape(piece) for piece in pieces))
    spans: list[Span] = []
    for number, match in enumerate(pattern.finditer(text.folded)):
        if cancel is not None and number % _CHECKED_EVERY == 0:
            cancel.check()
        if whole_words and not _is_whole(text.folded, *match.span()):
            continue
        span = text.span(*match.span())
        if spans and span[0] < spans[-1][1]:
            continue  # both in one ligature
        if len(spans) == MOST_FOUND:
            return Found(tuple(spans), cut=True)
        spans.append(span)
    return Found(tuple(spans))


def _is_whole(folded: str, start: int, end: int) -> bool:
    return not (_is_inside(folded, start) or _is_inside(folded, end))


def _is_inside(folded: str, place: int) -> bool:
    """Tell whether a place parts one word, by what the search takes for a word."""
    pair = folded[place - 1 : place + 1] if place else ""
    return len(pair) == 2 and any(end - start == 2 for _, start, end in spans_of(pair))
