"""The codebook: tags by path, with colours and definitions."""

import re
import unicodedata
import uuid

from core.domain.changes import Changes
from core.domain.codebook import SEPARATOR, Tag
from core.errors import NotFoundError, UserError
from core.storage.repositories.codebook import Tags, fold_path, tag_from
from core.storage.tables import TagRow
from core.storage.unit_of_work import Database, UnitOfWork

# Twelve hues that stay apart on light and dark paper, also for most colour-blind readers.
PALETTE = (
    "#4477aa",
    "#ee6677",
    "#228833",
    "#ccbb44",
    "#66ccee",
    "#aa3377",
    "#ee8866",
    "#44bb99",
    "#bbcc33",
    "#8866cc",
    "#dd5599",
    "#7a7a52",
)
_COLOR = re.compile(r"#[0-9a-f]{6}\Z")
_LONGEST_PATH = 200


class Codebook:
    """The analyst's tags."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tags(self) -> tuple[Tag, ...]:
        """Return all tags by path."""
        with self._database.read() as session:
            return Tags(session).tags()

    def add(self, path: str, color: str | None = None, definition: str = "") -> tuple[Tag, Changes]:
        """Add a tag and what is missing above it; raises `UserError` if it is there already."""
        path = clean_path(path)
        with self._database.write() as work:
            tags = Tags(work.session)
            if tags.row(path) is not None:
                raise UserError(f"The tag “{path}” is in the codebook already.")
            row = make_tag(work, path, color, definition)
            changes = work.commit(f"Add tag “{row.path}”")
            return tag_from(row, 0), changes

    def recolor(self, path: str, color: str) -> Changes:
        """Give a tag another colour, ``#rrggbb``."""
        color = _clean_color(color)
        with self._database.write() as work:
            row = find_tag(Tags(work.session), path)
            row.color, row.modified = color, work.now
            return work.commit(f"Recolour tag “{row.path}”")

    def define(self, path: str, definition: str) -> Changes:
        """Write what a tag means."""
        with self._database.write() as work:
            row = find_tag(Tags(work.session), path)
            row.definition, row.modified = unicodedata.normalize("NFC", definition), work.now
            return work.commit(f"Define tag “{row.path}”", merges=f"definition:{row.id}")

    def rename(self, path: str, new_path: str) -> Changes:
        """Rename or move a tag with those below it; raises `UserError` if the name is taken."""
        new_path = clean_path(new_path)
        with self._database.write() as work:
            tags = Tags(work.session)
            row = find_tag(tags, path)
            old = row.path
            if fold_path(new_path).startswith(fold_path(old) + SEPARATOR):
                raise UserError(f"The tag “{old}” can't be moved below itself.")
            taken = tags.row(new_path)
            if taken is not None and taken.id != row.id:
                raise UserError(
                    f"There is a tag “{taken.path}” already; choose another name for “{old}”."
                )
            for below in tags.rows_below(old):
                below.path = new_path + below.path[len(old) :]
                below.folded, below.modified = fold_path(below.path), work.now
            _add_missing_above(work, tags, new_path)
            return work.commit(f"Rename tag “{old}” to “{new_path}”")

    def delete(self, path: str) -> Changes:
        """Delete a tag and those below it; the annotations that carried them stay."""
        with self._database.write() as work:
            tags = Tags(work.session)
            find_tag(tags, path)
            rows = tags.rows_below(path)
            for link in tags.links([row.id for row in rows]):
                work.session.delete(link)
            work.session.flush()
            for row in rows:
                work.session.delete(row)
            return work.commit(f"Delete tag “{path}”")


def clean_path(path: str) -> str:
    """Return a tag's path with its parts trimmed; raises `UserError` for empty ones."""
    parts = [" ".join(part.split()) for part in path.split(SEPARATOR)]
    cleaned = unicodedata.normalize("NFC", SEPARATOR.join(parts))
    if not all(parts) or not all(map(str.isprintable, cleaned)):
        raise UserError(f"“{path}” is no name for a tag; write it like CBM or CBM/Hotlines.")
    if len(cleaned) > _LONGEST_PATH:
        raise UserError(f"A tag's name has at most {_LONGEST_PATH} characters; shorten it.")
    return cleaned


def find_tag(tags: Tags, path: str) -> TagRow:
    """Return a tag's row; raises `NotFoundError`."""
    row = tags.row(clean_path(path))
    if row is None:
        raise NotFoundError(
            f"There is no tag “{path}” in the codebook. Add it with 'normatlas tags add "
            f"\"{path}\"' or see 'normatlas tags list'."
        )
    return row


def make_tag(work: UnitOfWork, path: str, color: str | None = None, definition: str = "") -> TagRow:
    """Add a tag that is not there yet, and what is missing above it."""
    tags = Tags(work.session)
    _add_missing_above(work, tags, path)
    row = TagRow(
        id=str(uuid.uuid4()),
        path=path,
        folded=fold_path(path),
        color=_clean_color(color) if color else PALETTE[tags.count() % len(PALETTE)],
        definition=unicodedata.normalize("NFC", definition),
        created=work.now,
        modified=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _add_missing_above(work: UnitOfWork, tags: Tags, path: str) -> None:
    above = path.rpartition(SEPARATOR)[0]
    if above and tags.row(above) is None:
        make_tag(work, above)


def _clean_color(color: str) -> str:
    cleaned = color.strip().lower()
    if not _COLOR.match(cleaned):
        raise UserError(f"“{color}” is no colour; write it like #4477aa.")
    return cleaned
