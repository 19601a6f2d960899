"""The analyst's changes laid over what the pack says, field by field."""

from collections.abc import Mapping
from typing import Any, cast

from rapidfuzz import fuzz

Changes = Mapping[str, Mapping[str, Any]]
"""Field to ``{"base": the pack's value when it was changed, "mine": the analyst's}``."""

_SAME_STATEMENT = 70  # percent of likeness from which two facts are versions of one another


def lay_over(raw: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """Return a record's fields with the analyst's changes; None and [] are left out."""
    fields = dict(raw)
    for name, change in changes.items():
        fields[name] = _laid(fields.get(name), change.get("base"), change.get("mine"))
    return {name: value for name, value in fields.items() if value is not None and value != []}


def _laid(pack: object, base: object, mine: object) -> object:
    if isinstance(pack, list) and isinstance(mine, list):
        known = cast("list[object]", base) if isinstance(base, list) else []  # pyright: ignore[reportUnknownMemberType]
        return _laid_list(cast("list[object]", pack), known, cast("list[object]", mine))  # pyright: ignore[reportUnknownMemberType]
    return mine


def _laid_list(pack: list[object], base: list[object], mine: list[object]) -> list[object]:
    """Merge three ways: the analyst's items and removals hold, what the pack adds comes too.

    An item that both changed, or both added, is the analyst's.
    """
    kept = [item for item in mine if item in pack or item not in base]
    dropped = [item for item in base if item not in mine]
    own = [item for item in kept if item not in base]
    added = [
        item
        for item in pack
        if item not in base
        and item not in mine
        and not any(_versions(item, other) for other in [*own, *dropped])
    ]
    return [*kept, *added]


def _versions(one: object, other: object) -> bool:
    """Tell whether two rows say the same thing in different words."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    first, second = cast("dict[str, object]", one), cast("dict[str, object]", other)
    if "predicate" in first:
        names = ("predicate", "object")
        return all(first.get(name) == second.get(name) for name in names)
    words = [str(row.get("text") or row.get("title") or row.get("unit")) for row in (first, second)]
    return fuzz.ratio(*words) >= _SAME_STATEMENT


def changes_between(pack: Mapping[str, Any], mine: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what makes ``mine`` of ``pack`` by `lay_over`; nothing where they agree."""
    names = dict.fromkeys([*pack, *mine])
    return {
        name: {"base": pack.get(name), "mine": mine.get(name)}
        for name in names
        if name != "key" and differs(pack.get(name), mine.get(name))
    }


def differs(one: object, other: object) -> bool:
    """Tell whether two values of a field mean different things."""
    return _meant(one) != _meant(other)


def _meant(value: object) -> object:
    """Return a value without what says nothing: empty words, False, and names without value."""
    if isinstance(value, dict):
        items = cast("dict[str, object]", value).items()
        return {name: meant for name, item in items if (meant := _meant(item)) is not None}
    if isinstance(value, list):
        return [_meant(item) for item in cast("list[object]", value)] or None  # pyright: ignore[reportUnknownMemberType]
    return None if value is False or value == "" else value
