"""What every use case on the codebook shares: names, finding, making and placing tags."""

import re
import unicodedata
import uuid
from collections.abc import Sequence

from core.domain.codebook import PALETTE, SEPARATOR
from core.errors import NotFoundError, UserError
from core.storage.repositories.codebook import Tags, fold_path
from core.storage.tables import TagRow
from core.storage.unit_of_work import UnitOfWork

_COLOR = re.compile(r"#[0-9a-f]{6}\Z")
_LONGEST_PATH = 200
_LONGEST_TEXT = 20_000


def clean_path(path: str) -> str:
    """Return a tag's path with its parts trimmed; raises `UserError` for empty ones."""
    parts = [" ".join(part.split()) for part in path.replace("／", SEPARATOR).split(SEPARATOR)]
    cleaned = unicodedata.normalize("NFC", SEPARATOR.join(parts))
    if not all(parts) or not all(map(str.isprintable, cleaned)):
        raise UserError(f"“{path}” is no name for a tag; write it like CBM or CBM/Hotlines.")
    if len(cleaned) > _LONGEST_PATH:
        raise UserError(f"A tag's name has at most {_LONGEST_PATH} characters; shorten it.")
    return cleaned


def clean_color(color: str) -> str:
    """Return a colour as ``#rrggbb``; raises `UserError` for what is none."""
    cleaned = color.strip().lower()
    if not _COLOR.match(cleaned):
        raise UserError(f"“{color}” is no colour; write it like #4477aa.")
    return cleaned


def clean_text(text: str) -> str:
    """Return a definition's text; raises `UserError` for one that is far too long."""
    if len(text) > _LONGEST_TEXT:
        raise UserError(
            f"What a tag means is said in at most {_LONGEST_TEXT} characters; put the rest into "
            "a note on the tag."
        )
    return unicodedata.normalize("NFC", text)


def find_tag(tags: Tags, path: str) -> TagRow:
    """Return a tag's row; raises `NotFoundError`."""
    row = tags.row(clean_path(path))
    if row is None:
        raise NotFoundError(
            f"There is no tag “{path}” in the codebook. Add it with 'normatlas tags add "
            f"\"{path}\"' or see 'normatlas tags list'."
        )
    return row


def make_tag(
    work: UnitOfWork, path: str, color: str | None = None, definition: str = "", id_: str = ""
) -> TagRow:
    """Add a tag that is not there yet, and what is missing above it."""
    tags = Tags(work.session)
    above, _, name = path.rpartition(SEPARATOR)
    parent = _tag_above(work, above)
    path = name if parent is None else f"{parent.path}{SEPARATOR}{name}"
    row = TagRow(
        id=id_ or str(uuid.uuid4()),
        path=path,
        folded=fold_path(path),
        color=clean_color(color) if color else PALETTE[tags.count() % len(PALETTE)],
        definition=clean_text(definition),
        include="",
        exclude="",
        example="",
        position=next_position(tags.children(parent.path if parent else None)),
        favourite=None,
        created=work.now,
        modified=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _tag_above(work: UnitOfWork, path: str) -> TagRow | None:
    if not path:
        return None
    return Tags(work.session).row(path) or make_tag(work, path)


def next_position(siblings: Sequence[TagRow]) -> int:
    """Return the position of a tag that joins these: by name where they stand by name."""
    last = max((row.position for row in siblings), default=0)
    return last + 1 if last else 0


def rename_tag(work: UnitOfWork, row: TagRow, path: str) -> None:
    """Give a tag another path, with those below it; raises `UserError` where it is taken."""
    tags, old = Tags(work.session), row.path
    if fold_path(path).startswith(fold_path(old) + SEPARATOR):
        raise UserError(f"The tag “{old}” can't be moved below itself.")
    taken = tags.row(path)
    if taken is not None and taken.id != row.id:
        raise UserError(
            f"There is a tag “{taken.path}” already; choose another name for “{old}”, or merge "
            "the two."
        )
    moves = fold_path(path.rpartition(SEPARATOR)[0]) != fold_path(old.rpartition(SEPARATOR)[0])
    parent = _tag_above(work, path.rpartition(SEPARATOR)[0])
    name = path.rpartition(SEPARATOR)[2]
    path = name if parent is None else f"{parent.path}{SEPARATOR}{name}"
    if moves:
        row.position = next_position(tags.children(parent.path if parent else None))
    for below in tags.rows_below(old):
        below.path = path + below.path[len(old) :]
        below.folded, below.modified = fold_path(below.path), work.now
    work.session.flush()


def arrange(rows: Sequence[TagRow]) -> None:
    """Give siblings the positions of this order."""
    for position, row in enumerate(rows, start=1):
        row.position = position
