"""Codebooks from elsewhere: what is new in them, and taking it in."""

import uuid
from collections.abc import Iterable, Sequence

from core.domain.codebook import MEANING, SEPARATOR, Intake, Tag
from core.services.tag_rows import (
    clean_color,
    clean_path,
    clean_text,
    make_tag,
    next_position,
    rename_tag,
)
from core.storage.repositories.codebook import Tags, fold_path
from core.storage.tables import TagRow
from core.storage.unit_of_work import UnitOfWork


def compare(own: Iterable[Tag], foreign: Sequence[Tag]) -> Intake:
    """Tell for each foreign tag whether it is new, the same, adds words or contradicts."""
    by_id: dict[str, Tag] = {}
    by_path: dict[str, Tag] = {}
    for tag in own:
        by_id[tag.id.lower()] = by_path[fold_path(tag.path)] = tag
    sorts: dict[str, list[str]] = {"new": [], "same": [], "filled": [], "conflicting": []}
    for tag in foreign:
        path = clean_path(tag.path)
        here = by_id.get(_guid(tag.id)) or by_path.get(fold_path(path))
        sorts["new" if here is None else _difference(here, tag, path)].append(path)
    return Intake(**{name: tuple(paths) for name, paths in sorts.items()})


def _difference(here: Tag, foreign: Tag, path: str) -> str:
    pairs = [(getattr(here, field), clean_text(getattr(foreign, field))) for field in MEANING]
    if fold_path(here.path) != fold_path(path) or any(a and b and a != b for a, b in pairs):
        return "conflicting"
    return "filled" if any(b and not a for a, b in pairs) else "same"


def take_in(work: UnitOfWork, foreign: Sequence[Tag], *, overwrite: bool) -> dict[str, TagRow]:
    """Add what is missing, fill what is empty; returns the rows by the foreign ids.

    Parents come before what is below them, whatever the order they are given in. The caller
    commits, so that annotations that come with the codebook are in the same step.
    """
    found: dict[str, TagRow] = {}
    for tag in sorted(foreign, key=lambda tag: tag.depth):
        path = clean_path(tag.path)
        tags, guid = Tags(work.session), _guid(tag.id)
        row = (tags.by_id(guid) if guid else None) or tags.row(path)
        if row is None:
            row = _make(work, tag, path, guid)
        else:
            if overwrite and fold_path(row.path) != fold_path(path) and tags.row(path) is None:
                rename_tag(work, row, path)
            _fill(work, row, tag, overwrite=overwrite)
        found[tag.id] = row
    return found


def _make(work: UnitOfWork, tag: Tag, path: str, guid: str) -> TagRow:
    row = make_tag(work, path, tag.color or None, tag.definition, guid)
    for field in MEANING[1:]:
        setattr(row, field, clean_text(getattr(tag, field)))
    above = row.path.rpartition(SEPARATOR)[0] or None
    siblings = [one for one in Tags(work.session).children(above) if one.id != row.id]
    row.position = tag.position or next_position(siblings)
    row.created, row.modified = tag.created or work.now, tag.modified or work.now
    return row


def _fill(work: UnitOfWork, row: TagRow, tag: Tag, *, overwrite: bool) -> None:
    for field in MEANING:
        here, words = getattr(row, field), clean_text(getattr(tag, field))
        if words and words != here and (overwrite or not here):
            setattr(row, field, words)
            row.modified = work.now
    if overwrite and tag.color and clean_color(tag.color) != row.color:
        row.color, row.modified = clean_color(tag.color), work.now


def _guid(id_: str) -> str:
    """Return a foreign id as ours are written, or "" where it is no UUID."""
    try:
        return str(uuid.UUID(id_))
    except ValueError:
        return ""
