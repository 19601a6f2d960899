"""The report as a table.

CSV as RFC 4180 has it (CRLF, quotes doubled), in UTF-8 with a byte order mark: without the mark
Excel reads the file in the machine's old code page and spoils every accent and every Arabic
letter; other readers skip it.

What would be run as a formula when the file is opened is disarmed (`core.domain.cells`).
"""

import csv
import io
from collections.abc import Iterable

from core.domain.cells import harmless
from core.exporting.report import Entry, Report, Section, timestamp
from core.tasks import without_collector

COLUMNS = [
    "id",
    "record",
    "kind",
    "title",
    "date",
    "label",
    "start",
    "end",
    "exact",
    "prefix",
    "suffix",
    "tags",
    "note",
    "analyst",
    "created",
    "modified",
    "state",
    "citation",
    "link",
]

BYTE_ORDER_MARK = "\ufeff"
TAG_SEPARATOR = "; "


def render_csv(report: Report) -> str:
    """Return the report as CSV, one annotation a row."""
    return write_csv(COLUMNS, rows_of(report))


def rows_of(report: Report) -> list[list[str]]:
    """Return one row for each annotation, a cell for each of `COLUMNS`."""
    with without_collector():
        return [_row(section, entry) for section in report.sections for entry in section.entries]


def write_csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return any table as CSV."""
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(harmless, columns))
    writer.writerows(map(harmless, row) for row in rows)
    return out.getvalue()


def _row(section: Section, entry: Entry) -> list[str]:
    note = entry.annotation
    quote = note.target.quote
    return [
        note.id,
        section.record,
        section.kind,
        section.title,
        section.date or "",
        note.label or "",
        str(note.start),
        str(note.end),
        quote.exact,
        quote.prefix,
        quote.suffix,
        TAG_SEPARATOR.join(note.tags),
        note.note,
        note.analyst,
        timestamp(note.created),
        timestamp(note.modified),
        note.verdict.state,
        entry.citation.text,
        entry.link,
    ]
