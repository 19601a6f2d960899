"""Codebooks in files of any format that holds one: tables, QDC, and whole projects."""

from __future__ import annotations

from pathlib import Path

from core.domain.codebook import Tag
from core.errors import UserError
from core.services.merge_tags import match_tags, tag_of


def read_tags(path: Path) -> tuple[Tag, ...]:
    """Return the tags of a codebook's or project's file; raises `UserError`."""
    from core.interchange import codebook_csv
    from core.interchange.files import is_table, read_project, read_rows

    if is_table(path):
        tags = codebook_csv.read(read_rows(path))
    else:
        tags = tuple(map(tag_of, match_tags(read_project(path).tags, ()).values()))
    if not tags:
        raise UserError(f"{path.name} holds no tags; choose a codebook or a project.")
    return tags
