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
from itertools import islice, product

from core.domain.cells import as_written
from core.interchange.problems import MAX_ANNOTATIONS, refused, too_large, too_many

MAX_TABLE = 128 * 2**20
"""Bytes of a table that is read at all."""

DELIMITERS = (",", ";", "\t", "|")
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
_BARE = re.compile(r'\\"(?!")')  # doubled where the backslash is one of the words
_NOT_ASCII = re.compile("[^\\x00-\\x7f]+")
_WESTERN = set("àâäáãåæçèéêëìíîïñòóôõöøœùúûüßÀÂÄÁÃÅÆÇÈÉÊËÍÎÑÓÔÕÖØŒÙÚÜ¿¡«»“”‘’„–—…€£§°ªº·\u00a0")
_OURS = "id,record,kind,title,date,label,start,end,exact,"  # RFC 4180 to the letter
_SEPARATOR_LINE = re.compile("sep=(.)\r?\n|sep=(.)\r", re.IGNORECASE)

Row = tuple[int, list[str]]
"""A row with its number in the file, counted from 1 as spreadsheets do."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written down. ``escape`` stands before a quote in a cell, "" if doubled.

    ``padded``: blanks after a delimiter are no part of the cell.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    padded: bool = False


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
        raise too_large(name, MAX_TABLE)
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
            yield number, [as_written(cell) for cell in row]
    except csv.Error as error:
        raise refused(name, f"line {reader.line_num:,} is no CSV ({error})") from error


def _reader(text: str, dialect: Dialect, *, strict: bool = False):  # noqa: ANN202 - the module names no type for it
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape or None,
        doublequote=not dialect.escape,
        skipinitialspace=dialect.padded,
        strict=strict,
    )


def _told(text: str, encoding: str, delimiter: str | None) -> Dialect:
    if text.startswith(_OURS) and delimiter is None:
        return Dialect(encoding)
    best, most = Dialect(encoding, delimiter or ","), (0.0, 0.0)
    for strict in (True, False):
        for dialect in _possible(text[:_SAMPLE], encoding, delimiter):
            score = _score(text, dialect, strict=strict)
            if score > most:
                best, most = dialect, score
        if most > (0.0, 0.0):
            break
    return best


def _possible(sample: str, encoding: str, delimiter: str | None) -> Iterator[Dialect]:
    signs = (delimiter,) if delimiter else DELIMITERS
    for sign, quote, escape, padded in product(signs, "\"'", ("", "\\"), (False, True)):
        unused = (
            (quote == "'" and not _has_single_quotes(sample, sign))
            or escape not in sample
            or (padded and f"{sign} {quote}" not in sample)
        )
        if not unused:
            yield Dialect(encoding, sign, quote, escape, padded)


def _has_single_quotes(sample: str, sign: str) -> bool:
    """Tell whether cells stand between single quotes: bare apostrophes in cells are no quotes."""
    if sample.count("'" + sign) < 2:
        return False
    cell = rf"(?:^|{re.escape(sign)}) *'[^'{re.escape(sign)}\r\n]+'(?=[{re.escape(sign)}\r\n])"
    return sample.startswith("'") or re.search(cell, sample, re.MULTILINE) is not None


def _score(text: str, dialect: Dialect, *, strict: bool) -> tuple[float, float]:
    """Return how well a dialect explains a text's beginning: the share of rows of the header's
    width, told in steps of a tenth, then how wide it is, less what quotes are left in cells."""
    try:
        rows = list(islice(_reader(text[:_SAMPLE], dialect, strict=strict), _SAMPLE_ROWS))
    except csv.Error:
        return (0.0, 0.0)
    rows = [row for row in rows if any(row)]
    if len(text) > _SAMPLE and len(rows) > 1:
        rows.pop()
    width = len(rows[0]) if rows else 0
    if width < 2:
        return (0.0, 0.0)
    alike = sum(len(row) == width for row in rows) / len(rows)
    left = sum(_is_left_over(cell) for row in rows for cell in row) / sum(map(len, rows))
    bare = not dialect.escape and _BARE.search(text[:_SAMPLE]) is not None
    return (round(alike - left, 1), width - 10 * left - bare / 2)


def _is_left_over(cell: str) -> bool:
    """Tell whether a cell holds half of what should have been taken for quotes."""
    cell = cell.lstrip()
    return len(cell) > 1 and cell[0] in "\"'" and cell == as_written(cell)


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
    if _is_western(data):
        return _checked(name, data.decode("cp1252")), "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 2**18]).best()
    encoding = best.encoding if best is not None else "cp1252"
    try:
        return _checked(name, data.decode(encoding)), encoding
    except (UnicodeDecodeError, LookupError) as error:
        raise refused(name, "its encoding is unknown; save it as UTF-8") from error


def _is_western(data: bytes) -> bool:
    """Tell whether what is not ASCII are letters and signs of Western Europe, mostly single ones:
    guessing by statistics takes short tables for Central European or Chinese."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    signs = _NOT_ASCII.findall(text[: 2**20])
    count = sum(map(len, signs))
    western = sum(sign in _WESTERN for run in signs for sign in run)
    single = sum(len(run) == 1 for run in signs)
    return western >= 0.9 * count and single >= 0.7 * len(signs)


def _checked(name: str, text: str) -> str:
    text = text.removeprefix("\ufeff")
    if text.startswith(_OURS):  # notes hold what they hold
        return text
    zeros = text.count("\0", 0, _SAMPLE)
    if zeros > 2 + min(len(text), _SAMPLE) // 1000 or text.startswith("PK\x03\x04"):
        raise refused(name, "it is no text")
    return text.replace("\0", "")
