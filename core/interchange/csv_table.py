"""CSV of every dialect and encoding as rows of strings, read within bounds.

RFC 4180 is what most files are near; spreadsheets of many countries write semicolons, old Macs
bare carriage returns, databases tabs and backslashes. What the file does is told from its first
lines: of all readings the one whose rows have the most columns, all of the same number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from core.interchange.problems import MAX_ANNOTATIONS, refused, too_many

MAX_TABLE = 128 * 2**20
"""Bytes of a table that is read at all."""

DELIMITERS = (",", ";", "\t", "|")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run; such cells are written with an apostrophe in front."""

_LONGEST_CELL = 1_000_000
_MOST_COLUMNS = 1_000
_SAMPLE = 2**16  # characters by which the dialect is told
_SAMPLE_ROWS = 200
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
_SEPARATOR_LINE = re.compile("sep=(.)\r?\n|sep=(.)\r", re.IGNORECASE)

Row = tuple[int, list[str]]
"""A row with its number in the file, counted from 1 as spreadsheets do."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written down. ``escape`` stands before a quote in a cell, "" if doubled."""

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first row that holds anything, and those below it that do."""

    name: str
    dialect: Dialect
    header: list[str]
    rows: Iterable[Row]


def read_table(
    name: str, data: bytes, *, encoding: str | None = None, delimiter: str | None = None
) -> Table:
    """Return a file's table; its rows are read as they are asked for.

    Args:
        encoding: what the file is in, where the reader knows better.
        delimiter: what stands between two cells, likewise.

    Raises `FileRefusedError`, also while the rows are read.
    """
    if len(data) > MAX_TABLE:
        raise refused(name, f"it is larger than {MAX_TABLE // 2**20:,} MiB")
    text, encoding = _decode(name, data, encoding)
    said = _SEPARATOR_LINE.match(text)
    skipped = 1 if said else 0
    if said:
        text, delimiter = text[said.end() :], delimiter or said[1] or said[2]
    dialect = _told(text, encoding, delimiter)
    rows = _rows(name, text, dialect, skipped)
    header = next(rows, None)
    if header is None:
        raise refused(name, "it holds no rows")
    return Table(name, dialect, header[1], rows)


def plain_cell(cell: str) -> str:
    """Return a cell without blanks around it and the apostrophe that disarms a formula."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell


def _rows(name: str, text: str, dialect: Dialect, skipped: int) -> Iterator[Row]:
    reader = _reader(text, dialect)
    count = 0
    try:
        for number, row in enumerate(reader, start=1 + skipped):
            if not any(cell.strip() for cell in row):
                continue
            count += 1
            if count > MAX_ANNOTATIONS:
                raise too_many(name, "rows", MAX_ANNOTATIONS)
            if len(row) > _MOST_COLUMNS:
                raise refused(name, f"row {number:,} has more than {_MOST_COLUMNS:,} columns")
            yield number, row
    except csv.Error as error:
        raise refused(name, f"line {reader.line_num:,} is no CSV ({error})") from error


def _reader(text: str, dialect: Dialect):  # noqa: ANN202 - the module names no type for it
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape or None,
        doublequote=not dialect.escape,
        skipinitialspace=True,
    )


def _told(text: str, encoding: str, delimiter: str | None) -> Dialect:
    sample = text[:_SAMPLE]
    best, most = Dialect(encoding, delimiter or ","), (0.0, 0.0)
    for sign in (delimiter,) if delimiter else DELIMITERS:
        for quote, escape in (('"', ""), ('"', "\\"), ("'", ""), ("'", "\\")):
            if (quote == "'" and sample.count("'" + sign) < 2) or (escape not in sample):
                continue
            dialect = Dialect(encoding, sign, quote, escape)
            score = _score(sample, dialect, whole=len(text) <= _SAMPLE)
            if score > most:
                best, most = dialect, score
    return best


def _score(sample: str, dialect: Dialect, *, whole: bool) -> tuple[float, float]:
    """Return how well a dialect explains a sample: the share of rows of the header's width, told
    in steps of a tenth, then how wide it is, less what quotes are left over in cells."""
    try:
        rows = list(islice(_reader(sample, dialect), _SAMPLE_ROWS))
    except csv.Error:
        return (0.0, 0.0)
    rows = [row for row in rows if any(row)]
    if not whole and len(rows) > 1:
        rows.pop()
    width = len(rows[0]) if rows else 0
    if width < 2:
        return (0.0, 0.0)
    alike = sum(len(row) == width for row in rows) / len(rows)
    left = sum(_is_left_over(cell) for row in rows for cell in row) / sum(map(len, rows))
    return (round(alike - left, 1), width - 10 * left)


def _is_left_over(cell: str) -> bool:
    """Tell whether a cell holds half of what should have been taken for quotes."""
    quoted = cell[:1] in ('"', "'") and not cell.startswith(tuple(f"'{s}" for s in FORMULA_STARTS))
    return (quoted and len(cell) > 1) or '\\"' in cell or "\\'" in cell


def _decode(name: str, data: bytes, encoding: str | None) -> tuple[str, str]:
    marked = next((told for mark, told in _MARKS if data.startswith(mark)), None)
    tried: Sequence[str | None] = (encoding,) if encoding else (marked or _by_zeros(data), "utf-8")
    for one in tried:
        if not one:
            continue
        try:
            return _checked(name, data.decode(one)), one.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
        except LookupError as error:
            raise refused(name, f"“{one}” is no encoding that is known here") from error
    if encoding:
        raise refused(name, f"it is not in {encoding}")
    return _by_looks(name, data)


def _by_zeros(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes, all in odd or all in even places."""
    head = data[:4096]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > len(head) // 8 and odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 8 and even > 8 * odd else None


def _by_looks(name: str, data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    found = from_bytes(data[: 2**18])
    best = found.best()
    # Western pages read as Central European ones almost as well; the common one is meant.
    western = next((m for m in found if m.encoding == "cp1252"), None)
    if best is not None and western is not None and western.chaos <= best.chaos:
        best = western
    encoding = best.encoding if best is not None else "cp1252"
    try:
        return _checked(name, data.decode(encoding)), encoding
    except (UnicodeDecodeError, LookupError) as error:
        raise refused(name, "its encoding is unknown; save it as UTF-8") from error


def _checked(name: str, text: str) -> str:
    if "\0" in text[:_SAMPLE] or text.startswith("PK\x03\x04"):
        raise refused(name, "it is no text")
    return text.removeprefix("\ufeff").replace("\0", "")
