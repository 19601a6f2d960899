"""Tables of annotations as a project: one row a passage, or one row for each tag of a passage.

What a column says is told by its name, as ours, Taguette's, QualCoder's, MAXQDA's and ATLAS.ti's
tables have it, or by the analyst's own mapping.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from core.domain.annotations import TextPositionSelector, TextQuoteSelector
from core.domain.interchange import Project, ProjectAnnotation
from core.domain.keys import is_key
from core.domain.table_merging import TableField, TableMapping, TablePreview
from core.interchange.csv_table import Table
from core.interchange.identity import derive, parse_guid
from core.interchange.moments import read_moment
from core.interchange.problems import MAX_NOTE, refused
from core.interchange.web_annotation import Gathering

_SHOWN_ROWS = 50
_LONGEST_SHOWN = 300  # characters of a cell

_NAMES = {
    TableField.QUOTATION: (
        "exact", "quotation", "quotation content", "quote", "quoted text", "content", "highlight",
        "highlighted text", "coded segment", "segment", "coded text", "excerpt", "snippet",
        "seltext", "passage", "text",
    ),
    TableField.RECORD: ("record", "record key", "key"),
    TableField.TITLE: (
        "title", "document", "document name", "document title", "source", "source title", "file",
        "file name", "filename",
    ),
    TableField.TAGS: (
        "tags", "tag", "codes", "code", "code name", "codename", "keywords", "categories",
        "category", "themes", "theme",
    ),
    TableField.NOTE: ("note", "notes", "comment", "comments", "memo", "annotation"),
    TableField.ANALYST: (
        "analyst", "author", "coder", "coder name", "owner", "user", "creator", "created by",
    ),
    TableField.START: ("start", "start position", "start offset", "pos0"),
    TableField.END: ("end", "end position", "end offset", "pos1"),
    TableField.PREFIX: ("prefix",),
    TableField.SUFFIX: ("suffix",),
    TableField.CREATED: ("created", "creation date", "created at"),
    TableField.MODIFIED: ("modified", "updated", "modification date", "last modified"),
    TableField.ID: ("id", "guid", "uuid", "identifier"),
}  # fmt: skip
_SINGLE = {"tag", "code", "code name", "codename", "category", "theme"}
_KEPT_AS_THEY_ARE = {TableField.QUOTATION, TableField.PREFIX, TableField.SUFFIX, TableField.NOTE}

Said = dict[TableField, str]


def preview(path: Path, table: Table) -> TablePreview:
    """Return how a table begins and what its columns seem to say."""
    rows = tuple(
        tuple(cell[:_LONGEST_SHOWN] for cell in cells)
        for _, cells in islice(table.rows, _SHOWN_ROWS)
    )
    dialect = table.dialect
    return TablePreview(
        str(path),
        dialect.encoding,
        dialect.delimiter,
        tuple(cell.strip() for cell in table.header),
        rows,
        guess(table.header, rows),
    )


def guess(header: Sequence[str], rows: Iterable[Sequence[str]] = ()) -> TableMapping:
    """Tell what columns say by their names, and how tags are set apart by the first rows."""
    names = [" ".join(cell.replace("_", " ").lower().split()) for cell in header]
    columns: dict[int, TableField] = {}
    for field, known in _NAMES.items():
        found = next((names.index(name) for name in known if name in names), None)
        if found is not None and found not in columns:
            columns[found] = field
    column = next((n for n, field in columns.items() if field is TableField.TAGS), None)
    cells = [row[column] for row in rows if column is not None and len(row) > column]
    separator = "" if column is not None and names[column] in _SINGLE else ","
    if any(";" in cell for cell in cells) or (separator and not any("," in c for c in cells)):
        separator = ";"
    return TableMapping(dict(sorted(columns.items())), separator)


def read(table: Table, mapping: TableMapping | None = None) -> Project:
    """Return the project of a table; raises `FileRefusedError`."""
    return _Reader(table, mapping).project()


class _Reader:
    def __init__(self, table: Table, mapping: TableMapping | None) -> None:
        self._name = table.name
        self._rows: Iterator[tuple[int, list[str]]] = iter(table.rows)
        first: list[tuple[int, list[str]]] = []
        if mapping is None or not mapping.columns:
            first = list(islice(self._rows, _SHOWN_ROWS))
            guessed = guess(table.header, [cells for _, cells in first])
            mapping = replace(guessed, record=mapping.record if mapping is not None else None)
        self._first = first
        self._mapping = mapping
        self._gathered = Gathering(table.name)
        self._missed: Counter[str] = Counter()
        self._ids: dict[tuple[str, ...], str] = {}
        self._check()

    def _check(self) -> None:
        if not self._mapping.knows_words:
            raise refused(self._name, "none of its columns is known to hold the quotations")
        if not self._mapping.knows_place:
            raise refused(self._name, "none of its columns is known to name the record or source")

    def project(self) -> Project:
        """Read all rows."""
        for rows in (self._first, self._rows):
            for number, cells in rows:
                self._take(number, self._said(cells))
        for what, count in self._missed.items():
            self._gathered.missed[what] += count
        return self._gathered.project("table")

    def _said(self, cells: Sequence[str]) -> Said:
        said: Said = {}
        for column, field in self._mapping.columns.items():
            if column < len(cells):
                cell = cells[column]
                said[field] = cell if field in _KEPT_AS_THEY_ARE else cell.strip()
        return said

    def _take(self, number: int, said: Said) -> None:
        quotation = said.get(TableField.QUOTATION, "")
        if not quotation.strip() and not (quotation and _place(said)):
            self._missed["rows without a quotation"] += 1
            return
        source = self._source(number, said)
        tags = self._gathered.tags(self._tags(said.get(TableField.TAGS, "")))
        identity = self._identity(said, source, quotation)
        known = self._gathered.annotations.get(identity)
        if known is not None:  # one row for each tag
            both = tuple(dict.fromkeys((*known.tags, *tags)))
            self._gathered.annotations[identity] = replace(known, tags=both)
            return
        prefix, suffix = said.get(TableField.PREFIX, ""), said.get(TableField.SUFFIX, "")
        created = self._moment(said, TableField.CREATED)
        self._gathered.add(
            ProjectAnnotation(
                identity,
                source,
                _place(said),
                TextQuoteSelector(quotation, prefix, suffix),
                None,
                tags,
                said.get(TableField.NOTE, "")[:MAX_NOTE],
                said.get(TableField.ANALYST, ""),
                created,
                self._moment(said, TableField.MODIFIED) or created,
            )
        )

    def _source(self, number: int, said: Said) -> str:
        record = said.get(TableField.RECORD, "") or self._mapping.record or ""
        title = said.get(TableField.TITLE, "")
        if not record and not title:
            raise refused(self._name, f"row {number:,} names no record and no source")
        if is_key(record):
            return self._gathered.source(f"urn:normatlas:{record}", title)
        return self._gathered.source(record, title or record)

    def _tags(self, cell: str) -> tuple[str, ...]:
        separator = self._mapping.separator
        parts = cell.split(separator) if separator else [cell]
        return tuple(part.strip() for part in parts if part.strip())

    def _identity(self, said: Said, source: str, quotation: str) -> str:
        """Return the GUID that a row says; else one that the same passage always has."""
        own = said.get(TableField.ID, "")
        guid = parse_guid(own)
        if guid is not None:
            return guid
        place = [said.get(field, "") for field in (TableField.START, TableField.PREFIX)]
        if own:
            return derive("table", source, own, quotation)
        note, analyst = said.get(TableField.NOTE, ""), said.get(TableField.ANALYST, "")
        return derive("table", source, *place, quotation, note, analyst)

    def _moment(self, said: Said, field: TableField):  # noqa: ANN202 - what `read_moment` gives
        cell = said.get(field, "")
        moment = read_moment(cell)
        if cell and moment is None:
            self._missed["dates that can't be read; write them like 2026-03-05T09:30"] += 1
        return moment


def _place(said: Said) -> TextPositionSelector | None:
    start, end = said.get(TableField.START, ""), said.get(TableField.END, "")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    first, last = int(start[:12]), int(end[:12])
    return TextPositionSelector(first, last) if first < last < 2**31 else None
