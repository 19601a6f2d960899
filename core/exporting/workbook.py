"""The report as a workbook of two sheets: the annotations, and the records that they are on."""

import io
from typing import Any

from core.exporting.report import Report
from core.exporting.tables import COLUMNS, rows_of

LONGEST = 32_767  # characters that a cell holds
"""More than this in one cell and spreadsheets refuse the file."""

_CUT = " […]"
_WIDTHS = {"exact": 60, "note": 40, "citation": 50, "title": 30, "link": 30, "tags": 24, "id": 12}
_RECORD_COLUMNS = ["record", "kind", "title", "date", "annotations"]


def render(report: Report) -> bytes:
    """Return the report as XLSX; no cell is a formula, or a link that is followed unasked."""
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

    out = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book: Any = xlsxwriter.Workbook(out, options)
    book.set_properties(
        {"title": report.heading, "created": report.made.replace(tzinfo=None, microsecond=0)}
    )
    _write(book, "Annotations", COLUMNS, rows_of(report))
    records = [
        [s.record, s.kind, s.title, s.date or "", str(len(s.entries))] for s in report.sections
    ]
    _write(book, "Records", _RECORD_COLUMNS, records)
    book.close()
    return out.getvalue()


def cut_cells(report: Report) -> int:
    """Return how many cells hold less than they should, as no spreadsheet holds more."""
    return sum(len(cell) > LONGEST for row in rows_of(report) for cell in row)


def _write(book: Any, name: str, columns: list[str], rows: list[list[str]]) -> None:  # noqa: ANN401
    sheet: Any = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    numbers = {"start", "end", "annotations"}
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, head)
        sheet.set_column(at, at, _WIDTHS.get(column, 14), plain)
    for down, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if columns[at] in numbers:
                sheet.write_number(down, at, int(cell))
            elif cell:
                sheet.write_string(down, at, _fitted(cell))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _fitted(cell: str) -> str:
    return cell if len(cell) <= LONGEST else cell[: LONGEST - len(_CUT)] + _CUT
