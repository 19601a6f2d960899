"""Which reader a file is for: told by what is in it, not by its name alone."""

from __future__ import annotations

from pathlib import Path

from core.domain.interchange import Project
from core.domain.table_merging import TableMapping
from core.interchange import (
    annotation_table,
    bibtex,
    bundle,
    csl_json,
    foreign_sqlite,
    hypothesis_json,
    qdc,
    qdpx_reader,
    ris,
    taguette,
    web_annotation,
    xlsx_table,
    zotero_notes,
)
from core.interchange.archive import Archive, open_archive
from core.interchange.csv_table import Table, read_table
from core.interchange.json_text import parse_json
from core.interchange.problems import MAX_FILE, refused, too_large

_HEAD = 4096
_TABLES = {".csv", ".tsv", ".tab", ".txt"}
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_project(path: Path, mapping: TableMapping | None = None) -> Project:
    """Return the project that a file holds; raises `UserError` with what is wrong with it.

    ``mapping`` says how a table is read; without one its columns are told by their names.
    """
    head = _head(path)
    if head.startswith(b"PK"):
        with open_archive(path) as archive:
            return _read_zip(path.name, archive, mapping)
    if head.startswith(foreign_sqlite.MAGIC):
        return taguette.read(path)
    project = _read_list(path, head) or _read_text(path, head, mapping)
    if project is not None:
        return project
    raise refused(
        path.name,
        "it is none of the files that can be merged: a NormAtlas bundle, QDPX, QDC, JSON-LD, a "
        "Taguette project, a table (CSV or XLSX), Zotero's annotations as Markdown, a list of "
        "references (CSL-JSON, RIS, BibTeX)",
    )


def _read_list(path: Path, head: bytes) -> Project | None:
    """Return the works of a list of references in RIS or BibTeX."""
    if ris.is_ris(head):
        return ris.read(path.name, read_bytes(path))
    if path.suffix.lower() in bibtex.ENDINGS:
        return bibtex.read(path.name, read_bytes(path))
    return None


def _read_text(path: Path, head: bytes, mapping: TableMapping | None) -> Project | None:
    start = head.lstrip(b"".join(_TEXT_MARKS) + b" \t\r\n\0")[:1]
    if path.suffix.lower() in zotero_notes.ENDINGS:
        data = read_bytes(path)
        if zotero_notes.holds_annotations(data):
            return zotero_notes.read(path.name, data, mapping.record if mapping else None)
    if path.suffix.lower() in _TABLES:
        return annotation_table.read(read_rows(path, mapping), mapping)
    if start in (b"{", b"["):
        return _read_json(path, parse_json(path.name, read_bytes(path)))
    if start == b"<":
        return qdc.read(path, read_bytes(path))
    return None


def _read_json(path: Path, said: object) -> Project:
    if csl_json.is_csl(said):
        return csl_json.read(path, said)
    reader = hypothesis_json if hypothesis_json.is_hypothesis(said) else web_annotation
    return reader.read(path, said)


def _read_zip(name: str, archive: Archive, mapping: TableMapping | None) -> Project:
    if bundle.is_bundle(archive):
        return bundle.read(name, archive)
    if xlsx_table.is_workbook(archive):
        return annotation_table.read(xlsx_table.read(name, archive), mapping)
    return qdpx_reader.read(name, archive)


def is_table(path: Path) -> bool:
    """Tell whether a file is a table, by its beginning and its name; raises `UserError`."""
    if _head(path).startswith(b"PK"):
        with open_archive(path) as archive:
            return xlsx_table.is_workbook(archive)
    return path.suffix.lower() in _TABLES


def read_rows(path: Path, mapping: TableMapping | None = None) -> Table:
    """Return the rows of a file that is a table; raises `UserError`."""
    if _head(path).startswith(b"PK"):
        with open_archive(path) as archive:
            return xlsx_table.read(path.name, archive)
    how = mapping or TableMapping()
    data = read_bytes(path)
    return read_table(path.name, data, encoding=how.encoding, delimiter=how.delimiter)


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise refused(path.name, "it is a folder")
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise refused(path.name or str(path), (error.strerror or str(error)).lower()) from error
    if not head:
        raise refused(path.name, "it is empty")
    return head


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises `FileRefusedError` for one too large or unreadable."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise too_large(path.name, MAX_FILE)
        return path.read_bytes()
    except OSError as error:
        raise refused(path.name, (error.strerror or str(error)).lower()) from error
