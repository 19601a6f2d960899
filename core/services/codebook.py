"""The codebook: a tree of tags that can be worked on as a whole, each change a step."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from core.domain.changes import Changes
from core.domain.codebook import FAVOURITES, MEANING, SEPARATOR, Intake, Tag, TagEvent, TagPart
from core.errors import UserError
from core.services import tag_exchange, tag_history
from core.services.starter_codebook import starter_tags
from core.services.tag_passages import delete_tag, merge_tags, split_tag
from core.services.tag_rows import (
    arrange,
    clean_color,
    clean_path,
    clean_text,
    find_tag,
    make_tag,
    rename_tag,
)
from core.storage.repositories.codebook import Tags, tag_from
from core.storage.unit_of_work import Database
from core.tasks import slow


class Codebook:
    """The analyst's tags."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # What it holds

    def tags(self) -> tuple[Tag, ...]:
        """Return all tags in the order of the tree."""
        with self._database.read() as session:
            return Tags(session).tags()

    def as_of(self, moment: datetime) -> tuple[Tag, ...]:
        """Return the codebook as it stood at a moment, with its counts of then."""
        with self._database.read() as session:
            return tag_history.codebook_at(session, moment)

    def history(self, path: str) -> tuple[TagEvent, ...]:
        """Return what happened to a tag, newest first; raises `NotFoundError`."""
        with self._database.read() as session:
            return tag_history.events_of(session, find_tag(Tags(session), path).id)

    # One tag

    def add(self, path: str, color: str | None = None, definition: str = "") -> tuple[Tag, Changes]:
        """Add a tag and what is missing above it; raises `UserError` if it is there already."""
        path = clean_path(path)
        with self._database.write() as work:
            tags = Tags(work.session)
            if tags.row(path) is not None:
                raise UserError(f"The tag “{path}” is in the codebook already.")
            row = make_tag(work, path, color, definition)
            changes = work.commit(f"Add tag “{row.path}”")
            return tag_from(row), changes

    def recolor(self, path: str, color: str) -> Changes:
        """Give a tag another colour, ``#rrggbb``."""
        color = clean_color(color)
        with self._database.write() as work:
            row = find_tag(Tags(work.session), path)
            row.color, row.modified = color, work.now
            return work.commit(f"Recolour tag “{row.path}”")

    def define(self, path: str, definition: str) -> Changes:
        """Write what a tag means."""
        return self.describe(path, {"definition": definition})

    def describe(self, path: str, fields: Mapping[str, str]) -> Changes:
        """Write what a tag stands for: any of the fields of `MEANING`.

        Consecutive edits of the same fields of the same tag are one step.
        """
        unknown = set(fields) - set(MEANING)
        if unknown:
            raise ValueError(f"no fields of a tag: {sorted(unknown)}")
        with self._database.write() as work:
            row = find_tag(Tags(work.session), path)
            for field, words in fields.items():
                setattr(row, field, clean_text(words))
            row.modified = work.now
            which = ",".join(sorted(fields))
            return work.commit(f"Define tag “{row.path}”", merges=f"{which}:{row.id}")

    def favour(self, path: str, number: int | None) -> Changes:
        """Put a tag on a number key, taking it from the tag that has it; None frees the key."""
        if number is not None and number not in FAVOURITES:
            raise UserError("A favourite stands on a number key from 1 to 9.")
        with self._database.write() as work:
            tags = Tags(work.session)
            row = find_tag(tags, path)
            for other in tags.on_key(number) if number is not None else ():
                other.favourite = None
            row.favourite = number
            if number is None:
                return work.commit(f"Free the number key of tag “{row.path}”")
            return work.commit(f"Put tag “{row.path}” on key {number}")

    # The tree

    def rename(self, path: str, new_path: str) -> Changes:
        """Rename or move a tag with those below it; raises `UserError` if the name is taken."""
        new_path = clean_path(new_path)
        with self._database.write() as work:
            row = find_tag(Tags(work.session), path)
            old = row.path
            rename_tag(work, row, new_path)
            return work.commit(f"Rename tag “{old}” to “{row.path}”")

    def move(self, path: str, under: str | None, place: int | None = None) -> Changes:
        """Move a tag with those below it under another, or to the top for None.

        Args:
            place: how many siblings stand before it afterwards; None leaves that to the order
                that they stand in, by name or arranged by hand.
        """
        return self.move_all((path,), under, place)

    def move_all(
        self, paths: Sequence[str], under: str | None, place: int | None = None
    ) -> Changes:
        """Move several tags at once, as `move` does one; they stay in the order given."""
        with self._database.write() as work:
            tags = Tags(work.session)
            rows = [find_tag(tags, path) for path in paths]
            above = find_tag(tags, under).path if under is not None else None
            for row in rows:
                name = row.path.rpartition(SEPARATOR)[2]
                rename_tag(work, row, name if above is None else f"{above}{SEPARATOR}{name}")
            if place is not None:
                moved = {row.id for row in rows}
                siblings = [one for one in tags.children(above) if one.id not in moved]
                place = max(0, min(place, len(siblings)))
                arrange([*siblings[:place], *rows, *siblings[place:]])
            many = len(rows) > 1
            return work.commit(f"Move {len(rows)} tags" if many else f"Move tag “{rows[0].path}”")

    def sort(self, under: str | None = None, *, by_count: bool = False) -> Changes:
        """Sort the tags right below one, or at the top for None: by name, or most used first."""
        with self._database.write() as work:
            tags = Tags(work.session)
            above = find_tag(tags, under).path if under is not None else None
            rows = tags.children(above)
            if by_count:
                totals = {tag.id: tag.total for tag in tags.tags()}
                arrange(sorted(rows, key=lambda row: (-totals[row.id], row.folded)))
            else:
                for row in rows:
                    row.position = 0
            name = f"the tags below “{above}”" if above is not None else "the tags at the top"
            return work.commit(f"Sort {name} by {'use' if by_count else 'name'}")

    # Passages that change their tags

    def merge(
        self, sources: Sequence[str], into: str, meaning: Mapping[str, str] | None = None
    ) -> Changes:
        """Merge tags, with those below them, into one; passages and their notes are kept.

        Args:
            meaning: what the merged tag's definition and other fields say; those not given stay,
                or take the words of the first source where they are empty.
        """
        names = [clean_path(path) for path in sources]
        if not names:
            raise UserError("Choose the tags that are to be merged.")
        with self._database.write() as work:
            target = merge_tags(work, names, into, dict(meaning or {}))
            what = f"tag “{names[0]}”" if len(names) == 1 else f"{len(names)} tags"
            return work.commit(f"Merge {what} into “{target.path}”")

    def split(self, path: str, parts: Sequence[TagPart], *, keep: bool = False) -> Changes:
        """Put chosen passages of a tag on new or other tags instead, or with ``keep`` as well."""
        with self._database.write() as work:
            row = split_tag(work, path, parts, keep=keep)
            into = ", ".join(f"“{clean_path(part.path)}”" for part in parts)
            return work.commit(f"Split tag “{row.path}” into {into}")

    def delete(self, path: str, give_to: str | None = None, *, keep_below: bool = False) -> Changes:
        """Delete a tag and those below it; the annotations that carried them stay.

        Args:
            give_to: the tag that takes over the passages; None leaves them without.
            keep_below: keep the tags below it, one level higher.
        """
        with self._database.write() as work:
            row = delete_tag(work, path, give_to, keep_below=keep_below)
            return work.commit(f"Delete tag “{row.path}”")

    # Codebooks from elsewhere

    def starter(self) -> tuple[Tag, ...]:
        """Return the tags that an empty codebook is offered, made from the records' themes."""
        with self._database.read() as session:
            return starter_tags(session)

    def start(self) -> Changes:
        """Add the tags of the starter codebook that are missing, as one step."""
        with self._database.write() as work:
            tag_exchange.take_in(work, starter_tags(work.session), overwrite=False)
            return work.commit("Add the starter codebook")

    def compare(self, foreign: Sequence[Tag]) -> Intake:
        """Tell what taking in these tags would do, without doing it."""
        with self._database.read() as session:
            return tag_exchange.compare(Tags(session).tags(), foreign)

    def take_in(self, foreign: Sequence[Tag], *, overwrite: bool = False) -> Changes:
        """Take in the tags of another codebook, matched by id, then by path, as one step.

        What is here keeps its path and its words; only empty fields are filled.

        Args:
            overwrite: let the foreign words, colours and paths win.
        """
        with self._database.write() as work:
            tag_exchange.take_in(work, foreign, overwrite=overwrite)
            return work.commit("Take in a codebook")

    @slow
    def import_file(self, path: Path, *, overwrite: bool = False) -> Changes:
        """Take in the codebook of a file, as `take_in` does.

        Raises `UserError` for a file that can't be read or holds no tags.
        """
        from core.services.codebook_reading import read_tags

        return self.take_in(read_tags(path), overwrite=overwrite)
