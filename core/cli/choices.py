"""Arguments that name things: checked here, with a sentence that lists what there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from core.domain.annotations import AnnotationFilter
from core.domain.as_of import read_as_of
from core.domain.keys import Kind
from core.domain.moments import end_of, start_of
from core.errors import NotFoundError, UserError

if TYPE_CHECKING:
    from core.workspace import Workspace

STATES = ("anchored", "moved", "orphaned")
PLACES = ("reference", "documents", "notes")


def split(values: Sequence[str], allowed: Iterable[str], what: str) -> frozenset[str]:
    """Return the words of ``--option a,b --option c``; raises `UserError` for others."""
    known = tuple(allowed)
    words = [word.strip().lower() for value in values for word in value.split(",")]
    for word in words:
        if word not in known:
            raise UserError(f"“{word}” is not a {what}; choose from {', '.join(known)}.")
    return frozenset(words)


def kinds(values: Sequence[str]) -> frozenset[Kind]:
    """Return the kinds named; a plural is understood. Raises `UserError` for others."""
    singular = [",".join(word.strip().removesuffix("s") for word in v.split(",")) for v in values]
    return frozenset(Kind(word) for word in split(singular, [k.value for k in Kind], "kind"))


def as_of(value: str | None) -> str | None:
    """Return the date that is given, in EDTF, None for today; raises `UserError` for others."""
    found = read_as_of(value or "")
    return found.edtf if found else None


def participant_key(workspace: Workspace, value: str) -> str:
    """Return the key of a participant given by key or slug; raises `NotFoundError`."""
    key = value if ":" in value else f"participant:{'-'.join(value.lower().split())}"
    return workspace.reference.entry(key).key


def existing_tag(workspace: Workspace, path: str) -> str:
    """Return the tag's path as the codebook writes it; raises `NotFoundError`."""
    for tag in workspace.codebook.tags():
        if tag.path.casefold() == path.strip("/ ").casefold():
            return tag.path
    raise NotFoundError(
        f"There is no tag “{path}”. 'normatlas tags list' shows them; "
        f"'normatlas tags add \"{path}\"' makes it."
    )


def annotation_filter(
    record: str | None,
    tag: str | None,
    analyst: str | None,
    states: Sequence[str],
    *,
    text: str | None = None,
    on_kinds: Sequence[str] = (),
    made: tuple[str | None, str | None] = (None, None),
    exact_tag: bool = False,
    collection: str | None = None,
) -> AnnotationFilter:
    """Return the filter that the options name; raises `UserError` for what none of them takes."""
    if exact_tag and tag is None:
        raise UserError("--exact-tag goes with --tag.")
    since, until = made
    return AnnotationFilter(
        record,
        tag,
        analyst,
        split(states, STATES, "state"),
        text=text or "",
        kinds=kinds(on_kinds),
        since=start_of(since) if since else None,
        until=end_of(until) if until else None,
        exact_tag=exact_tag,
        collection=collection,
    )
