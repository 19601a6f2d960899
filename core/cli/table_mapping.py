"""Which column of a table says what, from the options of ``merge``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from core.cli import output
from core.domain.table_merging import TableField, TableMapping, TablePreview
from core.errors import UserError

if TYPE_CHECKING:
    from core.services.merge import Merge

ColumnOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FIELD=NAME",
        help="Which column of a table, by its name or number, says what: "
        f"{', '.join(TableField)}. Again for each; without any they are told by their names.",
    ),
]
OnOption = Annotated[
    str | None, typer.Option(metavar="KEY", help="The record that all of a table or a note is on.")
]
SeparatorOption = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="What stands between the tags of one cell; “” for none."),
]
EncodingOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="A table's encoding, such as cp1252.")
]
DelimiterOption = Annotated[
    str | None,
    typer.Option(metavar="SIGN", help="What stands between a table's cells; “tab” for one."),
]

_SHOWN = 60  # characters of a cell


@dataclass(frozen=True, slots=True)
class TableWishes:
    """The options as they were given."""

    columns: tuple[str, ...] = ()  # "quotation=Text"
    record: str | None = None
    separator: str | None = None
    encoding: str | None = None
    delimiter: str | None = None

    @property
    def how(self) -> TableMapping:
        """What the file must be opened with."""
        sign = self.delimiter
        sign = "\t" if sign is not None and sign.lower() in ("tab", "\\t") else sign
        if sign is not None and len(sign) != 1:
            raise UserError(f"“{sign}” is no delimiter; give one sign, or “tab”.")
        return TableMapping(encoding=self.encoding, delimiter=sign)


def mapping_of(merge: Merge, path: Path, wishes: TableWishes) -> TableMapping | None:
    """Return how a table is to be read, None where nothing was said of it.

    Raises `UserError` for wishes that the file can't meet.
    """
    if wishes == TableWishes():
        return None
    if wishes == TableWishes(record=wishes.record):
        return TableMapping(record=wishes.record)
    preview = _preview(merge, path, wishes)
    return _wished(preview, wishes)


def _preview(merge: Merge, path: Path, wishes: TableWishes) -> TablePreview:
    preview = merge.preview(path, wishes.how)
    if preview is None:
        raise UserError(f"{path.name} is no table; leave out the options that say how to read one.")
    return preview


def _wished(preview: TablePreview, wishes: TableWishes) -> TableMapping:
    guessed, how = preview.mapping, wishes.how
    columns = dict(guessed.columns)
    for wish in wishes.columns:
        name, found, column = wish.partition("=")
        field = _field(name.strip().lower(), wish) if found else None
        if field is None:
            raise UserError(f"“{wish}” says no column; write it like quotation=Text.")
        columns = {n: known for n, known in columns.items() if known is not field}
        columns[_column(preview, column.strip())] = field
    separator = guessed.separator if wishes.separator is None else wishes.separator
    return replace(how, columns=columns, separator=separator, record=wishes.record)


def _field(name: str, wish: str) -> TableField:
    try:
        return TableField(name)
    except ValueError as error:
        known = ", ".join(TableField)
        raise UserError(f"“{wish}” names no field; choose from {known}.") from error


def _column(preview: TablePreview, name: str) -> int:
    folded = [cell.casefold() for cell in preview.header]
    if name.casefold() in folded:
        return folded.index(name.casefold())
    if name.isascii() and name.isdigit() and 1 <= int(name[:6]) <= len(folded):
        return int(name) - 1
    raise UserError(
        f"The table has no column “{name}”; it has {', '.join(filter(None, preview.header))}."
    )


def show_columns(merge: Merge, path: Path, wishes: TableWishes, *, as_json: bool) -> int:
    """Print a table's columns, what each is taken for, and its first cell that holds anything."""
    preview = _preview(merge, path, wishes)
    mapping = _wished(preview, wishes)
    rows = [
        {
            "column": number + 1,
            "name": name,
            "field": mapping.columns[number].value if number in mapping.columns else None,
            "example": _example(preview, number),
        }
        for number, name in enumerate(preview.header)
    ]
    if as_json:
        output.write_json(
            {
                "path": preview.path,
                "encoding": preview.encoding,
                "delimiter": preview.delimiter,
                "separator": mapping.separator,
                "columns": rows,
            }
        )
    else:
        shown = [tuple(str(cell if cell is not None else "–") for cell in r.values()) for r in rows]
        output.write_rows(("column", "name", "field", "example"), shown)
    return 0


def _example(preview: TablePreview, number: int) -> str:
    cells = (row[number] for row in preview.rows if len(row) > number and row[number].strip())
    return " ".join(next(cells, "").split())[:_SHOWN]
