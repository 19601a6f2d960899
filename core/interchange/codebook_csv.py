"""Codebooks as CSV: what Taguette writes and imports, ours, and spreadsheets by hand.

A header row names the columns, in any order: ``tag``, ``name`` or ``path`` is needed,
``description`` or ``definition``, ``color``, ``include``, ``exclude``, ``example`` and ``id`` are
taken where they are there, others are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from core.domain.codebook import Tag
from core.interchange.codes import read_color
from core.interchange.csv_table import Table
from core.interchange.problems import MAX_TAGS, refused, too_many

_SAID_AS = {
    "name": "tag",
    "path": "tag",
    "code": "tag",
    "definition": "description",
    "colour": "color",
    "use it for": "include",
    "not for": "exclude",
}


def read(table: Table) -> tuple[Tag, ...]:
    """Return the tags of a table; raises `FileRefusedError`."""
    columns = [_column(cell) for cell in table.header]
    if "tag" not in columns:
        raise refused(table.name, "its first row has no column “tag”, “name” or “path”")
    return tuple(_tags(table, columns))


def _column(cell: str) -> str:
    word = cell.strip().lower()
    return _SAID_AS.get(word, word)


def _tags(table: Table, columns: list[str]) -> Iterator[Tag]:
    for count, (number, row) in enumerate(table.rows, start=1):
        if count > MAX_TAGS:
            raise too_many(table.name, "tags", MAX_TAGS)
        pairs = reversed(list(zip(columns, row, strict=False)))  # of two alike the first counts
        said = {column: cell.strip() for column, cell in pairs}
        if not said.get("tag"):
            raise refused(table.name, f"row {number:,} names no tag")
        yield Tag(
            said.get("id", ""),
            said["tag"],
            read_color(said.get("color", "")),
            said.get("description", ""),
            include=said.get("include", ""),
            exclude=said.get("exclude", ""),
            example=said.get("example", ""),
        )
