"""Why nothing answers a query, and which looser ones would be answered."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from core.domain.query_parts import QueryPart, Role, without
from core.domain.search import Loosened, NothingFound, SearchQuery
from core.search.analysis import words_of
from core.search.hits import find
from core.search.query import parse
from core.search.snapshot import Snapshot
from core.tasks import CancelToken

_MOST_PARTS = 8
# What narrows a query beside its text: the names of the fields, as shown, and what clears them.
_NARROWING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("kind", {"kinds": frozenset[Any]()}),
    ("year", {"year_from": None, "year_to": None}),
    ("theme", {"themes": ()}),
    ("tag", {"tags": ()}),
    ("participant", {"participants": ()}),
    ("in", {"within": frozenset[str]()}),
    ("language", {"languages": ()}),
    ("record", {"records": ()}),
    ("as of", {"as_of": None}),
)


def why_nothing(snapshot: Snapshot, query: SearchQuery, cancel: CancelToken) -> NothingFound:
    """Tell which words are nowhere, and what the query would find without each of its parts."""
    parts = [p for p in parse(query.text).parts if p.role is not Role.OPERATOR][:_MOST_PARTS]
    nowhere = [
        part
        for part in parts
        if part.role in (Role.WORD, Role.PHRASE)
        and not part.negated
        and words_of(query.text[part.start : part.end])
        and not _count(snapshot, SearchQuery(query.text[part.start : part.end] + " "), cancel)
    ]
    loosened = [
        looser
        for looser in (*_without_filters(query), *_without_parts(query, parts))
        if looser.query.text.strip() or _narrows(looser.query)
    ]
    counted = [replace(one, count=_count(snapshot, one.query, cancel)) for one in loosened]
    found = sorted((one for one in counted if one.count), key=lambda one: -one.count)
    return NothingFound(_sentence(parts, nowhere, found), tuple(found))


def _without_filters(query: SearchQuery) -> Iterator[Loosened]:
    for name, cleared in _NARROWING:
        if any(getattr(query, field) != empty for field, empty in cleared.items()):
            yield Loosened(f"{name}:", replace(query, **cleared))


def _without_parts(query: SearchQuery, parts: list[QueryPart]) -> Iterator[Loosened]:
    whole = parse(query.text).parts
    for part in parts:
        shown = f"NOT {part.label}" if part.negated else part.label
        looser = without(query.text, whole, part)
        if looser.strip() != query.text.strip():
            yield Loosened(shown, replace(query, text=looser))


def _narrows(query: SearchQuery) -> bool:
    return any(
        getattr(query, field) != empty
        for name, cleared in _NARROWING
        if name != "as of"  # which asks nothing of its own
        for field, empty in cleared.items()
    )


def _count(snapshot: Snapshot, query: SearchQuery, cancel: CancelToken) -> int:
    """Count the records that answer in full."""
    found = find(snapshot, query, cancel)
    return 0 if found is None else len(snapshot.records_of(found.mask()))


def _sentence(parts: list[QueryPart], nowhere: list[QueryPart], found: list[Loosened]) -> str:
    if nowhere:
        words = ", ".join(f"“{part.label}”" for part in nowhere)
        return f"{words} {'is' if len(nowhere) == 1 else 'are'} in no passage."
    if found:
        many = f"{found[0].count} records" if found[0].count > 1 else "1 record"
        return f"Nothing has all of this; without “{found[0].without}” there would be {many}."
    if len(parts) == 1:
        return f"No record fits “{parts[0].label}”."
    return "Nothing has all of this; try fewer or other words."
