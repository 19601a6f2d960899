"""Tables of annotations from elsewhere: which column says what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class TableField(StrEnum):
    """What a column of a table can say of an annotation."""

    QUOTATION = "quotation"
    RECORD = "record"  # its key, or its title
    TITLE = "title"  # of the source, where its key is not known here
    TAGS = "tags"
    NOTE = "note"
    ANALYST = "analyst"
    START = "start"  # code points from the beginning of the text
    END = "end"
    PREFIX = "prefix"
    SUFFIX = "suffix"
    CREATED = "created"
    MODIFIED = "modified"
    ID = "id"


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How a table is read.

    ``columns``: what each column says, by its number from 0; others are passed over.
    ``separator`` stands between two tags of one cell, "" where a cell holds one tag.
    ``record``: the key of the record that every row is on, where no column says it.
    ``encoding`` and ``delimiter`` are None where the reader is to tell them.
    """

    columns: Mapping[int, TableField] = field(default_factory=dict[int, TableField])
    separator: str = ";"
    record: str | None = None
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def knows_words(self) -> bool:
        """Whether a column holds the quotations."""
        return TableField.QUOTATION in self.columns.values()

    @property
    def knows_place(self) -> bool:
        """Whether it is known what the quotations are from."""
        named = {TableField.RECORD, TableField.TITLE} & set(self.columns.values())
        return bool(named) or bool(self.record)


@dataclass(frozen=True, slots=True)
class TablePreview:
    """How a table begins, and how it would be read if nobody says otherwise."""

    path: str
    encoding: str
    delimiter: str  # "" for a workbook
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    mapping: TableMapping
