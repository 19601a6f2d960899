"""Codebooks in files of any format that holds one: tables, QDC, and whole projects."""

from __future__ import annotations

from pathlib import Path

from core.domain.codebook import Tag
from core.errors import UserError
from core.services.merge_tags import match_tags, tag_of

_TABLES = {".csv", ".tsv", ".tab", ".txt"}


def read_tags(path: Path) -> tuple[Tag, ...]:
    """Return the tags of a codebook's or project's file; raises `UserError`."""
    from core.interchange import codebook_csv
    from core.interchange.csv_table import read_table
    from core.interchange.files import read_bytes, read_project

    if path.suffix.lower() in _TABLES and not path.is_dir():
        tags = codebook_csv.read(read_table(path.name, read_bytes(path)))
    else:
        tags = tuple(map(tag_of, match_tags(read_project(path).tags, ()).values()))
    if not tags:
        raise UserError(f"{path.name} holds no tags; choose a codebook or a project.")
    return tags
