"""The first sheet of an XLSX workbook as a table of strings (ECMA-376, parts 12 and 18).

Formulas are never worked out: what the program that wrote the file last saw in a cell is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import join, normpath

from core.interchange.archive import Archive
from core.interchange.csv_table import MAX_TABLE, Dialect, Row, Table
from core.interchange.problems import MAX_ANNOTATIONS, refused, too_many
from core.interchange.safe_xml import Element, child, children, local_name, parse

_WORKBOOK = "xl/workbook.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_MOST_COLUMNS = 1_000


def is_workbook(archive: Archive) -> bool:
    """Tell whether a zip is a workbook."""
    return _WORKBOOK in archive.names


def read(name: str, archive: Archive) -> Table:
    """Return the table of a workbook's first sheet; raises `FileRefusedError`."""
    strings = _strings(name, archive)
    sheet = parse(name, archive.read(_first_sheet(name, archive), MAX_TABLE))
    rows = _rows(name, sheet, strings)
    header = next(rows, None)
    if header is None:
        raise refused(name, "its first sheet holds no rows")
    return Table(name, Dialect("", ""), header[1], rows)


def _first_sheet(name: str, archive: Archive) -> str:
    root = parse(name, archive.read(_WORKBOOK, MAX_TABLE))
    sheets = child(root, "sheets")
    first = child(sheets, "sheet") if sheets is not None else None
    wanted = first.get(_RELATION) if first is not None else None
    relations = archive.find("xl/_rels/workbook.xml.rels")
    if wanted and relations:
        for one in children(parse(name, archive.read(relations, MAX_TABLE)), "Relationship"):
            if one.get("Id") == wanted:
                target = one.get("Target") or ""
                path = target[1:] if target.startswith("/") else normpath(join("xl", target))
                if path in archive.names:
                    return path
    raise refused(name, "its first sheet is not in it")


def _strings(name: str, archive: Archive) -> list[str]:
    member = archive.find("xl/sharedStrings.xml")
    if member is None:
        return []
    return [_words(item) for item in children(parse(name, archive.read(member, MAX_TABLE)), "si")]


def _words(element: Element) -> str:
    """Return the words of a string, without its reading aids (``rPh``)."""
    said: list[str] = []
    for part in element:
        if local_name(part) == "t":
            said.append(part.text or "")
        elif local_name(part) == "r":
            said.append("".join(run.text or "" for run in children(part, "t")))
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), "".join(said))


def _rows(name: str, sheet: Element, strings: list[str]) -> Iterator[Row]:
    data = child(sheet, "sheetData")
    count = 0
    for at, row in enumerate(children(data, "row") if data is not None else (), start=1):
        cells: list[str] = []
        for cell in children(row, "c"):
            match = _COLUMN.match(cell.get("r") or "")
            column = _number(match[1]) if match else len(cells)
            if column >= _MOST_COLUMNS:
                raise refused(name, f"row {at:,} has more than {_MOST_COLUMNS:,} columns")
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _cell(cell, strings)
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MAX_ANNOTATIONS:
            raise too_many(name, "rows", MAX_ANNOTATIONS)
        said = row.get("r") or ""
        yield int(said[:9]) if said.isascii() and said.isdigit() else at, cells


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell(cell: Element, strings: list[str]) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inside = child(cell, "is")
        return _words(inside) if inside is not None else ""
    value = child(cell, "v")
    said = (value.text or "") if value is not None else ""
    if kind == "s":
        place = int(said) if said.isascii() and said.isdigit() else -1
        return strings[place] if 0 <= place < len(strings) else ""
    return said
