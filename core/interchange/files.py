"""Which reader a file is for: told by what is in it, not by its name alone."""

from __future__ import annotations

from pathlib import Path

from core.domain.interchange import Project
from core.interchange import (
    bundle,
    foreign_sqlite,
    hypothesis_json,
    qdc,
    qdpx_reader,
    taguette,
    web_annotation,
)
from core.interchange.archive import open_archive
from core.interchange.json_text import parse_json
from core.interchange.problems import MAX_FILE, refused

_HEAD = 4096
_TEXT_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_project(path: Path) -> Project:
    """Return the project that a file holds; raises `UserError` with what is wrong with it."""
    head = _head(path)
    if head.startswith(b"PK"):
        return _read_zip(path)
    if head.startswith(foreign_sqlite.MAGIC):
        return taguette.read(path)
    start = head.lstrip(b"".join(_TEXT_MARKS) + b" \t\r\n\0")[:1]
    if start in (b"{", b"["):
        said = parse_json(path.name, read_bytes(path))
        reader = hypothesis_json if hypothesis_json.is_hypothesis(said) else web_annotation
        return reader.read(path, said)
    if start == b"<":
        return qdc.read(path, read_bytes(path))
    raise refused(
        path.name,
        "it is none of the files that can be merged: a NormAtlas bundle, QDPX, QDC, JSON-LD, a "
        "Taguette project",
    )


def _read_zip(path: Path) -> Project:
    with open_archive(path) as archive:
        if bundle.is_bundle(archive):
            return bundle.read(path.name, archive)
        return qdpx_reader.read(path.name, archive)


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
            raise refused(path.name, f"it is larger than {MAX_FILE // 2**20:,} MiB")
        return path.read_bytes()
    except OSError as error:
        raise refused(path.name, (error.strerror or str(error)).lower()) from error
