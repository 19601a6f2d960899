"""What is chosen of each facet of a query, as plain text, and how a choice changes the query."""

from dataclasses import replace

from core.domain.keys import Kind
from core.domain.search import FACETS, SearchQuery

RANGE = ".."
AS_OF = "as-of"
"""The facet of the date that everything is shown as of; it has one value and no counts."""
_PLURALS = {
    "theme": "themes",
    "participant": "participants",
    "record": "records",
    "tag": "tags",
    "language": "languages",
}


def chosen(query: SearchQuery, facet: str) -> tuple[str, ...]:
    """Return the values chosen of one of `FACETS` or `AS_OF`; years as a range, ``2011..2015``."""
    if facet == AS_OF:
        return () if query.as_of is None else (query.as_of,)
    if facet == "kind":
        return tuple(kind.value for kind in Kind if kind in query.kinds)
    if facet == "year":
        years = (query.year_from, query.year_to)
        return (year_range(*years),) if any(year is not None for year in years) else ()
    return getattr(query, _PLURALS[facet])


def all_chosen(query: SearchQuery) -> tuple[tuple[str, str], ...]:
    """Return every choice as ``(facet, value)``."""
    return tuple((facet, value) for facet in (*FACETS, AS_OF) for value in chosen(query, facet))


def choose(query: SearchQuery, facet: str, values: tuple[str, ...]) -> SearchQuery:
    """Return the query with these values of a facet instead of those before."""
    if facet == AS_OF:
        return replace(query, as_of=values[0] if values else None)
    if facet == "kind":
        return replace(query, kinds=frozenset(Kind(value) for value in values))
    if facet == "year":
        low, high = _years(values[0]) if values else (None, None)
        return replace(query, year_from=low, year_to=high)
    return replace(query, **{_PLURALS[facet]: values})  # type: ignore[arg-type]


def without(query: SearchQuery, facet: str, value: str) -> SearchQuery:
    """Return the query without one choice."""
    return choose(query, facet, tuple(v for v in chosen(query, facet) if v != value))


def widened(query: SearchQuery) -> SearchQuery:
    """Return the query with nothing chosen, in any layer; the date stays, as it is everybody's."""
    for facet in FACETS:
        query = choose(query, facet, ())
    return replace(query, within=frozenset())


def year_range(low: int | None, high: int | None) -> str:
    """Return a range of years as it is written; None is open."""
    return f"{'' if low is None else low}{RANGE}{'' if high is None else high}"


def _years(written: str) -> tuple[int | None, int | None]:
    low, _, high = written.partition(RANGE)
    return (int(low) if low else None), (int(high) if high else None)
