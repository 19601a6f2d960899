"""Codebooks as REFI-QDA QDC 1.5."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.domain.interchange import Project, ProjectSet, ProjectTag
from core.errors import UserError
from core.interchange.codes import add_codes, read_codes
from core.interchange.identity import identity_of, parse_guid
from core.interchange.problems import refused
from core.interchange.safe_xml import (
    add,
    child,
    children,
    local_name,
    new_root,
    parse,
    text_of,
)
from core.interchange.safe_xml import render as write

NAMESPACE = "urn:QDA-XML:codebook:1.0"


def read(path: Path, data: bytes) -> Project:
    """Return a codebook as a project without sources; raises `FileRefusedError`."""
    root = parse(path.name, data)
    if local_name(root) != "CodeBook":
        raise refused(path.name, "it is no REFI-QDA codebook")
    codes = child(root, "Codes")
    if codes is None:
        raise refused(path.name, "it has no list of codes")
    tags = read_codes(path.name, codes)
    sets: list[ProjectSet] = []
    found = child(root, "Sets")
    for one in children(found, "Set") if found is not None else ():
        members = (parse_guid(m.get("guid") or "") for m in children(one, "MemberCode"))
        name = one.get("name") or ""
        sets.append(
            ProjectSet(
                identity_of(one.get("guid") or "", "set", name),
                name,
                text_of(child(one, "Description")),
                tuple(guid for guid in members if guid),
            )
        )
    remarks = (f"{len(sets)} sets of codes have no place in a codebook here.",) if sets else ()
    return Project("qdc", path.stem, tags=tags, sets=tuple(sets), remarks=remarks)


def render(tags: Sequence[ProjectTag]) -> bytes:
    """Return a codebook's file; raises `UserError` for an empty one, which QDC can't say."""
    if not tags:
        raise UserError("The codebook has no tags yet; a QDC file needs at least one.")
    root = new_root(NAMESPACE, "CodeBook")
    root.set("origin", "NormAtlas")
    add_codes(add(root, "Codes"), tags)
    return write(root)
