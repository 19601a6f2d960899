"""Membership tables on the page of what they are about."""

from msgspec import structs

from core.domain.dates import in_words
from core.domain.text import PassageKind
from core.reference.index import PackIndex
from core.reference.schema import RowShape, TableShape
from core.reference.writing import TAB, Cited, Link, Piece, TextWriter

_COLUMNS = {
    "participant": "Participant",
    "initiative": "Process",
    "person": "Person",
    "vote": "Vote",
    "status": "Status",
    "role": "Role",
    "category": "Category",
    "basis": "Basis",
    "signature": "Signature",
    "ratification": "Ratification",
    "entry_into_force": "Entry into force",
    "invited": "Invited",
    "date": "Date",
    "further": "Further",
    "delegates": "Delegates",
    "note": "Caveat",
}
_LINKED = ("participant", "initiative", "person")


def write_tables(writer: TextWriter, index: PackIndex, key: str) -> None:
    """Write every table of a record."""
    notes = index.row_notes(key) if key in index.tables else {}
    for table in index.tables.get(key, ()):
        rows = [_with_note(index, row, notes) for row in index.rows(table, key)]
        writer.heading(table.title)
        if table.note:
            writer.add(PassageKind.CAVEAT, f"Caveat: {table.note}", label="Caveat")
        _write_about(writer, index, table)
        columns = [name for name in _COLUMNS if any(getattr(row, name) for row in rows)]
        writer.add(PassageKind.TABLE_HEAD, TAB.join(_COLUMNS[name] for name in columns))
        for number, row in enumerate(rows, 1):
            cells = _row(index, table, row, columns)
            writer.add(PassageKind.TABLE_ROW, cells, label=f"Row {number}")


def _with_note(index: PackIndex, row: RowShape, notes: dict[str, str]) -> RowShape:
    """Give a row without a caveat that of the tie it stands for, which is not listed again."""
    note = notes.get(index.key(row.participant))
    return row if row.note or note is None else structs.replace(row, note=note)


def _write_about(writer: TextWriter, index: PackIndex, table: TableShape) -> None:
    parts = [f"As of {in_words(table.as_of)}."] if table.as_of else []
    if table.complete is False:
        parts.append("The list is incomplete.")
    if table.outcome:
        parts.append(f"Outcome: {table.outcome}.")
    if table.totals:
        totals = ", ".join(f"{number} {name}" for name, number in table.totals.items())
        parts.append(f"Totals: {totals}.")
    if parts:
        source = index.optional_key(table.source)
        writer.add(PassageKind.PARAGRAPH, Cited((" ".join(parts),), source, table.verified))


def _row(index: PackIndex, table: TableShape, row: RowShape, columns: list[str]) -> Cited:
    pieces: list[Piece] = []
    for number, name in enumerate(columns):
        pieces += [TAB] if number else []
        pieces += _cell(index, name, getattr(row, name))
    source = index.optional_key(row.source or table.source)
    verified = table.verified if row.verified is None else row.verified
    return Cited(tuple(pieces), source, verified)


def _cell(index: PackIndex, name: str, value: str | None) -> list[Piece]:
    if not value:
        return []
    if name in _LINKED:
        key = index.key(value)
        return [Link(index.title(key), key)]
    return [in_words(value) if name in RowShape.dates else value]
